//! For hands that come from Premiere.

use super::Keymap;

/// The keymap.
pub(super) const KEYMAP: Keymap = Keymap {
    id: "premiere",
    label: "Like Premiere",
    own: &[
        ("tool-select", "V"),
        ("tool-ripple", "B"),
        ("tool-roll", "N"),
        ("tool-razor", "C"),
        ("tool-slip", "Y"),
        ("tool-slide", "U"),
        ("tool-hand", "H"),
        ("insert", ","),
        ("overwrite", "."),
        ("lift", ";"),
        ("extract", "'"),
        ("razor", "Ctrl+K"),
        ("razor-all", "Ctrl+Shift+K"),
        ("head-to-playhead", "Q"),
        ("tail-to-playhead", "W"),
        ("roll-to-playhead", "E"),
        ("add-dissolve", "Ctrl+D"),
        ("set-length", "Ctrl+Shift+L"),
        ("clear-marks", "Ctrl+Shift+X"),
        ("snapping", "S"),
        ("linked-selection", "Ctrl+L"),
        ("group", "Ctrl+G"),
        ("ungroup", "Ctrl+Shift+G"),
        ("go-to-timecode", "Ctrl+T"),
        ("enable", "Shift+E"),
        ("zoom-fit", "\\"),
        ("play-around", "Shift+K"),
        ("play-in-to-out", "Ctrl+Shift+Space"),
        ("loop", "Ctrl+Shift+J"),
    ],
};
