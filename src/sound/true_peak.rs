//! Peaks between samples (ITU-R BS.1770-5, annex 2), with an interpolator of our own.

use super::kernel::kaiser_sinc;
use super::quantum::{QUANTUM, Run};
use signal::wide;

/// Points looked at in each sample's time.
const PHASES: usize = 8;
const TAPS: usize = 24;
/// Taps on either side of the middle between two samples.
const HALF: usize = TAPS / 2;
/// Pairs of points equally far from that middle; one point lies in it.
const PAIRS: usize = PHASES / 2 - 1;
/// Samples that are looked at at once, in registers.
const WIDTH: usize = 8;

/// Samples by which a peak is found late.
pub(super) const LATE: usize = HALF;

/// Finds the true peaks of one channel, step by step.
#[derive(Debug, Clone)]
pub(super) struct TruePeak {
    recent: [f32; TAPS - 1 + QUANTUM],
    interpolator: Interpolator,
}

/// Taps for the points between two samples. Two points equally far from the middle have each other's
/// taps backwards: the sum and the difference of two samples equally far from the middle serve both.
#[derive(Debug, Clone)]
struct Interpolator {
    even: [[f32; PAIRS]; HALF],
    odd: [[f32; PAIRS]; HALF],
    middle: [f32; HALF],
    /// The most that a point can be, beside the highest sample around it.
    most: f32,
}

impl TruePeak {
    pub(super) fn new() -> Self {
        Self { recent: [0.0; TAPS - 1 + QUANTUM], interpolator: Interpolator::new() }
    }

    /// Takes the next step; a height that nothing in it, nor between its samples, can pass.
    pub(super) fn hear(&mut self, run: &Run) -> f32 {
        self.recent.copy_within(QUANTUM.., 0);
        self.recent[TAPS - 1..].copy_from_slice(run);
        highest(&self.recent) * self.interpolator.most
    }

    /// Raises each of `peaks` to the size of the sample [`LATE`] before it and of what lies between that
    /// one and the next.
    pub(super) fn raise(&self, peaks: &mut Run) {
        let Self { recent, interpolator } = self;
        wide(
            #[inline(always)]
            || {
                for (place, peaks) in peaks.chunks_exact_mut(WIDTH).enumerate() {
                    let recent = &recent[place * WIDTH..place * WIDTH + TAPS - 1 + WIDTH];
                    interpolator.raise(recent, peaks);
                }
            },
        );
    }

    /// The highest of `floor` and of what [`raise`](Self::raise) would find; what cannot pass the highest so
    /// far is not looked at.
    pub(super) fn highest_above(&self, floor: f32) -> f32 {
        let Self { recent, interpolator } = self;
        wide(
            #[inline(always)]
            || {
                let cells = highest_by_eights(recent);
                let mut most = floor;
                for place in 0..QUANTUM / WIDTH {
                    let near = cells[place..place + AROUND].iter().fold(0.0, |a, b| larger(a, *b));
                    if near * interpolator.most > most {
                        let mut peaks = [0.0; WIDTH];
                        let at = place * WIDTH;
                        interpolator.raise(&recent[at..at + TAPS - 1 + WIDTH], &mut peaks);
                        most = peaks.iter().fold(most, |a, b| larger(a, *b));
                    }
                }
                most
            },
        )
    }

    pub(super) fn reset(&mut self) {
        self.recent.fill(0.0);
    }
}

/// Eights of samples in which those lie that decide the points beside eight samples.
const AROUND: usize = (TAPS - 1 + WIDTH).div_ceil(WIDTH);
const CELLS: usize = (TAPS - 1 + QUANTUM).div_ceil(WIDTH);

/// The size of the highest sample of each eight.
#[inline(always)]
fn highest_by_eights(samples: &[f32; TAPS - 1 + QUANTUM]) -> [f32; CELLS] {
    std::array::from_fn(|cell| {
        let rest = &samples[cell * WIDTH..];
        let eight = &rest[..rest.len().min(WIDTH)];
        eight.iter().fold(0.0, |most, sample| larger(most, sample.abs()))
    })
}

