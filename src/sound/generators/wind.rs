//! Wind: air that rushes, and what it makes sing.

use super::{Generate, Generator, SEED, gains, level, part, seed};
use signal::{Parameter, Samples};
use crate::automation::Automation;
use crate::node::Setup;
use crate::texture::{
    Burst, CELL, Cloud, Event, Events, Spectrum, Wander, Weave, Woven, apply, peak, sides,
};

pub(super) const GENERATOR: Generator = Generator {
    id: "wind",
    label: "Wind",
    help: "Wind that rises and falls in gusts: its rush, wires and gaps that sing in it, leaves.",
    parameters: &[LEVEL, SPEED, GUST, WHISTLE, HOWL, LEAVES, RUMBLE, WIDTH, SEED],
    channels: 2,
    build,
};

const LEVEL: Parameter = level(-38.0);

const SPEED: Parameter = Parameter::number(
    "speed",
    "Speed",
    "The mean speed of the wind: 3 stirs leaves, 8 a coat, 17 is a gale. Faster is brighter; how loud it is the level says.",
    [0.5, 30.0, 7.0],
    "m/s",
);

const GUST: Parameter = Parameter::number(
    "gust",
    "Gusts",
    "How far the speed swings about its mean: 15 over the sea, 25 among houses, 35 in a city.",
    [0.0, 60.0, 18.0],
    "%",
);

const WHISTLE: Parameter = part(
    "whistle",
    "Whistle",
    "How much wires and edges sing, against the rush.",
    -18.0,
);

const HOWL: Parameter = part(
    "howl",
    "Howl",
    "How much gaps of doors and windows howl, against the rush.",
    -24.0,
);

const LEAVES: Parameter = part(
    "leaves",
    "Leaves",
    "How much leaves rustle, against the rush.",
    -60.0,
);

const RUMBLE: Parameter = Parameter::number(
    "rumble",
    "Rumble",
    "The wind's own push on the microphone below 80 Hz, against the rush.",
    [-60.0, 24.0, -60.0],
    "dB",
);

const WIDTH: Parameter = Parameter::number(
    "width",
    "Width",
    "How far apart the places are that a gust passes one after the other, from left to right.",
    [0.0, 40.0, 8.0],
    "m",
);

/// Samples in a frame of its noise: 85 ms at 48 kHz.
const FRAME: usize = 4096;

/// How gusts turn: frequencies in Hz and their weights, falling about as turbulence does over a decade
/// and a half (-5/3: A. N. Kolmogorov, 1941).
const GUSTS: [(f64, f64); 4] = [(0.04, 0.75), (0.15, 0.5), (0.5, 0.35), (1.4, 0.2)];

/// Thickness in metres, place from -1 left to 1 right, and sharpness of what whistles.
const WIRES: [(f64, f64, f64); 3] = [(0.0028, -0.7, 45.0), (0.0041, 0.5, 38.0), (0.0065, 0.1, 30.0)];

/// Pitch in Hz at 10 m/s, place and sharpness of what howls.
const GAPS: [(f64, f64, f64); 2] = [(240.0, -0.3, 28.0), (410.0, 0.6, 36.0)];

/// The most leaves that rustle in a second.
const RUSTLES: f64 = 1500.0;

fn build(setup: &Setup<'_>) -> Box<dyn Generate> {
    let (rate, seed) = (f64::from(setup.sample_rate), seed(setup));
    let shape = [&SPEED, &GUST, &WHISTLE, &HOWL, &RUMBLE, &WIDTH];
    let wind = Wind {
        rate,
        level: setup.number(&LEVEL),
        leaves: setup.number(&LEAVES),
        air: Air { shape: shape.map(|known| setup.number(known)), gusts: Wander::new(seed), rate },
        cloud: Cloud::new(seed, FRAME, rate),
        rustles: Events::new(seed, RUSTLES, rate),
    };
    Box::new(Woven::new(wind, 2))
}

#[derive(Debug)]
struct Wind {
    rate: f64,
    level: Automation,
    leaves: Automation,
    air: Air,
    cloud: Cloud,
    rustles: Events,
}

/// The moving air.
#[derive(Debug)]
struct Air {
    /// Speed, gusts, whistle, howl, rumble, width.
    shape: [Automation; 6],
    gusts: Wander,
    rate: f64,
}

impl Air {
    /// The speed in m/s at a sample, `place` from -1 left to 1 right: a gust goes by with the wind, and
    /// comes later on the right.
    fn speed(&self, sample: i64, place: f64) -> f64 {
        let [mean, gust, .., width] = &self.shape;
        let (mean, gust) = (mean.at(sample), gust.at(sample) / 100.0);
        let late = 0.5 * place * width.at(sample) / mean;
        let swing = self.gusts.layered(sample as f64 / self.rate - late, &GUSTS);
        mean * (1.0 + gust * swing).max(0.05)
    }
}

impl Weave for Wind {
    fn weave(&mut self, from: i64, out: &mut Samples) {
        let Self { air, cloud, .. } = self;
        cloud.add(from, out, &mut |centre, spectrum| air.paint(centre, spectrum));
        self.rustle(from, out);
        apply(&gains(&self.level, from, CELL), out);
    }
}

