//! What the rules ask of a film again and again, worked out once.

use crate::footage::Footage;
use crate::index::Index;
use crate::problem::FilmPlace;
use crate::track::{Content, Place};
use crate::{
    Clip, Frames, Id, Layered, Media, Rate, Ratio, Reel, Sequence, Source, Timeline, Track,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A film and where everything in it is.
pub(super) struct Facts<'a> {
    pub(super) film: &'a Timeline,
    pub(super) sequences: Vec<SequenceFacts<'a>>,
    files: Files,
}

/// A sequence and where its clips are.
pub(super) struct SequenceFacts<'a> {
    pub(super) id: Id,
    pub(super) sequence: &'a Sequence,
    /// Every clip, track by track, in order.
    pub(super) clips: Vec<Placed<'a>>,
    /// The first frames of the items that free items are anchored to, by id.
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
    marks: u8,
}

impl Placed<'_> {
    /// It may show what its source has not.
    pub(super) const SHORT: u8 = 1;
    /// It shows a sequence.
    pub(super) const NESTED: u8 = 2;
    /// It is linked.
    pub(super) const LINKED: u8 = 4;
    /// It has parameters, effects or masks.
    pub(super) const TREATED: u8 = 8;
    /// It has fades, or another speed than its source's.
    pub(super) const TIMED: u8 = 16;

    /// Whether the clip has what one of these marks says. All of them are found in one walk over the
    /// film, so that no other touches the clips that a rule has nothing to say of.
    pub(super) const fn has(&self, mark: u8) -> bool {
        self.marks & mark != 0
    }

    /// The marks that the clip itself shows.
    fn own_marks(&self) -> u8 {
        let Clip { source, look, sound, .. } = self.clip;
        let is_treated = !look.placement.is_empty()
            || !look.effects.is_empty()
            || !look.masks.is_empty()
            || sound.gain.is_some()
            || sound.pan.is_some()
            || matches!(source, Source::Generator(_));
        let has_fades = [sound.fade_in, sound.fade_out].iter().any(Option::is_some);
        let is_timed = self.clip.speed != Ratio::ONE || has_fades || sound.loop_fade.is_some();
        let marks = [
            (Self::NESTED, matches!(source, Source::Sequence(_))),
            (Self::LINKED, self.clip.link.is_some()),
            (Self::TREATED, is_treated),
            (Self::TIMED, is_timed || self.length < Frames::ZERO),
        ];
        marks.iter().map(|(mark, is_so)| mark * u8::from(*is_so)).sum()
    }

    /// Whether a media gives the clip all that it shows.
    fn is_supplied(&self, footage: Option<Footage>, rate: Rate) -> bool {
        let beside = footage.and_then(|footage| footage.beside(self.clip, self.length, rate));
        let is_enough = beside.is_some_and(|beside| beside.head >= 0 && beside.tail >= 0);
        self.clip.speed != Ratio::ZERO && is_enough
    }
}

/// So many clips are marked together: what each of them waits for in memory is fetched at once.
const BLOCK: usize = 64;

