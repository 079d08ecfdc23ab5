//! The one place where reels are cut: replace a span, open and close one, and keep account of it.
//!
//! A verb begins a [`Work`], changes spans through it and finishes it. What hangs on the changed
//! clips is put right at the end: transitions (`retie.rs`), free items and markers (`anchors.rs`),
//! links (`sync.rs`).

use crate::edit::Edited;
use crate::edit::Note;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::WorkOrder;
use crate::edit::footage::Footage;
use crate::edit::piece;
use crate::edit::sites::track_name;
pub(super) use crate::edit::spot::Spot;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;
use timeline_format::track::Content;
use timeline_format::{
    Clip, Cut, Id, IdSource, Item, Rate, Ratio, Reel, Sequence, Timeline, Track, Transition,
};

/// A sequence while it is edited.
pub(super) struct Work<'a> {
    /// The film as it was.
    pub(super) film: &'a Timeline,
    pub(super) scope: Scope,
    /// The sequence as it becomes.
    pub(super) sequence: Sequence,
    pub(super) ids: &'a mut IdSource,
    pub(super) notes: Vec<Note>,
    pub(super) made: Vec<Id>,
    pub(super) orders: Vec<WorkOrder>,
    /// Transitions whose cuts were touched, to be tied again.
    pub(super) loose: Vec<Loose>,
    /// Clips that changed: their transitions must still fit.
    pub(super) changed: BTreeSet<Id>,
    /// Clips that were taken out of a reel (and perhaps put back), with their tracks.
    pub(super) handled: BTreeMap<Id, usize>,
    /// What happened to clips that free items may be anchored to, in order.
    pub(super) events: Vec<Event>,
    /// What lies at or behind the frame moved by so much, in order.
    pub(super) ripples: Vec<(i64, i64)>,
    /// How many of them the free items have followed.
    pub(super) followed: usize,
    /// Parts of linked clips that were split, with the part that has the clip's id.
    pub(super) parts: BTreeMap<Id, Id>,
    /// Links of clips that were handled.
    pub(super) touched: BTreeSet<Id>,
    /// Frames from which on a track moved.
    pub(super) edges: BTreeSet<i64>,
}

/// A transition without a track.
pub(super) struct Loose {
    pub(super) track: Id,
    pub(super) cut: Cut,
    pub(super) transition: Arc<Transition>,
}

/// What happened to a clip.
#[derive(Debug, Clone, Copy)]
pub(super) enum Event {
    /// Its frames from `from` on are gone, and those from `to` on are another clip.
    Split { clip: Id, from: i64, to: i64, tail: Id },
    /// Frames were taken off its head (put on, below 0).
    Head { clip: Id, by: i64 },
    /// It went on as the frames from `at` on of another clip.
    Joined { clip: Id, into: Id, at: i64 },
}

impl<'a> Work<'a> {
    /// Opens the sequence of `scope`.
    pub(super) fn begin(
        film: &'a Timeline,
        scope: Scope,
        ids: &'a mut IdSource,
    ) -> Result<Self, Refused> {
        let found = film.sequences.get(&scope.sequence);
        let sequence = found.ok_or(Refused::NoSuch { what: "sequence", id: scope.sequence })?;
        Ok(Self {
            film,
            scope,
            sequence: Sequence::clone(sequence),
            ids,
            notes: Vec::new(),
            made: Vec::new(),
            orders: Vec::new(),
            loose: Vec::new(),
            changed: BTreeSet::new(),
            handled: BTreeMap::new(),
            events: Vec::new(),
            ripples: Vec::new(),
            followed: 0,
            parts: BTreeMap::new(),
            touched: BTreeSet::new(),
            edges: BTreeSet::new(),
        })
    }

    /// The film with the edited sequence, everything that hangs on it put right.
    pub(super) fn finish(mut self) -> Result<Edited, Refused> {
        self.settle_links()?;
        self.retie()?;
        self.settle_layers()?;
        self.settle_markers()?;
        self.settle_captions()?;
        let timeline = self.film.with_sequence(self.scope.sequence, self.sequence);
        Ok(Edited { timeline, notes: self.notes, made: self.made, orders: self.orders })
    }

    /// Frames a second of the sequence.
    pub(super) fn rate(&self) -> Rate {
        self.sequence.header.rate
    }

    /// The index of a track.
    pub(super) fn track_index(&self, id: Id) -> Result<usize, Refused> {
        let found = self.sequence.track(id).map(|(index, _)| index);
        found.ok_or(Refused::NoSuch { what: "track", id })
    }

    pub(super) fn track(&self, index: usize) -> Result<&Arc<Track>, Refused> {
        self.sequence.tracks.get(index).ok_or(Refused::TooBig)
    }

    /// A track, to be changed; refused where it is locked.
    pub(super) fn track_mut(&mut self, index: usize) -> Result<&mut Track, Refused> {
        self.unlocked(index)?;
        self.sequence.tracks.get_mut(index).map(Arc::make_mut).ok_or(Refused::TooBig)
    }

