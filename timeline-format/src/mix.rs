//! The sound side of tracks: levels, buses, sends, nodes and their wires.

use crate::parameter::is_default;
use crate::{Extra, Id, Param};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Level, position and routing of a track or bus.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Strip {
    /// Gain in dB; absent is 0 dB. The word `"off"` is silence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gain: Option<Param>,
    /// -1 left, 0 centre, 1 right; absent is the centre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pan: Option<Param>,
    /// How gain falls towards the centre.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pan_law: PanLaw,
    /// Silenced.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mute: bool,
    /// Heard alone (with the other soloed strips).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub solo: bool,
    /// The bus it leads to; absent is the role's bus if there is one, else the main bus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<Id>,
    /// Copies to other buses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sends: Vec<Send>,
    /// Sound nodes in order, before the gain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nodes: Vec<NodeInstance>,
}

/// Gain towards the centre of a pan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum PanLaw {
    /// -3 dB at the centre, equal power: sine and cosine.
    #[default]
    #[serde(rename = "-3")]
    EqualPower,
    /// -4.5 dB at the centre: the geometric mean of the other two.
    #[serde(rename = "-4.5")]
    Compromise,
    /// -6 dB at the centre, equal gain: linear.
    #[serde(rename = "-6")]
    EqualGain,
    /// 0 dB at the centre; the far side falls. For stereo material.
    #[serde(rename = "balance")]
    Balance,
}

/// A copy of a strip's sound to another bus.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Send {
    /// The bus.
    pub to: Id,
    /// Gain in dB; absent is 0 dB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gain: Option<Param>,
    /// Taken before the strip's own gain, pan and mute.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pre: bool,
}

/// A sound node on a strip.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NodeInstance {
    /// Its id, unique within its strip: state survives edits by it.
    pub id: Id,
    /// The node's name in the program's catalogue; `x:vendor.name` is kept and bypassed.
    pub kind: String,
    /// Switched off but kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bypass: bool,
    /// Values by parameter id; what is absent has its default.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, Param>,
    /// Side inputs: from input name to the track or bus that feeds it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub wires: BTreeMap<String, Id>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Where tracks meet. The bus without an `output` of its own is the main bus.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bus {
    /// What it is called.
    pub name: String,
    /// Tracks of this role lead here unless they say otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<crate::Role>,
    /// Its channels.
    #[serde(default, skip_serializing_if = "is_default")]
    pub layout: Layout,
    /// Level, routing, nodes.
    #[serde(flatten)]
    pub strip: Strip,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Channels and their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Layout {
    /// One channel.
    #[serde(rename = "mono")]
    Mono,
    /// Left, right.
    #[default]
    #[serde(rename = "stereo")]
    Stereo,
    /// Left, right, centre, low-frequency effects, left surround, right surround.
    #[serde(rename = "5.1")]
    FiveOne,
    /// Left, right, centre, low-frequency effects, left back, right back, left side, right side: the
    /// order of Wave files.
    #[serde(rename = "7.1")]
    SevenOne,
}

impl Layout {
    /// How many channels.
    pub const fn channels(self) -> usize {
        match self {
            Self::Mono => 1,
            Self::Stereo => 2,
            Self::FiveOne => 6,
            Self::SevenOne => 8,
        }
    }
}
