//! Which sample of the film is heard now: what the device said, smoothed.

use crossbeam::queue::ArrayQueue;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// Callbacks that are kept on their way to who asks.
const ROOM: usize = 64;
/// Callbacks that the clock goes by: about a second of usual ones.
const KEPT: usize = 48;
/// A step of the position that is a jump and no jitter, in seconds.
const JUMP: f64 = 0.02;

/// One moment: the sample that is heard then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tick {
    /// When.
    pub(super) at: Instant,
    /// The sample of the film.
    pub(super) sample: f64,
    /// Whether the film moves.
    pub(super) rolls: bool,
}

/// The end of the clock that the device winds: no lock, no allocation.
#[derive(Debug, Clone)]
pub(super) struct Winder(Arc<ArrayQueue<Tick>>);

impl Winder {
    /// Says what is heard when. The oldest of what nobody asked for makes room.
    pub(super) fn wind(&self, tick: Tick) {
        self.0.force_push(tick);
    }
}

/// The sample that is heard, at any time. Clones are one clock.
#[derive(Debug, Clone)]
pub struct Clock {
    coming: Arc<ArrayQueue<Tick>>,
    ticks: Arc<Mutex<VecDeque<Tick>>>,
    rate: f64,
}

impl Clock {
    /// A clock for a film of `rate` samples a second, and its other end.
    pub(super) fn new(rate: u32) -> (Self, Winder) {
        let coming = Arc::new(ArrayQueue::new(ROOM));
        let winder = Winder(Arc::clone(&coming));
        (Self { coming, ticks: Arc::default(), rate: f64::from(rate) }, winder)
    }

    /// The sample that is heard at `when`; `None` before a device has asked for any.
    ///
    /// Devices say when with some jitter: the mean over the last ticks goes, at the film's own rate. A
    /// jump starts it anew.
    pub fn sample_at(&self, when: Instant) -> Option<f64> {
        let mut ticks = self.ticks.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(tick) = self.coming.pop() {
            self.take(&mut ticks, tick);
        }
        let last = *ticks.back()?;
        if !last.rolls {
            return Some(last.sample);
        }
        let offsets = ticks.iter().map(|tick| tick.sample - self.since(last.at, tick.at));
        let mean = offsets.sum::<f64>() / ticks.len() as f64;
        Some(mean + self.since(last.at, when))
    }

    /// The sample that is heard now.
    pub fn now(&self) -> Option<f64> {
        self.sample_at(Instant::now())
    }

    fn take(&self, ticks: &mut VecDeque<Tick>, tick: Tick) {
        let follows = ticks.back().is_some_and(|last| {
            let expected = last.sample + self.since(last.at, tick.at);
            last.rolls && tick.rolls && (tick.sample - expected).abs() < JUMP * self.rate
        });
        if !follows {
            ticks.clear();
        }
        if ticks.len() == KEPT {
            ticks.pop_front();
        }
        ticks.push_back(tick);
    }

    /// Samples between two moments.
    fn since(&self, from: Instant, to: Instant) -> f64 {
        let later = to.saturating_duration_since(from).as_secs_f64();
        (later - from.saturating_duration_since(to).as_secs_f64()) * self.rate
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn jitter_is_smoothed_and_a_jump_is_taken_at_once() {
        let (clock, winder) = Clock::new(48_000);
        let start = Instant::now();
        let at = |step: u64, jitter: u64| start + Duration::from_micros(step * 10_000 + jitter);
        let mut dice = 1_u64;
        for step in 0..200 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let tick = Tick {
                at: at(step, (dice >> 40) % 2000),
                sample: step as f64 * 480.0,
                rolls: true,
            };
            winder.wind(tick);
            let heard = clock.sample_at(at(step, 1000)).unwrap();
            let off = heard - step as f64 * 480.0;
            assert!(step < 48 || off.abs() < 20.0, "{off} samples at {step}");
        }
        winder.wind(Tick { at: at(200, 0), sample: 0.0, rolls: true });
        assert_eq!(clock.sample_at(at(201, 0)), Some(480.0));
        winder.wind(Tick { at: at(202, 0), sample: 960.0, rolls: false });
        assert_eq!(clock.sample_at(at(300, 0)), Some(960.0));
    }
}
