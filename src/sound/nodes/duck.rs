//! Quieter while something else is heard: music under dialogue.
//!
//! The key opens where any of its samples passes the threshold and stays open for the hold. The gain is
//! the average, over the fade, of the wanted one: a straight line down and up again, of which nothing
//! is left once hold and fade have passed.

use crate::signal::{Decibels, Kind, Parameter};
use crate::sound::node::{Block, Node, Outcome, Processor, Setup, Side};
use crate::sound::quantum::{QUANTUM, Run, SILENCE};
use crate::sound::running::{Average, Least, ONE};

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
    kind: Kind::Number { least: 1.0, most: 5000.0, default: 200.0, unit: "ms" },
};

#[derive(Debug)]
struct Duck {
    threshold: f32,
    low: i64,
    least: Least,
    average: Average,
    hold: usize,
    /// Samples since the key was last open, as far as that matters.
    quiet: usize,
}

impl Duck {
    fn new(setup: &Setup<'_>) -> Self {
        let samples = |parameter| {
            let seconds = setup.fixed(parameter) / 1000.0;
            (seconds * f64::from(setup.sample_rate)).round().max(1.0) as usize
        };
        let (hold, fade) = (samples(&HOLD), samples(&FADE));
        Self {
            threshold: Decibels(setup.fixed(&THRESHOLD)).gain() as f32,
            low: (Decibels(-setup.fixed(&DEPTH)).gain() * ONE as f64) as i64,
            least: Least::new(hold),
            average: Average::new(fade),
            hold,
            quiet: hold + fade,
        }
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

    fn gains(&mut self, key: &Run) -> Run {
        key.map(|peak| {
            let is_open = peak > self.threshold;
            self.quiet = if is_open { 0 } else { self.quiet.saturating_add(1) };
            let wanted = self.least.next(if is_open { self.low } else { ONE });
            self.average.next(wanted)
        })
    }
}

impl Processor for Duck {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        let key = Self::peaks(block.side(0));
        let is_open = key.iter().any(|peak| *peak > self.threshold);
        if !is_open && self.quiet >= self.memory() {
            return Outcome::Bypassed;
        }
        let gains = self.gains(&key);
        if block.silent {
            return Outcome::Silent;
        }
        for channel in block.channels.iter_mut() {
            channel.iter_mut().zip(&gains).for_each(|(sample, gain)| *sample *= gain);
        }
        Outcome::Written
    }

    fn memory(&self) -> usize {
        self.hold + self.average.length() + QUANTUM
    }

    fn reset(&mut self) {
        self.least.reset();
        self.average.reset();
        self.quiet = self.memory();
    }
}
