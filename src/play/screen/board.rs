//! What the hand, the thread that shows and the thread that decodes tell each other: the latest wish,
//! and the latest picture.

use super::film::Film;
use super::intent::Intent;
use super::making::StandIns;
use super::shown::{Counts, Shown};
use super::thumbnails::Thumbnails;
use crate::play::shelf::lock;
use crate::signal::Image;
use crate::workers::Stop;
use crossbeam::channel::{Receiver, Sender, bounded};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What is called when there is something new to see.
pub(super) type Wake = Arc<dyn Fn() + Send + Sync>;

/// A wish: the newest counts.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) film: Arc<Film>,
    pub(super) frame: i64,
    pub(super) intent: Intent,
    /// Counts wishes.
    pub(super) epoch: u64,
}

/// A bell that one thread waits for; ringing twice is ringing once.
#[derive(Debug)]
pub(super) struct Bell(Sender<()>, Receiver<()>);

impl Bell {
    fn new() -> Self {
        let (ring, rung) = bounded(1);
        Self(ring, rung)
    }

    pub(super) fn ring(&self) {
        self.0.try_send(()).unwrap_or_default();
    }

    pub(super) fn wait(&self) {
        self.1.recv().unwrap_or_default();
    }
}

/// What they share.
pub(super) struct Board {
    asked: Mutex<Asked>,
    epoch: AtomicU64,
    latest: Mutex<Latest>,
    changed: Condvar,
    closed: Stop,
    pub(super) front: Bell,
    pub(super) decoder: Bell,
    pub(super) thumbnails: Thumbnails,
    wake: Mutex<Option<Wake>>,
    stand_ins: Mutex<StandIns>,
    dropped: AtomicU64,
    decoded: AtomicU64,
    decoding: AtomicU64,
}

#[derive(Debug, Default)]
struct Latest {
    shown: Option<Shown>,
    epoch: u64,
    serial: u64,
    exact: u64,
    approximate: u64,
}

impl std::fmt::Debug for Board {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "board at wish {}", self.epoch())
    }
}

impl Board {
    /// A board on which frame 0 of `film` is wanted, not yet told to anybody.
    pub(super) fn new(film: Arc<Film>, thumbnails: Thumbnails) -> Self {
        Self {
            asked: Mutex::new(Asked { film, frame: 0, intent: Intent::Rest, epoch: 0 }),
            epoch: AtomicU64::new(0),
            latest: Mutex::default(),
            changed: Condvar::new(),
            closed: Stop::new(),
            front: Bell::new(),
            decoder: Bell::new(),
            thumbnails,
            wake: Mutex::default(),
            stand_ins: Mutex::default(),
            dropped: AtomicU64::new(0),
            decoded: AtomicU64::new(0),
            decoding: AtomicU64::new(0),
        }
    }

    /// Changes the wish and tells everybody.
    pub(super) fn ask(&self, change: impl FnOnce(&mut Asked)) {
        {
            let mut asked = lock(&self.asked);
            let before = (asked.frame, asked.intent, Arc::as_ptr(&asked.film));
            change(&mut asked);
            if asked.epoch > 0 && before == (asked.frame, asked.intent, Arc::as_ptr(&asked.film)) {
                return;
            }
            let latest = lock(&self.latest);
            let served = latest.epoch == asked.epoch
                && latest.shown.as_ref().is_some_and(|shown| shown.is_exact);
            if asked.epoch > 0 && !served {
                self.dropped.fetch_add(1, Ordering::Relaxed);
            }
            asked.epoch += 1;
            self.epoch.store(asked.epoch, Ordering::Release);
        }
        self.front.ring();
        self.decoder.ring();
    }

    pub(super) fn asked(&self) -> Asked {
        lock(&self.asked).clone()
    }

