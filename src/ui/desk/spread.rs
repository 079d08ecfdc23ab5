//! Where free items and markers lie, in the order of time: what lies in a part of the film is found without
//! looking at all that lies elsewhere. Kept until what it was made of changes.

use super::Desk;
use imbl::OrdMap;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::track::Place;
use timeline_format::{Frames, Id, Layered, Marker, Sequence, Track};

/// How many are passed over at once.
const BLOCK: usize = 64;
/// The most items that lie under each other; more share the lowest place.
const DEEPEST: usize = 4;
/// As many versions are kept: of the film, and of what a drag would make of it.
const VERSIONS: usize = 2;

/// Something that lies somewhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::ui) struct Laid {
    /// Which.
    pub(in crate::ui) id: Id,
    /// Its first place.
    pub(in crate::ui) start: Frames,
    /// The place behind its last.
    pub(in crate::ui) end: Frames,
    /// How many it lies under, among those that it overlaps.
    pub(in crate::ui) depth: usize,
}

/// Things in the order of their starts.
#[derive(Debug, Default, PartialEq)]
pub(in crate::ui) struct Spread {
    laid: Vec<Laid>,
    /// The last end of each block of them.
    ends: Vec<Frames>,
    /// How many lie under each other at most.
    pub(in crate::ui) depth: usize,
}

impl Spread {
    fn of(spans: impl Iterator<Item = (Id, Frames, Frames)>) -> Self {
        let mut spans: Vec<(Id, Frames, Frames)> = spans.collect();
        spans.sort_by_key(|(_, start, _)| *start);
        let mut lanes: [Option<Frames>; DEEPEST] = [None; DEEPEST];
        let mut laid = Vec::with_capacity(spans.len());
        for (id, start, end) in spans {
            let is_free = |last: &Option<Frames>| last.is_none_or(|last| last <= start);
            let depth = lanes.iter().position(is_free).unwrap_or(DEEPEST - 1);
            lanes[depth] = lanes[depth].max(Some(end));
            laid.push(Laid { id, start, end, depth });
        }
        let depth = laid.iter().map(|laid| laid.depth + 1).max().unwrap_or(1);
        let blocks = laid.chunks(BLOCK);
        let last = |block: &[Laid]| block.iter().map(|laid| laid.end).max();
        let ends = blocks.filter_map(last).collect();
        Self { laid, ends, depth }
    }

    /// Those of which a part lies between two places, in the order of their starts.
    pub(in crate::ui) fn within(&self, from: f64, to: f64) -> impl Iterator<Item = &Laid> {
        let blocks = self.laid.chunks(BLOCK).zip(&self.ends);
        let near = blocks.take_while(move |(block, _)| block[0].start.to_f64() <= to);
        let near = near.filter(move |(_, end)| end.to_f64() >= from);
        let laid = near.flat_map(|(block, _)| block);
        laid.filter(move |laid| laid.start.to_f64() <= to && laid.end.to_f64() >= from)
    }
}

/// What is known of a film's free tracks and markers.
#[derive(Debug, Default)]
pub(super) struct Spreads {
    tracks: RefCell<BTreeMap<Id, Vec<Known>>>,
    markers: RefCell<Option<(OrdMap<Id, Arc<Marker>>, Arc<Spread>)>>,
}

/// A spread, and what it was made of.
#[derive(Debug)]
struct Known {
    items: OrdMap<Id, Arc<Layered>>,
    /// The sequence, where items lie by its clips.
    sequence: Option<Arc<Sequence>>,
    spread: Arc<Spread>,
}

impl Known {
    fn of(sequence: &Arc<Sequence>, items: &OrdMap<Id, Arc<Layered>>) -> Self {
        let starts = sequence.starts(items.values().map(AsRef::as_ref));
        let spans = items.iter().filter_map(|(id, layer)| {
            let start = starts.of(layer)?;
            Some((*id, start, start.plus(layer.length)?))
        });
        let spread = Arc::new(Spread::of(spans));
        let is_anchored = items.values().any(|layer| matches!(layer.at, Place::Anchored(_)));
        let sequence = is_anchored.then(|| Arc::clone(sequence));
        Self { items: items.clone(), sequence, spread }
    }

    fn holds(&self, sequence: &Arc<Sequence>, items: &OrdMap<Id, Arc<Layered>>) -> bool {
        let is_same = |known: &Arc<Sequence>| Arc::ptr_eq(known, sequence);
        self.items.ptr_eq(items) && self.sequence.as_ref().is_none_or(is_same)
    }
}

impl Spreads {
    /// Where the items of a free track of `sequence` lie.
    pub(super) fn of_track(
        &self,
        sequence: &Arc<Sequence>,
        track: Id,
        items: &OrdMap<Id, Arc<Layered>>,
    ) -> Arc<Spread> {
        let mut tracks = self.tracks.borrow_mut();
        let versions = tracks.entry(track).or_default();
        if let Some(known) = versions.iter().find(|known| known.holds(sequence, items)) {
            return Arc::clone(&known.spread);
        }
        let known = Known::of(sequence, items);
        let spread = Arc::clone(&known.spread);
        versions.truncate(VERSIONS - 1);
        versions.insert(0, known);
        spread
    }

    /// Where the markers of a sequence lie.
    pub(super) fn of_markers(&self, sequence: &Sequence) -> Arc<Spread> {
        let mut known = self.markers.borrow_mut();
        if let Some((markers, spread)) = &*known
            && markers.ptr_eq(&sequence.markers)
        {
            return Arc::clone(spread);
        }
        let spans = sequence
            .markers
            .iter()
            .filter_map(|(id, marker)| Some((*id, marker.at, marker.at.plus(marker.length)?)));
        let spread = Arc::new(Spread::of(spans));
        *known = Some((sequence.markers.clone(), Arc::clone(&spread)));
        spread
    }
}

impl Desk {
    /// Where the items of a free track of a sequence lie.
    pub(in crate::ui) fn spread_of(&self, sequence: &Arc<Sequence>, track: &Track) -> Arc<Spread> {
        match track.layers() {
            Some(items) => self.spreads.of_track(sequence, track.id, items),
            None => Arc::default(),
        }
    }

    /// Where the markers of a sequence lie.
    pub(in crate::ui) fn markers_of(&self, sequence: &Sequence) -> Arc<Spread> {
        self.spreads.of_markers(sequence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_in_a_part_is_found_as_if_all_were_looked_at() {
        let id = |number: usize| Id::parse(&format!("i{number}")).unwrap();
        let spans = (0..5000_usize).map(|number| {
            let start = Frames::whole((number * 7919 % 10_000) as i64);
            let length = if number % 500 == 0 { 4000 } else { (number % 40) as i64 };
            (id(number), start, start.plus(Frames::whole(length)).unwrap())
        });
        let spread = Spread::of(spans.clone());
        for (from, to) in [(0.0, 10.0), (4000.5, 4001.0), (9000.0, 2e4), (-5.0, -1.0)] {
            let mut found: Vec<Id> = spread.within(from, to).map(|laid| laid.id).collect();
            let meets = |(_, start, end): &(Id, Frames, Frames)| {
                start.to_f64() <= to && end.to_f64() >= from
            };
            let mut all: Vec<Id> = spans.clone().filter(meets).map(|(id, ..)| id).collect();
            found.sort();
            all.sort();
            assert_eq!(found, all, "{from}..{to}");
        }
        assert_eq!(spread.depth, DEEPEST);
    }
}
