//! Takes of the shot in hand: chosen, rated, put in order.

use super::fault::FAULTS;
use super::{Command, Menu};
use crate::edit;
use crate::ui::desk::{Desk, How};
use crate::ui::page::Page;
use timeline_format::shot::TakeState;

/// Where there is a take to work on.
fn has_take(desk: &Desk) -> bool {
    desk.take_in_hand().is_some()
}

/// The menu.
pub(super) const MENU: Menu = Menu {
    label: "Take",
    groups: &[LOOKING, CHOICE, RATING, REASONS, ORDER, TOGETHER, SHEET, COMPARING, USE, FAULTS],
};

/// Where there is a sheet of takes.
fn has_sheet(desk: &Desk) -> bool {
    desk.shot_on_sheet().is_some()
}

const LOOKING: &[Command] = &[
    Command {
        id: "look-next",
        label: "Look at next take",
        help: "Look at the take to the right on the sheet; the shot goes on showing what it shows.",
        can: has_sheet,
        run: |desk| desk.look_along(1),
    },
    Command {
        id: "look-previous",
        label: "Look at previous take",
        help: "Look at the take to the left on the sheet.",
        can: has_sheet,
        run: |desk| desk.look_along(-1),
    },
    Command {
        id: "look-below",
        label: "Look at take below",
        help: "Look at the take a row further down on the sheet.",
        can: has_sheet,
        run: |desk| desk.look_across(1),
    },
    Command {
        id: "look-above",
        label: "Look at take above",
        help: "Look at the take a row further up on the sheet.",
        can: has_sheet,
        run: |desk| desk.look_across(-1),
    },
];

/// Shows two takes in one frame, on their page.
fn together(desk: &mut Desk, how: How) {
    desk.page = Page::Select;
    desk.show_together(how);
}

const TOGETHER: &[Command] = &[
    Command {
        id: "play-takes",
        label: "Play the takes",
        help: "Play all takes on the sheet in step on one clock, or hold them.",
        can: has_sheet,
        run: |desk| {
            desk.page = Page::Select;
            desk.toggle_takes();
        },
    },
    Command {
        id: "takes-wipe",
        label: "Wipe between two takes",
        help: "Show the take in hand on the left of a line and the take that is held on its right.",
        can: Desk::has_two_takes,
        run: |desk| together(desk, How::Wipe),
    },
    Command {
        id: "takes-difference",
        label: "Difference of two takes",
        help: "Show how far the take in hand and the take that is held are apart, eight times as large.",
        can: Desk::has_two_takes,
        run: |desk| together(desk, How::Difference),
    },
    Command {
        id: "takes-over",
        label: "One take over the other",
        help: "Show the take in hand over the take that is held, which shows through.",
        can: Desk::has_two_takes,
        run: |desk| together(desk, How::Over),
    },
    Command {
        id: "takes-flip",
        label: "Flip two takes",
        help: "Show the take in hand, and each time it is asked for again the other of the two.",
        can: Desk::has_two_takes,
        run: |desk| together(desk, How::Flip),
    },
    Command {
        id: "hold-take",
        label: "Hold others against this take",
        help: "Have the takes that are looked at from now on be compared with the take in hand.",
        can: has_take,
        run: Desk::hold_take,
    },
    Command {
        id: "takes-apart",
        label: "Lay all takes out",
        help: "Show every take by itself again.",
        can: has_sheet,
        run: Desk::lay_takes_out,
    },
];

const SHEET: &[Command] = &[
    Command {
        id: "fold-takes",
        label: "Fold near-duplicates",
        help: "Fold takes that look nearly alike beneath the first of them, or lay them out again.",
        can: has_sheet,
        run: Desk::fold_takes,
    },
    Command {
        id: "takes-grid",
        label: "Takes in a grid",
        help: "Have 4, 9, 16 or 25 takes fill the sheet, by turns; then as many as their size lets.",
        can: has_sheet,
        run: Desk::step_grid,
    },
    Command {
        id: "sort-takes",
        label: "Sort by the next measure",
        help: "Sort the takes on the sheet by the next measure; after the last, the best first.",
        can: has_sheet,
        run: Desk::step_measure,
    },
    Command {
        id: "align-takes",
        label: "Align takes",
        help: "Bring the takes on the sheet into step with the chosen one, by what moves in them.",
        can: has_sheet,
        run: Desk::align_takes,
    },
    Command {
        id: "take-earlier",
        label: "Shot begins earlier in take",
        help: "Have the shot begin a frame earlier in the take in hand: so are takes brought into step.",
        can: has_take,
        run: |desk| desk.shift_take(-1),
    },
    Command {
        id: "take-later",
        label: "Shot begins later in take",
        help: "Have the shot begin a frame later in the take in hand.",
        can: has_take,
        run: |desk| desk.shift_take(1),
    },
];

