//! Takes: chosen, rated and put in order. Commands work on the take in hand.

use super::Desk;
use crate::edit::{self, Rating};
use timeline_format::shot::TakeState;
use timeline_format::track::Content;
use timeline_format::usable::Beyond;
use timeline_format::{Id, Shot, Source, Take, Track};

impl Desk {
    /// The shot and take that commands work on: those taken up last in the browser; else of the clip
    /// that is chosen, of what is viewed, of the clip under the playhead.
    pub(in crate::ui) fn take_in_hand(&self) -> Option<(Id, Id)> {
        let film = self.film()?.now();
        let has = |(shot, take): &(Id, Id)| {
            film.shots.get(shot).is_some_and(|shot| shot.takes.iter().any(|it| it.id == *take))
        };
        self.take.filter(has).or_else(|| {
            let shot = self.shot_in_hand()?;
            Some((shot, film.shots.get(&shot)?.take)).filter(has)
        })
    }

    /// What the clip at a place of a track shows beside what is good of its take.
    pub(in crate::ui) fn beyond(&self, track: &Track, index: usize) -> Option<Beyond> {
        let Content::Sequential(reel) = &track.content else { return None };
        let item = reel.get(index)?;
        let clip = item.clip.as_deref()?;
        let (film, rate) = (self.film()?.now(), self.sequence()?.header.rate);
        Beyond::of(film, rate, clip, item.length.into(), track.handles_of(index))
    }

    fn shot_in_hand(&self) -> Option<Id> {
        let of_clip = |clip: Option<Id>| shot_of(&self.clip(clip?)?.source);
        of_clip(self.selection.lead())
            .or_else(|| shot_of(&self.source.as_ref()?.source))
            .or_else(|| of_clip(self.clip_at_playhead()))
    }

    /// Takes a shot up, with its chosen take, and views it.
    pub(in crate::ui) fn take_up_shot(&mut self, shot: Id) {
        let chosen = self.film().and_then(|film| Some(film.now().shots.get(&shot)?.take));
        self.view_source(Source::Shot(shot));
        self.take = chosen.map(|take| (shot, take));
    }

    /// Takes a take up and views it: the shot where it is the chosen one, else its media.
    pub(in crate::ui) fn take_up(&mut self, shot: Id, take: Id) {
        let Some(source) = self.source_of_take(shot, take) else { return };
        self.view_source(source);
        self.take = Some((shot, take));
    }

    /// What stands for a take in the source viewer and in drags.
    pub(in crate::ui) fn source_of_take(&self, shot: Id, take: Id) -> Option<Source> {
        let found = self.film()?.now().shots.get(&shot)?;
        let media = found.takes.iter().find(|known| known.id == take)?.media;
        Some(if found.take == take { Source::Shot(shot) } else { Source::Media(media) })
    }

    /// Has the shot in hand show the take in hand, wherever it is cut in.
    pub(in crate::ui) fn choose_take(&mut self) {
        if let Some((shot, take)) = self.take_in_hand() {
            self.choose(shot, take);
        }
    }

    fn choose(&mut self, shot: Id, take: Id) {
        let focus = self.viewing.focus;
        self.edit("Choose take", |film, _, _| edit::choose_take(film, (shot, take)));
        self.take_up(shot, take);
        self.focus_on(focus);
    }

    /// Has the shot in hand show the take `by` places further on in the artist's order.
    pub(in crate::ui) fn step_take(&mut self, by: isize) {
        let Some((shot, take)) = self.take_in_hand() else { return };
        let Some(takes) = self.takes_of(shot) else { return };
        let place = takes.iter().position(|id| *id == take);
        let next = place.and_then(|place| takes.get(place.checked_add_signed(by)?));
        match next {
            Some(next) => self.choose(shot, *next),
            None => self.notices.note(format_args!(
                "there is no take {} this one",
                if by > 0 { "behind" } else { "before" }
            )),
        }
    }

