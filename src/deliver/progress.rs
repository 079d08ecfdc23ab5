//! How far a delivery is.

use serde::Serialize;
use std::time::{Duration, Instant};

/// How far a delivery is, some times a second.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Progress {
    /// Frames that are coded.
    pub frame: i64,
    /// Frames of the film.
    pub frames: i64,
    /// Seconds since it began.
    pub seconds: f64,
    /// Frames a second, so far.
    pub speed: f64,
    /// Seconds of film made in a second: 1 is real time.
    pub times_real: f64,
    /// Seconds that it will still take, if it goes on like this.
    pub left: Option<f64>,
    /// Bytes of memory that the program holds, where the system tells.
    pub memory: Option<u64>,
    /// Bytes written.
    pub written: u64,
}

/// A film's length and rate, and when its delivery began.
#[derive(Debug)]
pub(super) struct Meter {
    began: Instant,
    said: Option<Instant>,
    frames: i64,
    rate: f64,
    skipped: i64,
    most_memory: u64,
}

impl Meter {
    pub(super) fn new(frames: i64, rate: f64) -> Self {
        Self { began: Instant::now(), said: None, frames, rate, skipped: 0, most_memory: 0 }
    }

    /// Leaves frames that were there already out of the speed.
    pub(super) const fn skip(&mut self, frames: i64) {
        self.skipped += frames;
    }

    pub(super) const fn frames(&self) -> i64 {
        self.frames
    }

    pub(super) fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }

    /// The most memory that was seen.
    pub(super) fn most_memory(&self) -> Option<u64> {
        (self.most_memory > 0).then_some(self.most_memory)
    }

    /// Whether it is time to say how far it is: five times a second.
    pub(super) fn is_due(&mut self) -> bool {
        let now = Instant::now();
        let due = self.said.is_none_or(|said| now - said >= Duration::from_millis(200));
        if due {
            self.said = Some(now);
        }
        due
    }

    pub(super) fn at(&mut self, frame: i64, written: u64) -> Progress {
        let seconds = self.seconds();
        let made = (frame - self.skipped).max(0);
        let speed = if seconds > 0.0 { made as f64 / seconds } else { 0.0 };
        let memory = memory();
        self.most_memory = self.most_memory.max(memory.unwrap_or(0));
        Progress {
            frame,
            frames: self.frames,
            seconds,
            speed,
            times_real: speed / self.rate,
            left: (speed > 0.0).then(|| (self.frames - frame).max(0) as f64 / speed),
            memory,
            written,
        }
    }
}

/// Bytes of memory that the program holds: resident pages, as Linux counts them.
fn memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = text.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4096)
}
