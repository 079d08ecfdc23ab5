//! One media as it is open: some reading heads, what is known of its frames, what could not be read.

use super::store::Store;
use crate::media::proxy::{self, Proxy, Rough};
use crate::media::{self, Opening, Pictures, Pursuit, Timing};
use crate::picture::Key;
use crate::play::place::path_of;
use crate::play::shelf::{Unread, lock};
use crate::signal::Image;
use crate::workers::{self, Stop};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};
use timeline_format::{Id, Media};

/// The most heads of one media.
const MOST: usize = 4;

/// A media of a film; films that say the same of it share it.
#[derive(Debug)]
pub(super) struct Slot {
    key: Key,
    id: Id,
    media: Arc<Media>,
    path: Option<PathBuf>,
    folder: PathBuf,
    timing: OnceLock<Option<Timing>>,
    heads: Mutex<Vec<Head>>,
    peek: Mutex<Option<Pictures>>,
    /// The last frame that each head gave.
    places: Mutex<Vec<i64>>,
    failed: Mutex<BTreeSet<i64>>,
    /// A frame of it without its samples, once one was decoded.
    like: OnceLock<Image>,
    stand_in: Mutex<StandIn>,
    unread: Unread,
    stop: Stop,
}

/// What is known of a media's stand-in.
#[derive(Debug, Default)]
enum StandIn {
    #[default]
    Unknown,
    None,
    Open(Box<Proxy>),
}

#[derive(Debug)]
struct Head {
    pictures: Pictures,
    at: i64,
    used: u64,
}

/// How a step went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stepped {
    /// The frame is still to come.
    Under,
    /// It has come.
    Came,
    /// It cannot be had.
    Failed,
}

/// Who steps: the wish that it is for, and how many wishes a head rests before another may have it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    pub(super) epoch: u64,
    pub(super) patience: u64,
}

impl Slot {
    pub(super) fn new(
        key: Key,
        id: Id,
        media: Arc<Media>,
        folder: &Path,
        unread: Unread,
        stop: Stop,
    ) -> Self {
        Self {
            key,
            id,
            path: path_of(&media, folder),
            media,
            timing: OnceLock::new(),
            heads: Mutex::default(),
            peek: Mutex::default(),
            places: Mutex::default(),
            failed: Mutex::default(),
            like: OnceLock::new(),
            stand_in: Mutex::default(),
            folder: folder.to_owned(),
            unread,
            stop,
        }
    }

    /// What decides its frames.
    pub(super) const fn key(&self) -> Key {
        self.key
    }

    /// A frame of a still or of numbered pictures, small, without opening anything; `None` where it has to be
    /// decoded whole.
    pub(super) fn glance(&self, n: i64, across: u32) -> Option<Arc<Image>> {
        media::glance(self.path.as_deref()?, &self.media, n, across)
    }

    pub(super) const fn media(&self) -> &Arc<Media> {
        &self.media
    }

    /// What is known of its frames; `None` where it cannot be opened.
    pub(super) fn timing(&self) -> Option<&Timing> {
        let open = || {
            let mut heads = lock(&self.heads);
            if heads.is_empty() {
                heads.push(self.told(self.open(threads()))?);
            }
            heads.first().map(|head| head.pictures.timing())
        };
        self.timing.get_or_init(open).as_ref()
    }

    /// Whether a frame cannot be had.
    pub(super) fn fails(&self, n: i64) -> bool {
        self.timing().is_none() || lock(&self.failed).contains(&n)
    }

    /// How many frames are to be decoded before frame `n` comes, without waiting for who decodes.
    pub(super) fn way_to(&self, n: i64) -> i64 {
        let Some(timing) = self.timing() else { return 0 };
        let start = timing.group(n).start;
        let places = lock(&self.places);
        let near = places.iter().filter(|at| (start..=n).contains(*at)).max();
        n - near.copied().unwrap_or(start - 1)
    }

    /// Decodes one frame on the way that `pursuit` is; `keep` gets what comes.
    pub(super) fn step(
        &self,
        pursuit: Pursuit,
        turn: Turn,
        keep: &mut dyn FnMut(i64, Arc<Image>),
    ) -> Stepped {
        if self.timing().is_none() {
            return Stepped::Failed;
        }
        let mut heads = lock(&self.heads);
        let stepped = self.step_with(&mut heads, pursuit, turn, keep);
        *lock(&self.places) = heads.iter().map(|head| head.at).collect();
        match self.said(stepped) {
            Some(true) => Stepped::Came,
            Some(false) => Stepped::Under,
            None => {
                lock(&self.failed).insert(pursuit.to);
                Stepped::Failed
            }
        }
    }

