//! Reading ahead: the first frame of what comes next is decoded while what is shown is being coded,
//! so that a cut into the middle of a long group of pictures does not stop the film.

use super::shelf::Shelf;
use crate::workers::{self, Worker};
use crossbeam::channel::{Sender, bounded};
use std::sync::Arc;
use timeline_format::Id;

/// How many moments of the film ahead media are read: long enough for the pre-roll of a long group of
/// pictures beside an encoder that wants every core.
pub(super) const MOMENTS: i64 = 96;

/// A thread that reads frames before they are asked for.
#[derive(Debug)]
pub(super) struct Ahead {
    /// Dropped first: the thread ends when nobody can ask any more.
    wanted: Option<Sender<(Id, i64)>>,
    _worker: Option<Worker<()>>,
}

impl Ahead {
    /// Starts reading from `shelf`. Where no thread can be had, nothing is read ahead.
    pub(super) fn start(shelf: &Arc<Shelf>) -> Self {
        let (wanted, asked) = bounded::<(Id, i64)>(4);
        let shelf = Arc::clone(shelf);
        let worker = workers::start("read-ahead", move |stop| {
            while let Ok((media, frame)) = asked.recv() {
                if stop.is_raised() {
                    break;
                }
                shelf.prepare(media, frame, MOMENTS as u64);
            }
        });
        Self { wanted: Some(wanted), _worker: worker.ok() }
    }

    /// Asks for a frame, if there is room to ask: a frame that is not read ahead is read in time.
    pub(super) fn want(&self, media: Id, frame: i64) {
        if let Some(wanted) = &self.wanted {
            wanted.try_send((media, frame)).unwrap_or_default();
        }
    }
}
