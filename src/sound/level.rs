//! How loud a strip is: written by the render half as it computes, read by anybody, without a lock.

use super::quantum::{QUANTUM, Run};
use super::true_peak::highest;
use signal::wide;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// The time that a mean square is of, in seconds: that of a needle which one can follow.
const INTEGRATES: f64 = 0.3;

/// How loud a strip is behind its fader.
#[derive(Debug, Clone, Default)]
pub struct Level(Arc<Figures>);

/// Both are bits of numbers that are not negative, which have the order of the numbers.
#[derive(Debug, Default)]
struct Figures {
    peak: AtomicU32,
    square: AtomicU32,
}

impl Level {
    /// The highest sample since this was asked last, as a factor of full scale: one asks, and keeps it.
    pub fn take_peak(&self) -> f32 {
        f32::from_bits(self.0.peak.swap(0, Ordering::Relaxed))
    }

    /// The root of the mean square of the loudest channel over the last 0.3 seconds or so.
    pub fn rms(&self) -> f32 {
        f32::from_bits(self.0.square.load(Ordering::Relaxed)).sqrt()
    }
}

/// Measures what a strip gives, a step at a time.
#[derive(Debug)]
pub(super) struct Gauge {
    level: Level,
    mean: Mean,
}

/// A mean square over [`INTEGRATES`] that falls off, a step at a time.
#[derive(Debug)]
pub(super) struct Mean {
    square: f32,
    /// How much of it is left after a step.
    left: f32,
}

impl Mean {
    pub(super) fn new(sample_rate: u32) -> Self {
        let steps = INTEGRATES * f64::from(sample_rate) / QUANTUM as f64;
        Self { square: 0.0, left: (-1.0 / steps).exp() as f32 }
    }

    /// Takes the mean square of a step.
    pub(super) fn next(&mut self, square: f32) -> f32 {
        let mean = self.square * self.left + square * (1.0 - self.left);
        self.square = if mean > 1e-14 { mean } else { 0.0 };
        self.square
    }

    pub(super) fn reset(&mut self) {
        self.square = 0.0;
    }
}

impl Gauge {
    /// One that writes to `level`.
    pub(super) fn writing(level: Level, sample_rate: u32) -> Self {
        Self { level, mean: Mean::new(sample_rate) }
    }

    /// Hears a step.
    pub(super) fn hear(&mut self, channels: &[Run]) {
        let (mut peak, mut loudest) = (0.0_f32, 0.0_f32);
        for run in channels {
            (peak, loudest) = (peak.max(highest(run)), loudest.max(power(run)));
        }
        self.level.0.peak.fetch_max(peak.to_bits(), Ordering::Relaxed);
        self.show(loudest / QUANTUM as f32);
    }

    /// Hears a step in which nothing sounds.
    pub(super) fn hear_nothing(&mut self) {
        if self.mean.square > 0.0 {
            self.show(0.0);
        }
    }

    /// Forgets what it heard.
    pub(super) fn forget(&mut self) {
        self.mean.reset();
        self.level.0.square.store(0, Ordering::Relaxed);
        self.level.0.peak.store(0, Ordering::Relaxed);
    }

    fn show(&mut self, square: f32) {
        let mean = self.mean.next(square);
        self.level.0.square.store(mean.to_bits(), Ordering::Relaxed);
    }
}

/// The sum of the squares of a step.
pub(super) fn power(run: &Run) -> f32 {
    wide(
        #[inline(always)]
        || {
            let mut sums = [0.0_f32; 16];
            for row in run.as_chunks::<16>().0 {
                sums.iter_mut().zip(row).for_each(|(sum, sample)| *sum += sample * sample);
            }
            sums.iter().sum()
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(value: impl Fn(usize) -> f32) -> Run {
        std::array::from_fn(value)
    }

    #[test]
    fn a_level_is_that_of_the_loudest_channel_and_falls_in_silence() {
        let level = Level::default();
        let mut gauge = Gauge::writing(level.clone(), 48_000);
        let quiet = run(|_| 0.1);
        let loud = run(|at| if at % 2 == 0 { 0.5 } else { -0.5 });
        (0..2000).for_each(|_| gauge.hear(&[quiet, loud]));
        assert!((level.rms() - 0.5).abs() < 1e-3, "{}", level.rms());
        assert_eq!((level.take_peak(), level.take_peak()), (0.5, 0.0), "a peak is given once");
        let steps = (0.3 * 48_000.0 / QUANTUM as f64) as usize;
        (0..steps).for_each(|_| gauge.hear_nothing());
        let fallen = f64::from(level.rms()) / 0.5;
        assert!((fallen - (-0.5_f64).exp()).abs() < 0.01, "{fallen}");
        gauge.forget();
        assert_eq!((level.rms(), level.take_peak()), (0.0, 0.0));
    }

    #[test]
    fn a_single_high_sample_is_seen_wherever_it_lies() {
        let level = Level::default();
        let mut gauge = Gauge::writing(level.clone(), 48_000);
        for place in [0, 1, 63, QUANTUM - 1] {
            gauge.hear(&[run(|at| if at == place { -0.9 } else { 0.0 })]);
            gauge.hear(&[run(|_| 0.01)]);
            assert_eq!(level.take_peak(), 0.9, "{place}");
        }
    }
}
