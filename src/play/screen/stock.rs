//! The media of films as they are edited: what does not change from one film to the next stays open.

use super::slot::Slot;
use super::store::Store;
use crate::picture::Key;
use crate::play::shelf::{Unread, lock};
use crate::play::tables::Tables;
use crate::workers::Stop;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use timeline_format::{Id, Media};

/// The most media that have open files: the longest unused are closed first.
const MOST_OPEN: usize = 16;

/// Open media by what documents say of them.
#[derive(Debug)]
pub(super) struct Stock {
    folder: PathBuf,
    store: Store,
    unread: Unread,
    /// Raised when nobody looks any more: what is being read ends.
    stop: Stop,
    slots: Mutex<Slots>,
    tables: Tables,
}

#[derive(Debug, Default)]
struct Slots {
    all: BTreeMap<Key, Arc<Slot>>,
    /// Which were used when, of those that may have open files.
    used: BTreeMap<Key, u64>,
    uses: u64,
}

impl Stock {
    /// Media of films whose document lies in `folder`; `budget` bytes of decoded frames.
    pub(super) fn new(folder: &Path, budget: usize) -> Self {
        let unread = Unread::default();
        Self {
            folder: folder.to_owned(),
            store: Store::new(budget),
            tables: Tables::new(folder, unread.clone()),
            unread,
            stop: Stop::new(),
            slots: Mutex::default(),
        }
    }

    /// Decoded frames.
    pub(super) const fn store(&self) -> &Store {
        &self.store
    }

    /// Look-up tables.
    pub(super) const fn tables(&self) -> &Tables {
        &self.tables
    }

    /// Ends what is being read.
    pub(super) fn close(&self) {
        self.stop.raise();
    }

    /// What could not be read.
    pub(super) const fn unread(&self) -> &Unread {
        &self.unread
    }

    /// Where `media`, which a film calls `id`, is open.
    pub(super) fn slot(&self, id: Id, media: &Arc<Media>) -> Arc<Slot> {
        let key = Key::of_media(media);
        let mut slots = lock(&self.slots);
        let slot = slots.all.entry(key).or_insert_with(|| {
            let (unread, stop) = (self.unread.clone(), self.stop.clone());
            Arc::new(Slot::new(key, id, Arc::clone(media), &self.folder, unread, stop))
        });
        Arc::clone(slot)
    }

    /// Says that a media is about to be read: another is closed if too many are open.
    pub(super) fn touch(&self, key: Key) {
        let gone = {
            let mut slots = lock(&self.slots);
            slots.uses += 1;
            let uses = slots.uses;
            slots.used.insert(key, uses);
            if slots.used.len() <= MOST_OPEN {
                return;
            }
            let oldest = slots.used.iter().min_by_key(|(_, used)| **used).map(|(key, _)| *key);
            oldest.and_then(|key| {
                slots.used.remove(&key);
                slots.all.get(&key).cloned()
            })
        };
        gone.inspect(|slot| slot.close());
    }
}