    /// The takes of a shot, the best first.
    fn takes_of(&self, shot: Id) -> Option<Vec<Id>> {
        let found = self.film()?.now().shots.get(&shot)?;
        Some(best_first(found).map(|take| take.id).collect())
    }

    /// Says what one thinks of the take in hand.
    pub(in crate::ui) fn rate(&mut self, state: TakeState) {
        if let Some(take) = self.take_in_hand() {
            let rating = Rating { state: Some(state), ..Rating::default() };
            self.edit("Rate take", |film, _, _| edit::rate_take(film, take, &rating));
        }
    }

    /// Says why the take in hand is not the one, or takes that back. A take of which nothing was thought is
    /// rejected by it.
    pub(in crate::ui) fn turn_reason(&mut self, reason: &str) {
        let Some(take) = self.take_in_hand() else { return };
        let known = self.take_looked_at();
        let is_news = known.is_some_and(|it| !it.reasons.iter().any(|known| known == reason));
        let is_unrated = known.is_some_and(|it| it.state == TakeState::New);
        let state = (is_news && is_unrated).then_some(TakeState::Reject);
        let rating = Rating { state, turned: vec![reason.to_owned()], ..Rating::default() };
        self.edit("Reason", |film, _, _| edit::rate_take(film, take, &rating));
    }

    /// Puts the take in hand a place nearer to the best (-1), or further from it (1). What falls behind
    /// the last loses its place.
    pub(in crate::ui) fn rank(&mut self, by: isize) {
        let Some((shot, take)) = self.take_in_hand() else { return };
        let Some(found) = self.film().and_then(|film| film.now().shots.get(&shot)) else { return };
        let ranked = best_first(found).filter(|take| take.rank.is_some()).map(|take| take.id);
        let order = moved(ranked.collect(), take, by);
        self.edit("Order takes", |film, _, _| edit::order_takes(film, shot, &order));
    }

    /// Shows the source of the chosen clip, or of the one under the playhead, in the browser.
    pub(in crate::ui) fn reveal(&mut self) {
        let clip = self.selection.lead().or_else(|| self.clip_at_playhead());
        let source = clip.and_then(|clip| Some(self.clip(clip)?.source.clone()));
        if let Some(source) = source {
            self.page = crate::ui::page::Page::Edit;
            self.take = None;
            self.browsing.reveal(source);
        }
    }
}

const fn shot_of(source: &Source) -> Option<Id> {
    match source {
        Source::Shot(shot) => Some(*shot),
        _ => None,
    }
}

/// The takes of a shot in the artist's order: those with a place first, the others as they came.
pub(super) fn best_first(shot: &Shot) -> impl Iterator<Item = &Take> {
    let mut takes: Vec<&Take> = shot.takes.iter().collect();
    takes.sort_by_key(|take| take.rank.unwrap_or(u32::MAX));
    takes.into_iter()
}

/// An order in which `take` is a place further on or back. One that had no place comes last.
fn moved(mut order: Vec<Id>, take: Id, by: isize) -> Vec<Id> {
    let Some(place) = order.iter().position(|id| *id == take) else {
        order.extend((by < 0).then_some(take));
        return order;
    };
    match place.checked_add_signed(by) {
        Some(other) if other < order.len() => order.swap(place, other),
        Some(_) => drop(order.remove(place)),
        None => {}
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_take_rises_falls_and_leaves_the_order() {
        let id = |text: &str| Id::parse(text).unwrap();
        let names = |order: Vec<Id>| order.iter().map(Id::to_string).collect::<Vec<_>>().join(" ");
        let order = || vec![id("a"), id("b"), id("c")];
        let after = |take: &str, by| names(moved(order(), id(take), by));
        assert_eq!(after("b", -1), "b a c");
        assert_eq!(after("b", 1), "a c b");
        assert_eq!(after("a", -1), "a b c");
        assert_eq!(after("c", 1), "a b");
        assert_eq!(after("d", -1), "a b c d");
        assert_eq!(after("d", 1), "a b c");
    }
}