impl Air {
    /// A frame: the rush of each side at its own speed, and what sings.
    ///
    /// The power of what air makes in passing goes with the sixth power of its speed (a dipole: N. Curle,
    /// 1955), and a wire sings at 0.2 times speed over thickness (V. Strouhal, 1878).
    fn paint(&self, centre: i64, spectrum: &mut Spectrum) {
        let [mean, gust, whistle, howl, rumble, _] = &self.shape;
        let (mean, rumble) = (mean.at(centre), 10.0_f64.powf(0.1 * rumble.at(centre)));
        rush(spectrum, mean, [mean, mean], 0.0);
        let usual = spectrum.leveling() / swell(gust.at(centre) / 100.0);
        let sides = [-1.0, 1.0].map(|place| self.speed(centre, place));
        rush(spectrum, mean, sides, rumble);
        spectrum.scale(usual);
        let strength = |decibels: f64| loud(decibels);
        for (thick, place, q) in WIRES {
            let speed = self.speed(centre, place);
            let power = strength(whistle.at(centre)) * singing(speed, mean) / WIRES.len() as f64;
            line(spectrum, 0.2 * speed / thick, q, power, place);
        }
        for (pitch, place, q) in GAPS {
            let speed = self.speed(centre, place);
            let power = strength(howl.at(centre)) * singing(speed, mean) / GAPS.len() as f64;
            line(spectrum, pitch * (speed / 10.0).sqrt(), q, power, place);
        }
    }
}

/// What gusts add to the mean of the sixth power of the speed: its moments as a Gaussian's.
fn swell(gust: f64) -> f64 {
    let square = gust * gust * GUSTS.iter().map(|(_, weight)| weight * weight).sum::<f64>();
    1.0 + 15.0 * square + 45.0 * square * square + 15.0 * square * square * square
}

/// The mean square of both channels that so many dB against a rush of 0 LUFS are, near 1 kHz.
fn loud(decibels: f64) -> f64 {
    if decibels <= -60.0 { 0.0 } else { 0.5 * 10.0_f64.powf(0.1 * decibels) }
}

/// How much of its usual power sings at a speed: nothing up to half the mean, then as the square of the
/// excess.
fn singing(speed: f64, mean: f64) -> f64 {
    ((speed / mean - 0.5).max(0.0) * 2.0).powi(4).min(16.0)
}

/// The rush: noise below a frequency that rises with the speed, and the push on the microphone.
fn rush(spectrum: &mut Spectrum, mean: f64, sides: [f64; 2], rumble: f64) {
    let step = spectrum.step;
    for (power, speed) in spectrum.power.iter_mut().zip(sides) {
        let corner = (60.0 * speed).clamp(150.0, 2500.0);
        let strength = (speed / mean).powi(6);
        for (bin, power) in power.iter_mut().enumerate() {
            let frequency = bin as f64 * step;
            let low = 1.0 / (1.0 + (frequency / corner).powi(2));
            let high = 1.0 / (1.0 + (60.0 / frequency.max(1.0)).powi(4));
            let push = rumble / (1.0 + (frequency / 25.0).powi(3)) * (frequency / 12.0).min(1.0);
            *power = (strength * (low * high + 8.0 * push) * step) as f32;
        }
    }
    spectrum.join(|frequency| 0.6 / (1.0 + (frequency / 150.0).powi(2)));
}

/// Adds a tone of noise, of a mean square in both channels together.
fn line(spectrum: &mut Spectrum, frequency: f64, q: f64, power: f64, place: f64) {
    if power <= 0.0 {
        return;
    }
    let step = spectrum.step;
    let width = (frequency / q).max(2.0 * step);
    let angle = (place + 1.0) * std::f64::consts::FRAC_PI_4;
    let parts = [angle.cos().powi(2), angle.sin().powi(2)];
    let (first, last) = ((frequency - 6.0 * width) / step, (frequency + 6.0 * width) / step);
    let last = (last as usize).min(spectrum.power[0].len() - 1);
    let shape = |bin: usize| peak(bin as f64 * step, frequency, frequency / width).powi(2);
    let sum: f64 = (first.max(1.0) as usize..=last).map(shape).sum();
    for bin in first.max(1.0) as usize..=last {
        let part = power * shape(bin) / sum.max(1e-12);
        for (channel, share) in spectrum.power.iter_mut().zip(parts) {
            channel[bin] += (part * share) as f32;
        }
    }
}

impl Wind {
    /// Leaves: short bright bursts, the more and the louder the faster the air goes where they hang.
    fn rustle(&self, from: i64, out: &mut Samples) {
        let longest = (0.12 * self.rate) as i64;
        for event in self.rustles.between(from - longest, from + CELL as i64) {
            let sample = event.at as i64;
            let level = self.leaves.at(sample);
            let place = event.between(1, -1.0, 1.0);
            let Some(strength) = self.stirred(&event, sample, place, level) else { continue };
            let burst = leaf(&event, sample, strength);
            for (channel, share) in out.channels_mut().iter_mut().zip(sides(place)) {
                let burst = Burst { level: burst.level * share, ..burst };
                burst.add(from, self.rate, channel);
            }
        }
    }

    /// How loud a leaf is that may stir; `None` where it hangs still.
    fn stirred(&self, event: &Event, sample: i64, place: f64, level: f64) -> Option<f64> {
        if level <= -60.0 {
            return None;
        }
        let speed = self.air.speed(sample, place) / self.air.shape[0].at(sample);
        let kept = self.rustles.is_kept(event, 0.25 * RUSTLES * speed * speed);
        kept.then(|| 10.0_f64.powf(level / 20.0) * speed)
    }
}

fn leaf(event: &Event, sample: i64, strength: f64) -> Burst {
    Burst {
        at: sample,
        attack: event.between(2, 0.001, 0.006),
        decay: event.between(3, 0.003, 0.012),
        frequency: 1500.0 * 6.0_f64.powf(event.draw(4)),
        q: event.between(5, 1.0, 2.5),
        level: 0.28 * strength * event.draw(6).powi(2),
        chance: event.chance,
    }
}
