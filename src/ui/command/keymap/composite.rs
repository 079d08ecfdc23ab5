//! What keys ask for on the page of composites, ahead of every keymap: masks are drawn by one hand.

/// Commands and their keys.
pub(super) const KEYS: &[(&str, &str)] = &[
    ("mask-ellipse", "E"),
    ("mask-rectangle", "R"),
    ("mask-path", "P"),
    ("mask-gradient", "G"),
    ("show-matte", "M"),
    ("next-matte-view", "Shift+M"),
    ("brush-smaller", "["),
    ("brush-larger", "]"),
    ("track-both", "T"),
    ("track-forward", "Shift+."),
    ("track-backward", "Shift+,"),
    ("stop-tracking", "Shift+T"),
    ("pin-below", "Shift+P"),
];
