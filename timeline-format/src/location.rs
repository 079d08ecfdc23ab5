//! A place of the film: what it sounds like, wherever the cut goes there.
//!
//! A place is one recipe: the tone of its room, the beds of its air, what comes in from outside, and how
//! the room answers. Shots and clips name it; its sound spans every cut between them, and no edit of
//! the picture cuts it.

use crate::mix::{NodeInstance, Strip};
use crate::parameter::is_default;
use crate::{Extra, FadeShape, Frames, Id, Ratio, Role, Source};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A place of the film.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// What it is called.
    pub name: String,
    /// What is heard there all the time, in layers that add.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beds: Vec<Bed>,
    /// What stands between the beds that are outside and the listener: a window, a wall.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outside: Vec<NodeInstance>,
    /// How the room answers: the nodes that dialogue and foley are sent to there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub room: Vec<NodeInstance>,
    /// How it comes in from another place, and goes to none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub crossing: Crossing,
    /// What the sizes of shots mean there, where not what they usually do.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stands: BTreeMap<Perspective, Stand>,
    /// A note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Location {
    /// A place where nothing is heard.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            beds: Vec::new(),
            outside: Vec::new(),
            room: Vec::new(),
            crossing: Crossing::default(),
            stands: BTreeMap::new(),
            note: String::new(),
            extra: Extra::new(),
        }
    }
}

/// A layer of the air of a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bed {
    /// Its id, unique within the place.
    pub id: Id,
    /// What it is called, where its source does not say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The stem and bus that it goes to: `ambience`, `room-tone`, or another.
    #[serde(default = "ambience", skip_serializing_if = "is_ambience")]
    pub role: Role,
    /// Outside: heard through what the place says stands between.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outside: bool,
    /// The first sample or frame of a recording that is used, on its own grid.
    #[serde(default, rename = "in", skip_serializing_if = "is_default")]
    pub source_in: Frames,
    /// The first that is not; absent: all of it.
    #[serde(default, rename = "out", skip_serializing_if = "Option::is_none")]
    pub source_out: Option<Frames>,
    /// The crossfade with which a recording starts over, in frames of the sequence; absent: half a second.
    #[serde(default, rename = "loop", skip_serializing_if = "Option::is_none")]
    pub loop_fade: Option<Frames>,
    /// Level, pan, nodes and sends.
    #[serde(flatten)]
    pub strip: Strip,
    /// What sounds: a generator, a recording, or a sequence.
    #[serde(flatten)]
    pub source: Source,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Bed {
    /// A bed of ambience with nothing done to it.
    pub fn new(id: Id, source: Source) -> Self {
        Self {
            id,
            name: String::new(),
            role: Role::Ambience,
            outside: false,
            source_in: Frames::ZERO,
            source_out: None,
            loop_fade: None,
            strip: Strip::default(),
            source,
            extra: Extra::new(),
        }
    }
}

const fn ambience() -> Role {
    Role::Ambience
}

fn is_ambience(role: &Role) -> bool {
    *role == Role::Ambience
}

/// How the sound of one place gives way to that of the next.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crossing {
    /// How long both are heard, in frames of the sequence; 0 is a hard cut.
    pub length: Frames,
    /// Frames by which its middle lies ahead of the picture's cut (a J cut); below 0 it lies behind (an
    /// L cut).
    #[serde(default, skip_serializing_if = "is_default")]
    pub lead: Frames,
    /// How gain moves on either side.
    #[serde(default, skip_serializing_if = "is_default")]
    pub shape: FadeShape,
}

impl Default for Crossing {
    /// Twelve frames about the cut, at equal power.
    fn default() -> Self {
        Self { length: Ratio::whole(12), lead: Frames::ZERO, shape: FadeShape::EqualPower }
    }
}

/// How near a shot lets one be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Perspective {
    /// A face, a hand.
    Close,
    /// A figure.
    Medium,
    /// A room, a street.
    Wide,
}

/// What a perspective does to dialogue and foley.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stand {
    /// Their level, in dB.
    pub gain: f64,
    /// What the air takes of the heights, in dB at 10 kHz, 0 or below.
    pub air: f64,
    /// The level of what goes to the room, in dB.
    pub room: f64,
}

impl Perspective {
    /// Every perspective, the nearest first.
    pub const ALL: [Self; 3] = [Self::Close, Self::Medium, Self::Wide];

    /// What it usually does.
    pub const fn stand(self) -> Stand {
        match self {
            Self::Close => Stand { gain: 0.0, air: 0.0, room: -22.0 },
            Self::Medium => Stand { gain: -2.5, air: -1.5, room: -15.0 },
            Self::Wide => Stand { gain: -7.0, air: -4.0, room: -9.0 },
        }
    }

    /// Its word in a file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Medium => "medium",
            Self::Wide => "wide",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bed_is_plain_in_text() {
        let text = r#"{"id":"rain","outside":true,"gain":-6.0,"generator":{"kind":"rain","values":{"rain":5.0}}}"#;
        let bed: Bed = serde_json::from_str(text).unwrap();
        assert_eq!((bed.role, bed.outside), (Role::Ambience, true));
        assert_eq!(serde_json::to_string(&bed).unwrap(), text);
    }

    #[test]
    fn what_is_farther_off_is_softer_duller_and_more_of_the_room() {
        for pair in Perspective::ALL.windows(2) {
            let (near, far) = (pair[0].stand(), pair[1].stand());
            assert!(near.gain > far.gain && near.air > far.air && near.room < far.room);
        }
    }
}
