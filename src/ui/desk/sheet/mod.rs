//! The sheet: every take of a shot beside each other, which is looked at, what of it is good to use.

mod measured;
mod step;
mod together;

pub(in crate::ui) use together::How;

use super::lines::{Line, Thing, takes_of};
use super::{Desk, Viewed};
use crate::edit;
use crate::picture::measures::{self, Measure};
use measured::Measured;
use timeline_format::shot::TakeState;
use timeline_format::{Frames, Id, Take};
use together::Together;

/// The fewest and the most takes beside each other where all are in sight.
const GRIDS: (usize, usize) = (2, 5);

/// What the sheet shows, and how.
#[derive(Debug)]
pub(in crate::ui) struct Sheet {
    /// How large pictures are, from 0 to 1.
    pub(in crate::ui) size: f32,
    /// Only what is rated so.
    pub(in crate::ui) rated: Option<TakeState>,
    /// Whether two takes are compared at a time.
    pub(in crate::ui) is_duel: bool,
    /// Whether the takes play, all in step.
    pub(in crate::ui) is_playing: bool,
    /// The measure that they are sorted by; none: the best first.
    pub(in crate::ui) by: Option<&'static Measure>,
    /// Whether near-duplicates lie folded beneath the first of them.
    pub(in crate::ui) is_folded: bool,
    /// How many takes lie beside and below each other, all of them in sight; none: as large as `size` says.
    pub(in crate::ui) grid: Option<usize>,
    /// How two takes are seen in one frame.
    pub(in crate::ui) together: Together,
    /// How many takes lay beside each other when it was drawn last.
    pub(in crate::ui) across: usize,
    measured: Measured,
    search: step::Search,
}

impl Default for Sheet {
    fn default() -> Self {
        Self {
            size: 0.5,
            rated: None,
            is_duel: false,
            is_playing: false,
            by: None,
            is_folded: false,
            grid: None,
            together: Together::default(),
            across: 1,
            measured: Measured::default(),
            search: None,
        }
    }
}

impl Desk {
    /// The shot whose takes are laid out: the one in hand, else the one with the most takes.
    pub(in crate::ui) fn shot_on_sheet(&self) -> Option<Id> {
        let in_hand = self.take_in_hand().map(|(shot, _)| shot);
        in_hand.or_else(|| {
            let shots = &self.film()?.now().shots;
            let most = shots.iter().rev().max_by_key(|(_, shot)| shot.takes.len());
            most.map(|(id, _)| *id)
        })
    }

    /// The takes on the sheet, the best first or by a measure: all of them, and those that are to be seen.
    pub(in crate::ui) fn sheet_lines(&self) -> (Vec<Line>, Vec<Line>) {
        let found = self.film().zip(self.shot_on_sheet());
        let mut all =
            found.map_or_else(Vec::new, |(film, shot)| takes_of(film.now(), &self.missing, shot));
        for line in &mut all {
            line.figures = line.media.map_or_else(String::new, |id| self.words_of_figures(id));
        }
        all.sort_by(|a, b| self.by_figures(a, b));
        let is_wanted = |line: &&Line| self.sheet.rated.is_none_or(|state| line.state == state);
        let seen: Vec<Line> = all.iter().filter(is_wanted).cloned().collect();
        let seen = if self.sheet.is_folded { self.folded(&seen) } else { seen };
        (all, seen)
    }

    /// The first of each stack of near-duplicates, which say how many lie beneath them.
    fn folded(&self, lines: &[Line]) -> Vec<Line> {
        let likenesses: Vec<Option<u64>> = lines.iter().map(|line| self.likeness(line)).collect();
        let first =
            |stack: Vec<usize>| Line { beneath: stack.len() - 1, ..lines[stack[0]].clone() };
        edit::stacks(&likenesses).into_iter().map(first).collect()
    }

    /// Folds near-duplicates, or lays them out.
    pub(in crate::ui) fn fold_takes(&mut self) {
        self.sheet.is_folded = !self.sheet.is_folded;
        let (_, lines) = self.sheet_lines();
        let beneath: usize = lines.iter().map(|line| line.beneath).sum();
        self.notices.note(match (self.sheet.is_folded, beneath) {
            (false, _) => "every take is laid out".to_owned(),
            (true, 0) => "no two takes that were measured are nearly one".to_owned(),
            (true, count) => {
                format!("{count} near-duplicates are folded beneath those they are like")
            }
        });
    }

    /// Has 4, 9, 16 or 25 takes fill the sheet, by turns; after these, as many as their size lets.
    pub(in crate::ui) const fn step_grid(&mut self) {
        self.sheet.grid = match self.sheet.grid {
            None => Some(GRIDS.0),
            Some(side) if side < GRIDS.1 => Some(side + 1),
            Some(_) => None,
        };
    }