    /// The reel of a track; refused where the track is free.
    pub(super) fn reel(&self, track: usize) -> Result<&Reel, Refused> {
        let track = self.track(track)?;
        track.reel().ok_or_else(|| Refused::WrongTrack {
            track: track.id,
            name: track_name(track),
            why: "holds free items, and this needs a track of clips one after the other",
        })
    }

    /// Refuses a locked track.
    pub(super) fn unlocked(&self, index: usize) -> Result<(), Refused> {
        let track = self.track(index)?;
        if track.header.locked {
            return Err(Refused::Locked { track: track.id, name: track_name(track) });
        }
        Ok(())
    }

    /// The clip of this id in a reel.
    pub(super) fn spot(&self, id: Id) -> Result<Spot, Refused> {
        let missing = Refused::NoSuch { what: "clip", id };
        let found = self.sequence.find(id).ok_or(missing)?;
        let Some(index) = found.index else {
            self.reel(found.track)?;
            return Err(Refused::NoSuch { what: "clip", id });
        };
        self.spot_at(found.track, index).ok_or(Refused::NoSuch { what: "clip (it is a gap)", id })
    }

    /// The clip at an index of a reel, if it is one.
    pub(super) fn spot_at(&self, track: usize, index: usize) -> Option<Spot> {
        let reel = self.sequence.tracks.get(track)?.reel()?;
        let item = reel.get(index)?.clone();
        let clip = item.clip.clone()?;
        Some(Spot { track, index, start: reel.start_of(index)?, item, clip })
    }

    /// How far the source of `clip` moves in a frame of the sequence.
    pub(super) fn step(&self, clip: &Clip) -> Result<Ratio, Refused> {
        let footage = Footage::of(self.film, self.rate(), &clip.source);
        footage.step(clip.speed, self.rate()).ok_or(Refused::TooBig)
    }

    /// Replaces the frames from `from` to `to` of a track with `items`; what follows moves by the
    /// difference. With `from == to` inside a clip, the clip is split. Beyond the end a gap leads
    /// there.
    pub(super) fn replace(
        &mut self,
        track: usize,
        span: Range<i64>,
        items: Vec<Item>,
    ) -> Result<(), Refused> {
        let Range { start: from, end: to } = span;
        let reel = self.reel(track)?.clone();
        let (first, ahead) = reel.at(from).unwrap_or((reel.count(), from.min(reel.length())));
        let (last, behind) = reel.at(to).unwrap_or((reel.count(), to));
        let mut new = Vec::with_capacity(items.len() + 3);
        if from > reel.length() {
            new.push(Item::gap(self.ids.next_id(), from - reel.length()));
        }
        if let Some(item) = reel.get(first).filter(|_| from > ahead) {
            new.push(self.head_of(item, from - ahead)?);
        }
        new.extend(items);
        if let Some(item) = reel.get(last).filter(|_| to > behind) {
            let is_split = first == last && from > ahead;
            let kept = is_split.then_some(from - ahead);
            new.push(self.tail_of(item, to - behind, kept)?);
        }
        let end = if to > behind { last + 1 } else { last };
        self.splice(track, first..end, new)?;
        self.rename_loose();
        Ok(())
    }

    fn head_of(&self, item: &Item, at: i64) -> Result<Item, Refused> {
        let Some(clip) = &item.clip else { return Ok(Item::gap(item.id, at)) };
        let step = self.step(clip)?;
        let head = piece::head(clip, step, item.length, at).ok_or(Refused::TooBig)?;
        Ok(Item::clip(item.id, at, head))
    }

    /// The frames of `item` from `at` on: a new clip where its first `kept` frames stay too.
    fn tail_of(&mut self, item: &Item, at: i64, kept: Option<i64>) -> Result<Item, Refused> {
        let id = if kept.is_some() { self.ids.next_id() } else { item.id };
        let Some(clip) = &item.clip else { return Ok(Item::gap(id, item.length - at)) };
        let step = self.step(clip)?;
        let tail = piece::tail(clip, step, item.length, at).ok_or(Refused::TooBig)?;
        match kept {
            None => self.events.push(Event::Head { clip: item.id, by: at }),
            Some(from) => {
                self.events.push(Event::Split { clip: item.id, from, to: at, tail: id });
                self.made.push(id);
                if clip.link.is_some() {
                    self.parts.extend([(item.id, item.id), (id, item.id)]);
                }
            }
        }
        Ok(Item::clip(id, item.length - at, tail))
    }

    /// Replaces items of a reel; gaps that meet become one, and the last item is no gap.
    pub(super) fn splice(
        &mut self,
        track: usize,
        range: Range<usize>,
        items: Vec<Item>,
    ) -> Result<(), Refused> {
        self.unlocked(track)?;
        let reel = self.reel(track)?.clone();
        let (range, items) = without_meeting_gaps(&reel, range, items);
        self.loosen(track, &reel, &range)?;
        self.account(track, &reel, &range, &items);
        if let Content::Sequential(reel) = &mut self.track_mut(track)?.content {
            *reel = reel.splice(range, items);
        }
        Ok(())
    }

