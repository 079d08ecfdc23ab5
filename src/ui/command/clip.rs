//! What is done to clips.

use super::{Command, Menu, has_any_clip, has_clips, has_keys, has_target};
use crate::ui::desk::{Desk, MANY, Question};

/// The menu.
pub(super) const MENU: Menu = Menu { label: "Clip", groups: &[TIME, PLACE, TIES] };

const TIME: &[Command] = &[
    Command {
        id: "set-length",
        label: "Length ...",
        help: "Decide how long the chosen clips are seen: frames, seconds or timecode.",
        can: has_any_clip,
        run: |desk| desk.question = Some(Question::Length(String::new())),
    },
    Command {
        id: "set-speed",
        label: "Speed ...",
        help: "Decide how fast the chosen clips run.",
        can: has_any_clip,
        run: |desk| desk.question = Some(Question::Speed(String::new())),
    },
    Command {
        id: "reverse",
        label: "Reverse",
        help: "Play the chosen clips backwards.",
        can: has_any_clip,
        run: Desk::reverse,
    },
    Command {
        id: "rename",
        label: "Name ...",
        help: "Give the chosen clips another name; where none is chosen, the uppermost targeted track.",
        can: |desk| has_clips(desk) || has_target(desk),
        run: Desk::ask_for_name,
    },
];

const PLACE: &[Command] = &[
    Command {
        id: "nudge-back",
        label: "Nudge back",
        help: "Move the chosen keyframes or clips one frame earlier.",
        can: |desk| has_clips(desk) || has_keys(desk),
        run: |desk| desk.nudge(-1),
    },
    Command {
        id: "nudge-forward",
        label: "Nudge forward",
        help: "Move the chosen keyframes or clips one frame later.",
        can: |desk| has_clips(desk) || has_keys(desk),
        run: |desk| desk.nudge(1),
    },
    Command {
        id: "nudge-back-more",
        label: "Nudge back by ten",
        help: "Move the chosen keyframes or clips ten frames earlier.",
        can: |desk| has_clips(desk) || has_keys(desk),
        run: |desk| desk.nudge(-MANY),
    },
    Command {
        id: "nudge-forward-more",
        label: "Nudge forward by ten",
        help: "Move the chosen keyframes or clips ten frames later.",
        can: |desk| has_clips(desk) || has_keys(desk),
        run: |desk| desk.nudge(MANY),
    },
    Command {
        id: "slip-back",
        label: "Slip back",
        help: "Show one frame earlier of the source; nothing moves in the cut.",
        can: has_any_clip,
        run: |desk| desk.slip_by(-1),
    },
    Command {
        id: "slip-forward",
        label: "Slip forward",
        help: "Show one frame later of the source; nothing moves in the cut.",
        can: has_any_clip,
        run: |desk| desk.slip_by(1),
    },
];

const TIES: &[Command] = &[
    Command {
        id: "link",
        label: "Link",
        help: "Have the chosen picture and sound move together.",
        can: has_clips,
        run: Desk::link,
    },
    Command {
        id: "unlink",
        label: "Unlink",
        help: "Let picture and sound of the chosen clips move apart.",
        can: has_any_clip,
        run: Desk::unlink,
    },
    Command {
        id: "group",
        label: "Group",
        help: "Have the chosen clips chosen and moved together.",
        can: has_clips,
        run: Desk::group,
    },
    Command {
        id: "ungroup",
        label: "Ungroup",
        help: "Take the groups of the chosen clips apart.",
        can: has_clips,
        run: Desk::ungroup,
    },
    Command {
        id: "enable",
        label: "Switch on or off",
        help: "Switch the chosen clips off but keep them, or on again.",
        can: has_any_clip,
        run: Desk::toggle_enabled,
    },
    Command {
        id: "bypass-grade",
        label: "Grade on or off",
        help: "Switch the grade of the chosen clips off but keep it, or on again.",
        can: Desk::has_grade,
        run: Desk::toggle_grade,
    },
    Command {
        id: "grade-before",
        label: "Grade of the clip before",
        help: "Put the operations of the clip before on the one in hand, instead of its own.",
        can: Desk::has_grade_before,
        run: Desk::take_grade_before,
    },
    Command {
        id: "next-clip",
        label: "Next clip in hand",
        help: "Take the next clip of the cut in hand and show its middle.",
        can: has_any_clip,
        run: |desk| desk.go_to_shot(1),
    },
    Command {
        id: "previous-clip",
        label: "Previous clip in hand",
        help: "Take the clip before in hand and show its middle.",
        can: has_any_clip,
        run: |desk| desk.go_to_shot(-1),
    },
];
