//! Loudness while it plays, in bounded memory (ITU-R BS.1770-5; EBU Tech 3341 and 3342).
//!
//! The [last moments](crate::recent) are counted in bins of a tenth of a decibel, each with its own
//! sum: gates act on whole bins, means are exact.

use crate::filter::{Biquad, Section};
use crate::layout::{Speaker, speakers};
use crate::quantum::QUANTUM;
use crate::recent::{Looks, lufs};
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

impl Loudness {
    /// Before anything was heard.
    pub(super) const NOTHING: Self = Self {
        momentary: f64::NEG_INFINITY,
        short_term: f64::NEG_INFINITY,
        integrated: f64::NEG_INFINITY,
        range: f64::NEG_INFINITY,
    };
}

/// The two filters of K-weighting at any sample rate (BS.1770-5, annex 1; the analogue figures are those
/// that give the standard's coefficients at 48 kHz).
pub(crate) fn weighting(sample_rate: u32) -> [Section; 2] {
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
pub(crate) fn weights(layout: Layout) -> Vec<f64> {
    weights_of(speakers(layout))
}

/// The weight of each loudspeaker's power.
pub(crate) fn weights_of(speakers: &[Speaker]) -> Vec<f64> {
    let weight = |speaker: &Speaker| match speaker {
        Speaker::Low => 0.0,
        Speaker::LeftSurround | Speaker::RightSurround => 1.41,
        Speaker::LeftBack | Speaker::RightBack => 1.41,
        _ => 1.0,
    };
    speakers.iter().map(weight).collect()
}

const BINS: usize = 1000;
/// The absolute gate, and the lowest bin, in LUFS.
const GATE: f64 = -70.0;

#[derive(Debug)]
pub(super) struct Loud {
    looks: Looks,
    momentary: Bins,
    short_term: Bins,
    shown: Loudness,
}

impl Loud {
    pub(super) fn new(sample_rate: u32) -> Self {
        Self {
            looks: Looks::new(sample_rate),
            momentary: Bins::new(),
            short_term: Bins::new(),
            shown: Loudness::NOTHING,
        }
    }

    /// Takes the weighted squares of a step; what is to be shown where there is something new.
    pub(super) fn hear(&mut self, squares: &[f64; QUANTUM]) -> Option<Loudness> {
        let Self { looks, momentary, short_term, shown } = self;
        let mut is_new = false;
        looks.hear(squares, |means| {
            is_new = true;
            let [is_momentary, is_short] = means.whole.map(|is_whole| is_whole && means.count);
            if is_momentary {
                momentary.add(means.momentary);
                shown.integrated = momentary.integrated();
            }
            if is_short {
                short_term.add(means.short_term);
                shown.range = short_term.range();
            }
            shown.momentary = lufs(means.momentary);
            shown.short_term = lufs(means.short_term);
        });
        is_new.then_some(self.shown)
    }

    pub(super) fn reset(&mut self) {
        self.looks.reset();
        self.shown = Loudness::NOTHING;
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
