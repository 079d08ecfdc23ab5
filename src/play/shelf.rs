//! The media of a film, opened as they are asked for; what cannot be read is a slate and a line in
//! a list.

use super::heads::Heads;
use super::place::path_of;
use super::tables::{self, Tables};
use crate::media::coded::{Coding, Groups};
use crate::media::{self, Pictures};
use crate::picture::lut::Lut;
use crate::picture::{self, Sources};
use crate::signal::Image;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use timeline_format::{Frames, Id, Media, Timeline};

/// The most media that are open at a time: files are closed longest unused first.
const MOST_OPEN: usize = 24;

/// How many moments pass between looks at what nobody reads any more.
const REST_EVERY: u64 = 8;

/// The pictures of a film's media.
#[derive(Debug)]
pub(super) struct Shelf {
    timeline: Arc<Timeline>,
    folder: PathBuf,
    open: Mutex<Open>,
    moment: AtomicU64,
    unread: Unread,
    tables: Tables,
}

#[derive(Default)]
struct Open {
    slots: BTreeMap<Id, Slot>,
    uses: u64,
}

struct Slot {
    heads: Arc<Mutex<Option<Heads>>>,
    used: u64,
}

/// What could not be read, told once a media: shared with who reports it.
#[derive(Debug, Clone, Default)]
pub struct Unread {
    media: Arc<Mutex<BTreeMap<Id, String>>>,
    files: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Unread {
    /// One line for each media or other file that could not be read, or not whole.
    pub fn lines(&self) -> Vec<String> {
        let media: Vec<String> = lock(&self.media).values().cloned().collect();
        media.into_iter().chain(lock(&self.files).values().cloned()).collect()
    }

    /// Says that a file that is no media was not read, and why.
    pub(super) fn tell_file(&self, path: &str, why: &str) {
        lock(&self.files).entry(path.to_owned()).or_insert_with(|| format!("{path}: {why}"));
    }

    /// Whether a media is in the list.
    fn names(&self, id: Id) -> bool {
        lock(&self.media).contains_key(&id)
    }

    pub(super) fn tell(&self, id: Id, words: impl FnOnce() -> String) {
        lock(&self.media).entry(id).or_insert_with(words);
    }
}

/// A lock whose holder failed still guards good data here: every change is one assignment.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shelf {
    /// The media of `timeline`, whose document lies in `folder`.
    pub(super) fn new(timeline: Arc<Timeline>, folder: &Path, unread: Unread) -> Self {
        Self {
            timeline,
            folder: folder.to_owned(),
            open: Mutex::default(),
            moment: AtomicU64::new(1),
            tables: Tables::new(folder, unread.clone()),
            unread,
        }
    }

    /// Says that the frames asked for from now on are another moment of the film.
    pub(super) fn next_moment(&self) {
        let now = self.moment.fetch_add(1, Ordering::Relaxed);
        if now.is_multiple_of(REST_EVERY) {
            self.rest(now);
        }
    }

    /// Has what nobody reads let go of its pictures; who is at work is left alone.
    fn rest(&self, now: u64) {
        for slot in lock(&self.open).slots.values() {
            if let Ok(mut heads) = slot.heads.try_lock()
                && let Some(heads) = heads.as_mut()
            {
                heads.rest(now);
            }
        }
    }

    /// The size and the nanosecond of change of the file that a frame of a media lies in; `None` where
    /// anything of the media could not be read.
    pub(super) fn edition(&self, media: Id, frame: i64) -> Option<(u64, i128)> {
        if self.unread.names(media) {
            return None;
        }
        let file = self.with(media, |heads| Ok(heads.pictures().file(frame)))?;
        let facts = std::fs::metadata(file).ok()?;
        let since = facts.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
        Some((facts.len(), since.as_nanos() as i128))
    }

    /// Reads a frame that will be shown `moments` from now: what reads it stays there until then.
    pub(super) fn prepare(&self, media: Id, frame: i64, moments: u64) {
        let now = self.moment.load(Ordering::Relaxed);
        self.with(media, |heads| heads.frame(frame, now..now + moments));
    }

