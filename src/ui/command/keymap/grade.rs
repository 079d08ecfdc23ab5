//! What keys ask for on the page of grades, ahead of every keymap.

/// Commands and their keys.
pub(super) const KEYS: &[(&str, &str)] = &[
    ("next-clip", "PageDown"),
    ("previous-clip", "PageUp"),
    ("bypass-grade", "Shift+D"),
    ("grade-before", "Shift+B"),
    ("keep-still", "Shift+S"),
    ("compare-still", "Shift+W"),
];
