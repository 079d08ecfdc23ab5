//! Reading ahead for what plays, by as many threads as one likes.

use super::feed::Shared;
use super::live::Rings;
use std::cmp::Ordering;
use std::sync::{Arc, Mutex, PoisonError};

/// Windows that are read ahead of a film that is led.
const REACH: i64 = 10;

/// Reads ahead for what plays. Clones are one, and may work side by side: each track is read by one of them
/// at a time, and one that waits for a slow file holds up that track alone.
#[derive(Debug, Clone)]
pub struct Readers {
    lanes: Arc<Mutex<Vec<Lead>>>,
    rings: Arc<Rings>,
}

/// A lane that is read for, of a mix that has a number.
#[derive(Debug, Clone)]
pub(super) struct Lead {
    pub(super) lane: Shared,
    pub(super) number: u64,
    /// Where it starts.
    pub(super) start: i64,
}

impl Readers {
    /// Who reads for what goes by `rings`.
    pub(super) fn new(rings: &Arc<Rings>) -> Self {
        Self { lanes: Arc::default(), rings: Arc::clone(rings) }
    }

    /// Has these lanes be read for from now on.
    pub(super) fn read_for(&self, lanes: impl Iterator<Item = Lead>) {
        *self.lanes.lock().unwrap_or_else(PoisonError::into_inner) = lanes.collect();
    }

    /// Reads ahead as far as there is room; whether there was room for anything.
    pub fn read(&self) -> bool {
        let mut worked = false;
        while self.round() {
            worked = true;
        }
        worked
    }

    /// Reads one window for every track that has room and is not being read for; whether one had.
    pub fn round(&self) -> bool {
        let lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut worked = false;
        let (heard, speed) = (self.rings.heard(), self.rings.speed());
        for Lead { lane, number, start } in lanes {
            let Some(mut lane) = lane.hold_if_free() else { continue };
            let place = match number.cmp(&heard) {
                Ordering::Equal => Some((self.rings.position(), speed)),
                Ordering::Greater => Some((start, 1.0)),
                Ordering::Less => None,
            };
            worked |= lane.work(place, REACH);
        }
        worked
    }
}