    /// The coded pictures of a media that agree with `coding`.
    pub(super) fn coded(&self, media: Id, coding: &Coding) -> Option<Groups> {
        self.with(media, |heads| Ok(heads.pictures().coded(coding))).flatten()
    }

    /// What `ask` gets of the media's reading heads; `None` where they cannot be had.
    fn with<T>(
        &self,
        id: Id,
        ask: impl FnOnce(&mut Heads) -> Result<T, media::Error>,
    ) -> Option<T> {
        let media = self.timeline.media.get(&id)?;
        let slot = self.slot(id);
        let mut slot = lock(&slot);
        if slot.is_none() {
            *slot = Some(self.told(id, self.open(media))?);
        }
        self.told(id, ask(slot.as_mut()?))
    }

    fn open(&self, media: &Arc<Media>) -> Result<Heads, media::Error> {
        let path = path_of(media, &self.folder).ok_or_else(|| not_local(media))?;
        Heads::open(path, Arc::clone(media))
    }

    fn told<T>(&self, id: Id, result: Result<T, media::Error>) -> Option<T> {
        result.inspect_err(|error| self.unread.tell(id, || format!("media {id}: {error}"))).ok()
    }

    fn slot(&self, id: Id) -> Arc<Mutex<Option<Heads>>> {
        let mut open = lock(&self.open);
        open.uses += 1;
        let uses = open.uses;
        let slot = open.slots.entry(id).or_insert_with(|| Slot { heads: Arc::default(), used: 0 });
        slot.used = uses;
        let heads = Arc::clone(&slot.heads);
        if open.slots.len() > MOST_OPEN {
            let oldest = open.slots.iter().min_by_key(|(_, slot)| slot.used).map(|(id, _)| *id);
            oldest.and_then(|id| open.slots.remove(&id));
        }
        heads
    }

    fn slate(&self, id: Id) -> Arc<Image> {
        let name = self.timeline.media.get(&id).map_or("", |media| media.path.as_str());
        let raster = self.timeline.settings.raster;
        Arc::new(media::slate("Missing", name, raster.width, raster.height))
    }
}

impl Sources for Shelf {
    fn resolve(&self, media: Id, at: Frames) -> i64 {
        self.with(media, |heads| Ok(heads.pictures().resolve(at))).unwrap_or(0)
    }

    fn frame(&self, media: Id, frame: i64) -> Arc<Image> {
        let now = self.moment.load(Ordering::Relaxed);
        self.with(media, |heads| heads.frame(frame, now..now)).unwrap_or_else(|| self.slate(media))
    }

    fn table(&self, path: &str) -> Option<Arc<Lut>> {
        self.tables.table(path)
    }

    fn font(&self, path: &str) -> Option<String> {
        self.tables.font(path)
    }
}

impl std::fmt::Debug for Open {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.slots.keys()).finish()
    }
}

fn not_local(media: &Media) -> media::Error {
    media::Error::new(Path::new(&media.path), "a film reads local files only")
}

/// One line for each media or look-up table of `timeline` that cannot be read: missing, broken, refused.
pub fn unreadable_media(timeline: &Arc<Timeline>, folder: &Path) -> Vec<String> {
    let unread = Unread::default();
    for (id, media) in &timeline.media {
        let Some(path) = path_of(media, folder) else {
            unread.tell(*id, || format!("media {id}: {}", not_local(media)));
            continue;
        };
        let opened = match media.picture {
            Some(_) => Pictures::open(&path, media).map(drop),
            None => media::Sounds::open(&path, media).map(drop),
        };
        if let Err(error) = opened {
            unread.tell(*id, || format!("media {id}: {error}"));
        }
    }
    for path in picture::files(timeline) {
        if let Err(why) = tables::read(&path, folder) {
            unread.tell_file(&path, &why);
        }
    }
    unread.lines()
}