    /// The number of the latest wish.
    pub(super) fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }

    pub(super) fn close(&self) {
        self.closed.raise();
        self.front.ring();
        self.decoder.ring();
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed.is_raised()
    }

    pub(super) fn set_wake(&self, wake: Wake) {
        *lock(&self.wake) = Some(wake);
    }

    pub(super) fn call_wake(&self) {
        let wake = lock(&self.wake).clone();
        wake.inspect(|wake| wake());
    }

    pub(super) fn latest(&self) -> Option<Shown> {
        lock(&self.latest).shown.clone()
    }

    /// The wish that the latest picture answers, and whether exactly.
    pub(super) fn answered(&self) -> (u64, bool) {
        let latest = lock(&self.latest);
        (latest.epoch, latest.shown.as_ref().is_some_and(|shown| shown.is_exact))
    }

    /// Shows a picture in answer to wish `epoch`, unless a later one was answered.
    pub(super) fn publish(&self, epoch: u64, frames: (i64, i64), image: Arc<Image>) {
        self.put(epoch, Shown { is_exact: true, ..near(frames, image) });
    }

    /// Shows a picture that stands for the exact one.
    pub(super) fn publish_near(&self, epoch: u64, frames: (i64, i64), image: Arc<Image>) {
        self.put(epoch, near(frames, image));
    }

    /// Shows a picture that was made of stand-ins.
    pub(super) fn publish_stand_in(&self, epoch: u64, frames: (i64, i64), image: Arc<Image>) {
        self.put(epoch, Shown { is_stand_in: true, ..near(frames, image) });
    }

    /// Says when stand-ins are seen.
    pub(super) fn use_stand_ins(&self, when: StandIns) {
        *lock(&self.stand_ins) = when;
    }

    /// When stand-ins are seen.
    pub(super) fn stand_ins(&self) -> StandIns {
        *lock(&self.stand_ins)
    }

    fn put(&self, epoch: u64, shown: Shown) {
        {
            let mut latest = lock(&self.latest);
            let is_late = latest.epoch > epoch
                || (latest.epoch == epoch
                    && !shown.is_exact
                    && latest.shown.as_ref().is_some_and(|before| before.is_exact));
            if is_late {
                return;
            }
            let is_same = latest.shown.as_ref().is_some_and(|before| {
                let same = (before.wanted, before.is_exact) == (shown.wanted, shown.is_exact);
                same && Arc::ptr_eq(&before.image, &shown.image)
            });
            latest.serial += u64::from(!is_same);
            latest.epoch = epoch;
            if shown.is_exact {
                latest.exact += 1;
            } else {
                latest.approximate += 1;
            }
            latest.shown = Some(Shown { serial: latest.serial, ..shown });
        }
        self.changed.notify_all();
        self.call_wake();
    }

    /// Waits for a picture that `fits`.
    pub(super) fn wait_for(
        &self,
        timeout: Duration,
        fits: impl Fn(&Shown, u64) -> bool,
    ) -> Option<Shown> {
        let end = Instant::now() + timeout;
        let mut latest = lock(&self.latest);
        loop {
            if let Some(shown) = latest.shown.as_ref().filter(|shown| fits(shown, latest.epoch)) {
                return Some(shown.clone());
            }
            let left = end.checked_duration_since(Instant::now())?;
            let waited = self.changed.wait_timeout(latest, left);
            latest = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Counts a frame that took so long to decode.
    pub(super) fn count_decoded(&self, took: Duration) {
        self.decoded.fetch_add(1, Ordering::Relaxed);
        self.decoding.fetch_add(took.as_nanos() as u64, Ordering::Relaxed);
    }

    pub(super) fn counts(&self) -> Counts {
        let latest = lock(&self.latest);
        Counts {
            exact: latest.exact,
            approximate: latest.approximate,
            dropped: self.dropped.load(Ordering::Relaxed),
            decoded: self.decoded.load(Ordering::Relaxed),
            decoding: Duration::from_nanos(self.decoding.load(Ordering::Relaxed)),
            bytes: 0,
            small: 0,
        }
    }
}

/// A picture that is not the exact one, of one frame in the place of another.
const fn near((frame, wanted): (i64, i64), image: Arc<Image>) -> Shown {
    Shown { frame, wanted, image, is_exact: false, is_stand_in: false, serial: 0 }
}
