//! A sequence: tracks over each other, at a rate.

use crate::mix::Bus;
use crate::parameter::is_default;
use crate::timecode::Counting;
use crate::track::{Content, Place};
use crate::{Clip, Extra, Frames, Id, Layered, Rate, Track};
use imbl::OrdMap;
use serde::{Deserialize, Serialize};
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
        let (markers, buses) = (OrdMap::new(), OrdMap::new());
        Self { header, tracks: imbl::Vector::new(), markers, buses }
    }

    /// The end of its last item, in frames: fractions of a frame count as a whole one.
    pub fn length(&self) -> i64 {
        self.tracks.iter().map(|track| self.track_length(track)).max().unwrap_or(0)
    }

    fn track_length(&self, track: &Track) -> i64 {
        match &track.content {
            Content::Sequential(reel) => reel.length(),
            Content::Free(layers) => layers
                .values()
                .filter_map(|layer| self.start_of(layer)?.plus(layer.length))
                .map(Frames::ceil)
                .max()
                .unwrap_or(0),
        }
    }

    /// The first position of a free item, in frames; `None` where its anchor is gone.
    pub fn start_of(&self, layer: &Layered) -> Option<Frames> {
        match layer.at {
            Place::Absolute(at) => Some(at),
            Place::Anchored(anchor) => {
                let found = self.find(anchor.clip)?;
                let start = self.tracks.get(found.track)?.reel()?.start_of(found.index?)?;
                Frames::whole(start).plus(anchor.offset)
            }
        }
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
