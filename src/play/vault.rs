//! Short sounds, decoded once and kept whole: a seek or an edit that comes back to one reads memory.
//!
//! What is opened is read from its file at first. A thread beside it decodes the whole, and from then on
//! every reader of the same file, in whatever mix and however the film was edited meanwhile, has it from
//! here. A file that changed on the disk is another.

use super::shelf::lock;
use crate::media::Sounds;
use crate::signal::Samples;
use crate::workers::{self, Worker};
use crossbeam::channel::{Sender, bounded};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::UNIX_EPOCH;
use timeline_format::Media;

/// Sounds that last longer, in seconds, are not kept.
const LONGEST: i64 = 60;
/// Bytes that all of them may take.
const BUDGET: usize = 512 << 20;
/// Sounds that may wait to be decoded.
const ROOM: usize = 1024;

/// A file as it lay on the disk: its path, its size, and the nanosecond of its last change.
type Edition = (PathBuf, u64, u128);

/// The sounds that are kept.
#[derive(Debug)]
pub(super) struct Vault {
    held: Mutex<BTreeMap<Edition, Held>>,
    uses: AtomicU64,
    budget: usize,
    /// Dropped first: the thread ends when nobody can ask any more.
    wanted: Option<Sender<Wanted>>,
    _worker: Option<Worker<()>>,
}

#[derive(Debug)]
struct Held {
    slot: Slot,
    used: u64,
    bytes: usize,
}

/// Where a whole sound is, or will be.
pub(super) type Slot = Arc<OnceLock<Whole>>;

/// A whole sound.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) rate: u32,
    pub(super) samples: Samples,
}

/// A sound that is to be decoded.
struct Wanted {
    path: PathBuf,
    media: Arc<Media>,
    slot: Slot,
}

impl Vault {
    /// An empty one. Where no thread can be had, nothing is kept.
    pub(super) fn new() -> Self {
        Self::within(BUDGET)
    }

    /// The same, for so many bytes.
    fn within(budget: usize) -> Self {
        let (wanted, asked) = bounded::<Wanted>(ROOM);
        let worker = workers::start("sound keeper", move |stop| {
            while let Ok(next) = asked.recv() {
                if stop.is_raised() {
                    break;
                }
                decode(&next);
            }
        });
        let (held, uses) = (Mutex::default(), AtomicU64::new(0));
        Self { held, uses, budget, wanted: Some(wanted), _worker: worker.ok() }
    }

    /// Where the whole of the file at `path` is, if it was opened before.
    pub(super) fn find(&self, path: &Path) -> Option<Slot> {
        let edition = edition(path)?;
        let used = self.uses.fetch_add(1, Ordering::Relaxed);
        let mut held = lock(&self.held);
        let found = held.get_mut(&edition)?;
        found.used = used;
        Some(Arc::clone(&found.slot))
    }

    /// Has the whole of what was opened be kept, if it is short and there is room.
    pub(super) fn keep(&self, path: &Path, media: &Arc<Media>, sounds: &Sounds) -> Option<Slot> {
        if sounds.length() > LONGEST * i64::from(sounds.rate()) {
            return None;
        }
        let length = usize::try_from(sounds.length()).ok()?;
        let bytes = length * sounds.channels() * size_of::<f32>();
        let edition = edition(path)?;
        let mut held = lock(&self.held);
        if !make_room(&mut held, self.budget, bytes) {
            return None;
        }
        let slot = Slot::default();
        let wanted =
            Wanted { path: path.to_owned(), media: Arc::clone(media), slot: Arc::clone(&slot) };
        self.wanted.as_ref()?.try_send(wanted).ok()?;
        let used = self.uses.fetch_add(1, Ordering::Relaxed);
        held.insert(edition, Held { slot: Arc::clone(&slot), used, bytes });
        Some(slot)
    }
}

/// Lets go of what nobody reads, longest unused first, until there is room for `bytes`; whether there is.
fn make_room(held: &mut BTreeMap<Edition, Held>, budget: usize, bytes: usize) -> bool {
    loop {
        let taken: usize = held.values().map(|held| held.bytes).sum();
        if taken + bytes <= budget {
            return true;
        }
        let idle = held.iter().filter(|(_, held)| Arc::strong_count(&held.slot) == 1);
        let oldest = idle.min_by_key(|(_, held)| held.used).map(|(edition, _)| edition.clone());
        let Some(oldest) = oldest else { return false };
        held.remove(&oldest);
    }
}

fn edition(path: &Path) -> Option<Edition> {
    let facts = std::fs::metadata(path).ok()?;
    let since = facts.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some((path.to_owned(), facts.len(), since.as_nanos()))
}

/// Decodes a sound to its slot. What cannot be read stays where it is: who plays it tells of it.
fn decode(wanted: &Wanted) {
    let Ok(mut sounds) = Sounds::open(&wanted.path, &wanted.media) else { return };
    let length = usize::try_from(sounds.length()).unwrap_or(0);
    let mut samples = Samples::silence(sounds.channels(), length);
    if sounds.read(0, &mut samples).is_ok() {
        wanted.slot.get_or_init(|| Whole { rate: sounds.rate(), samples });
    }
}

impl Whole {
    /// Fills `out` with the samples from `at` on.
    pub(super) fn read(&self, at: i64, out: &mut Samples) {
        let length = out.length();
        let before = usize::try_from(at.saturating_neg()).unwrap_or(0).min(length);
        let from = usize::try_from(at).unwrap_or(0).min(self.samples.length());
        let count = (length - before).min(self.samples.length() - from);
        let heard = self.samples.channels().iter().map(Some).chain(std::iter::repeat(None));
        for (to, channel) in out.channels_mut().iter_mut().zip(heard) {
            to.fill(0.0);
            if let Some(channel) = channel {
                to[before..before + count].copy_from_slice(&channel[from..from + count]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_outside_a_whole_sound_is_silence() {
        let samples = Samples::from_channels(vec![vec![1.0, 2.0, 3.0]]);
        let whole = Whole { rate: 48_000, samples };
        let read = |at| {
            let mut out = Samples::from_channels(vec![vec![9.0; 5], vec![9.0; 5]]);
            whole.read(at, &mut out);
            assert_eq!(out.channels()[1], [0.0; 5]);
            out.channels()[0].clone()
        };
        assert_eq!(read(0), [1.0, 2.0, 3.0, 0.0, 0.0]);
        assert_eq!(read(-1), [0.0, 1.0, 2.0, 3.0, 0.0]);
        assert_eq!(read(2), [3.0, 0.0, 0.0, 0.0, 0.0]);
        for at in [-5, 3, 1000, i64::MAX, i64::MIN] {
            assert_eq!(read(at), [0.0; 5], "{at}");
        }
    }

    #[test]
    fn what_nobody_reads_makes_room_and_what_is_read_does_not() {
        let held = |bytes, used| Held { slot: Slot::default(), used, bytes };
        let name = |name: &str| (PathBuf::from(name), 0, 0);
        let mut all = BTreeMap::from([(name("a"), held(40, 1)), (name("b"), held(40, 0))]);
        let read = Arc::clone(&all[&name("b")].slot);
        assert!(make_room(&mut all, 100, 50));
        assert_eq!(all.keys().collect::<Vec<_>>(), [&name("b")]);
        assert!(!make_room(&mut all, 100, 70));
        drop(read);
        assert!(make_room(&mut all, 100, 70) && all.is_empty());
    }
}