    /// Sorts the takes by the next measure; after the last, the best first.
    pub(in crate::ui) fn step_measure(&mut self) {
        let place = |by: &Measure| measures::ALL.iter().position(|known| known.id == by.id);
        let next = self.sheet.by.map_or(Some(0), |by| place(by).map(|place| place + 1));
        self.sheet.by = next.and_then(|next| measures::ALL.get(next).copied());
        let label = self.sheet.by.map_or("the best first".to_owned(), |by| by.label.to_lowercase());
        self.notices.note(format_args!("the takes are sorted: {label}"));
    }

    /// Has the take in hand begin so many of its frames later in its shot.
    pub(in crate::ui) fn shift_take(&mut self, by: i64) {
        let Some(take) = self.take_in_hand() else { return };
        let shift = |take: &mut Take| {
            take.offset = take.offset.plus(Frames::whole(by)).unwrap_or(take.offset);
        };
        self.edit("Shift take", |film, _, _| edit::change_take(film, take, shift));
        if let Some(offset) = self.take_looked_at().map(|take| take.offset) {
            self.notices.note(format_args!("the shot begins with frame {offset} of the take"));
        }
    }

    /// Looks at the take so many places further on along the sheet; the shot goes on showing what it shows.
    /// Where two are compared, the one on that side is the better.
    pub(in crate::ui) fn look_along(&mut self, by: isize) {
        if self.is_asked() {
            return self.answer_duel(by < 0);
        }
        let (_, lines) = self.sheet_lines();
        let in_hand = self.take_in_hand();
        let is_it = |line: &Line| match line.thing {
            Thing::Take { shot, take } => in_hand == Some((shot, take)),
            _ => false,
        };
        let place = lines.iter().position(is_it);
        let next = place.map_or(0, |place| place.saturating_add_signed(by));
        let next = next.min(lines.len().saturating_sub(1));
        if let Some(Thing::Take { shot, take }) = lines.get(next).map(|line| line.thing) {
            self.take_up(shot, take);
        }
    }

    /// Plays the takes on the sheet, or holds them.
    pub(in crate::ui) fn toggle_takes(&mut self) {
        self.sheet.is_playing = !self.sheet.is_playing;
        if self.sheet.is_playing {
            self.pause_film();
            self.pause_source();
        }
    }

    /// Looks along the sheet by rows of it.
    pub(in crate::ui) fn look_across(&mut self, rows: isize) {
        self.look_along(rows * self.sheet.across.max(1) as isize);
    }

    /// The take in hand.
    pub(in crate::ui) fn take_looked_at(&self) -> Option<&Take> {
        let (shot, take) = self.take_in_hand()?;
        self.film()?.now().shots.get(&shot)?.takes.iter().find(|known| known.id == take)
    }

    /// Whether the source viewer has marks on the take in hand.
    pub(in crate::ui) fn has_marked_take(&self) -> bool {
        let has_marks = |viewed: &Viewed| viewed.mark_in.is_some() || viewed.mark_out.is_some();
        self.take_in_hand().is_some() && self.source.as_ref().is_some_and(has_marks)
    }

    /// Says that of the take in hand what is marked is good to use, and nothing else.
    pub(in crate::ui) fn use_marked(&mut self) {
        let Some(viewed) = self.source.clone() else { return };
        let length = self.viewed_length(&viewed.source);
        let span = [viewed.mark_in.unwrap_or(0), viewed.mark_out.unwrap_or(length)];
        if span[0] >= span[1] {
            return self.notices.note("the marks leave nothing of the take");
        }
        self.set_windows("Mark what is good", vec![span.map(Frames::whole)]);
    }

    /// Says that all of the take in hand is good to use.
    pub(in crate::ui) fn use_all(&mut self) {
        self.set_windows("All of the take is good", Vec::new());
    }

    fn set_windows(&mut self, name: &str, windows: Vec<[Frames; 2]>) {
        let Some(take) = self.take_in_hand() else { return };
        self.edit(name, |film, _, _| edit::change_take(film, take, |take| take.windows = windows));
    }

    /// Writes what is thought of the take in hand.
    pub(in crate::ui) fn note_take(&mut self, words: &str) {
        let Some(take) = self.take_in_hand() else { return };
        let rating = edit::Rating { note: Some(words.to_owned()), ..edit::Rating::default() };
        self.edit_live("Note on take", |film, _, _| edit::rate_take(film, take, &rating));
    }
}
