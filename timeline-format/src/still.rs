//! A still of the gallery: a picture of the film as it was, to be seen beside another, and whose grade can be taken.

use crate::{Clip, Extra};
use serde::{Deserialize, Serialize};

/// A still: one frame of a clip, with all that was done to it at that moment.
///
/// It names what it shows and holds its own copy of the look, each value as it was there, so that no later edit of
/// the cut, of the clip or of its shot changes it. Its picture is made of that again whenever it is wanted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Still {
    /// What it is called.
    pub name: String,
    /// The frame of its sequence where it was kept: for people, nothing follows it.
    #[serde(default, skip_serializing_if = "crate::parameter::is_default")]
    pub at: i64,
    /// What it shows, from the frame that is seen, and its look.
    pub clip: Clip,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Still {
    /// A still of a clip whose first frame is the one that is seen.
    pub fn new(name: impl Into<String>, at: i64, clip: Clip) -> Self {
        Self { name: name.into(), at, clip, extra: Extra::new() }
    }
}
