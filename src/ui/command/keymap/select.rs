//! What keys ask for on the page of takes, ahead of every keymap: one hand goes along the sheet and rates.

/// Commands and their keys.
pub(super) const KEYS: &[(&str, &str)] = &[
    ("look-next", "Right"),
    ("look-previous", "Left"),
    ("look-below", "Down"),
    ("look-above", "Up"),
    ("rate-keep", "1"),
    ("rate-maybe", "2"),
    ("rate-reject", "3"),
    ("rate-reject", "X"),
    ("rate-new", "0"),
    ("choose-take", "C"),
    ("rank-up", "PageUp"),
    ("rank-down", "PageDown"),
    ("play-takes", "Space"),
    ("takes-wipe", "W"),
    ("takes-difference", "D"),
    ("takes-over", "V"),
    ("takes-flip", "F"),
    ("hold-take", "H"),
    ("takes-apart", "G"),
];
