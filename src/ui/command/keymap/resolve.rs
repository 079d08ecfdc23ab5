//! For hands that come from Resolve.

use super::Keymap;

/// The keymap.
pub(super) const KEYMAP: Keymap = Keymap {
    id: "resolve",
    label: "Like Resolve",
    own: &[
        ("tool-select", "A"),
        ("tool-ripple", "T"),
        ("tool-roll", "W"),
        ("tool-razor", "B"),
        ("tool-slip", "S"),
        ("tool-slide", "Shift+S"),
        ("tool-hand", "H"),
        ("insert", "F9"),
        ("overwrite", "F10"),
        ("append", "Shift+F12"),
        ("lift", "Alt+Delete"),
        ("extract", "Ctrl+Delete"),
        ("razor", "Ctrl+B"),
        ("razor-all", "Ctrl+Shift+B"),
        ("head-to-playhead", "Shift+["),
        ("tail-to-playhead", "Shift+]"),
        ("roll-to-playhead", "E"),
        ("lift-clips", "Backspace"),
        ("ripple-delete", "Delete"),
        ("add-dissolve", "Ctrl+T"),
        ("snapping", "N"),
        ("linked-selection", "Ctrl+Shift+L"),
        ("link", "Ctrl+Alt+L"),
        ("enable", "D"),
        ("zoom-in", "Ctrl+="),
        ("zoom-out", "Ctrl+-"),
        ("text-larger", "Alt+="),
        ("text-smaller", "Alt+-"),
        ("play-around", "/"),
        ("play-in-to-out", "Alt+/"),
        ("loop", "Ctrl+/"),
        ("set-speed", "R"),
        ("page-edit", "Shift+4"),
    ],
};
