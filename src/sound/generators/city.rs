//! The hum of a city: everything at once, from far.

use super::{Generate, Generator, SEED, gains, level, part, seed, strength};
use signal::{Parameter, Samples};
use crate::automation::Automation;
use crate::node::Setup;
use crate::texture::{
    CELL, Canvas, Cloud, Spectrum, Wander, Weave, Woven, add_sine, apply, peak,
};

pub(super) const GENERATOR: Generator = Generator {
    id: "city",
    label: "City hum",
    help: "A city from far: the rush of all its roads, plant on roofs, transformers.",
    parameters: &[LEVEL, HEIGHT, BUSTLE, PLANT, TRANSFORMERS, MAINS, SEED],
    channels: 2,
    build,
};

const LEVEL: Parameter = level(-46.0);

const HEIGHT: Parameter = Parameter::number(
    "height",
    "Height",
    "How high above the streets one listens: higher is duller and steadier.",
    [0.0, 200.0, 30.0],
    "m",
);

const BUSTLE: Parameter = Parameter::number(
    "bustle",
    "Bustle",
    "How much it comes and goes: 0 is the dead of night, 100 the rush hour.",
    [0.0, 100.0, 40.0],
    "%",
);

const PLANT: Parameter =
    part("plant", "Plant", "How loud ventilators on roofs are, against the rush.", -8.0);

const TRANSFORMERS: Parameter =
    part("transformers", "Transformers", "How loud transformers hum, against the rush.", -25.0);

const MAINS: Parameter =
    Parameter::setting("mains", "Mains", "The frequency of the mains.", [40.0, 70.0, 50.0], "Hz");

/// Samples in a frame of its noise: 170 ms at 48 kHz.
const FRAME: usize = 8192;

/// Plant: its resonance in Hz, and how often in a second it swells.
const UNITS: [(f64, f64); 4] = [(112.0, 0.11), (167.0, 0.17), (238.0, 0.23), (371.0, 0.29)];

fn build(setup: &Setup<'_>) -> Box<dyn Generate> {
    let (rate, seed) = (f64::from(setup.sample_rate), seed(setup));
    let city = City {
        rate,
        level: setup.number(&LEVEL),
        height: setup.number(&HEIGHT),
        bustle: setup.number(&BUSTLE),
        plant: setup.number(&PLANT),
        transformers: setup.number(&TRANSFORMERS),
        mains: setup.fixed(&MAINS),
        wander: Wander::new(seed),
        cloud: Cloud::new(seed, FRAME, rate),
        canvas: Canvas::new(FRAME, rate),
        units: [(); 4].map(|()| Canvas::new(FRAME, rate)),
    };
    Box::new(Woven::new(city, 2))
}

#[derive(Debug)]
struct City {
    rate: f64,
    level: Automation,
    height: Automation,
    bustle: Automation,
    plant: Automation,
    transformers: Automation,
    mains: f64,
    wander: Wander,
    cloud: Cloud,
    canvas: Canvas<1>,
    units: [Canvas<0>; 4],
}

impl Weave for City {
    fn weave(&mut self, from: i64, out: &mut Samples) {
        self.rush(from, out);
        self.hum(from, out);
        apply(&gains(&self.level, from, CELL), out);
    }
}

impl City {
    fn rush(&mut self, from: i64, out: &mut Samples) {
        let Self { rate, height, bustle, plant, wander, canvas, units, .. } = self;
        self.cloud.add(from, out, &mut |centre, spectrum| {
            let height = height.at(centre);
            canvas.show([height], spectrum, |spectrum| paint(spectrum, height));
            let seconds = centre as f64 / *rate;
            let swing = bustle.at(centre) / 100.0 * 30.0 / (30.0 + height);
            let drift = swing * wander.layered(seconds, &[(0.015, 2.5), (0.06, 2.5), (0.25, 1.5)]);
            spectrum.scale(10.0_f64.powf(0.1 * drift));
            let share = strength(plant.at(centre)).powi(2) / UNITS.len() as f64;
            for (number, (unit, canvas)) in UNITS.iter().zip(units.iter_mut()).enumerate() {
                let turn = std::f64::consts::TAU * (unit.1 * seconds + 0.29 * number as f64);
                let factor = share * (1.0 + 0.3 * turn.sin());
                canvas.add([], factor, spectrum, |spectrum| resound(spectrum, unit.0));
            }
        });
    }

    /// Transformers stand at twice the mains and its multiples, and beat against each other.
    fn hum(&self, from: i64, out: &mut Samples) {
        let mut lines = vec![0.0; CELL];
        for (number, (times, height)) in
            [(2.0, 1.0), (4.0, 0.5), (6.0, 0.2), (2.0, 0.6)].into_iter().enumerate()
        {
            let off = 0.004 * number as f64;
            let turns = |seconds: f64| {
                times * (self.mains + off) * seconds + 0.2 * self.wander.at(0.05 * seconds)
            };
            add_sine(from, self.rate, height, turns, &mut lines);
        }
        for channel in out.channels_mut() {
            for (index, (sample, line)) in channel.iter_mut().zip(&lines).enumerate() {
                let share = strength(self.transformers.at(from + index as i64 / 64 * 64));
                *sample += line * share as f32;
            }
        }
    }
}

/// Roads from far: noise that falls 3 dB an octave, and 9 above a corner that falls with the height.
fn paint(spectrum: &mut Spectrum, height: f64) {
    let corner = 900.0 / (1.0 + height / 120.0);
    spectrum.paint(|frequency| {
        let frequency = frequency.max(10.0);
        let below = (frequency / 35.0).min(1.0).powi(4);
        below * 1000.0 / frequency / (1.0 + (frequency / corner).powi(2))
    });
    spectrum.scale(spectrum.leveling());
    spectrum.join_diffuse(1.0);
}

/// A ventilator's noise at 0 LUFS.
fn resound(spectrum: &mut Spectrum, middle: f64) {
    spectrum.paint(|frequency| peak(frequency, middle, 3.0));
    spectrum.scale(spectrum.leveling());
}
