//! Marks and markers.

use super::{Command, Menu, has_film};
use crate::ui::desk::Desk;

/// The menu.
pub(super) const MENU: Menu = Menu { label: "Mark", groups: &[MARKS, MARKERS] };

const MARKS: &[Command] = &[
    Command {
        id: "mark-in",
        label: "Mark in",
        help: "Mark the frame at the playhead as the first.",
        can: has_film,
        run: Desk::mark_in,
    },
    Command {
        id: "mark-out",
        label: "Mark out",
        help: "Mark the frame at the playhead as the last.",
        can: has_film,
        run: Desk::mark_out,
    },
    Command {
        id: "mark-clip",
        label: "Mark clip",
        help: "Mark the chosen clips, or the one under the playhead.",
        can: has_film,
        run: Desk::mark_clip,
    },
    Command {
        id: "clear-marks",
        label: "Clear marks",
        help: "Take both marks away.",
        can: has_film,
        run: Desk::clear_marks,
    },
];

const MARKERS: &[Command] = &[
    Command {
        id: "add-marker",
        label: "Add marker",
        help: "Put a marker at the playhead.",
        can: has_film,
        run: Desk::add_marker,
    },
    Command {
        id: "next-marker",
        label: "Next marker",
        help: "Go to the next marker.",
        can: has_film,
        run: |desk| desk.go_to_marker(1),
    },
    Command {
        id: "previous-marker",
        label: "Previous marker",
        help: "Go to the marker before.",
        can: has_film,
        run: |desk| desk.go_to_marker(-1),
    },
];
