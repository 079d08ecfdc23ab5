//! White noise.

use super::{Generate, Generator, gains};
use signal::chance::mix;
use signal::{Kind, Parameter, Samples};
use crate::automation::Automation;

pub(super) const GENERATOR: Generator = Generator {
    id: "noise",
    label: "White noise",
    help: "Noise with the same power at every frequency, different in the two channels.",
    parameters: &[LEVEL, SEED],
    channels: 2,
    build: |setup| {
        Box::new(Noise {
            level: setup.number(&LEVEL),
            seed: setup.fixed(&SEED) as u64,
        })
    },
};

const LEVEL: Parameter = Parameter {
    id: "level",
    label: "Level",
    help: "Its peak, against full scale.",
    kind: Kind::Number { least: -120.0, most: 0.0, default: -20.0, unit: "dB" },
};

const SEED: Parameter = Parameter {
    id: "seed",
    label: "Seed",
    help: "Another number is another noise of the same kind.",
    kind: Kind::Setting { least: 0.0, most: 4_294_967_295.0, default: 0.0, unit: "" },
};

#[derive(Debug)]
struct Noise {
    level: Automation,
    seed: u64,
}

impl Generate for Noise {
    fn fill(&mut self, at: i64, out: &mut Samples) {
        let gains = gains(&self.level, at, out.length());
        for (channel, samples) in (1..).zip(out.channels_mut()) {
            let stream = mix(self.seed ^ mix(channel));
            for ((sample, value), gain) in (at..).zip(samples).zip(&gains) {
                let bits = mix(stream.wrapping_add(sample as u64));
                let uniform = (bits >> 11) as f64 / (1_u64 << 53) as f64;
                *value = (f64::from(*gain) * (2.0 * uniform - 1.0)) as f32;
            }
        }
    }
}
