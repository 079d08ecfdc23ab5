//! Indexes of the files that are open: the second reader of a file need not read it through again.

use crate::ffmpeg::Index;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::SystemTime;

/// A file as it was when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edition {
    path: PathBuf,
    size: u64,
    changed: SystemTime,
}

/// What is open now: an index lives as long as one of its readers.
static OPEN: Mutex<Vec<(Edition, Weak<Index>)>> = Mutex::new(Vec::new());

impl Edition {
    /// The file at `path` as it is now; `None` where the system does not tell.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let facts = std::fs::metadata(path).ok()?;
        let path = std::fs::canonicalize(path).ok()?;
        Some(Self { path, size: facts.len(), changed: facts.modified().ok()? })
    }

    /// Its index, if another reader has it.
    pub(super) fn index(&self) -> Option<Arc<Index>> {
        let open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        open.iter().find(|(edition, _)| edition == self).and_then(|(_, index)| index.upgrade())
    }

    /// Lends its index to others.
    pub(super) fn lend(self, index: &Arc<Index>) {
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|(edition, index)| index.strong_count() > 0 && *edition != self);
        open.push((self, Arc::downgrade(index)));
    }
}