/// The size of the highest sample.
pub(super) fn highest(samples: &[f32]) -> f32 {
    const LANES: usize = 32;
    wide(
        #[inline(always)]
        || {
            let mut most = [0.0_f32; LANES];
            let (rows, rest) = samples.as_chunks::<LANES>();
            for row in rows {
                for (most, sample) in most.iter_mut().zip(row) {
                    *most = larger(*most, sample.abs());
                }
            }
            for (most, sample) in most.iter_mut().zip(rest) {
                *most = larger(*most, sample.abs());
            }
            let mut apart = LANES / 2;
            while apart > 0 {
                let (low, high) = most.split_at_mut(apart);
                low.iter_mut().zip(high).for_each(|(low, high)| *low = larger(*low, *high));
                apart /= 2;
            }
            most[0]
        },
    )
}

impl Interpolator {
    fn new() -> Self {
        let taps = taps();
        let halves = |sign: f32| {
            std::array::from_fn(|tap| {
                std::array::from_fn(|pair| {
                    let row: &[f32; TAPS] = &taps[pair];
                    0.5 * (row[tap] + sign * row[TAPS - 1 - tap])
                })
            })
        };
        let middle = std::array::from_fn(|tap| taps[PAIRS][tap]);
        let sizes = taps.iter().map(|row| row.iter().map(|tap| tap.abs()).sum());
        let most: f32 = sizes.fold(1.0, f32::max);
        Self { even: halves(1.0), odd: halves(-1.0), middle, most: most * 1.001 }
    }

    #[inline(always)]
    fn raise(&self, recent: &[f32], peaks: &mut [f32]) {
        let mut even = [[0.0_f32; WIDTH]; PAIRS];
        let mut odd = [[0.0_f32; WIDTH]; PAIRS];
        let mut middle = [0.0_f32; WIDTH];
        for tap in 0..HALF {
            let (first, last) = (&recent[tap..], &recent[TAPS - 1 - tap..]);
            let (mut sum, mut difference) = ([0.0; WIDTH], [0.0; WIDTH]);
            for at in 0..WIDTH {
                (sum[at], difference[at]) = (first[at] + last[at], first[at] - last[at]);
            }
            for pair in 0..PAIRS {
                add(&mut even[pair], &sum, self.even[tap][pair]);
                add(&mut odd[pair], &difference, self.odd[tap][pair]);
            }
            add(&mut middle, &sum, self.middle[tap]);
        }
        for (at, peak) in peaks.iter_mut().enumerate() {
            let sample = recent[TAPS - 1 - LATE + at];
            let mut most = larger(larger(*peak, sample.abs()), middle[at].abs());
            for (even, odd) in even.iter().zip(&odd) {
                let (before, behind) = (even[at] + odd[at], even[at] - odd[at]);
                most = larger(most, larger(before.abs(), behind.abs()));
            }
            *peak = most;
        }
    }
}

#[inline(always)]
fn add(sums: &mut [f32; WIDTH], samples: &[f32; WIDTH], tap: f32) {
    sums.iter_mut().zip(samples).for_each(|(sum, sample)| *sum += sample * tap);
}

/// The larger of two numbers, in one instruction.
#[inline(always)]
pub(super) fn larger(one: f32, other: f32) -> f32 {
    if other > one { other } else { one }
}

/// The taps for the points between two samples, from the first to the middle one.
fn taps() -> [[f32; TAPS]; PAIRS + 1] {
    std::array::from_fn(|phase| {
        let between = (phase + 1) as f64 / PHASES as f64;
        let half = HALF as f64;
        let tap = |tap| kaiser_sinc(tap as f64 - (half - 1.0) - between, half, 1.0, 6.0);
        let taps: [f64; TAPS] = std::array::from_fn(tap);
        let sum: f64 = taps.iter().sum();
        taps.map(|tap| (tap / sum) as f32)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_looked_at_is_no_higher() {
        let (mut finder, mut bits) = (TruePeak::new(), 1_u32);
        let (mut by_all, mut by_few) = (0.0_f32, 0.0_f32);
        for step in 0..2000 {
            let loud = 1.0 + (step as f32 / 300.0).sin();
            let run = std::array::from_fn(|_| {
                bits = bits.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                loud * ((bits >> 8) as f32 / 8_388_608.0 - 1.0)
            });
            finder.hear(&run);
            let mut peaks = [0.0; QUANTUM];
            finder.raise(&mut peaks);
            by_all = by_all.max(highest(&peaks));
            by_few = finder.highest_above(by_few);
            assert_eq!(by_few, by_all, "step {step}");
        }
    }
}
