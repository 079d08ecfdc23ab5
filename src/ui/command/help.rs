//! Finding commands and their keys.

use super::{Command, Menu, always};
use crate::ui::desk::Question;

/// The menu.
pub(super) const MENU: Menu = Menu { label: "Help", groups: &[FINDING] };

const FINDING: &[Command] = &[
    Command {
        id: "palette",
        label: "Commands ...",
        help: "Find any command by its name.",
        can: always,
        run: |desk| desk.question = Some(Question::Palette(String::new())),
    },
    Command {
        id: "keys",
        label: "Keys ...",
        help: "Show which keys ask for what, and choose a keymap.",
        can: always,
        run: |desk| desk.question = Some(Question::Keys),
    },
];
