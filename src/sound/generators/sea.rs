//! The sea on a shore: waves that rise, break, wash up and draw back.

use super::{Generate, Generator, SEED, gains, level, part, seed, strength};
use signal::chance::{mix, unit};
use signal::{Parameter, Samples};
use crate::automation::Automation;
use crate::node::Setup;
use crate::texture::{CELL, Cloud, Spectrum, Wander, Weave, Woven, apply};

pub(super) const GENERATOR: Generator = Generator {
    id: "sea",
    label: "Sea",
    help: "Waves on a shore, one after the other and none like the last, and the sea behind them.",
    parameters: &[LEVEL, PERIOD, SURF, SHINGLE, OPEN, WIDTH, SEED],
    channels: 2,
    build,
};

const LEVEL: Parameter = level(-36.0);

const PERIOD: Parameter = Parameter::setting(
    "period",
    "Period",
    "The mean time from wave to wave: 4 is a lake in the wind, 8 the sea, 14 an ocean swell.",
    [2.0, 30.0, 8.0],
    "s",
);

const SURF: Parameter = Parameter::number(
    "surf",
    "Surf",
    "How hard they break: 0 laps, 100 pounds.",
    [0.0, 100.0, 45.0],
    "%",
);

const SHINGLE: Parameter =
    part("shingle", "Shingle", "How loud the water draws back through pebbles.", -8.0);

const OPEN: Parameter = part("open", "Open sea", "How loud the sea behind the waves is.", -12.0);

const WIDTH: Parameter = Parameter::number(
    "width",
    "Width",
    "How far a wave breaks along the shore, from one side to the other.",
    [0.0, 100.0, 60.0],
    "%",
);

/// Samples in a frame of its noise: 85 ms at 48 kHz.
const FRAME: usize = 4096;

fn build(setup: &Setup<'_>) -> Box<dyn Generate> {
    let (rate, seed) = (f64::from(setup.sample_rate), seed(setup));
    let shore = Shore {
        rate,
        seed,
        period: setup.fixed(&PERIOD),
        shape: [&SURF, &SHINGLE, &OPEN, &WIDTH].map(|known| setup.number(known)),
        wander: Wander::new(seed),
    };
    let sea = Sea { level: setup.number(&LEVEL), shore, cloud: Cloud::new(seed, FRAME, rate) };
    Box::new(Woven::new(sea, 2))
}

#[derive(Debug)]
struct Sea {
    level: Automation,
    shore: Shore,
    cloud: Cloud,
}

impl Weave for Sea {
    fn weave(&mut self, from: i64, out: &mut Samples) {
        let Self { shore, cloud, .. } = self;
        cloud.add(from, out, &mut |centre, spectrum| shore.paint(centre, spectrum));
        apply(&gains(&self.level, from, CELL), out);
    }
}

#[derive(Debug)]
struct Shore {
    rate: f64,
    seed: u64,
    period: f64,
    /// Surf, shingle, open sea, width.
    shape: [Automation; 4],
    wander: Wander,
}

/// A wave.
#[derive(Debug, Clone, Copy)]
struct Wave {
    /// When it breaks, in seconds.
    breaks: f64,
    /// How high it is, about 1: heights of waves are Rayleigh's (M. S. Longuet-Higgins, J. Marine Research
    /// 11, 1952).
    height: f64,
    /// From -1 to 1: where it breaks first.
    place: f64,
}

/// What is heard at one moment: the power of the swell, the break and the draw back, of one side.
#[derive(Debug, Clone, Copy, Default)]
struct Heard {
    swell: f64,
    crash: f64,
    wash: f64,
    back: f64,
}

impl Shore {
    fn wave(&self, number: i64) -> Wave {
        let draw = |part: u64| unit(mix(mix(self.seed ^ mix(number as u64)) ^ part));
        let height = (-0.8 * (1.0 - draw(1)).ln()).sqrt().clamp(0.25, 1.9);
        let breaks = (number as f64 + 0.5 * (draw(2) - 0.5)) * self.period;
        Wave { breaks, height, place: 2.0 * draw(3) - 1.0 }
    }

