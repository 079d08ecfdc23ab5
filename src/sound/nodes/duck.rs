//! Quieter while something else is heard: music under dialogue.
//!
//! The key opens where any of its samples passes the threshold and stays open for the hold. The gain is
//! the average, over the fade, of the wanted one: a straight line down and up again, of which nothing
//! is left once hold and fade have passed. The fade smooths what the document's keyframes do as well.

use crate::signal::{Decibels, Kind, Parameter};
use crate::sound::automation::{Automation, Level};
use crate::sound::node::{Block, Node, Outcome, Processor, Setup, Side};
use crate::sound::quantum::{QUANTUM, Run, SILENCE};
use crate::sound::running::{Average, ONE};

pub(super) const NODE: Node = Node {
    id: "duck",
    label: "Duck",
    help: "Makes the sound quieter while another, its key, is heard.",
    parameters: &[THRESHOLD, DEPTH, HOLD, FADE],
    sides: &[KEY],
    build: |setup| Box::new(Duck::new(setup)),
};

const KEY: Side = Side { id: "key", label: "Key", help: "What the sound gives way to." };

const THRESHOLD: Parameter = Parameter {
    id: "threshold",
    label: "Threshold",
    help: "How loud the key must be to be heard as such: its peaks, against full scale.",
    kind: Kind::Number { least: -80.0, most: 0.0, default: -40.0, unit: "dB" },
};

const DEPTH: Parameter = Parameter {
    id: "depth",
    label: "Depth",
    help: "By how much the sound gives way.",
    kind: Kind::Number { least: 0.0, most: 60.0, default: 9.0, unit: "dB" },
};

const HOLD: Parameter = Parameter {
    id: "hold",
    label: "Hold",
    help: "How long a pause of the key may be before the sound comes back.",
    kind: Kind::Number { least: 0.0, most: 5000.0, default: 400.0, unit: "ms" },
};

const FADE: Parameter = Parameter {
    id: "fade",
    label: "Fade",
    help: "How long the gain takes to fall, and to rise again.",
    kind: Kind::Setting { least: 1.0, most: 5000.0, default: 200.0, unit: "ms" },
};

#[derive(Debug)]
struct Duck {
    threshold: Automation,
    depth: Automation,
    hold: Automation,
    average: Average,
    sample_rate: f64,
    /// Samples since the key was last open, as far as that matters.
    quiet: usize,
}

impl Duck {
    fn new(setup: &Setup<'_>) -> Self {
        let sample_rate = f64::from(setup.sample_rate);
        let fade = samples(setup.fixed(&FADE), sample_rate);
        let mut duck = Self {
            threshold: setup.number(&THRESHOLD),
            depth: setup.number(&DEPTH),
            hold: setup.number(&HOLD),
            average: Average::new(fade),
            sample_rate,
            quiet: 0,
        };
        duck.reset();
        duck
    }

    /// The peaks of the key, over its channels.
    fn peaks(key: Option<&[Run]>) -> Run {
        let mut peaks = SILENCE;
        for channel in key.into_iter().flatten() {
            for (peak, sample) in peaks.iter_mut().zip(channel) {
                *peak = peak.max(sample.abs());
            }
        }
        peaks
    }

    /// The gains over the step at `sample`.
    fn gains(&mut self, key: &Run, thresholds: Level<'_>, sample: i64) -> Run {
        let (mut depths, mut holds) = (SILENCE, SILENCE);
        let depths = self.depth.values(sample, &mut depths);
        let holds = self.hold.values(sample, &mut holds);
        let mut low = depth_gain(depths.at(0));
        std::array::from_fn(|index| {
            if let Level::Moving(depths) = depths {
                low = depth_gain(depths[index]);
            }
            let is_open = key[index] > thresholds.at(index);
            self.quiet = if is_open { 0 } else { self.quiet.saturating_add(1) };
            let is_held = self.quiet < samples(f64::from(holds.at(index)), self.sample_rate);
            self.average.next(if is_held { low } else { ONE })
        })
    }
}

/// A time in samples: at least one.
fn samples(milliseconds: f64, sample_rate: f64) -> usize {
    (milliseconds / 1000.0 * sample_rate).round().max(1.0) as usize
}

fn depth_gain(depth: f32) -> i64 {
    (Decibels(-f64::from(depth)).gain() * ONE as f64) as i64
}

impl Processor for Duck {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        let key = Self::peaks(block.side(0));
        let mut thresholds = SILENCE;
        let thresholds = self.threshold.level(block.sample, &mut thresholds);
        let is_open = key.iter().enumerate().any(|(index, peak)| *peak > thresholds.at(index));
        if !is_open && self.quiet >= self.memory() {
            return Outcome::Bypassed;
        }
        let gains = self.gains(&key, thresholds, block.sample);
        if block.silent {
            return Outcome::Silent;
        }
        for channel in block.channels.iter_mut() {
            channel.iter_mut().zip(&gains).for_each(|(sample, gain)| *sample *= gain);
        }
        Outcome::Written
    }

    fn memory(&self) -> usize {
        samples(self.hold.most(), self.sample_rate) + self.average.length() + QUANTUM
    }

    fn reset(&mut self) {
        self.average.reset();
        self.quiet = self.memory();
    }
}
