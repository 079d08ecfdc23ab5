//! A sine, for lining up.

use super::{Generate, Generator, gains};
use signal::{Kind, Parameter, Samples};
use crate::automation::Automation;

pub(super) const GENERATOR: Generator = Generator {
    id: "tone",
    label: "Tone",
    help: "A sine; where its pitch moves, its phase goes on.",
    parameters: &[FREQUENCY, LEVEL],
    channels: 1,
    build: |setup| {
        Box::new(Tone {
            cycles: setup.number(&FREQUENCY),
            sample_rate: f64::from(setup.sample_rate),
            level: setup.number(&LEVEL),
        })
    },
};

const FREQUENCY: Parameter = Parameter {
    id: "frequency",
    label: "Frequency",
    help: "Its pitch.",
    kind: Kind::Number { least: 1.0, most: 96_000.0, default: 1000.0, unit: "Hz" },
};

const LEVEL: Parameter = Parameter {
    id: "level",
    label: "Level",
    help: "Its peak, against full scale.",
    kind: Kind::Number { least: -120.0, most: 0.0, default: -20.0, unit: "dB" },
};

#[derive(Debug)]
struct Tone {
    cycles: Automation,
    sample_rate: f64,
    level: Automation,
}

impl Generate for Tone {
    fn fill(&mut self, at: i64, out: &mut Samples) {
        let gains = gains(&self.level, at, out.length());
        for channel in out.channels_mut() {
            for ((sample, value), gain) in (at..).zip(channel).zip(&gains) {
                let turn = (self.cycles.area(sample) / self.sample_rate).fract();
                *value = (f64::from(*gain) * (turn * std::f64::consts::TAU).sin()) as f32;
            }
        }
    }
}
