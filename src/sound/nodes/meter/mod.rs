//! How loud it is: peaks, levels, loudness, correlation and spectrum, for others to read at any time.

mod loud;
mod reading;
mod thirds;

pub(crate) use loud::{weighting, weights, weights_of};
pub use reading::Reading;
pub use thirds::{THIRDS, middle};

use signal::wide;
use crate::filter::{Bank, Section};
use crate::level::{Mean, power};
use crate::node::{Block, Node, Outcome, Processor};
use crate::quantum::{QUANTUM, Run, SILENCE};
use crate::true_peak::{TruePeak, highest};
use loud::Loud;
use timeline_format::mix::Layout;

pub(super) const NODE: Node = Node {
    id: "meter",
    label: "Meter",
    help: "Shows peaks, levels, loudness and spectrum; the sound goes through untouched.",
    parameters: &[],
    sides: &[],
    build: |setup| Box::new(Meter::new(setup.layout, setup.sample_rate)),
};

/// The node behind the description: also the meter of a mix.
#[derive(Debug)]
pub(crate) struct Meter {
    reading: Reading,
    bank: Bank,
    sections: [Section; 2],
    weights: Vec<f64>,
    weighted: Vec<Run>,
    peaks: Vec<TruePeak>,
    true_peak: f32,
    mean: Mean,
    loud: Loud,
}

impl Meter {
    pub(crate) fn new(layout: Layout, sample_rate: u32) -> Self {
        let reading = Reading::default();
        let channels = layout.channels();
        reading.tell_rate(sample_rate);
        Self {
            reading,
            bank: Bank::new(2, channels),
            sections: weighting(sample_rate),
            weights: weights(layout),
            weighted: vec![SILENCE; channels],
            peaks: vec![TruePeak::new(); channels],
            true_peak: 0.0,
            mean: Mean::new(sample_rate),
            loud: Loud::new(sample_rate),
        }
    }

    /// The highest sample, and the mean square of the loudest channel.
    fn level(channels: &[Run]) -> (f32, f32) {
        let (mut peak, mut loudest) = (0.0_f32, 0.0_f32);
        for channel in channels {
            loudest = loudest.max(power(channel) / QUANTUM as f32);
            peak = peak.max(highest(channel));
        }
        (peak, loudest)
    }

    /// Forgets what it measured, and not what its filters hold.
    fn measure_anew(&mut self) {
        self.true_peak = 0.0;
        self.loud.reset();
    }

    /// Only what may pass the highest peak so far is looked at.
    fn hear_peaks(&mut self, channels: &[Run]) {
        let mut peaks = SILENCE;
        for (finder, channel) in self.peaks.iter_mut().zip(channels) {
            if finder.hear(channel) > self.true_peak {
                finder.raise(&mut peaks);
            }
        }
        self.true_peak = self.true_peak.max(highest(&peaks));
    }

    fn hear_loudness(&mut self, channels: &[Run]) {
        self.weighted.copy_from_slice(channels);
        self.bank.run(&self.sections, &mut self.weighted);
        let squares = squares(&self.weighted, &self.weights);
        if let Some(loudness) = self.loud.hear(&squares) {
            self.reading.show_loudness(loudness);
        }
    }
}

/// The weighted sum of the squares of all channels, by sample.
pub(crate) fn squares(channels: &[Run], weights: &[f64]) -> [f64; QUANTUM] {
    wide(
        #[inline(always)]
        || {
            let mut squares = [0.0_f64; QUANTUM];
            for (channel, weight) in channels.iter().zip(weights) {
                for (sum, sample) in squares.iter_mut().zip(channel) {
                    *sum += f64::from(*sample) * f64::from(*sample) * weight;
                }
            }
            squares
        },
    )
}

impl Processor for Meter {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        if self.reading.take_stale() {
            self.measure_anew();
        }
        let channels = &block.channels[..self.weights.len()];
        let (peak, square) = Self::level(channels);
        self.hear_peaks(channels);
        self.hear_loudness(channels);
        let rms = self.mean.next(square).sqrt();
        self.reading.show_level(peak, rms, self.true_peak);
        self.reading.show_samples(channels);
        Outcome::Bypassed
    }

    fn reset(&mut self) {
        self.bank.reset();
        self.peaks.iter_mut().for_each(TruePeak::reset);
        self.mean.reset();
        self.measure_anew();
        self.reading.clear();
    }

    fn reading(&self) -> Option<Reading> {
        Some(self.reading.clone())
    }
}
