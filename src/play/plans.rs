//! What is visible at each place of a film, planned once: by whoever looks ahead first.

use super::shelf::Shelf;
use crate::picture::{self, Plan};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::{Id, Timeline};

/// The most plans that are kept: beyond what looking ahead and a long group of pictures need.
const MOST: usize = 1024;

/// The plans of a sequence.
#[derive(Debug)]
pub(super) struct Plans {
    timeline: Arc<Timeline>,
    sequence: Id,
    shelf: Arc<Shelf>,
    made: BTreeMap<i64, Arc<Plan>>,
}

impl Plans {
    /// The plans of `sequence`, with frames from `shelf`.
    pub(super) fn new(timeline: &Arc<Timeline>, sequence: Id, shelf: &Arc<Shelf>) -> Self {
        let (timeline, shelf) = (Arc::clone(timeline), Arc::clone(shelf));
        Self { timeline, sequence, shelf, made: BTreeMap::new() }
    }

    /// The plan at `place`.
    pub(super) fn at(&mut self, place: i64) -> Arc<Plan> {
        if let Some(plan) = self.made.get(&place) {
            return Arc::clone(plan);
        }
        let plan = Arc::new(picture::plan(&self.timeline, self.sequence, place, &*self.shelf));
        if self.made.len() >= MOST {
            self.made.pop_first();
        }
        self.made.insert(place, Arc::clone(&plan));
        plan
    }

    /// Where the frames come from.
    pub(super) const fn shelf(&self) -> &Arc<Shelf> {
        &self.shelf
    }

    /// Lets go of what lies before `place`.
    pub(super) fn pass(&mut self, place: i64) {
        self.made = self.made.split_off(&place);
    }
}
