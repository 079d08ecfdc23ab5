//! Films and media: opened, saved, brought in.

use super::{Command, Menu, always, has_film};
use crate::play::screen::StandIns;
use crate::ui::desk::{Desk, Question};

/// The menu.
pub(super) const MENU: Menu = Menu { label: "File", groups: &[FILMS, MEDIA, STAND_INS, WINDOW] };

const FILMS: &[Command] = &[
    Command {
        id: "new-film",
        label: "New film ...",
        help: "Begin an empty film in a file of its own.",
        can: always,
        run: |desk| desk.question = Some(Question::New),
    },
    Command {
        id: "open-film",
        label: "Open film ...",
        help: "Open a film in place of this one.",
        can: always,
        run: |desk| desk.question = Some(Question::Open),
    },
    Command {
        id: "save",
        label: "Save",
        help: "Write the film to its file, whole; the versions before it are kept.",
        can: has_film,
        run: Desk::save,
    },
    Command {
        id: "save-as",
        label: "Save as ...",
        help: "Write the film to another file and go on there.",
        can: has_film,
        run: |desk| desk.question = Some(Question::SaveAs),
    },
];

const MEDIA: &[Command] = &[
    Command {
        id: "import-media",
        label: "Bring in media ...",
        help: "Bring files, folders and numbered pictures into the film.",
        can: has_film,
        run: |desk| desk.question = Some(Question::Import),
    },
    Command {
        id: "relink-media",
        label: "Find missing media ...",
        help: "Search a folder for media that are not where the film says.",
        can: |desk| desk.missing_count() > 0,
        run: |desk| desk.question = Some(Question::Relink),
    },
];

const STAND_INS: &[Command] = &[
    Command {
        id: "make-stand-ins",
        label: "Make stand-ins",
        help: "Make small copies of media that are slow to show, in the background; they are never delivered.",
        can: has_film,
        run: Desk::make_stand_ins,
    },
    Command {
        id: "stand-ins-never",
        label: "Stand-ins: never",
        help: "Make no stand-ins by themselves, and see none.",
        can: |desk| desk.stand_ins() != StandIns::Never,
        run: |desk| desk.use_stand_ins(StandIns::Never),
    },
    Command {
        id: "stand-ins-when-slow",
        label: "Stand-ins: when needed",
        help: "Make stand-ins of large videos while nothing else is done, and see them where exact pictures take a while.",
        can: |desk| desk.stand_ins() != StandIns::WhenSlow,
        run: |desk| desk.use_stand_ins(StandIns::WhenSlow),
    },
    Command {
        id: "stand-ins-always",
        label: "Stand-ins: always",
        help: "Make stand-ins of large videos at once, and see them whenever one drags; the exact picture follows.",
        can: |desk| desk.stand_ins() != StandIns::Always,
        run: |desk| desk.use_stand_ins(StandIns::Always),
    },
];

const WINDOW: &[Command] = &[Command {
    id: "quit",
    label: "Quit",
    help: "Close the window.",
    can: always,
    run: Desk::leave,
}];
