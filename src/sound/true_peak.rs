//! Peaks between samples (ITU-R BS.1770-5, annex 2), with an interpolator of our own.

use super::kernel::kaiser_sinc;
use super::quantum::{QUANTUM, Run};

/// Points looked at in each sample's time.
const PHASES: usize = 8;
const TAPS: usize = 24;

/// Samples by which a peak is found late.
pub(super) const LATE: usize = TAPS / 2;

/// Finds the true peaks of one channel, step by step.
#[derive(Debug, Clone)]
pub(super) struct TruePeak {
    recent: [f32; TAPS - 1 + QUANTUM],
    interpolator: [[f32; TAPS]; PHASES - 1],
}

impl TruePeak {
    pub(super) fn new() -> Self {
        Self { recent: [0.0; TAPS - 1 + QUANTUM], interpolator: interpolator() }
    }

    /// Raises each of `peaks` to the size of the sample [`LATE`] before it and of what lies between that
    /// one and the next.
    pub(super) fn raise(&mut self, run: &Run, peaks: &mut Run) {
        self.recent.copy_within(QUANTUM.., 0);
        self.recent[TAPS - 1..].copy_from_slice(run);
        let recent = &self.recent;
        pulp::Arch::new().dispatch(|| {
            let middle = &recent[TAPS - 1 - LATE..];
            for (peak, sample) in peaks.iter_mut().zip(middle) {
                *peak = peak.max(sample.abs());
            }
            for taps in &self.interpolator {
                let mut between = [0.0_f32; QUANTUM];
                for (first, tap) in taps.iter().enumerate() {
                    for (sum, sample) in between.iter_mut().zip(&recent[first..first + QUANTUM]) {
                        *sum += sample * tap;
                    }
                }
                for (peak, between) in peaks.iter_mut().zip(&between) {
                    *peak = peak.max(between.abs());
                }
            }
        });
    }

    pub(super) fn reset(&mut self) {
        self.recent.fill(0.0);
    }
}

/// The taps for the points between two samples.
fn interpolator() -> [[f32; TAPS]; PHASES - 1] {
    std::array::from_fn(|phase| {
        let between = (phase + 1) as f64 / PHASES as f64;
        let half = LATE as f64;
        let tap = |tap| kaiser_sinc(tap as f64 - (half - 1.0) - between, half, 1.0, 6.0);
        let taps: [f64; TAPS] = std::array::from_fn(tap);
        let sum: f64 = taps.iter().sum();
        taps.map(|tap| (tap / sum) as f32)
    })
}
