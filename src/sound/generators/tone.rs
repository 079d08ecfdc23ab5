//! A sine, for lining up.

use super::{Generate, Generator};
use crate::signal::{Decibels, Kind, Parameter, Samples};

pub(super) const GENERATOR: Generator = Generator {
    id: "tone",
    label: "Tone",
    help: "A sine of one pitch and level.",
    parameters: &[FREQUENCY, LEVEL],
    channels: 1,
    build: |setup| {
        Box::new(Tone {
            cycles: setup.fixed(&FREQUENCY),
            sample_rate: f64::from(setup.sample_rate),
            peak: Decibels(setup.fixed(&LEVEL)).gain(),
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
    cycles: f64,
    sample_rate: f64,
    peak: f64,
}

impl Generate for Tone {
    fn fill(&self, at: i64, out: &mut Samples) {
        for channel in out.channels_mut() {
            for (sample, value) in (at..).zip(channel) {
                let turn = (sample as f64 * self.cycles / self.sample_rate).fract();
                *value = (self.peak * (turn * std::f64::consts::TAU).sin()) as f32;
            }
        }
    }
}