    fn step_with(
        &self,
        heads: &mut Vec<Head>,
        pursuit: Pursuit,
        turn: Turn,
        keep: &mut dyn FnMut(i64, Arc<Image>),
    ) -> Result<bool, media::Error> {
        let index = self.choose(heads, pursuit, turn)?;
        let Some(head) = heads.get_mut(index) else { return Ok(false) };
        head.used = turn.epoch;
        let mut last = head.at;
        let mut take = |n: i64, image: Arc<Image>| {
            last = n;
            self.learn(&image);
            keep(n, image);
        };
        let came = head.pictures.step(pursuit, &mut take);
        head.at = last;
        came
    }

    /// The head that goes on to the frame with the least work; else one that rests; else a new one.
    fn choose(
        &self,
        heads: &mut Vec<Head>,
        pursuit: Pursuit,
        turn: Turn,
    ) -> Result<usize, media::Error> {
        let ways = heads.iter().enumerate().map(|(index, head)| {
            let (frames, goes_on) = head.pictures.way_to(pursuit);
            (!goes_on, frames, index)
        });
        if let Some((false, _, index)) = ways.min() {
            return Ok(index);
        }
        let oldest = (0..heads.len()).min_by_key(|index| heads[*index].used);
        let rests = |index: usize| turn.epoch.saturating_sub(heads[index].used) >= turn.patience;
        match oldest {
            Some(index) if rests(index) || heads.len() >= MOST => Ok(index),
            _ => {
                heads.push(self.open(threads())?);
                Ok(heads.len() - 1)
            }
        }
    }

    /// The picture of the key frame from which frame `n` is decoded, and its number; into `store` too.
    pub(super) fn peek(&self, n: i64, store: &Store) -> Option<(i64, Arc<Image>)> {
        self.timing()?;
        let mut peek = lock(&self.peek);
        if peek.is_none() {
            *peek = Some(self.told(self.open(1))?.pictures);
        }
        let (number, image) = peek.as_mut()?.key_picture(n).ok()??;
        self.learn(&image);
        store.put(self.key, number, &image);
        Some((number, image))
    }

    fn learn(&self, image: &Image) {
        self.like.get_or_init(|| Image { planes: Vec::new(), ..image.clone() });
    }

    /// Frame `n` as its stand-in has it, if there is one.
    pub(super) fn rough(&self, n: i64) -> Option<Rough> {
        let (like, timing, path) = (self.like.get()?, self.timing()?, self.path.as_ref()?);
        let mut stand_in = lock(&self.stand_in);
        if matches!(*stand_in, StandIn::Unknown) {
            let found = Proxy::find(path, &self.folder, timing, like);
            *stand_in = found.map_or(StandIn::None, |proxy| StandIn::Open(Box::new(proxy)));
        }
        match &mut *stand_in {
            StandIn::Open(proxy) => proxy.frame(n).ok(),
            StandIn::Unknown | StandIn::None => None,
        }
    }

    /// Whether a stand-in would help it and is not there.
    pub(super) fn lacks_stand_in(&self) -> bool {
        let Some(path) = &self.path else { return false };
        let helps = || self.timing().is_some_and(|timing| proxy::helps(&self.media, timing));
        proxy::place(path, &self.folder).is_some_and(|place| !place.is_file()) && helps()
    }

    /// Makes its stand-in; `go_on` is asked before each frame.
    pub(super) fn make_stand_in(&self, stop: &Stop, go_on: &mut dyn FnMut(i64, i64) -> bool) {
        let Some(path) = &self.path else { return };
        let made = proxy::make_while(path, &self.media, &self.folder, stop, go_on);
        if self.said(made).flatten().is_some() {
            *lock(&self.stand_in) = StandIn::Unknown;
        }
    }

    /// Closes its files; what is known stays.
    pub(super) fn close(&self) {
        lock(&self.heads).clear();
        lock(&self.places).clear();
        *lock(&self.peek) = None;
        *lock(&self.stand_in) = StandIn::Unknown;
    }

    fn open(&self, threads: usize) -> Result<Head, media::Error> {
        let path = self.path.as_ref().ok_or_else(|| {
            media::Error::new(Path::new(&self.media.path), "a film reads local files only")
        })?;
        let opening = Opening { budget: 0, threads, stop: self.stop.clone() };
        let pictures = Pictures::open_with(path, &self.media, &opening)?;
        Ok(Head { pictures, at: i64::MIN, used: 0 })
    }

    fn told(&self, head: Result<Head, media::Error>) -> Option<Head> {
        self.said(head)
    }

    fn said<T>(&self, result: Result<T, media::Error>) -> Option<T> {
        let tell = |error: &media::Error| {
            self.unread.tell(self.id, || format!("media {}: {error}", self.id));
        };
        result.inspect_err(tell).ok()
    }
}

/// Latency counts: more threads of a decoder are more frames before the first.
fn threads() -> usize {
    workers::cores().clamp(1, 4)
}
