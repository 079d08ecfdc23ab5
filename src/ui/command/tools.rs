//! The tools of the timeline and how drags behave.

use super::{Command, Menu, always};
use crate::ui::desk::Tool;

/// The menu.
pub(super) const MENU: Menu = Menu { label: "Tool", groups: &[TOOLS, MANNERS] };

const TOOLS: &[Command] = &[
    Command {
        id: "tool-select",
        label: "Select",
        help: "Choose and move clips, trim their edges.",
        can: always,
        run: |desk| desk.tool = Tool::Select,
    },
    Command {
        id: "tool-ripple",
        label: "Ripple trim",
        help: "Trim edges; what follows moves.",
        can: always,
        run: |desk| desk.tool = Tool::Ripple,
    },
    Command {
        id: "tool-roll",
        label: "Roll",
        help: "Move the cut between two clips.",
        can: always,
        run: |desk| desk.tool = Tool::Roll,
    },
    Command {
        id: "tool-slip",
        label: "Slip",
        help: "Show another part of the source.",
        can: always,
        run: |desk| desk.tool = Tool::Slip,
    },
    Command {
        id: "tool-slide",
        label: "Slide",
        help: "Move a clip between its neighbours.",
        can: always,
        run: |desk| desk.tool = Tool::Slide,
    },
    Command {
        id: "tool-razor",
        label: "Razor",
        help: "Cut clips in two.",
        can: always,
        run: |desk| desk.tool = Tool::Razor,
    },
    Command {
        id: "tool-hand",
        label: "Hand",
        help: "Move the view.",
        can: always,
        run: |desk| desk.tool = Tool::Hand,
    },
];

const MANNERS: &[Command] = &[
    Command {
        id: "snapping",
        label: "Snapping",
        help: "Have drags snap to cuts, marks and the playhead, or not.",
        can: always,
        run: |desk| desk.snapping = !desk.snapping,
    },
    Command {
        id: "linked-selection",
        label: "Linked selection",
        help: "Have picture and its sound chosen and edited together, or not.",
        can: always,
        run: |desk| desk.linked = !desk.linked,
    },
];
