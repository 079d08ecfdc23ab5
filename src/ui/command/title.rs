//! What is written over the picture: titles and captions.

use super::{Command, Menu, has_film};
use crate::ui::desk::Desk;

/// The menu.
pub(super) const MENU: Menu = Menu { label: "Titles", groups: &[TITLES, CAPTIONS] };

const TITLES: &[Command] = &[
    Command {
        id: "add-title",
        label: "Add title",
        help: "Lay a title over the picture at the playhead, or over the marked span.",
        can: has_film,
        run: |desk| desk.add_title("title"),
    },
    Command {
        id: "add-lower-third",
        label: "Add lower third",
        help: "Lay a name and what it stands for over the picture at the playhead.",
        can: has_film,
        run: |desk| desk.add_title("lower_third"),
    },
    Command {
        id: "add-credits",
        label: "Add credits",
        help: "Lay credits that roll over the picture at the playhead, or over the marked span.",
        can: has_film,
        run: |desk| desk.add_title("credits"),
    },
    Command {
        id: "add-crawl",
        label: "Add crawl",
        help: "Lay a line that runs by over the picture at the playhead, or over the marked span.",
        can: has_film,
        run: |desk| desk.add_title("crawl"),
    },
];

const CAPTIONS: &[Command] = &[
    Command {
        id: "add-caption",
        label: "Add caption",
        help: "Begin a caption at the playhead, to be written in the inspector.",
        can: has_film,
        run: Desk::add_caption,
    },
    Command {
        id: "previous-caption",
        label: "Previous caption",
        help: "Go to the first frame of the caption before.",
        can: Desk::has_captions,
        run: |desk| desk.go_to_caption(false),
    },
    Command {
        id: "next-caption",
        label: "Next caption",
        help: "Go to the first frame of the caption behind.",
        can: Desk::has_captions,
        run: |desk| desk.go_to_caption(true),
    },
    Command {
        id: "split-caption",
        label: "Split caption",
        help: "Split the caption at the playhead in two.",
        can: Desk::has_captions,
        run: Desk::split_caption,
    },
    Command {
        id: "burn-captions",
        label: "Burn captions in",
        help: "Draw the captions into the picture, or no longer.",
        can: Desk::has_captions,
        run: Desk::toggle_burned,
    },
];
