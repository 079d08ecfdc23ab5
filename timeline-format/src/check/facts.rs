//! What the rules ask of a film again and again, worked out once.

use crate::problem::FilmPlace;
use crate::track::{Content, Place};
use crate::{Clip, Frames, Id, Layered, Sequence, Timeline, Track};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A film and where everything in it is.
pub(super) struct Facts<'a> {
    pub(super) film: &'a Timeline,
    pub(super) sequences: Vec<SequenceFacts<'a>>,
}

/// A sequence and where its clips are.
pub(super) struct SequenceFacts<'a> {
    pub(super) id: Id,
    pub(super) sequence: &'a Sequence,
    /// Every clip, track by track, in order.
    pub(super) clips: Vec<Placed<'a>>,
    /// The first frames of items of sequential tracks, by id.
    starts: BTreeMap<Id, i64>,
    pub(super) length: i64,
}

/// A clip and where it is.
pub(super) struct Placed<'a> {
    pub(super) track: &'a Track,
    pub(super) id: Id,
    /// `None` where its anchor is gone.
    pub(super) start: Option<Frames>,
    pub(super) length: Frames,
    pub(super) clip: &'a Clip,
    pub(super) layer: Option<&'a Layered>,
}

impl<'a> Facts<'a> {
    pub(super) fn of(film: &'a Timeline) -> Self {
        let facts = |(id, sequence): (&Id, &'a Arc<Sequence>)| SequenceFacts::of(*id, sequence);
        Self { film, sequences: film.sequences.iter().map(facts).collect() }
    }

    /// Every clip with its sequence.
    pub(super) fn clips(&self) -> impl Iterator<Item = (&SequenceFacts<'a>, &Placed<'a>)> {
        self.sequences.iter().flat_map(|facts| facts.clips.iter().map(move |clip| (facts, clip)))
    }

    /// Every track with its sequence.
    pub(super) fn tracks(&self) -> impl Iterator<Item = (&SequenceFacts<'a>, &'a Track)> {
        self.sequences.iter().flat_map(|facts| {
            facts.sequence.tracks.iter().map(move |track| (facts, track.as_ref()))
        })
    }

    /// The length of a sequence in frames.
    pub(super) fn length_of(&self, id: &Id) -> Option<i64> {
        let found = self.sequences.binary_search_by(|facts| facts.id.cmp(id));
        found.ok().map(|index| self.sequences[index].length)
    }
}

impl<'a> SequenceFacts<'a> {
    fn of(id: Id, sequence: &'a Sequence) -> Self {
        let reels = sequence.tracks.iter().filter_map(|track| track.reel());
        let placed = reels.flat_map(super::super::reel::Reel::placed);
        let starts = placed.map(|(start, item)| (item.id, start)).collect();
        let mut facts = Self { id, sequence, clips: Vec::new(), starts, length: 0 };
        for track in &sequence.tracks {
            facts.add(track);
        }
        facts
    }

    fn add(&mut self, track: &'a Track) {
        match &track.content {
            Content::Sequential(reel) => {
                self.length = self.length.max(reel.length());
                self.clips.extend(reel.placed().filter_map(|(start, item)| {
                    let (start, length) = (Some(Frames::whole(start)), Frames::whole(item.length));
                    let clip = item.clip.as_deref()?;
                    Some(Placed { track, id: item.id, start, length, clip, layer: None })
                }));
            }
            Content::Free(layers) => {
                for (id, layer) in layers {
                    let start = self.start_of(layer);
                    let end = start.and_then(|start| start.plus(layer.length));
                    self.length = self.length.max(end.map_or(0, Frames::ceil));
                    let (clip, length) = (&layer.clip, layer.length);
                    let layer = Some(layer.as_ref());
                    self.clips.push(Placed { track, id: *id, start, length, clip, layer });
                }
            }
        }
    }

    fn start_of(&self, layer: &Layered) -> Option<Frames> {
        match layer.at {
            Place::Absolute(at) => Some(at),
            Place::Anchored(anchor) => {
                Frames::whole(self.start_of_item(anchor.clip)?).plus(anchor.offset)
            }
        }
    }

    /// The first frame of an item of a sequential track.
    pub(super) fn start_of_item(&self, id: Id) -> Option<i64> {
        self.starts.get(&id).copied()
    }

    /// A place in this sequence.
    pub(super) fn place(&self) -> FilmPlace {
        FilmPlace::sequence(self.id)
    }

    /// The place of a clip.
    pub(super) fn place_of(&self, placed: &Placed<'_>) -> FilmPlace {
        let place = self.place().track(placed.track.id).clip(placed.id);
        match placed.start {
            Some(start) => place.frame(self.sequence, start.floor()),
            None => place,
        }
    }

    /// The place of a cut that begins or ends a clip.
    pub(super) fn place_at(&self, track: &Track, frame: i64) -> FilmPlace {
        self.place().track(track.id).frame(self.sequence, frame)
    }
}
