//! The outlines of sounds, measured on another thread as they are first drawn.

use super::Wake;
use crate::media::Peaks;
use crate::play::path_of;
use crate::workers::{self, Worker};
use crossbeam::channel::{Sender, bounded};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use timeline_format::{Id, Media};

/// Sounds that may wait to be measured; others are asked for again when they are drawn again.
const WAITING: usize = 64;

type Known = Arc<Mutex<BTreeMap<Id, (Arc<Media>, Option<Arc<Peaks>>)>>>;
type Job = (Id, Arc<Media>, PathBuf);

/// The outlines of a film's sounds.
#[derive(Debug)]
pub(super) struct Outlines {
    known: Known,
    asked: Mutex<BTreeSet<Id>>,
    /// Dropped first: the thread ends when nobody can ask any more.
    wanted: Option<Sender<Job>>,
    _worker: Option<Worker<()>>,
}

impl Outlines {
    /// Measures when asked; `wake` is called when one has been measured.
    pub(super) fn start(wake: Wake) -> Self {
        let known = Known::default();
        let (wanted, asked) = bounded::<Job>(WAITING);
        let shared = Arc::clone(&known);
        let worker = workers::start("outlines", move |stop| {
            while let Ok((id, media, path)) = asked.recv() {
                let peaks = Peaks::measure(&path, &media, stop).ok().flatten().map(Arc::new);
                if stop.is_raised() {
                    return;
                }
                shared.lock().unwrap_or_else(PoisonError::into_inner).insert(id, (media, peaks));
                wake.wake();
            }
        });
        Self { known, asked: Mutex::default(), wanted: Some(wanted), _worker: worker.ok() }
    }

    /// The outline of a media, if it is known; else it is measured meanwhile.
    pub(super) fn of(&self, id: Id, media: &Arc<Media>, folder: &Path) -> Option<Arc<Peaks>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        match known.get(&id) {
            Some((same, peaks)) if Arc::ptr_eq(same, media) || same == media => peaks.clone(),
            _ => {
                drop(known);
                self.ask(id, media, folder);
                None
            }
        }
    }

    fn ask(&self, id: Id, media: &Arc<Media>, folder: &Path) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.contains(&id) {
            return;
        }
        let Some((path, wanted)) = path_of(media, folder).zip(self.wanted.as_ref()) else { return };
        if wanted.try_send((id, Arc::clone(media), path)).is_ok() {
            asked.insert(id);
        }
    }
}
