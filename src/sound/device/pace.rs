//! Whether a device goes on where it left off, by what it says of when its samples are heard.

use std::time::Duration;

/// By how much what a device says may be off. A sound server guesses between its looks at the clock.
const SLACK: Duration = Duration::from_millis(20);

/// Follows a device from one buffer to the next, and no further back: no device keeps its rate exactly. In
/// real time.
#[derive(Debug)]
pub(super) struct Pace {
    rate: u32,
    /// When the last buffer ends.
    end: Option<Duration>,
}

impl Pace {
    /// Of a device of `rate` frames a second.
    pub(super) const fn new(rate: u32) -> Self {
        Self { rate, end: None }
    }

    /// Takes note of `frames` frames whose first is heard at `start`, on any clock; whether they come so
    /// late that something else was heard in between.
    pub(super) fn is_late(&mut self, start: Duration, frames: usize) -> bool {
        let length = Duration::from_secs_f64(frames as f64 / f64::from(self.rate.max(1)));
        let is_late = self.end.is_some_and(|end| start > end + SLACK);
        self.end = Some(start + length);
        is_late
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn what_jitters_is_in_time_and_what_falls_behind_is_late_once() {
        let mut pace = Pace::new(48_000);
        for step in 0..500 {
            let jitter = ms(step * 7919 % 15);
            assert!(!pace.is_late(ms(10 * step) + jitter, 480), "{step}");
        }
        assert!(pace.is_late(ms(5040), 480));
        for step in 0..500 {
            assert!(!pace.is_late(ms(5050 + 10 * step), 480), "{step}");
        }
    }

    #[test]
    fn a_device_that_runs_slow_is_not_late_for_that() {
        let mut pace = Pace::new(48_000);
        let slow = Duration::from_micros(10_010);
        assert!((0..360_000).all(|step| !pace.is_late(slow * step, 480)));
    }
}
