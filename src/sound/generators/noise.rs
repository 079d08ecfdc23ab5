//! White noise.

use super::{Generate, Generator};
use crate::signal::{Decibels, Kind, Parameter, Samples};

pub(super) const GENERATOR: Generator = Generator {
    id: "noise",
    label: "White noise",
    help: "Noise with the same power at every frequency, different in the two channels.",
    parameters: &[LEVEL, SEED],
    channels: 2,
    build: |setup| {
        Box::new(Noise {
            peak: Decibels(setup.fixed(&LEVEL)).gain(),
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
    kind: Kind::Number { least: 0.0, most: 4_294_967_295.0, default: 0.0, unit: "" },
};

#[derive(Debug)]
struct Noise {
    peak: f64,
    seed: u64,
}

impl Generate for Noise {
    fn fill(&self, at: i64, out: &mut Samples) {
        for (channel, samples) in (1..).zip(out.channels_mut()) {
            let stream = mix(self.seed ^ mix(channel));
            for (sample, value) in (at..).zip(samples) {
                let bits = mix(stream.wrapping_add(sample as u64));
                let uniform = (bits >> 11) as f64 / (1_u64 << 53) as f64;
                *value = (self.peak * (2.0 * uniform - 1.0)) as f32;
            }
        }
    }
}

/// The output function of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
/// Generators, 2014): bits without visible relation to those of the next number.
const fn mix(number: u64) -> u64 {
    let mut bits = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
