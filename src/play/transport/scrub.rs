//! A hand that drags: where it was last, and how fast it goes.

use std::time::{Duration, Instant};

/// A hand that has not moved for so long rests.
const RESTING: Duration = Duration::from_millis(120);

/// A hand on the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Scrub {
    last: Option<(i64, Instant)>,
    speed: f64,
    is_still: bool,
}

impl Scrub {
    /// Frames a second; negative is backwards.
    pub(super) const fn speed(&self) -> f64 {
        self.speed
    }

    /// The hand goes to a frame.
    pub(super) fn move_to(&mut self, frame: i64, now: Instant) {
        if let Some((last, when)) = self.last {
            let passed = now.saturating_duration_since(when).as_secs_f64().max(1e-3);
            let speed = (frame - last) as f64 / passed;
            let goes_on = self.speed * speed > 0.0;
            self.speed = if goes_on { f64::midpoint(self.speed, speed) } else { speed };
        }
        self.last = Some((frame, now));
        self.is_still = false;
    }

    /// Whether the hand has just come to rest.
    pub(super) fn comes_to_rest(&mut self, now: Instant) -> bool {
        let Some((_, when)) = self.last.filter(|_| !self.is_still) else { return false };
        self.is_still = now.saturating_duration_since(when) > RESTING;
        if self.is_still {
            self.speed = 0.0;
        }
        self.is_still
    }
}
