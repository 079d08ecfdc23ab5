//! Faults of pictures: looked for, gone along, seen with and without their repairs.

use super::Command;
use crate::ui::desk::Desk;

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
        label: "Repairs on or off",
        help: "Switch every repair of the clip in hand off, to see it as it came, or on again.",
        can: |desk| desk.repairs().1 > 0,
        run: Desk::toggle_repairs,
    },
];
