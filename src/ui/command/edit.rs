//! What is done and undone to what is chosen.

use super::{Command, Menu, has_any_clip, has_clips, has_cut, has_film, has_keys, has_span};
use crate::ui::desk::Desk;

/// The menu.
pub(super) const MENU: Menu =
    Menu { label: "Edit", groups: &[HISTORY, CLIPBOARD, CHOICE, REMOVAL] };

const HISTORY: &[Command] = &[
    Command {
        id: "undo",
        label: "Undo",
        help: "Take the last edit back.",
        can: |desk| desk.film().is_some_and(|film| film.history().undo_name().is_some()),
        run: Desk::undo,
    },
    Command {
        id: "redo",
        label: "Redo",
        help: "Make the edit again that was taken back last.",
        can: |desk| desk.film().is_some_and(|film| film.history().redo_name().is_some()),
        run: Desk::redo,
    },
];

const CLIPBOARD: &[Command] = &[
    Command {
        id: "cut-clips",
        label: "Cut",
        help: "Copy the chosen clips and take them out.",
        can: has_clips,
        run: Desk::cut_clips,
    },
    Command {
        id: "copy-clips",
        label: "Copy",
        help: "Copy the chosen clips.",
        can: has_clips,
        run: Desk::copy_clips,
    },
    Command {
        id: "paste-clips",
        label: "Paste",
        help: "Lay what was copied over what lies at the playhead.",
        can: Desk::can_paste,
        run: Desk::paste_clips,
    },
];

const CHOICE: &[Command] = &[
    Command {
        id: "select-all",
        label: "Select all",
        help: "Choose every clip.",
        can: has_film,
        run: Desk::select_all,
    },
    Command {
        id: "select-none",
        label: "Select none",
        help: "Choose nothing.",
        can: |desk| !desk.selection.is_empty(),
        run: |desk| desk.selection.clear(),
    },
    Command {
        id: "select-forward",
        label: "Select forward",
        help: "Choose every clip of the targeted tracks from the playhead on.",
        can: has_film,
        run: Desk::select_forward,
    },
    Command {
        id: "select-in-range",
        label: "Select in to out",
        help: "Choose every clip of the targeted tracks that the marked span touches.",
        can: has_span,
        run: Desk::select_in_span,
    },
];

const REMOVAL: &[Command] = &[
    Command {
        id: "lift-clips",
        label: "Delete",
        help: "Take the chosen keyframes away; where none is chosen, the chosen clips, and leave gaps.",
        can: |desk| has_any_clip(desk) || has_cut(desk) || has_keys(desk),
        run: Desk::lift_clips,
    },
    Command {
        id: "ripple-delete",
        label: "Ripple delete",
        help: "Take the chosen clips out and close the gaps.",
        can: has_any_clip,
        run: Desk::ripple_delete,
    },
];
