//! Loudness while it plays, in bounded memory (ITU-R BS.1770-5; EBU Tech 3341 and 3342).
//!
//! Every tenth of a second the last 0.4 and the last 3 seconds are looked at, and counted in bins of a
//! tenth of a decibel, each with its own sum: gates act on whole bins, means are exact.

use crate::sound::filter::{Biquad, Section};
use crate::sound::layout::{Speaker, speakers};
use crate::sound::quantum::QUANTUM;
use std::f64::consts::PI;
use timeline_format::mix::Layout;

/// What is shown, in LUFS and LU; minus infinity where there is nothing to be measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Loudness {
    pub(super) momentary: f64,
    pub(super) short_term: f64,
    pub(super) integrated: f64,
    pub(super) range: f64,
}

/// The two filters of K-weighting at any sample rate (BS.1770-5, annex 1; the analogue figures are those
/// that give the standard's coefficients at 48 kHz).
pub(in crate::sound) fn weighting(sample_rate: u32) -> [Section; 2] {
    let tangent = |frequency: f64| (PI * frequency / f64::from(sample_rate)).tan();
    let (g, q) = (tangent(1_681.974_450_955_533), 0.707_175_236_955_419_6);
    let high = 10.0_f64.powf(3.999_843_853_973_347 / 20.0);
    let band = high.powf(0.499_666_774_154_541_6);
    let norm = 1.0 + g / q + g * g;
    let shelf = Biquad {
        zeros: [
            (high + band * g / q + g * g) / norm,
            2.0 * (g * g - high) / norm,
            (high - band * g / q + g * g) / norm,
        ],
        poles: [2.0 * (g * g - 1.0) / norm, (1.0 - g / q + g * g) / norm],
    };
    let (g, q) = (tangent(38.135_470_876_024_44), 0.500_327_037_323_877_3);
    let norm = 1.0 + g / q + g * g;
    let poles = [2.0 * (g * g - 1.0) / norm, (1.0 - g / q + g * g) / norm];
    let pass = Biquad { zeros: [1.0, -2.0, 1.0], poles };
    [Section::new(&shelf), Section::new(&pass)]
}

/// The weight of each channel's power.
pub(in crate::sound) fn weights(layout: Layout) -> Vec<f64> {
    let weight = |speaker: &Speaker| match speaker {
        Speaker::Low => 0.0,
        Speaker::LeftSurround | Speaker::RightSurround => 1.41,
        Speaker::LeftBack | Speaker::RightBack => 1.41,
        _ => 1.0,
    };
    speakers(layout).iter().map(weight).collect()
}

const TENTHS: usize = 30;
const BINS: usize = 1000;
/// The absolute gate, and the lowest bin, in LUFS.
const GATE: f64 = -70.0;

/// The sum of some numbers, eight at a time.
fn sum(numbers: &[f64]) -> f64 {
    let (rows, rest) = numbers.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for row in rows {
        sums.iter_mut().zip(row).for_each(|(sum, number)| *sum += number);
    }
    sums.iter().chain(rest).sum()
}

fn lufs(power: f64) -> f64 {
    -0.691 + 10.0 * power.log10()
}

#[derive(Debug)]
pub(super) struct Loud {
    /// Samples in a tenth of a second.
    length: usize,
    heard: usize,
    sum: f64,
    /// Mean powers of the last tenths.
    tenths: [f64; TENTHS],
    count: usize,
    momentary: Bins,
    short_term: Bins,
}

impl Loud {
    pub(super) fn new(sample_rate: u32) -> Self {
        Self {
            length: (sample_rate as usize / 10).max(1),
            heard: 0,
            sum: 0.0,
            tenths: [0.0; TENTHS],
            count: 0,
            momentary: Bins::new(),
            short_term: Bins::new(),
        }
    }

    /// Takes the weighted squares of a step; what is to be shown where a tenth of a second is full.
    pub(super) fn hear(&mut self, squares: &[f64; QUANTUM]) -> Option<Loudness> {
        let (mut shown, mut rest) = (None, &squares[..]);
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(self.length - self.heard));
            self.sum += sum(now);
            self.heard += now.len();
            if self.heard == self.length {
                shown = Some(self.look());
            }
            rest = later;
        }
        shown
    }

    fn look(&mut self) -> Loudness {
        self.tenths[self.count % TENTHS] = self.sum / self.length as f64;
        (self.sum, self.heard) = (0.0, 0);
        self.count += 1;
        let (momentary, short_term) = (self.last(4), self.last(TENTHS));
        if self.count >= 4 {
            self.momentary.add(momentary);
        }
        if self.count >= TENTHS {
            self.short_term.add(short_term);
        }
        Loudness {
            momentary: lufs(momentary),
            short_term: lufs(short_term),
            integrated: self.momentary.integrated(),
            range: self.short_term.range(),
        }
    }

    /// The mean power of the last tenths; what was not heard yet is silence.
    fn last(&self, tenths: usize) -> f64 {
        let places = (0..tenths).map(|back| (self.count + 2 * TENTHS - 1 - back) % TENTHS);
        places.map(|place| self.tenths[place]).sum::<f64>() / tenths as f64
    }

    pub(super) fn reset(&mut self) {
        (self.heard, self.sum, self.count) = (0, 0.0, 0);
        self.tenths.fill(0.0);
        self.momentary.reset();
        self.short_term.reset();
    }
}

/// How many blocks were how loud.
#[derive(Debug)]
struct Bins {
    counts: Vec<u32>,
    powers: Vec<f64>,
}

impl Bins {
    fn new() -> Self {
        Self { counts: vec![0; BINS], powers: vec![0.0; BINS] }
    }

    fn bin(loudness: f64) -> usize {
        (((loudness - GATE) * 10.0).max(0.0) as usize).min(BINS - 1)
    }

    fn add(&mut self, power: f64) {
        let loudness = lufs(power);
        if loudness >= GATE {
            let bin = Self::bin(loudness);
            self.counts[bin] = self.counts[bin].saturating_add(1);
            self.powers[bin] += power;
        }
    }

    /// The mean power of the bins from one on, and how many blocks they hold.
    fn mean_from(&self, first: usize) -> (f64, u64) {
        let count: u64 = self.counts[first..].iter().map(|count| u64::from(*count)).sum();
        (self.powers[first..].iter().sum::<f64>() / count as f64, count)
    }

    /// The first bin at `gate` LU beside the mean of all.
    fn gate(&self, gate: f64) -> usize {
        Self::bin(lufs(self.mean_from(0).0) + gate)
    }

    fn integrated(&self) -> f64 {
        let (power, count) = self.mean_from(self.gate(-10.0));
        if count == 0 { f64::NEG_INFINITY } else { lufs(power) }
    }

    fn range(&self) -> f64 {
        let first = self.gate(-20.0);
        let (_, count) = self.mean_from(first);
        if count == 0 {
            return f64::NEG_INFINITY;
        }
        let place = |part: f64| {
            let wanted = ((count - 1) as f64 * part).round() as u64;
            let mut below = 0;
            let found = self.counts[first..].iter().position(|bin| {
                below += u64::from(*bin);
                below > wanted
            });
            found.unwrap_or(0) as f64 / 10.0
        };
        place(0.95) - place(0.1)
    }

    fn reset(&mut self) {
        self.counts.fill(0);
        self.powers.fill(0.0);
    }
}
