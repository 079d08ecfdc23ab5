//! What a finder found, and what would mend it.

use crate::measures::Luma;
use std::collections::BTreeMap;
use std::ops::Range;
use timeline_format::parameter::{Curve, Ease, Follow, Key};
use timeline_format::{Frames, Param, Value};

/// Something that was found.
#[derive(Debug, Clone)]
pub struct Find {
    /// The finder's name.
    pub kind: &'static str,
    /// Frames of the media.
    pub frames: Range<i64>,
    /// Where in the picture: left, top, right and bottom as parts of it; `None` is everywhere.
    pub region: Option<[f64; 4]>,
    /// How strong it is.
    pub score: f64,
    /// What is to be said besides.
    pub figures: Vec<(&'static str, f64)>,
    /// How strong it is all over the picture, 0 to 255, if it is not even.
    pub heat: Option<Luma>,
    /// What would mend it.
    pub remedy: Option<Remedy>,
}

/// What would mend a fault.
#[derive(Debug, Clone, PartialEq)]
pub enum Remedy {
    /// An operation with these values, seen during the fault's frames, or always.
    Effect {
        /// Its name in the catalogue.
        kind: &'static str,
        /// Its values.
        values: BTreeMap<String, Param>,
        /// Whether it is seen only in the fault's frames.
        only_there: bool,
    },
    /// A list of frames that leaves these out.
    Without(Vec<i64>),
}

impl Find {
    /// Of a kind, in some frames.
    pub const fn new(kind: &'static str, frames: Range<i64>, score: f64) -> Self {
        Self { kind, frames, region: None, score, figures: Vec::new(), heat: None, remedy: None }
    }

    /// The same, with an operation that mends it.
    #[must_use]
    pub fn mended(self, kind: &'static str, values: &[(&str, Param)]) -> Self {
        let values = values.iter().map(|(name, value)| ((*name).into(), value.clone())).collect();
        let remedy = Some(Remedy::Effect { kind, values, only_there: false });
        Self { remedy, ..self }
    }

    /// The same, mended only in the frames that it is in.
    #[must_use]
    pub fn there_only(mut self) -> Self {
        if let Some(Remedy::Effect { only_there, .. }) = &mut self.remedy {
            *only_there = true;
        }
        self
    }
}

/// A number for each of some frames of the media, held from one to the next.
pub(super) fn keyed(frames: impl IntoIterator<Item = (i64, Vec<f64>)>) -> Param {
    let key = |(frame, mut numbers): (i64, Vec<f64>)| Key {
        at: Frames::whole(frame),
        value: if numbers.len() == 1 {
            Value::Number(numbers.remove(0))
        } else {
            Value::Vector(numbers)
        },
        ease: Ease::Linear,
    };
    Param::Animated(Curve { keys: frames.into_iter().map(key).collect(), follow: Follow::Content })
}

/// How much of an operation is seen that is seen in some frames only.
pub(super) fn seen_in(frames: &Range<i64>) -> Param {
    let key = |frame: i64, seen: f64| Key {
        at: Frames::whole(frame),
        value: Value::Number(seen),
        ease: Ease::Hold,
    };
    let before = (frames.start > 0).then(|| key(frames.start - 1, 0.0));
    let keys = before.into_iter().chain([key(frames.start, 1.0), key(frames.end, 0.0)]);
    Param::Animated(Curve { keys: keys.collect(), follow: Follow::Content })
}
