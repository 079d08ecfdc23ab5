//! What of the key decides: its peaks, or how loud it was over the last 0.4 seconds.

use crate::filter::{Bank, Section};
use crate::nodes::meter::{weighting, weights};
use crate::quantum::{Run, SILENCE};
use crate::tail::{Sounding, Tail};
use timeline_format::mix::Layout;

/// The window of momentary loudness, in seconds (ITU-R BS.1770-5).
const WINDOW: f64 = 0.4;
/// After how long the filters of the weighting hold nothing any more, in seconds: the slower is at 38 Hz.
const RINGS: f64 = 0.25;
/// What a power of 1 is as a whole number. Sums of whole numbers never drift.
const FINE: f64 = (1_u64 << 42) as f64;
/// The highest power of one sample that counts: above every threshold.
const MOST: f64 = 4.0;
/// The offset of loudness, as a factor: a tone of 1 kHz in one channel is as loud as its level says.
const OFFSET: f64 = 0.923_527_857_224_981_8;

/// What is looked at in a key.
#[derive(Debug)]
pub(super) enum Key {
    /// The highest sample of its channels.
    Peaks,
    /// Its momentary loudness.
    Loudness(Box<Momentary>),
}

impl Key {
    /// Its momentary loudness, or its peaks.
    pub(super) fn new(is_loudness: bool, layout: Layout, sample_rate: u32) -> Self {
        if is_loudness {
            Self::Loudness(Box::new(Momentary::new(layout, sample_rate)))
        } else {
            Self::Peaks
        }
    }

    /// The level of a step at each sample, as a factor: of full scale, or of 0 LUFS.
    pub(super) fn hear(&mut self, key: Option<&[Run]>) -> Run {
        match self {
            Self::Peaks => peaks(key),
            Self::Loudness(momentary) => momentary.hear(key),
        }
    }

    /// Samples of the key after which nothing before them matters.
    pub(super) const fn memory(&self) -> usize {
        match self {
            Self::Peaks => 0,
            Self::Loudness(momentary) => momentary.tail.length(),
        }
    }

    pub(super) fn reset(&mut self) {
        if let Self::Loudness(momentary) = self {
            momentary.reset();
        }
    }
}

fn peaks(key: Option<&[Run]>) -> Run {
    let mut peaks = SILENCE;
    for channel in key.into_iter().flatten() {
        for (peak, sample) in peaks.iter_mut().zip(channel) {
            *peak = peak.max(sample.abs());
        }
    }
    peaks
}

/// The loudness of the last 0.4 seconds, at every sample.
#[derive(Debug)]
pub(super) struct Momentary {
    bank: Bank,
    sections: [Section; 2],
    weights: Vec<f64>,
    weighted: Vec<Run>,
    /// The powers of the window, as whole numbers, and their sum.
    powers: Vec<i64>,
    sum: i64,
    at: usize,
    tail: Tail,
}

impl Momentary {
    fn new(layout: Layout, sample_rate: u32) -> Self {
        let samples = |seconds: f64| (seconds * f64::from(sample_rate)).round() as usize;
        let window = samples(WINDOW).max(1);
        Self {
            bank: Bank::new(2, layout.channels()),
            sections: weighting(sample_rate),
            weights: weights(layout),
            weighted: vec![SILENCE; layout.channels()],
            powers: vec![0; window],
            sum: 0,
            at: 0,
            tail: Tail::new(window + samples(RINGS)),
        }
    }

    fn hear(&mut self, key: Option<&[Run]>) -> Run {
        match self.tail.hear(key.is_none()) {
            Sounding::Yes => {}
            Sounding::Ends => self.reset(),
            Sounding::No => return SILENCE,
        }
        let count = self.weighted.len();
        match key {
            Some(key) => self.weighted.copy_from_slice(&key[..count]),
            None => self.weighted.fill(SILENCE),
        }
        self.bank.run(&self.sections, &mut self.weighted);
        std::array::from_fn(|index| {
            let channels = self.weighted.iter().zip(&self.weights);
            let power = channels.map(|(run, weight)| f64::from(run[index]).powi(2) * weight);
            self.take(power.sum())
        })
    }

    /// Takes the power of a sample and gives the level of the window.
    fn take(&mut self, power: f64) -> f32 {
        let power = (power.min(MOST) * FINE) as i64;
        self.sum += power - std::mem::replace(&mut self.powers[self.at], power);
        self.at += 1;
        if self.at == self.powers.len() {
            self.at = 0;
        }
        let mean = self.sum as f64 / (FINE * self.powers.len() as f64);
        (mean.sqrt() * OFFSET) as f32
    }

    fn reset(&mut self) {
        self.bank.reset();
        self.powers.fill(0);
        (self.sum, self.at) = (0, 0);
        self.tail.reset();
    }
}
