//! A sequence: tracks over each other, at a rate.

use crate::caption::Captions;
use crate::mix::Bus;
use crate::parameter::is_default;
use crate::timecode::Counting;
use crate::track::{Content, Place};
use crate::{Clip, Extra, Frames, Id, Layered, Rate, Reel, Track};
use imbl::OrdMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A sequence of the film: the cut itself, or one that is nested in another.
#[derive(Debug, Clone, PartialEq)]
pub struct Sequence {
    /// What it says of itself.
    pub header: SequenceHeader,
    /// Its tracks, from the bottom up.
    pub tracks: imbl::Vector<Arc<Track>>,
    /// Markers by id.
    pub markers: OrdMap<Id, Arc<Marker>>,
    /// Buses by id.
    pub buses: OrdMap<Id, Arc<Bus>>,
    /// Captions by id, one for each language.
    pub captions: OrdMap<Id, Arc<Captions>>,
}

/// What a sequence says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SequenceHeader {
    /// What it is called.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Frames a second. It never changes: conforming makes a new sequence.
    pub rate: Rate,
    /// The timecode of its first frame, as a frame count.
    #[serde(default, skip_serializing_if = "is_default")]
    pub start: i64,
    /// How its timecode is counted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub timecode: Counting,
    /// Its size, where not the film's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raster: Option<Raster>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A size in square pixels. In a file: `"1920x1080"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Raster {
    /// Pixels across, 1 to 32768.
    pub width: u32,
    /// Lines, 1 to 32768.
    pub height: u32,
}

impl Raster {
    /// The largest side.
    pub const MOST: u32 = 32_768;
}

impl std::fmt::Display for Raster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}x{}", self.width, self.height)
    }
}

impl std::str::FromStr for Raster {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no size: write WIDTHxHEIGHT, such as 1920x1080");
        let (width, height) = text.split_once('x').ok_or_else(wrong)?;
        let side = |text: &str| {
            let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
            text.parse().ok().filter(|side| plain && (1..=Self::MOST).contains(side))
        };
        match (side(width), side(height)) {
            (Some(width), Some(height)) => Ok(Self { width, height }),
            _ => Err(wrong()),
        }
    }
}

impl Serialize for Raster {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Raster {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A note at a moment or over a while.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Marker {
    /// Where, in frames (of the sequence; of the source on a clip).
    pub at: Frames,
    /// How long; 0 is a moment.
    #[serde(default, skip_serializing_if = "is_default")]
    pub length: Frames,
    /// Its name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// A colour by name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub colour: String,
    /// A note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Where a clip is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The index of its track.
    pub track: usize,
    /// Its index in the track's reel; `None` for a free item.
    pub index: Option<usize>,
}

/// Where the clips that free items are anchored to start: see [`Sequence::starts`].
#[derive(Debug, Clone)]
pub struct Starts(BTreeMap<Id, i64>);

impl Starts {
    /// As many clips are walked over in the time that one is found by its id.
    const WALKED: usize = 100;

    /// The first position of one of the items, in frames; `None` where its anchor is gone.
    pub fn of(&self, layer: &Layered) -> Option<Frames> {
        match layer.at {
            Place::Absolute(at) => Some(at),
            Place::Anchored(anchor) => {
                Frames::whole(*self.0.get(&anchor.clip)?).plus(anchor.offset)
            }
        }
    }
}

impl Sequence {
    /// An empty sequence.
    pub fn new(rate: Rate) -> Self {
        let header = SequenceHeader {
            name: String::new(),
            rate,
            start: 0,
            timecode: Counting::NonDrop,
            raster: None,
            extra: Extra::new(),
        };
        let (markers, buses, captions) = (OrdMap::new(), OrdMap::new(), OrdMap::new());
        Self { header, tracks: imbl::Vector::new(), markers, buses, captions }
    }

    /// The end of its last item, in frames: fractions of a frame count as a whole one.
    pub fn length(&self) -> i64 {
        self.tracks.iter().map(|track| self.track_length(track)).max().unwrap_or(0)
    }

    fn track_length(&self, track: &Track) -> i64 {
        match &track.content {
            Content::Sequential(reel) => reel.length(),
            Content::Free(layers) => {
                let starts = self.starts(layers.values().map(Arc::as_ref));
                let ends = layers.values().filter_map(|layer| starts.of(layer)?.plus(layer.length));
                ends.map(Frames::ceil).max().unwrap_or(0)
            }
        }
    }