    /// What one side hears; a wave breaks later away from where it broke first.
    fn heard(&self, seconds: f64, side: f64, width: f64) -> Heard {
        let middle = (seconds / self.period).round() as i64;
        let mut sum = Heard::default();
        for number in middle - 3..=middle + 3 {
            let wave = self.wave(number);
            let late = 0.08 * self.period * width * (wave.place - side).abs();
            let power = wave.height * wave.height;
            let past = (seconds - wave.breaks - late) / self.period;
            sum.swell += power * rise(past, 0.35) * fall(past, 0.06);
            sum.crash += power * rise(past, 0.03) * fall(past, 0.09);
            sum.wash += power * rise(past - 0.05, 0.08) * fall(past - 0.05, 0.22);
            sum.back += power * rise(past - 0.45, 0.15) * fall(past - 0.45, 0.16);
        }
        sum
    }

    fn paint(&self, centre: i64, spectrum: &mut Spectrum) {
        let seconds = centre as f64 / self.rate;
        let [surf, shingle, open, width] = self.shape.each_ref().map(|value| value.at(centre));
        let surf = surf / 100.0;
        let (shingle, open) = (strength(shingle).powi(2), strength(open).powi(2));
        let usual = Heard { swell: 0.25, crash: 0.12, wash: 0.3, back: 0.3 };
        shore(spectrum, [usual; 2], surf, shingle, open);
        let level = spectrum.leveling();
        let heard = [-1.0, 1.0].map(|side| self.heard(seconds, side, width / 100.0));
        let drift = self.wander.layered(seconds, &[(0.03, 1.0), (0.2, 0.6)]);
        shore(spectrum, heard, surf, shingle, open * 10.0_f64.powf(0.1 * drift));
        spectrum.scale(level);
        spectrum.join(|frequency| 0.5 / (1.0 + (frequency / 200.0).powi(2)));
    }
}

/// A smooth rise to 1 at 0, over so long before.
fn rise(past: f64, length: f64) -> f64 {
    let x = (1.0 + past / length).clamp(0.0, 1.0);
    x * x * (3.0 - 2.0 * x)
}

/// A fall from 1 at 0.
fn fall(past: f64, length: f64) -> f64 {
    (-past.max(0.0) / length).exp()
}

/// The densities of what is heard: the swell rumbles, the break roars as far down as the wave is high,
/// the wash is bright, and the shingle brighter.
fn shore(spectrum: &mut Spectrum, heard: [Heard; 2], surf: f64, shingle: f64, open: f64) {
    let step = spectrum.step;
    for (powers, heard) in spectrum.power.iter_mut().zip(heard) {
        for (bin, power) in powers.iter_mut().enumerate() {
            let frequency = (bin as f64 * step).max(10.0);
            let below = (frequency / 25.0).min(1.0).powi(4);
            let octave = frequency / 1000.0;
            let swell = 0.5 / (octave * (1.0 + (frequency / 350.0).powi(2)));
            let crash = surf * 4.0 / (octave.powi(2) + 0.05) / (1.0 + (frequency / 6000.0).powi(2));
            let wash = 1.0 / ((1.0 + (500.0 / frequency).powi(2)) * (1.0 + octave * 0.35));
            let back = 2.0 / ((1.0 + (2600.0 / frequency).powi(3)) * (1.0 + (frequency / 11_000.0).powi(4)));
            let far = 1.5 / (octave.sqrt() * (1.0 + (frequency / 900.0).powi(2)));
            let sum = heard.swell * swell * (0.2 + surf)
                + heard.crash * crash
                + heard.wash * wash * (0.3 + surf)
                + heard.back * back * shingle
                + open * far;
            *power = (below * sum * step) as f32;
        }
    }
}
