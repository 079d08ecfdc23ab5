//! Two takes at a time: which is better, until their order is known.

use super::Desk;
use super::lines::{Line, Thing};
use crate::edit::{self, Standing};
use timeline_format::shot::TakeState;
use timeline_format::{Id, Shot};

/// How far the takes of a shot have been compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) struct Asked {
    /// The question that is next, from 1.
    pub(in crate::ui) number: usize,
    /// How many there are at most.
    pub(in crate::ui) most: usize,
}

impl Desk {
    /// How the comparison of the takes on the sheet stands; `None` where fewer than two are in it.
    pub(in crate::ui) fn duel(&self) -> Option<Standing> {
        let shot = self.compared_shot()?.1;
        (contenders(shot) > 1).then(|| edit::standing(shot))
    }

    fn compared_shot(&self) -> Option<(Id, &Shot)> {
        let id = self.shot_on_sheet()?;
        Some((id, self.film()?.now().shots.get(&id)?))
    }

    /// The two takes that are asked about.
    pub(in crate::ui) fn duel_lines(&self) -> Option<[Line; 2]> {
        let Some(Standing::Ask(pair)) = self.duel() else { return None };
        let (all, _) = self.sheet_lines();
        let line_of = |wanted: Id| {
            all.iter().find(|line| matches!(line.thing, Thing::Take { take, .. } if take == wanted))
        };
        Some([line_of(pair[0])?.clone(), line_of(pair[1])?.clone()])
    }

    /// Which question is asked.
    pub(in crate::ui) fn duel_asked(&self) -> Option<Asked> {
        let shot = self.compared_shot()?.1;
        let most = edit::most_questions(contenders(shot));
        Some(Asked { number: (edit::said_of_pairs(shot) + 1).min(most.max(1)), most })
    }

    /// Whether there is a question.
    pub(in crate::ui) fn is_asked(&self) -> bool {
        self.sheet.is_duel && matches!(self.duel(), Some(Standing::Ask(_)))
    }

    /// Compares two at a time, or lays all out again.
    pub(in crate::ui) fn toggle_duel(&mut self) {
        self.sheet.is_duel = !self.sheet.is_duel;
        self.sheet.together.how = None;
    }

    /// Says that the take on the left is better, or the one on the right. The answer to the last question
    /// puts all in order.
    pub(in crate::ui) fn answer_duel(&mut self, is_left: bool) {
        let (Some(Standing::Ask([left, right])), Some(shot)) = (self.duel(), self.shot_on_sheet())
        else {
            return;
        };
        let pair = if is_left { (left, right) } else { (right, left) };
        self.edit("Compare takes", |film, _, _| edit::compare_takes(film, shot, pair));
        if let Some(Standing::Decided(order)) = self.duel() {
            let names: Vec<String> = order.iter().map(Id::to_string).collect();
            self.notices.note(format_args!("the takes are in order: {}", names.join(", ")));
        }
    }

    /// Forgets what was said of pairs.
    pub(in crate::ui) fn forget_duel(&mut self) {
        if let Some(shot) = self.shot_on_sheet() {
            self.edit("Compare anew", |film, _, _| edit::forget_comparisons(film, shot));
        }
    }
}

/// How many takes are in it: all that are not rejected.
fn contenders(shot: &Shot) -> usize {
    shot.takes.iter().filter(|take| take.state != TakeState::Reject).count()
}
