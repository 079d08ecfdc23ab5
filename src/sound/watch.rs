//! The gains that a node gives, step by step, for whoever works out ahead of time what it will do.

use super::quantum::Run;
use crossbeam::queue::ArrayQueue;
use std::sync::Arc;
use timeline_format::Id;

/// Steps that may wait to be taken.
const ROOM: usize = 4;

/// Where a node leaves its gains: no lock, no allocation. Clones are one place.
#[derive(Debug, Clone)]
pub struct Gains(Arc<ArrayQueue<(i64, Run)>>);

impl Default for Gains {
    fn default() -> Self {
        Self(Arc::new(ArrayQueue::new(ROOM)))
    }
}

impl Gains {
    /// Leaves the factors of a step, whose first belongs to `sample` of the film. Where nobody takes them,
    /// the oldest make room.
    pub(super) fn leave(&self, sample: i64, factors: &Run) {
        self.0.force_push((sample, *factors));
    }

    /// Takes the oldest step's.
    pub(super) fn take(&self) -> Option<(i64, Run)> {
        self.0.pop()
    }
}

/// Which node of which strip is watched, in which sequence.
#[derive(Debug, Clone)]
pub(super) struct Watch {
    pub(super) sequence: Id,
    pub(super) strip: Id,
    pub(super) node: Id,
    pub(super) gains: Gains,
    /// Whether it is there, and gives any.
    pub(super) is_met: bool,
}
