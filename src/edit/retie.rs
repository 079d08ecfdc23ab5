//! Transitions after an edit: tied to their cuts again, made to fit, or gone with a note.

use crate::edit::Note;
use crate::edit::Refused;
use crate::edit::Tight;
use crate::edit::footage::{ENDLESS, handles_of};
use crate::edit::surgery::{Loose, Work};
use std::sync::Arc;
use timeline_format::transition::Handles;
use timeline_format::{Cut, Item, Transition};

/// The most frames that a transition may have ahead of its cut and behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Room {
    /// What the outgoing clip or gap leaves ahead of the cut.
    pub(super) ahead: i64,
    /// What the incoming clip or gap leaves behind the cut.
    pub(super) behind: i64,
    /// Real frames of the incoming clip ahead of its head.
    pub(super) handle_before: i64,
    /// Real frames of the outgoing clip behind its tail.
    pub(super) handle_after: i64,
}

impl Room {
    /// The most ahead of the cut, for a transition that takes missing frames from `handles`.
    pub(super) fn before(self, handles: Handles) -> i64 {
        if handles == Handles::Real { self.ahead.min(self.handle_before) } else { self.ahead }
            .max(0)
    }

    /// The most behind the cut.
    pub(super) fn after(self, handles: Handles) -> i64 {
        if handles == Handles::Real { self.behind.min(self.handle_after) } else { self.behind }
            .max(0)
    }
}

impl Work<'_> {
    /// Ties loose transitions to their cuts, and makes those at changed clips fit.
    pub(super) fn retie(&mut self) -> Result<(), Refused> {
        for loose in std::mem::take(&mut self.loose) {
            self.tie(loose)?;
        }
        if self.sequence.tracks.iter().all(|track| track.transitions.is_empty()) {
            return Ok(());
        }
        for id in std::mem::take(&mut self.changed) {
            let Some(found) = self.sequence.find(id) else { continue };
            let Some(index) = found.index else { continue };
            self.fit(found.track, index)?;
            self.fit(found.track, index + 1)?;
        }
        Ok(())
    }

    fn tie(&mut self, loose: Loose) -> Result<(), Refused> {
        let Loose { track, cut, transition } = loose;
        let Some((index, _)) = self.place_of(cut) else {
            let kind = transition.kind.clone();
            self.notes.push(Note::TransitionDropped { track, cut, kind });
            return Ok(());
        };
        self.track_mut(index)?.transitions.insert(cut, transition);
        self.changed.extend(cut.to.or(cut.from));
        Ok(())
    }

    /// The track of a cut and the index of the item behind it, if the cut exists.
    pub(super) fn place_of(&self, cut: Cut) -> Option<(usize, usize)> {
        let (id, step) = cut.to.map(|to| (to, 0)).or(cut.from.map(|from| (from, 1)))?;
        let found = self.sequence.find(id)?;
        let index = found.index? + step;
        let exists = self.sequence.tracks.get(found.track)?.cut_at(index) == Some(cut);
        exists.then_some((found.track, index))
    }

    /// Shortens the transition at the head of the item at `index` to what there is room for.
    fn fit(&mut self, track: usize, index: usize) -> Result<(), Refused> {
        let content = Arc::clone(self.track(track)?);
        let Some(cut) = content.cut_at(index) else { return Ok(()) };
        let Some(old) = content.transitions.get(&cut) else { return Ok(()) };
        let room = self.room_at(track, index).ok_or(Refused::TooBig)?;
        let (before, after) = shrink(old, room.before(old.handles), room.after(old.handles));
        if (before, after) == (old.before, old.after) {
            return Ok(());
        }
        if self.scope.tight == Tight::Refuse {
            return Err(self.does_not_fit(track, index, old, room));
        }
        let transitions = &mut self.track_mut(track)?.transitions;
        if before + after == 0 {
            transitions.remove(&cut);
            let kind = old.kind.clone();
            self.notes.push(Note::TransitionDropped { track: content.id, cut, kind });
        } else {
            let new = Transition { before, after, ..Transition::clone(old) };
            transitions.insert(cut, Arc::new(new));
            let (from, to) = ((old.before, old.after), (before, after));
            self.notes.push(Note::TransitionShortened { track: content.id, cut, from, to });
        }
        Ok(())
    }

    fn does_not_fit(&self, track: usize, index: usize, old: &Transition, room: Room) -> Refused {
        let spot = self.spot_at(track, index);
        let spot = spot.or_else(|| self.spot_at(track, index.checked_sub(1)?));
        Refused::Transition {
            site: spot.map_or_else(|| self.site(track, None, 0), |spot| self.site_of(&spot)),
            before: old.before,
            after: old.after,
            room_before: room.before(old.handles),
            room_after: room.after(old.handles),
        }
    }

    /// What there is for a transition at the head of the item at `index`.
    pub(super) fn room_at(&self, track: usize, index: usize) -> Option<Room> {
        let content = self.sequence.tracks.get(track)?;
        let reel = content.reel()?;
        let from = index.checked_sub(1).and_then(|before| reel.get(before));
        let to = reel.get(index);
        let other = |index: usize| content.transition_at(index);
        let ahead = from.map_or(0, |item| {
            item.length - other(index - 1).map_or(0, |transition| transition.after)
        });
        let behind = to.map_or(0, |item| {
            item.length - other(index + 1).map_or(0, |transition| transition.before)
        });
        let handles = |item: Option<&Item>| {
            let item = item.filter(|item| !item.is_gap())?;
            handles_of(self.film, self.rate(), item.clip.as_deref()?, item.length)
        };
        Some(Room {
            ahead,
            behind,
            handle_before: handles(to).map_or(ENDLESS, |handles| handles.head),
            handle_after: handles(from).map_or(ENDLESS, |handles| handles.tail),
        })
    }

    /// The cut at the head of `to` or the tail of `from`, as it is now.
    pub(super) fn cut_at(&self, track: usize, index: usize) -> Cut {
        let track = self.sequence.tracks.get(track);
        track.and_then(|track| track.cut_at(index)).unwrap_or(Cut { from: None, to: None })
    }
}

/// The longest transition of the same alignment within `before` and `after`.
pub(super) fn shrink(old: &Transition, before: i64, after: i64) -> (i64, i64) {
    if old.before <= before && old.after <= after {
        return (old.before, old.after);
    }
    let length = old.length();
    if length > 1 && old.before == length / 2 && old.after == length - old.before {
        return centred(length, before, after);
    }
    (old.before.min(before), old.after.min(after))
}

/// The longest centred transition of at most `length` frames: `floor(N / 2)` ahead of the cut.
pub(super) fn centred(length: i64, before: i64, after: i64) -> (i64, i64) {
    let most = length.min(before.saturating_mul(2).saturating_add(1)).min(after.saturating_mul(2));
    (most / 2, most - most / 2)
}
