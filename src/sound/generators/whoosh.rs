//! A whoosh: something that passes.

use super::{Generate, Generator, SEED, gains, seed};
use signal::{Parameter, Samples};
use crate::automation::Automation;
use crate::node::Setup;
use crate::texture::{CELL, Cloud, Spectrum, Weave, Woven, apply, peak, sides};

pub(super) const GENERATOR: Generator = Generator {
    id: "whoosh",
    label: "Whoosh",
    help: "Something that passes once, nearest at its peak: for a cut, a title, a turn of the camera.",
    parameters: &[LEVEL, PEAK, SPEED, PITCH, SWEEP, PAN, SEED],
    channels: 2,
    build,
};

const LEVEL: Parameter =
    Parameter::number("level", "Level", "Its level at the peak.", [-120.0, 0.0, -18.0], "dB");

const PEAK: Parameter = Parameter::setting(
    "peak",
    "Peak",
    "When it passes, from its beginning on.",
    [0.05, 20.0, 0.8],
    "s",
);

const SPEED: Parameter = Parameter::setting(
    "speed",
    "Speed",
    "How sharp the pass is: 100 whips past.",
    [0.0, 100.0, 50.0],
    "%",
);

const PITCH: Parameter =
    Parameter::number("pitch", "Pitch", "The middle of its noise at the peak.", [80.0, 8000.0, 900.0], "Hz");

const SWEEP: Parameter = Parameter::number(
    "sweep",
    "Sweep",
    "How far its pitch falls while it passes.",
    [-3.0, 3.0, 1.0],
    "oct",
);

const PAN: Parameter = Parameter::number(
    "pan",
    "Way",
    "Which way it goes: -100 from right to left, 100 from left to right.",
    [-100.0, 100.0, 70.0],
    "%",
);

/// Samples in a frame of its noise: 11 ms at 48 kHz.
const FRAME: usize = 512;

fn build(setup: &Setup<'_>) -> Box<dyn Generate> {
    let rate = f64::from(setup.sample_rate);
    let peak = setup.fixed(&PEAK);
    let whoosh = Whoosh {
        rate,
        peak,
        width: peak * 0.6 * 0.1_f64.powf(setup.fixed(&SPEED) / 100.0),
        level: setup.number(&LEVEL),
        shape: [&PITCH, &SWEEP, &PAN].map(|known| setup.number(known)),
        cloud: Cloud::new(seed(setup), FRAME, rate),
    };
    Box::new(Woven::new(whoosh, 2))
}

#[derive(Debug)]
struct Whoosh {
    rate: f64,
    /// When it passes, and how long that takes, in seconds.
    peak: f64,
    width: f64,
    level: Automation,
    /// Pitch, sweep, pan.
    shape: [Automation; 3],
    cloud: Cloud,
}

impl Weave for Whoosh {
    fn weave(&mut self, from: i64, out: &mut Samples) {
        let Self { rate, peak, width, shape, cloud, .. } = self;
        cloud.add(from, out, &mut |centre, spectrum| {
            let past = (centre as f64 / *rate - *peak) / *width;
            let [pitch, sweep, pan] = shape.each_ref().map(|value| value.at(centre));
            let middle = pitch * (-sweep * (1.5 * past).tanh() * 0.5).exp2();
            paint(spectrum, middle, nearness(centre as f64 / *rate, *peak, past));
            let place = (pan / 100.0 * (1.5 * past).tanh()).clamp(-1.0, 1.0);
            for (powers, share) in spectrum.power.iter_mut().zip(sides(place)) {
                powers.iter_mut().for_each(|power| *power *= (2.0 * share * share) as f32);
            }
        });
        apply(&gains(&self.level, from, CELL), out);
    }
}

/// The power of what passes: an inverse square around the peak, from nothing at its beginning.
fn nearness(seconds: f64, peak: f64, past: f64) -> f64 {
    let begun = (seconds / (0.3 * peak)).clamp(0.0, 1.0);
    let ended = (3.0 - seconds / peak).clamp(0.0, 1.0);
    let near = 1.0 / (1.0 + past * past).powi(2);
    near * begun * begun * ended * ended
}

/// A band of noise with a mean square, about 1, in each channel.
fn paint(spectrum: &mut Spectrum, middle: f64, power: f64) {
    spectrum.paint(|frequency| peak(frequency, middle, 1.2).powi(2));
    let sum = spectrum.mean_square(0).max(1e-12);
    spectrum.scale(power / sum);
    spectrum.together.fill(0.3);
}