const COMPARING: &[Command] = &[
    Command {
        id: "duel",
        label: "Two at a time",
        help: "Say on the select page which of two takes is better, until all are in order.",
        can: has_sheet,
        run: |desk| {
            desk.page = Page::Select;
            desk.toggle_duel();
        },
    },
    Command {
        id: "duel-left",
        label: "Left is better",
        help: "Of the two takes that are compared, the one on the left is better.",
        can: Desk::is_asked,
        run: |desk| desk.answer_duel(true),
    },
    Command {
        id: "duel-right",
        label: "Right is better",
        help: "Of the two takes that are compared, the one on the right is better.",
        can: Desk::is_asked,
        run: |desk| desk.answer_duel(false),
    },
    Command {
        id: "duel-anew",
        label: "Compare anew",
        help: "Forget what was said of pairs of takes, and the order that came of it.",
        can: has_sheet,
        run: Desk::forget_duel,
    },
];

const USE: &[Command] = &[
    Command {
        id: "use-marked",
        label: "Good is what is marked",
        help: "Say that of the take in hand what is marked in the source viewer is good to use.",
        can: Desk::has_marked_take,
        run: Desk::use_marked,
    },
    Command {
        id: "use-all",
        label: "Good is all of it",
        help: "Say that all of the take in hand is good to use.",
        can: has_take,
        run: Desk::use_all,
    },
];

const CHOICE: &[Command] = &[
    Command {
        id: "choose-take",
        label: "Choose take",
        help: "Have the shot show the take in hand, wherever it is cut in; no cut moves.",
        can: has_take,
        run: Desk::choose_take,
    },
    Command {
        id: "next-take",
        label: "Next take",
        help: "Have the shot show its next take.",
        can: has_take,
        run: |desk| desk.step_take(1),
    },
    Command {
        id: "previous-take",
        label: "Previous take",
        help: "Have the shot show the take before.",
        can: has_take,
        run: |desk| desk.step_take(-1),
    },
];

const RATING: &[Command] = &[
    Command {
        id: "rate-keep",
        label: "Keep",
        help: "Rate the take in hand as good.",
        can: has_take,
        run: |desk| desk.rate(TakeState::Keep),
    },
    Command {
        id: "rate-maybe",
        label: "Maybe",
        help: "Rate the take in hand as one that perhaps serves.",
        can: has_take,
        run: |desk| desk.rate(TakeState::Maybe),
    },
    Command {
        id: "rate-reject",
        label: "Reject",
        help: "Rate the take in hand as not to be used; it stays.",
        can: has_take,
        run: |desk| desk.rate(TakeState::Reject),
    },
    Command {
        id: "rate-new",
        label: "Not rated",
        help: "Take the rating of the take in hand back.",
        can: has_take,
        run: |desk| desk.rate(TakeState::New),
    },
];

/// A reason as a command, by its place in the list.
macro_rules! reason {
    ($place:literal, $id:literal, $label:literal) => {
        Command {
            id: $id,
            label: $label,
            help: "Say that this is why the take in hand is not the one, and reject it where it was not rated; again: take that back.",
            can: has_take,
            run: |desk| desk.turn_reason(edit::REASONS[$place]),
        }
    };
}

const REASONS: &[Command] = &[
    reason!(0, "reason-hands", "Because of hands"),
    reason!(1, "reason-face", "Because of a face"),
    reason!(2, "reason-flicker", "Because of flicker"),
    reason!(3, "reason-drift", "Because of drift"),
    reason!(4, "reason-light", "Because of the light"),
    reason!(5, "reason-framing", "Because of the framing"),
];

const ORDER: &[Command] = &[
    Command {
        id: "rank-up",
        label: "Better",
        help: "Put the take in hand a place nearer to the best of its shot.",
        can: has_take,
        run: |desk| desk.rank(-1),
    },
    Command {
        id: "rank-down",
        label: "Worse",
        help: "Put the take in hand a place further from the best of its shot.",
        can: has_take,
        run: |desk| desk.rank(1),
    },
];
