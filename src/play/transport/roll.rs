//! A film that moves: from where, since when, how fast, and what happens at the end.

use std::ops::Range;
use std::time::{Duration, Instant};
use timeline_format::{Rate, Ratio};

/// How long a device may take to be heard where it was sent, before the film goes without it.
const PATIENCE: Duration = Duration::from_secs(2);
/// What is heard this far from where it may be is the sound before a jump, in seconds.
const ASTRAY: f64 = 0.25;

/// What happens when the end of the range is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The film holds at the last frame.
    Hold,
    /// It starts again.
    Loop,
    /// It goes back to a frame and holds there.
    Return(i64),
}

/// A film that moves.
#[derive(Debug, Clone, PartialEq)]
pub struct Roll {
    /// Where it started.
    pub from: i64,
    /// When, once the first tick has told.
    pub since: Option<Instant>,
    /// Times its own speed.
    pub speed: Ratio,
    /// The frames that it may show.
    pub range: Range<i64>,
    /// What happens at its end.
    pub end: End,
    /// Whether the sound says where it is.
    pub is_heard: bool,
    /// Whether the sound has been heard near where it was sent.
    pub is_settled: bool,
}

impl Roll {
    /// Frames that have passed at `now` by the clock alone: exact, at any speed.
    pub(super) fn paced(&self, now: Instant, rate: Rate) -> i64 {
        let passed =
            self.since.map_or(Duration::ZERO, |since| now.saturating_duration_since(since));
        let (num, den) = (i128::from(rate.numerator()), i128::from(rate.denominator()));
        let speed = (i128::from(self.speed.numerator()), i128::from(self.speed.denominator()));
        let below = den * speed.1 * 1_000_000_000;
        let frames = (passed.as_nanos() as i128 * num * speed.0.abs()) / below;
        self.from + frames as i64 * speed.0.signum() as i64
    }

    /// The frame that belongs to what is heard; while a jump is on its way, the one where it leads.
    /// `None` where the sound cannot be followed.
    pub(super) fn heard(
        &mut self,
        now: Instant,
        heard: Option<f64>,
        rate: Rate,
        sample_rate: u32,
    ) -> Option<i64> {
        let sample = heard?;
        let passed =
            self.since.map_or(Duration::ZERO, |since| now.saturating_duration_since(since));
        if !self.is_settled {
            let start = rate.sample_of(self.from, sample_rate) as f64;
            let per_second = f64::from(sample_rate);
            let most = start + (passed.as_secs_f64() + ASTRAY) * per_second;
            if (start - ASTRAY * per_second..=most).contains(&sample) {
                self.is_settled = true;
            } else {
                return (passed < PATIENCE).then_some(self.from);
            }
        }
        Some(rate.frame_of_sample(sample.floor() as i64, sample_rate).max(self.from))
    }
}