    /// The first position of a free item, in frames; `None` where its anchor is gone. For many items
    /// see [`Self::starts`].
    pub fn start_of(&self, layer: &Layered) -> Option<Frames> {
        match layer.at {
            Place::Absolute(at) => Some(at),
            Place::Anchored(anchor) => {
                Frames::whole(self.start_of_clip(anchor.clip)?).plus(anchor.offset)
            }
        }
    }

    /// Where many free items start: the clips that they are anchored to are found together, so that
    /// a film of `n` clips and `m` items costs about `n + m`, not `n m`.
    pub fn starts<'a>(&self, layers: impl IntoIterator<Item = &'a Layered>) -> Starts {
        let anchored = layers.into_iter().filter_map(|layer| match layer.at {
            Place::Anchored(anchor) => Some(anchor.clip),
            Place::Absolute(_) => None,
        });
        let wanted: BTreeSet<Id> = anchored.collect();
        let reels = self.tracks.iter().filter_map(|track| track.reel());
        let count: usize = reels.clone().map(Reel::count).sum();
        if wanted.len().saturating_mul(Starts::WALKED) < count {
            return Starts(
                Vec::from_iter(wanted)
                    .into_iter()
                    .filter_map(|id| Some((id, self.start_of_clip(id)?)))
                    .collect(),
            );
        }
        let placed = reels.flat_map(Reel::placed).filter(|(_, item)| wanted.contains(&item.id));
        Starts(placed.map(|(start, item)| (item.id, start)).collect())
    }

    fn start_of_clip(&self, id: Id) -> Option<i64> {
        let found = self.find(id)?;
        self.tracks.get(found.track)?.reel()?.start_of(found.index?)
    }

    /// Where the item with this id is.
    pub fn find(&self, id: Id) -> Option<Found> {
        self.tracks.iter().enumerate().find_map(|(track, content)| match &content.content {
            Content::Sequential(reel) => {
                reel.index_of(id).map(|index| Found { track, index: Some(index) })
            }
            Content::Free(layers) => {
                layers.contains_key(&id).then_some(Found { track, index: None })
            }
        })
    }

    /// The clip with this id.
    pub fn clip(&self, id: Id) -> Option<&Clip> {
        let found = self.find(id)?;
        match (&self.tracks.get(found.track)?.content, found.index) {
            (Content::Sequential(reel), Some(index)) => reel.get(index)?.clip.as_deref(),
            (Content::Free(layers), _) => Some(&layers.get(&id)?.clip),
            _ => None,
        }
    }

    /// The track with this id, and its index.
    pub fn track(&self, id: Id) -> Option<(usize, &Arc<Track>)> {
        self.tracks.iter().enumerate().find(|(_, track)| track.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::track::{Anchor, TrackKind};
    use crate::{Item, Source};

    fn id(text: String) -> Id {
        Id::parse(&text).unwrap()
    }

    /// Two tracks of 2000 clips, and as many free items, some beside clips that are not there.
    fn sequence(items: usize) -> Sequence {
        let mut sequence = Sequence::new(Rate::FILM);
        let clip = || Clip::new(Source::Media(id("m".to_owned())));
        for name in ["v", "a"] {
            let mut track = Track::sequential(id(name.to_owned()), TrackKind::Picture);
            let clips = (0..2000).map(|n| Item::clip(id(format!("{name}{n}")), n % 7 + 1, clip()));
            track.content = Content::Sequential(clips.collect());
            sequence.tracks.push_back(Arc::new(track));
        }
        let layers = (0..items).map(|n| {
            let beside = id(format!("{}{}", ["v", "a", "x"][n % 3], n * 37 % 2000));
            let offset = Frames::whole(n as i64 % 5 - 2);
            let anchored = Place::Anchored(Anchor { clip: beside, offset });
            let at = if n % 11 == 0 { Place::Absolute(offset) } else { anchored };
            (id(format!("l{n}")), Arc::new(Layered { at, length: Frames::ONE, clip: clip() }))
        });
        let mut free = Track::free(id("free".to_owned()), TrackKind::Sound);
        free.content = Content::Free(layers.collect());
        sequence.tracks.push_back(Arc::new(free));
        sequence
    }

    #[test]
    fn many_starts_are_those_of_each_item() {
        for items in [1, 3, 20, 3000] {
            let sequence = sequence(items);
            let layers = sequence.tracks[2].layers().unwrap();
            let starts = sequence.starts(layers.values().map(Arc::as_ref));
            for layer in layers.values() {
                assert_eq!(starts.of(layer), sequence.start_of(layer));
            }
            let lost = layers.values().filter(|layer| starts.of(layer).is_none()).count();
            assert_eq!(lost > 0, items > 2, "{items}");
        }
    }
}
