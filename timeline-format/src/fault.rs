//! Faults of pictures: what was found, where, and what was decided about it.

use crate::parameter::is_default;
use crate::{Extra, Frames, Id};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One fault of the pictures of a take, or of a media.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// Its id, unique within its list.
    pub id: Id,
    /// The finder's name in the program's catalogue; `x:vendor.name` is kept.
    pub kind: String,
    /// Half-open range `[from, to]` of frames of the media.
    pub frames: [Frames; 2],
    /// Where in the picture: left, top, right and bottom as parts of its width and height; none: everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<[f64; 4]>,
    /// How strong it is, in what its finder counts in.
    pub score: f64,
    /// What the finder says besides: a period, a number of frames.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub figures: BTreeMap<String, f64>,
    /// What became of it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub state: FaultState,
    /// Who accepted it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// Why it was accepted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
    /// The effect that repairs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<Id>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Fault {
    /// A fault in some frames of which nothing is said but its kind and score.
    pub fn new(id: Id, kind: impl Into<String>, frames: [Frames; 2], score: f64) -> Self {
        Self {
            id,
            kind: kind.into(),
            frames,
            region: None,
            score,
            figures: BTreeMap::new(),
            state: FaultState::Open,
            by: String::new(),
            because: String::new(),
            effect: None,
            extra: Extra::new(),
        }
    }
}

/// What became of a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FaultState {
    /// Nothing yet.
    #[default]
    Open,
    /// An effect repairs it, or a list of frames leaves it out.
    Fixed,
    /// Somebody takes it as it is.
    Accepted,
}