fn mark(clips: &mut [Placed<'_>], files: &Files, rate: Rate) {
    let mut positions = Vec::with_capacity(BLOCK);
    let mut footage = Vec::with_capacity(BLOCK);
    for block in clips.chunks_mut(BLOCK) {
        for placed in block.iter_mut() {
            placed.marks = placed.own_marks();
        }
        positions.clear();
        positions.extend(block.iter().map(|placed| match placed.clip.source {
            Source::Media(id) => files.index.find(id),
            _ => None,
        }));
        footage.clear();
        footage.extend(positions.iter().map(|at| at.and_then(|at| files.at(at, rate))));
        for (placed, footage) in block.iter_mut().zip(&footage) {
            if !placed.is_supplied(*footage, rate) {
                placed.marks |= Placed::SHORT;
            }
        }
    }
}

/// What the media of a film have to give, found by their ids.
struct Files {
    index: Index,
    /// Each, and whether it has a rate of its own.
    footage: Vec<(Footage, bool)>,
}

impl Files {
    fn of(film: &Timeline) -> Self {
        let index = Index::new(film.media.keys().copied().collect());
        let of = |media: &Arc<Media>| {
            (Footage::of_media(media, film.settings.rate), Footage::has_rate(media))
        };
        Self { index, footage: film.media.values().map(of).collect() }
    }

    fn find(&self, id: Id, rate: Rate) -> Option<Footage> {
        self.at(self.index.find(id)?, rate)
    }

    fn at(&self, position: usize, rate: Rate) -> Option<Footage> {
        let (footage, has_rate) = *self.footage.get(position)?;
        Some(if has_rate { footage } else { Footage { rate: rate.ratio(), ..footage } })
    }
}

impl<'a> Facts<'a> {
    pub(super) fn of(film: &'a Timeline) -> Self {
        let files = Files::of(film);
        let facts =
            |(id, sequence): (&Id, &'a Arc<Sequence>)| SequenceFacts::of(*id, sequence, &files);
        let sequences = film.sequences.iter().map(facts).collect();
        Self { film, sequences, files }
    }

    /// What a source has to give a sequence at `rate`; `None` where the film has not what it names.
    pub(super) fn footage(&self, rate: Rate, source: &Source) -> Option<Footage> {
        match source {
            Source::Media(id) => self.files.find(*id, rate),
            _ => Footage::find(self.film, rate, source, |id| self.length_of(id)),
        }
    }

    /// Whether the film has a media with this id.
    pub(super) fn has_media(&self, id: Id) -> bool {
        self.files.index.find(id).is_some()
    }

    /// Every clip that has a mark, with its sequence.
    pub(super) fn marked(
        &self,
        mark: u8,
    ) -> impl Iterator<Item = (&SequenceFacts<'a>, &Placed<'a>)> {
        self.clips().filter(move |(_, placed)| placed.has(mark))
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
    fn of(id: Id, sequence: &'a Sequence, files: &Files) -> Self {
        let count = sequence.tracks.iter().map(|track| match &track.content {
            Content::Sequential(reel) => reel.count(),
            Content::Free(layers) => layers.len(),
        });
        let clips = Vec::with_capacity(count.sum());
        let mut facts = Self { id, sequence, clips, starts: anchors(sequence), length: 0 };
        for track in &sequence.tracks {
            facts.add(track);
        }
        mark(&mut facts.clips, files, sequence.header.rate);
        facts
    }

    fn add(&mut self, track: &'a Track) {
        match &track.content {
            Content::Sequential(reel) => {
                self.length = self.length.max(reel.length());
                self.clips.extend(reel.placed().filter_map(|(start, item)| {
                    let (start, length) = (Some(Frames::whole(start)), Frames::whole(item.length));
                    let clip = item.clip.as_deref()?;
                    let (id, layer, marks) = (item.id, None, 0);
                    Some(Placed { track, id, start, length, clip, layer, marks })
                }));
            }
            Content::Free(layers) => {
                for (id, layer) in layers {
                    let start = self.start_of(layer);
                    let end = start.and_then(|start| start.plus(layer.length));
                    self.length = self.length.max(end.map_or(0, Frames::ceil));
                    let (clip, length) = (&layer.clip, layer.length);
                    let layer = Some(layer.as_ref());
                    self.clips.push(Placed {
                        track,
                        id: *id,
                        start,
                        length,
                        clip,
                        layer,
                        marks: 0,
                    });
                }
            }
        }
    }

    fn start_of(&self, layer: &Layered) -> Option<Frames> {
        match layer.at {
            Place::Absolute(at) => Some(at),
            Place::Anchored(anchor) => {
                Frames::whole(*self.starts.get(&anchor.clip)?).plus(anchor.offset)
            }
        }
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

/// Where the items start that free items of a sequence are anchored to.
fn anchors(sequence: &Sequence) -> BTreeMap<Id, i64> {
    let layers = sequence.tracks.iter().filter_map(|track| track.layers()).flat_map(|l| l.values());
    let anchored = layers.filter_map(|layer| match layer.at {
        Place::Anchored(anchor) => Some(anchor.clip),
        Place::Absolute(_) => None,
    });
    let wanted: BTreeSet<Id> = anchored.collect();
    if wanted.is_empty() {
        return BTreeMap::new();
    }
    let placed = sequence.tracks.iter().filter_map(|track| track.reel()).flat_map(Reel::placed);
    let found = placed.filter(|(_, item)| wanted.contains(&item.id));
    found.map(|(start, item)| (item.id, start)).collect()
}
