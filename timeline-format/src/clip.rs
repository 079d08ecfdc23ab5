//! A clip: what is seen or heard for a while.

use crate::parameter::is_default;
use crate::shot::Look;
use crate::{Crossing, Extra, Frames, Id, Marker, Param, Perspective, Ratio};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is seen or heard for a while. Its length and its place are the track's to say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clip {
    /// A name for people, if the source's does not serve.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What it shows or plays.
    #[serde(flatten)]
    pub source: Source,
    /// The first frame used, on the source's own grid: frames of the take or media (samples where a
    /// media has sound alone), frames of a nested sequence. Played backwards, it is still the lowest.
    #[serde(default, rename = "in", skip_serializing_if = "is_default")]
    pub source_in: Frames,
    /// Speed: 1 is normal, 2 twice as fast, -1 backwards, 0 a freeze of the frame at `in`.
    #[serde(default = "normal_speed", skip_serializing_if = "is_normal_speed")]
    pub speed: Ratio,
    /// Switched off but kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
    /// Clips with the same link are one picture and its sound: edits move them together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Id>,
    /// Frames of the sequence by which it is meant to lie late against its link; 0 is in sync.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sync: Frames,
    /// Clips with the same group are selected and moved together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Id>,
    /// Placement and effects.
    #[serde(flatten)]
    pub look: Look,
    /// Level, fades and channels.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sound: ClipSound,
    /// The place that it plays in, where not its shot's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Id>,
    /// How near it lets one be, where not as its shot does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub perspective: Option<Perspective>,
    /// How its place comes in with it, where not as the place says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crossing: Option<Crossing>,
    /// Markers on the content, in the source's frames.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub markers: Vec<Marker>,
    /// A note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Clip {
    /// A clip of `source` from its beginning, with nothing done to it.
    pub fn new(source: Source) -> Self {
        Self {
            name: String::new(),
            source,
            source_in: Frames::ZERO,
            speed: Ratio::ONE,
            disabled: false,
            link: None,
            sync: Frames::ZERO,
            group: None,
            look: Look::default(),
            sound: ClipSound::default(),
            place: None,
            perspective: None,
            crossing: None,
            markers: Vec::new(),
            note: String::new(),
            extra: Extra::new(),
        }
    }
}

fn normal_speed() -> Ratio {
    Ratio::ONE
}

fn is_normal_speed(speed: &Ratio) -> bool {
    *speed == Ratio::ONE
}

/// What a clip shows or plays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The chosen take of a shot.
    Shot(Id),
    /// A media as it is.
    Media(Id),
    /// Another sequence of the film.
    Sequence(Id),
    /// A generator of the program's catalogue, picture or sound.
    Generator(Generator),
}

/// Something made, not read: a colour, bars, wind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Generator {
    /// Its name in the program's catalogue.
    pub kind: String,
    /// Values by parameter id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, Param>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The sound of a clip.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ClipSound {
    /// Gain in dB; absent is 0 dB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gain: Option<Param>,
    /// -1 left, 0 centre, 1 right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pan: Option<Param>,
    /// Fade at the head.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fade_in: Option<Fade>,
    /// Fade at the tail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fade_out: Option<Fade>,
    /// Which of the source's channels are played, from 0, as mono or as the pair or set that they
    /// are; none stated: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<u16>,
    /// Starts over at its end, with a crossfade of this many frames of the sequence.
    #[serde(default, rename = "loop", skip_serializing_if = "Option::is_none")]
    pub loop_fade: Option<Frames>,
    /// The frame with which it starts over, on the source's own grid; absent: the first that is used. One that
    /// lies ahead of that is played from the second round on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loop_in: Option<Frames>,
    /// Where it starts over, on the source's own grid; absent: at its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loop_out: Option<Frames>,
    /// Left alone at hard cuts: no declick.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hard: bool,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A fade of a clip's sound.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fade {
    /// Its length in frames of the sequence.
    pub length: Frames,
    /// Its shape.
    #[serde(default, skip_serializing_if = "is_default")]
    pub shape: FadeShape,
}

/// How gain moves through a fade; `x` runs from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FadeShape {
    /// `sin(x pi / 2)`: two of them keep the power of different material.
    #[default]
    EqualPower,
    /// `x`: two of them keep the level of the same material.
    EqualGain,
    /// `3x^2 - 2x^3`.
    Smooth,
    /// Linear in dB from -60 dB.
    Exponential,
}
