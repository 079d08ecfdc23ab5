//! How loud it is: peak and RMS of the last step, for others to read at any time.

use crate::sound::node::{Block, Node, Outcome, Processor, Setup};
use crate::sound::quantum::QUANTUM;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

pub(super) const NODE: Node = Node {
    id: "meter",
    label: "Meter",
    help: "Shows peak and RMS; the sound goes through untouched.",
    parameters: &[],
    sides: &[],
    build: |setup| Box::new(Meter::new(setup)),
};

/// What a meter shows. Written by the render half, read by anybody; no lock.
#[derive(Debug, Clone, Default)]
pub struct Reading(Arc<Shown>);

#[derive(Debug, Default)]
struct Shown {
    peak: AtomicU32,
    rms: AtomicU32,
}

impl Reading {
    /// The highest sample of the last step, as a factor of full scale.
    pub fn peak(&self) -> f32 {
        f32::from_bits(self.0.peak.load(Ordering::Relaxed))
    }

    /// The root of the mean square of the loudest channel over the last step.
    pub fn rms(&self) -> f32 {
        f32::from_bits(self.0.rms.load(Ordering::Relaxed))
    }

    fn show(&self, peak: f32, rms: f32) {
        self.0.peak.store(peak.to_bits(), Ordering::Relaxed);
        self.0.rms.store(rms.to_bits(), Ordering::Relaxed);
    }
}

/// The node behind the description: also the meter of a mix.
#[derive(Debug)]
pub(in crate::sound) struct Meter {
    channels: usize,
    reading: Reading,
}

impl Meter {
    fn new(setup: &Setup<'_>) -> Self {
        Self::showing(Reading::default(), setup.layout.channels())
    }

    pub(in crate::sound) const fn showing(reading: Reading, channels: usize) -> Self {
        Self { channels, reading }
    }
}

impl Processor for Meter {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        let (mut peak, mut loudest) = (0.0_f32, 0.0_f32);
        if !block.silent {
            for channel in block.channels.iter().take(self.channels) {
                let square: f32 = channel.iter().map(|sample| sample * sample).sum();
                loudest = loudest.max(square / QUANTUM as f32);
                peak = channel.iter().fold(peak, |peak, sample| peak.max(sample.abs()));
            }
        }
        self.reading.show(peak, loudest.sqrt());
        Outcome::Bypassed
    }

    fn reset(&mut self) {
        self.reading.show(0.0, 0.0);
    }
}
