//! What compressors, gates and de-essers share: levels every few samples, and gains that follow them.
//!
//! Levels and gains are octaves of amplitude, 6.02 dB, computed once a [`GROUP`]; the gain goes from one
//! to the next in a straight line (D. Giannoulis, M. Massberg and J. D. Reiss, Digital Dynamic Range
//! Compressor Design, JAES 60(6), 2012: the gain computer first, then its smoothing, in decibels).

use super::logarithm::{OCTAVE, exp2, log2};
use super::node::{Block, Side};
use super::quantum::{QUANTUM, Run};
use super::true_peak::larger;
use signal::wide;

/// Samples that share one level.
pub(super) const GROUP: usize = 8;
/// Groups in a step.
pub(super) const GROUPS: usize = QUANTUM / GROUP;

/// A value for each group of a step.
pub(super) type Row = [f64; GROUPS];

/// What a compressor or a gate may listen to.
pub(super) const KEY: Side =
    Side { id: "key", label: "Key", help: "What is measured instead of the sound itself." };

/// The levels that decide: those of the key where one is wired, else those of the sound itself.
pub(super) fn levels(block: &Block<'_>) -> Row {
    match block.sides {
        [] => peaks(block.channels),
        [key, ..] if key.silent => peaks(&[]),
        [key, ..] => peaks(&key.channels),
    }
}

/// Whether there is nothing to hear: nothing to work on, and no key either.
pub(super) fn is_idle(block: &Block<'_>) -> bool {
    block.silent && block.side(0).is_none()
}

/// Octaves of so many decibels.
pub(super) fn octaves(decibels: f64) -> f64 {
    decibels / OCTAVE
}

/// The highest peak of each group, over all channels, in octaves below full scale.
pub(super) fn peaks(channels: &[Run]) -> Row {
    wide(
        #[inline(always)]
        || {
            let mut highest = [0.0_f32; GROUPS];
            for channel in channels {
                for (highest, group) in highest.iter_mut().zip(channel.as_chunks::<GROUP>().0) {
                    *highest = larger(*highest, highest_of(group));
                }
            }
            let mut row = [0.0; GROUPS];
            for (level, peak) in row.iter_mut().zip(&highest) {
                *level = log2(f64::from(*peak));
            }
            row
        },
    )
}

/// The highest of eight samples, in three comparisons of several at once.
#[inline(always)]
fn highest_of(group: &[f32; GROUP]) -> f32 {
    let mut sizes = [0.0_f32; GROUP];
    sizes.iter_mut().zip(group).for_each(|(size, sample)| *size = sample.abs());
    for apart in [4, 2, 1] {
        for at in 0..apart {
            sizes[at] = larger(sizes[at], sizes[at + apart]);
        }
    }
    sizes[0]
}

/// The factors of a step whose groups end at gains of so many octaves, from the factor `last` on.
pub(super) fn factors(last: &mut f32, gains: &Row) -> Run {
    wide(
        #[inline(always)]
        || {
            let mut ends = [0.0_f32; GROUPS];
            for (end, gain) in ends.iter_mut().zip(gains) {
                *end = exp2(*gain) as f32;
            }
            let mut run = [0.0; QUANTUM];
            for (end, group) in ends.iter().zip(run.chunks_exact_mut(GROUP)) {
                let step = (end - *last) / GROUP as f32;
                for (index, factor) in group.iter_mut().enumerate() {
                    *factor = *last + step * (index + 1) as f32;
                }
                *last = *end;
            }
            run
        },
    )
}

/// The highest of the last values (M. van Herk, A Fast Algorithm for Local Minimum and Maximum Filters,
/// 1992): two comparisons a value, and nothing of what came before.
#[derive(Debug)]
pub(super) struct Highest {
    block: Vec<f64>,
    /// The highest from each place of the block before to its end.
    before: Vec<f64>,
    at: usize,
    now: f64,
}

impl Highest {
    /// Of the last `window` values, one at least.
    pub(super) fn new(window: usize) -> Self {
        let rest = vec![f64::NEG_INFINITY; window.max(1)];
        Self { block: rest.clone(), before: rest, at: 0, now: f64::NEG_INFINITY }
    }

    pub(super) fn next(&mut self, value: f64) -> f64 {
        self.block[self.at] = value;
        self.now = self.now.max(value);
        self.at += 1;
        if self.at < self.block.len() {
            return self.now.max(self.before[self.at]);
        }
        let highest = self.now;
        let mut now = f64::NEG_INFINITY;
        for (before, value) in self.before.iter_mut().zip(&self.block).rev() {
            now = now.max(*value);
            *before = now;
        }
        (self.at, self.now) = (0, f64::NEG_INFINITY);
        highest
    }

    pub(super) fn reset(&mut self) {
        self.before.fill(f64::NEG_INFINITY);
        (self.at, self.now) = (0, f64::NEG_INFINITY);
    }
}

/// A reduction in octaves that follows a wanted one, faster on one way than on the other.
///
/// It is a whole number of small steps and always moves by one at least: it arrives, and what was wanted
/// long ago leaves no trace.
#[derive(Debug)]
pub(super) struct Follower {
    at: i64,
    rest: i64,
    deeper: f64,
    back: f64,
}

/// Steps in an octave.
const FINE: f64 = (1_u64 << 26) as f64;

impl Follower {
    /// Goes 63 % of the way to a deeper reduction in `deeper` samples, and back in `back` samples. At
    /// rest it is at `rest` octaves.
    pub(super) fn new(deeper: f64, back: f64, rest: f64) -> Self {
        let part = |samples: f64| 1.0 - (-(GROUP as f64) / samples.max(1.0)).exp();
        let rest = (rest * FINE) as i64;
        Self { at: rest, rest, deeper: part(deeper), back: part(back) }
    }

    pub(super) fn next(&mut self, wanted: f64) -> f64 {
        let away = (wanted * FINE) as i64 - self.at;
        let part = if away > 0 { self.deeper } else { self.back };
        let step = (away as f64 * part) as i64;
        self.at += if step == 0 { away.signum() } else { step };
        self.at as f64 / FINE
    }

    pub(super) fn reset(&mut self) {
        self.at = self.rest;
    }

    /// The factor at rest.
    pub(super) fn rest(&self) -> f32 {
        exp2(-(self.rest as f64 / FINE)) as f32
    }
}

/// After how many samples nothing is left, to -120 dB, of a gain that comes back over `samples`.
pub(super) fn forgotten_after(samples: f64) -> usize {
    (16.0 * samples).ceil() as usize
}
