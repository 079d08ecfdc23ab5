//! The sheet: every take of a shot beside each other, which is looked at, what of it is good to use.

mod measured;
mod together;

pub(in crate::ui) use together::How;

use super::lines::{Line, Thing, takes_of};
use super::{Desk, Viewed};
use crate::edit;
use crate::picture::measures::Measure;
use measured::Measured;
use timeline_format::shot::TakeState;
use timeline_format::{Frames, Id, Take};
use together::Together;

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
    /// How two takes are seen in one frame.
    pub(in crate::ui) together: Together,
    /// How many takes lay beside each other when it was drawn last.
    pub(in crate::ui) across: usize,
    measured: Measured,
}

impl Default for Sheet {
    fn default() -> Self {
        Self {
            size: 0.5,
            rated: None,
            is_duel: false,
            is_playing: false,
            by: None,
            together: Together::default(),
            across: 1,
            measured: Measured::default(),
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
        let seen = all.iter().filter(is_wanted).cloned().collect();
        (all, seen)
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
        let rating = edit::Rating { state: None, note: Some(words.to_owned()) };
        self.edit_live("Note on take", |film, _, _| edit::rate_take(film, take, &rating));
    }
}
