//! What is done to what is heard: places, perspective, foley.

use super::{Command, Menu, has_any_clip, has_film};
use crate::ui::desk::Desk;
use timeline_format::Perspective;

/// The menu.
pub(super) const MENU: Menu = Menu { label: "Sound", groups: &[FOLEY, NEAR, PLACES] };

const FOLEY: &[Command] = &[
    Command {
        id: "spot-step",
        label: "Spot a step",
        help: "Put a footstep on the foley track, at the playhead.",
        can: has_film,
        run: |desk| desk.spot("step"),
    },
    Command {
        id: "spot-touch",
        label: "Spot a touch",
        help: "Put a hand or a thing that is put down on the foley track, at the playhead.",
        can: has_film,
        run: |desk| desk.spot("touch"),
    },
    Command {
        id: "spot-cloth",
        label: "Spot cloth",
        help: "Put cloth that moves on the foley track, at the playhead.",
        can: has_film,
        run: |desk| desk.spot("fabric"),
    },
];

const NEAR: &[Command] = &[
    Command {
        id: "seen-close",
        label: "Seen close",
        help: "Say that the chosen shots are close: dialogue and foley are near and dry.",
        can: has_any_clip,
        run: |desk| desk.set_perspective(Some(Perspective::Close)),
    },
    Command {
        id: "seen-medium",
        label: "Seen from some way off",
        help: "Say that the chosen shots show a figure: dialogue and foley stand in the room.",
        can: has_any_clip,
        run: |desk| desk.set_perspective(Some(Perspective::Medium)),
    },
    Command {
        id: "seen-wide",
        label: "Seen wide",
        help: "Say that the chosen shots are wide: dialogue and foley are far and of the room.",
        can: has_any_clip,
        run: |desk| desk.set_perspective(Some(Perspective::Wide)),
    },
];

const PLACES: &[Command] = &[
    Command {
        id: "make-place",
        label: "Make a place",
        help: "Make a bare place, and set the chosen clips in it.",
        can: has_film,
        run: |desk| desk.make_place(None),
    },
    Command {
        id: "no-place",
        label: "In no place",
        help: "Set the chosen clips in no place of their own.",
        can: has_any_clip,
        run: |desk| Desk::set_place(desk, None),
    },
];
