//! Faults of pictures: looked for, gone along, seen with and without their repairs.

use super::{Command, has_film};
use crate::ui::desk::{Desk, Mode};

/// A group of the menu of takes.
pub(super) const FAULTS: &[Command] = &[
    Command {
        id: "find-faults",
        label: "Find faults",
        help: "Look for faults in the pictures of the clip in hand, in the background.",
        can: Desk::can_find_faults,
        run: Desk::find_faults,
    },
    Command {
        id: "next-fault",
        label: "Next fault",
        help: "Go to the next fault of the film that is open.",
        can: |desk| !desk.faults().is_empty(),
        run: |desk| desk.go_along_faults(1),
    },
    Command {
        id: "previous-fault",
        label: "Previous fault",
        help: "Go to the fault before that is open.",
        can: |desk| !desk.faults().is_empty(),
        run: |desk| desk.go_along_faults(-1),
    },
    Command {
        id: "bypass-repairs",
        label: "Before repairs",
        help: "Show the clip in hand as it was before its repairs, or with them again: for the eye alone.",
        can: has_film,
        run: |desk| desk.viewing.show(Mode::Before),
    },
    Command {
        id: "hold-before",
        label: "Before repairs while held",
        help: "Show the clip in hand as it was before its repairs, as long as the key is held.",
        can: has_film,
        run: Desk::hold_before,
    },
    Command {
        id: "before-wipe",
        label: "Wipe to before",
        help: "Show the film on the left of a line, and on its right as it was before its repairs.",
        can: has_film,
        run: |desk| desk.viewing.show(Mode::BeforeWipe),
    },
    Command {
        id: "proof",
        label: "Proof of repairs",
        help: "Show what the repairs of the clip that is seen change, 16 times as large, and in red what lies outside of their masks.",
        can: has_film,
        run: |desk| desk.viewing.show(Mode::Proof),
    },
    Command {
        id: "lay-repair",
        label: "Mend fault",
        help: "Lay what mends the fault in hand, over its region and in its frames.",
        can: |desk| desk.tool_of_fault().is_some(),
        run: Desk::lay_tool,
    },
];
