//! What keys ask for on the page of corrections, ahead of every keymap: faults are gone along with one hand.

/// Commands and their keys.
pub(super) const KEYS: &[(&str, &str)] = &[
    ("find-faults", "F"),
    ("next-fault", "PageDown"),
    ("previous-fault", "PageUp"),
    ("bypass-repairs", "Shift+B"),
];
