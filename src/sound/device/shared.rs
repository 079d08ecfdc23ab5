//! What both sides of an edge see, without a lock.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

/// The gate between a film and its device: open or shut, and where it shuts by itself.
#[derive(Debug, Clone)]
pub struct Gate(Arc<State>);

#[derive(Debug)]
struct State {
    open: AtomicBool,
    end: AtomicI64,
    ended: AtomicBool,
    underruns: AtomicU64,
    calls: AtomicU64,
}

impl Gate {
    /// An open gate that shuts at sample `end` of the film.
    pub fn until(end: i64) -> Self {
        Self(Arc::new(State {
            open: AtomicBool::new(true),
            end: AtomicI64::new(end),
            ended: AtomicBool::new(false),
            underruns: AtomicU64::new(0),
            calls: AtomicU64::new(0),
        }))
    }

    /// Lets the film play.
    pub fn open(&self) {
        self.0.open.store(true, Ordering::Release);
    }

    /// Holds the film where it is, without a click.
    pub fn shut(&self) {
        self.0.open.store(false, Ordering::Release);
    }

    /// Whether the film may play.
    pub fn is_open(&self) -> bool {
        self.0.open.load(Ordering::Acquire)
    }

    /// The sample of the film at which it ends.
    pub fn end(&self) -> i64 {
        self.0.end.load(Ordering::Acquire)
    }

    /// Whether the last sample has been given to the device.
    pub fn has_ended(&self) -> bool {
        self.0.ended.load(Ordering::Acquire)
    }

    /// How often the device ran out of samples.
    pub fn underruns(&self) -> u64 {
        self.0.underruns.load(Ordering::Relaxed)
    }

    /// Lets the film go on after its end was reached: it is somewhere else now.
    pub fn begin_again(&self) {
        self.say_ended(false);
    }

    /// How often a device has asked for samples.
    pub(super) fn calls(&self) -> u64 {
        self.0.calls.load(Ordering::Relaxed)
    }

    pub(super) fn count_call(&self) {
        self.0.calls.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn count_underrun(&self) {
        self.0.underruns.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn say_ended(&self, ended: bool) {
        self.0.ended.store(ended, Ordering::Release);
    }
}
