//! A clip of a reel, and where it is.

use crate::edit::Edge;
use std::sync::Arc;
use timeline_format::{Clip, Id, Item};

/// A clip of a reel, and where it is.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) track: usize,
    pub(super) index: usize,
    pub(super) start: i64,
    pub(super) item: Item,
    pub(super) clip: Arc<Clip>,
}

impl Spot {
    pub(super) const fn id(&self) -> Id {
        self.item.id
    }

    pub(super) const fn length(&self) -> i64 {
        self.item.length
    }

    pub(super) const fn end(&self) -> i64 {
        self.start + self.item.length
    }

    /// Its first frame, or the one after its last.
    pub(super) const fn frame_of(&self, edge: Edge) -> i64 {
        match edge {
            Edge::Head => self.start,
            Edge::Tail => self.end(),
        }
    }

    /// How many frames it lies beside another; below 0 how many lie between them.
    pub(super) fn shared(&self, other: &Self) -> i64 {
        self.end().min(other.end()) - self.start.max(other.start)
    }
}
