//! Takes of the shot in hand: chosen, rated, put in order.

use super::fault::FAULTS;
use super::{Command, Menu};
use crate::ui::desk::Desk;
use crate::ui::page::Page;
use timeline_format::shot::TakeState;

/// Where there is a take to work on.
fn has_take(desk: &Desk) -> bool {
    desk.take_in_hand().is_some()
}

/// The menu.
pub(super) const MENU: Menu =
    Menu { label: "Take", groups: &[LOOKING, CHOICE, RATING, ORDER, COMPARING, USE, FAULTS] };

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
