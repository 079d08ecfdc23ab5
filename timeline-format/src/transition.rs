//! What happens at a cut besides a cut.

use crate::parameter::is_default;
use crate::{Extra, FadeShape, Id, Param};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A cut: between two items of a track, of which one may be a gap or the end of the track (`None`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cut {
    /// The clip that ends here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Id>,
    /// The clip that begins here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Id>,
}

/// A dissolve, wipe, dip or fade over a cut. It changes no length: it uses `before` frames of
/// handle ahead of the incoming clip and `after` frames behind the outgoing one.
///
/// It spans `[cut - before, cut + after)`. On a sound track the same record is a crossfade.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Transition {
    /// Its id; in a file, the name of its record.
    #[serde(skip, default = "Id::unnamed")]
    pub id: Id,
    /// Its name in the program's catalogue: `dissolve`, `wipe`, ...; `x:vendor.name` is kept and
    /// shown as a dissolve.
    pub kind: String,
    /// Frames of the sequence ahead of the cut.
    pub before: i64,
    /// Frames of the sequence behind the cut.
    pub after: i64,
    /// Where in a frame its progress is taken.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sampling: Sampling,
    /// The shape of the crossfade, on a sound track.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<FadeShape>,
    /// What a side without enough handle shows.
    #[serde(default, skip_serializing_if = "is_default")]
    pub handles: Handles,
    /// Values by parameter id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, Param>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Transition {
    /// Its length in frames.
    pub const fn length(&self) -> i64 {
        self.before + self.after
    }

    /// Progress at frame `k` of the transition, 0 to 1.
    pub fn progress(&self, k: i64) -> f64 {
        let length = self.length() as f64;
        match self.sampling {
            Sampling::Centre => (k as f64 + 0.5) / length,
            Sampling::Start => k as f64 / length,
            Sampling::Open => (k as f64 + 1.0) / (length + 1.0),
        }
    }
}

/// Where in a frame a transition's progress is taken: frame `k` of `N`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sampling {
    /// `(k + 0.5) / N`: symmetric, no wasted frame.
    #[default]
    Centre,
    /// `k / N`: as many editors do; the first frame is all the outgoing clip.
    Start,
    /// `(k + 1) / (N + 1)`.
    Open,
}

/// What a side of a transition shows where its media ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Handles {
    /// Real frames only; too few is a problem.
    #[default]
    Real,
    /// The last real frame, held.
    Freeze,
    /// The real frames, backwards from the end.
    Mirror,
    /// The clip's own frames, slowed so that they last.
    Slow,
}
