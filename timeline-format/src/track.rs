//! A track: clips one after the other, or layers that may overlap.

use crate::mix::Strip;
use crate::parameter::is_default;
use crate::{Clip, Cut, Extra, Frames, Id, Item, Reel, Transition};
use imbl::OrdMap;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A track of a sequence.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// Its id, unique in the film.
    pub id: Id,
    /// What it says of itself.
    pub header: TrackHeader,
    /// What is on it.
    pub content: Content,
    /// Transitions by their cuts, on sequential tracks.
    pub transitions: OrdMap<Cut, Arc<Transition>>,
}

/// What a track says of itself.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TrackHeader {
    /// What it is called.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Picture or sound.
    pub kind: TrackKind,
    /// What its sound is for, or what its picture is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Not shown.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// No edit touches it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub locked: bool,
    /// Left where it is when other tracks ripple.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sync_free: bool,
    /// Level, position, routing and nodes of a sound track.
    #[serde(flatten)]
    pub strip: Strip,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Picture or sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TrackKind {
    /// Seen: later tracks lie over earlier ones.
    #[default]
    Picture,
    /// Heard: tracks add.
    Sound,
}

/// What a track is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Speech.
    Dialogue,
    /// Steps, cloth, hands, props.
    Foley,
    /// Beds: wind, traffic, rain.
    Ambience,
    /// The tone of the room itself.
    #[serde(rename = "room-tone")]
    RoomTone,
    /// Music.
    Music,
    /// Hits, whooshes, everything else.
    Effects,
    /// Titles and captions, on picture tracks.
    Titles,
}

/// What is on a track.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Clips and explicit gaps, one after the other; positions follow from lengths.
    Sequential(Reel),
    /// Free items, anchored or at absolute positions; overlap adds.
    Free(OrdMap<Id, Arc<Layered>>),
}

/// A free item: a clip somewhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Layered {
    /// Where it starts.
    pub at: Place,
    /// Its length in frames of the sequence, above 0.
    pub length: Frames,
    /// What is heard or seen.
    #[serde(flatten)]
    pub clip: Clip,
}

/// Where a free item starts. In a file: a number of frames, or `{"clip": id, "offset": frames}`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Place {
    /// Frames from the start of the sequence.
    Absolute(Frames),
    /// Frames from the start of a clip of a sequential track: it goes where the clip goes.
    Anchored(Anchor),
}

/// A place beside a clip.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// The clip.
    pub clip: Id,
    /// Frames of the sequence from the clip's first frame.
    #[serde(default, skip_serializing_if = "is_default")]
    pub offset: Frames,
}

impl Track {
    /// An empty sequential track.
    pub fn sequential(id: Id, kind: TrackKind) -> Self {
        let header = TrackHeader { kind, ..TrackHeader::default() };
        let content = Content::Sequential(Reel::default());
        Self { id, header, content, transitions: OrdMap::new() }
    }

    /// An empty free track.
    pub fn free(id: Id, kind: TrackKind) -> Self {
        let content = Content::Free(OrdMap::new());
        Self { content, ..Self::sequential(id, kind) }
    }

    /// Its reel, if it is sequential.
    pub const fn reel(&self) -> Option<&Reel> {
        match &self.content {
            Content::Sequential(reel) => Some(reel),
            Content::Free(_) => None,
        }
    }

    /// Its free items, if it is free.
    pub const fn layers(&self) -> Option<&OrdMap<Id, Arc<Layered>>> {
        match &self.content {
            Content::Sequential(_) => None,
            Content::Free(layers) => Some(layers),
        }
    }

    /// The cut at the head of the item at `index` of its reel (`count` is the end of the track).
    pub fn cut_at(&self, index: usize) -> Option<Cut> {
        let reel = self.reel()?;
        let clip_id = |item: Option<&Item>| item.filter(|item| !item.is_gap()).map(|item| item.id);
        let from = clip_id(index.checked_sub(1).and_then(|before| reel.get(before)));
        Some(Cut { from, to: clip_id(reel.get(index)) })
    }

    /// The transition over the cut at the head of the item at `index` of its reel.
    pub fn transition_at(&self, index: usize) -> Option<&Arc<Transition>> {
        self.transitions.get(&self.cut_at(index)?)
    }

    /// Frames that transitions use ahead of the head of the item at `index`, and behind its tail.
    pub fn handles_of(&self, index: usize) -> [i64; 2] {
        let before = self.transition_at(index).map_or(0, |it| it.before);
        let after = self.transition_at(index + 1).map_or(0, |it| it.after);
        [before.max(0), after.max(0)]
    }
}