    /// Takes the transitions over the cuts in and around `range` off the track.
    fn loosen(&mut self, track: usize, reel: &Reel, range: &Range<usize>) -> Result<(), Refused> {
        if self.track(track)?.transitions.is_empty() {
            return Ok(());
        }
        let ids = |item: &Item| item.clip.is_some().then_some(item.id);
        let mut from = range.start.checked_sub(1).and_then(|before| reel.get(before)).and_then(ids);
        let heads = reel.placed_from(range.start).map(|(_, item)| ids(item));
        let heads = heads.chain([None]).take(range.len() + 1);
        let mut cuts = Vec::with_capacity(range.len() + 1);
        for to in heads {
            cuts.push(Cut { from, to });
            from = to;
        }
        let content = self.track_mut(track)?;
        let id = content.id;
        let taken = cuts.into_iter().filter_map(|cut| {
            let transition = content.transitions.remove(&cut)?;
            Some(Loose { track: id, cut, transition })
        });
        let taken: Vec<Loose> = taken.collect();
        self.loose.extend(taken);
        Ok(())
    }

    /// Notes which clips are handled, and which of the new ones are not as they were.
    fn account(&mut self, track: usize, reel: &Reel, range: &Range<usize>, items: &[Item]) {
        let old: BTreeMap<Id, &Item> = reel
            .placed_from(range.start)
            .take(range.len())
            .map(|(_, item)| (item.id, item))
            .collect();
        let links = old.values().copied().chain(items).filter_map(|item| item.clip.as_ref()?.link);
        self.touched.extend(links);
        let lengths = |items: &[&Item]| items.iter().map(|item| item.length).sum::<i64>();
        let (was, is) =
            (old.values().copied().collect::<Vec<_>>(), items.iter().collect::<Vec<_>>());
        if range.end < reel.count() && lengths(&was) != lengths(&is) {
            self.edges.extend(reel.start_of(range.start));
        }
        let clips = old.values().filter(|item| !item.is_gap());
        self.handled.extend(clips.map(|item| (item.id, track)));
        let is_new = |item: &&Item| old.get(&item.id).is_none_or(|old| old != item);
        self.changed.extend(items.iter().filter(is_new).map(|item| item.id));
        let beside = [range.start.checked_sub(1), Some(range.end)].into_iter().flatten();
        self.changed.extend(beside.filter_map(|index| reel.get(index)).map(|item| item.id));
    }

    /// Lets the transitions at the tail of a clip that was split go over to its new tail.
    fn rename_loose(&mut self) {
        let Some(Event::Split { clip, tail, .. }) = self.events.last().copied() else { return };
        for loose in &mut self.loose {
            if loose.cut.from == Some(clip) {
                loose.cut.from = Some(tail);
            }
        }
    }

    /// Changes the item at `spot` in place, with a new length; what follows moves.
    pub(super) fn change(&mut self, spot: &Spot, length: i64, clip: Clip) -> Result<(), Refused> {
        let item = Item::clip(spot.id(), length, clip);
        self.splice(spot.track, spot.index..spot.index + 1, vec![item])
    }

    /// Changes what a clip says of itself, not its place: a clip of a reel, or a free item.
    pub(super) fn change_clip(
        &mut self,
        id: Id,
        change: impl FnOnce(&mut Clip) -> Result<(), Refused>,
    ) -> Result<(), Refused> {
        let found = self.sequence.find(id).ok_or(Refused::NoSuch { what: "clip", id })?;
        self.unlocked(found.track)?;
        let Some(index) = found.index else {
            let layers = match &mut self.track_mut(found.track)?.content {
                Content::Free(layers) => layers,
                Content::Sequential(_) => return Err(Refused::NoSuch { what: "clip", id }),
            };
            let layer = layers.get_mut(&id).ok_or(Refused::NoSuch { what: "clip", id })?;
            return change(&mut Arc::make_mut(layer).clip);
        };
        let spot = self.spot_at(found.track, index).ok_or(Refused::NoSuch { what: "clip", id })?;
        let mut clip = Clip::clone(&spot.clip);
        change(&mut clip)?;
        self.change(&spot, spot.length(), clip)
    }
}

/// The splice that leaves no two gaps beside each other, and none at the end.
fn without_meeting_gaps(
    reel: &Reel,
    mut range: Range<usize>,
    items: Vec<Item>,
) -> (Range<usize>, Vec<Item>) {
    let gap_at = |index: Option<usize>| {
        index.and_then(|index| reel.get(index)).filter(|item| item.is_gap()).cloned()
    };
    let before = gap_at(range.start.checked_sub(1));
    let after = gap_at(Some(range.end));
    range.start -= usize::from(before.is_some());
    range.end += usize::from(after.is_some());
    let mut merged: Vec<Item> = Vec::with_capacity(items.len() + 2);
    for item in before.into_iter().chain(items).chain(after) {
        match merged.last_mut() {
            Some(last) if last.is_gap() && item.is_gap() => last.length += item.length,
            _ => merged.push(item),
        }
    }
    if range.end >= reel.count() && merged.last().is_some_and(Item::is_gap) {
        merged.pop();
    }
    (range, merged)
}
