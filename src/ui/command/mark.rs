//! Marks and markers.

use super::{Command, Menu, has_film};
use crate::ui::desk::{Desk, MANY};

/// The menu.
pub(super) const MENU: Menu = Menu { label: "Mark", groups: &[MARKS, RANGE, MARKERS] };

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

const RANGE: &[Command] = &[
    Command {
        id: "extend-back",
        label: "Extend a frame back",
        help: "Draw the marked range out one frame back, and choose what lies in it.",
        can: has_film,
        run: |desk| desk.extend(|desk| desk.step(-1)),
    },
    Command {
        id: "extend-forward",
        label: "Extend a frame forward",
        help: "Draw the marked range out one frame forward, and choose what lies in it.",
        can: has_film,
        run: |desk| desk.extend(|desk| desk.step(1)),
    },
    Command {
        id: "extend-back-more",
        label: "Extend ten frames back",
        help: "Draw the marked range out ten frames back, and choose what lies in it.",
        can: has_film,
        run: |desk| desk.extend(|desk| desk.step(-MANY)),
    },
    Command {
        id: "extend-forward-more",
        label: "Extend ten frames forward",
        help: "Draw the marked range out ten frames forward, and choose what lies in it.",
        can: has_film,
        run: |desk| desk.extend(|desk| desk.step(MANY)),
    },
    Command {
        id: "extend-to-previous-edit",
        label: "Extend to previous edit",
        help: "Draw the marked range out to the edit before, and choose what lies in it.",
        can: has_film,
        run: |desk| desk.extend(|desk| desk.go_to_edit(-1)),
    },
    Command {
        id: "extend-to-next-edit",
        label: "Extend to next edit",
        help: "Draw the marked range out to the next edit, and choose what lies in it.",
        can: has_film,
        run: |desk| desk.extend(|desk| desk.go_to_edit(1)),
    },
    Command {
        id: "extend-to-start",
        label: "Extend to the start",
        help: "Draw the marked range out to the first frame, and choose what lies in it.",
        can: has_film,
        run: |desk| desk.extend(|desk| desk.go(0)),
    },
    Command {
        id: "extend-to-end",
        label: "Extend to the end",
        help: "Draw the marked range out to the end of the film, and choose what lies in it.",
        can: has_film,
        run: |desk| desk.extend(Desk::go_to_end),
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
        id: "edit-marker",
        label: "Marker ...",
        help: "Write the marker at the playhead: its name, note, colour and length.",
        can: has_film,
        run: Desk::write_marker,
    },
    Command {
        id: "remove-marker",
        label: "Remove marker",
        help: "Take the marker at the playhead away.",
        can: |desk| desk.marker_at_playhead().is_some(),
        run: |desk| desk.marker_at_playhead().into_iter().for_each(|id| desk.remove_marker(id)),
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
