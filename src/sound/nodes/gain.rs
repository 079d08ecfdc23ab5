//! Louder or quieter.

use signal::{Kind, Parameter};
use crate::automation::{Automation, Level};
use crate::node::{Block, Node, Outcome, Processor, Setup};
use crate::quantum::SILENCE;

pub(super) const NODE: Node = Node {
    id: "gain",
    label: "Gain",
    help: "Makes the sound louder or quieter.",
    parameters: &[GAIN],
    sides: &[],
    build: |setup| Box::new(Gain::new(setup)),
};

const GAIN: Parameter = Parameter {
    id: "gain",
    label: "Gain",
    help: "How much louder (above 0) or quieter (below).",
    kind: Kind::Number { least: -120.0, most: 24.0, default: 0.0, unit: "dB" },
};

#[derive(Debug)]
struct Gain {
    gain: Automation,
}

impl Gain {
    fn new(setup: &Setup<'_>) -> Self {
        Self { gain: setup.number(&GAIN) }
    }
}

impl Processor for Gain {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        if block.silent {
            return Outcome::Silent;
        }
        let mut run = SILENCE;
        match self.gain.level(block.sample, &mut run) {
            Level::Steady(1.0) => return Outcome::Bypassed,
            Level::Steady(gain) => {
                block.channels.iter_mut().flatten().for_each(|sample| *sample *= gain);
            }
            Level::Moving(gains) => {
                for channel in block.channels.iter_mut() {
                    channel.iter_mut().zip(gains).for_each(|(sample, gain)| *sample *= gain);
                }
            }
        }
        Outcome::Written
    }
}
