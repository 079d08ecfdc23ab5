//! An impact: a blow, the drop below it, and what it leaves behind.

use super::{Generate, Generator, SEED, gains, part, seed, strength};
use signal::{Parameter, Samples};
use crate::automation::Automation;
use crate::node::Setup;
use crate::texture::{Burst, CELL, Cloud, Spectrum, Weave, Woven, add_sine, apply};

pub(super) const GENERATOR: Generator = Generator {
    id: "impact",
    label: "Impact",
    help: "A blow at its first sample: a crack, a sub that drops, a tail that dies away.",
    parameters: &[LEVEL, CRACK, SUB, PITCH, TAIL, DECAY, SEED],
    channels: 2,
    build,
};

const LEVEL: Parameter =
    Parameter::number("level", "Level", "About its peak.", [-120.0, 0.0, -10.0], "dB");

const CRACK: Parameter =
    Parameter::setting("crack", "Crack", "How loud the blow itself is.", [-60.0, 12.0, -6.0], "dB");

const SUB: Parameter = part("sub", "Sub", "How loud the drop is.", 0.0);

const PITCH: Parameter =
    Parameter::setting("pitch", "Pitch", "Where the drop ends.", [20.0, 120.0, 38.0], "Hz");

const TAIL: Parameter = part("tail", "Tail", "How loud the rumble behind it is.", -10.0);

const DECAY: Parameter = Parameter::setting(
    "decay",
    "Decay",
    "How long it takes to die away to a thousandth.",
    [0.2, 20.0, 3.0],
    "s",
);

/// Samples in a frame of its noise: 21 ms at 48 kHz.
const FRAME: usize = 1024;

fn build(setup: &Setup<'_>) -> Box<dyn Generate> {
    let rate = f64::from(setup.sample_rate);
    let impact = Impact {
        rate,
        seed: seed(setup),
        pitch: setup.fixed(&PITCH),
        decay: setup.fixed(&DECAY) / 1000.0_f64.ln(),
        level: setup.number(&LEVEL),
        crack: strength(setup.fixed(&CRACK)),
        shape: [&SUB, &TAIL].map(|known| setup.number(known)),
        cloud: Cloud::new(seed(setup), FRAME, rate),
    };
    Box::new(Woven::new(impact, 2))
}

#[derive(Debug)]
struct Impact {
    rate: f64,
    seed: u64,
    pitch: f64,
    /// Seconds to 1/e.
    decay: f64,
    level: Automation,
    crack: f64,
    /// Sub, tail.
    shape: [Automation; 2],
    cloud: Cloud,
}

impl Weave for Impact {
    fn weave(&mut self, from: i64, out: &mut Samples) {
        let start = from as f64 / self.rate;
        if start > 16.0 * self.decay || from + (CELL as i64) <= 0 {
            return;
        }
        self.rumble(from, out);
        self.drop(from, out);
        self.crack(from, out);
        apply(&gains(&self.level, from, CELL), out);
    }
}

impl Impact {
    /// The rumble: dull, and duller as it dies away.
    fn rumble(&mut self, from: i64, out: &mut Samples) {
        let Self { rate, decay, shape, cloud, .. } = self;
        cloud.add(from, out, &mut |centre, spectrum| {
            let past = centre as f64 / *rate / *decay;
            let share = strength(shape[1].at(centre));
            paint(spectrum, 2500.0 * (-0.6 * past).exp() + 90.0, share * share);
        });
        for channel in out.channels_mut() {
            for (sample, value) in (from..).zip(channel.iter_mut()) {
                let past = sample as f64 / *rate;
                let rise = (past / 0.004).clamp(0.0, 1.0);
                *value *= (rise * (-past / *decay).exp()) as f32;
            }
        }
    }

    /// A sine that falls by two octaves to its pitch within a tenth of a second.
    fn drop(&self, from: i64, out: &mut Samples) {
        let turns = |seconds: f64| {
            let seconds = seconds.max(0.0);
            self.pitch * (seconds + 3.0 * 0.07 * (1.0 - (-seconds / 0.07).exp()))
        };
        let mut line = vec![0.0; CELL];
        add_sine(from, self.rate, 0.7, turns, &mut line);
        for (sample, line) in (from..).zip(&mut line) {
            let past = sample as f64 / self.rate;
            let height = if past < 0.0 { 0.0 } else { (past / 0.003).min(1.0) * (-1.6 * past / self.decay).exp() };
            *line *= (height * strength(self.shape[0].at(sample))) as f32;
        }
        for channel in out.channels_mut() {
            channel.iter_mut().zip(&line).for_each(|(sample, line)| *sample += line);
        }
    }

    fn crack(&self, from: i64, out: &mut Samples) {
        for (side, channel) in (0..).zip(out.channels_mut()) {
            for (number, (frequency, decay)) in (0..).zip([(180.0, 0.03), (900.0, 0.012), (3400.0, 0.008)]) {
                let burst = Burst {
                    at: 0,
                    attack: 0.0005,
                    decay,
                    frequency,
                    q: 0.7,
                    level: 0.4 * self.crack,
                    chance: self.seed.wrapping_mul(31).wrapping_add(100 * number + side),
                };
                burst.add(from, self.rate, channel);
            }
        }
    }
}

fn paint(spectrum: &mut Spectrum, corner: f64, power: f64) {
    spectrum.paint(|frequency| {
        let below = (frequency / 25.0).min(1.0).powi(3);
        below / (1.0 + (frequency / corner).powi(2))
    });
    let sum = spectrum.mean_square(0).max(1e-12);
    spectrum.scale(0.2 * power / sum);
    spectrum.join(|frequency| 0.8 / (1.0 + (frequency / 150.0).powi(2)));
}
