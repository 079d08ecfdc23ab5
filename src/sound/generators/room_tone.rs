//! The tone of a room in which nothing happens.

use super::{Generate, Generator, SEED, gains, level, seed};
use signal::{Parameter, Samples};
use crate::automation::Automation;
use crate::node::Setup;
use crate::texture::{
    CELL, Canvas, Cloud, Spectrum, Wander, Weave, Woven, add_sine, apply, peak,
};

pub(super) const GENERATOR: Generator = Generator {
    id: "room_tone",
    label: "Room tone",
    help: "The tone of an empty room: its rumble and modes, ventilation, mains hum, a window, and the hiss of the microphone.",
    parameters: &[LEVEL, SIZE, SLOPE, HISS, VENTILATION, HUM, MAINS, WINDOW, SEED],
    channels: 2,
    build,
};

const LEVEL: Parameter = level(-56.0);

const SIZE: Parameter = Parameter::number(
    "size",
    "Size",
    "The length of the room: where its modes lie.",
    [2.0, 60.0, 5.0],
    "m",
);

const SLOPE: Parameter = Parameter::number(
    "slope",
    "Slope",
    "How its density falls from 31.5 Hz to 4 kHz: 8 is the room that nobody notices, less is brighter.",
    [3.0, 12.0, 8.0],
    "dB/oct",
);

const HISS: Parameter = Parameter::number(
    "hiss",
    "Hiss",
    "The density of the microphone's own noise, against that of the room at 1 kHz.",
    [-60.0, 12.0, -14.0],
    "dB",
);

const VENTILATION: Parameter = Parameter::number(
    "ventilation",
    "Ventilation",
    "How far the air in the ducts stands out of the room's density, about 80 to 250 Hz.",
    [0.0, 24.0, 4.0],
    "dB",
);

const HUM: Parameter = Parameter::number(
    "hum",
    "Hum",
    "The level of the strongest line of mains hum, against full scale.",
    [-120.0, -20.0, -90.0],
    "dB",
);

const MAINS: Parameter = Parameter::setting(
    "mains",
    "Mains",
    "The frequency of the mains.",
    [40.0, 70.0, 50.0],
    "Hz",
);

const WINDOW: Parameter = Parameter::number(
    "window",
    "Window",
    "How far a window on a city is open.",
    [0.0, 100.0, 0.0],
    "%",
);

/// Samples in a frame of its noise: 170 ms at 48 kHz.
const FRAME: usize = 8192;

/// The lines of mains hum: how many times the mains frequency, and dB against the strongest.
const LINES: [(f64, f64); 6] =
    [(1.0, -8.0), (2.0, 0.0), (3.0, -10.0), (4.0, -6.0), (6.0, -12.0), (8.0, -18.0)];

fn build(setup: &Setup<'_>) -> Box<dyn Generate> {
    let (rate, seed) = (f64::from(setup.sample_rate), seed(setup));
    let tone = RoomTone {
        rate,
        level: setup.number(&LEVEL),
        shape: [&SIZE, &SLOPE, &HISS, &VENTILATION, &WINDOW].map(|known| setup.number(known)),
        hum: setup.number(&HUM),
        mains: setup.fixed(&MAINS),
        wander: Wander::new(seed),
        cloud: Cloud::new(seed, FRAME, rate),
        canvas: Canvas::new(FRAME, rate),
    };
    Box::new(Woven::new(tone, 2))
}

#[derive(Debug)]
struct RoomTone {
    rate: f64,
    level: Automation,
    shape: [Automation; 5],
    hum: Automation,
    mains: f64,
    wander: Wander,
    cloud: Cloud,
    canvas: Canvas<5>,
}

impl Weave for RoomTone {
    fn weave(&mut self, from: i64, out: &mut Samples) {
        let Self { shape, wander, cloud, canvas, rate, .. } = self;
        cloud.add(from, out, &mut |centre, spectrum| {
            let values = shape.each_ref().map(|value| value.at(centre));
            canvas.show(values, spectrum, |spectrum| paint(spectrum, values));
            let seconds = centre as f64 / *rate;
            spectrum.scale(10.0_f64.powf(0.05 * wander.layered(seconds, &[(0.05, 0.5), (0.2, 0.5)])));
        });
        apply(&gains(&self.level, from, CELL), out);
        self.add_hum(from, out);
    }
}

impl RoomTone {
    /// The lines of the mains, the same in both channels; the frequency of the mains drifts by a few
    /// hundredths of a hertz.
    fn add_hum(&self, from: i64, out: &mut Samples) {
        let hum = gains(&self.hum, from, CELL);
        if hum.iter().all(|gain| *gain < 1e-6) {
            return;
        }
        let mut lines = vec![0.0; CELL];
        for (times, decibels) in LINES {
            let level = 10.0_f64.powf(decibels / 20.0);
            let turns = |seconds: f64| {
                let drift = 0.1 * self.wander.at(0.04 * seconds);
                times * (self.mains * seconds + drift) + 0.13 * times * times
            };
            add_sine(from, self.rate, level, turns, &mut lines);
        }
        for channel in out.channels_mut() {
            for ((sample, line), gain) in channel.iter_mut().zip(&lines).zip(&hum) {
                *sample += line * gain;
            }
        }
    }
}

/// A room's noise: the slope of a neutral room (room criteria curves fall 5 dB an octave in octave bands:
/// W. E. Blazier, Noise Control Engineering 16(2), 1981; that is 8 dB in density), flat below 31.5 Hz and
/// gone below 20, its axial modes, what ducts add, what comes in by the window, and the microphone's floor.
fn paint(spectrum: &mut Spectrum, [size, slope, hiss, ventilation, window]: [f64; 5]) {
    let at = |frequency: f64| {
        let octaves = (frequency.clamp(31.5, 16_000.0) / 1000.0).log2();
        let below = (frequency / 20.0).min(1.0).powi(4);
        below * 10.0_f64.powf(-0.1 * slope * octaves)
    };
    let floor = 10.0_f64.powf(0.1 * hiss);
    let open = (window / 100.0).powi(2);
    spectrum.paint(|frequency| {
        let room = at(frequency) * (1.0 + modes(frequency, size) + ducts(frequency, ventilation));
        room + floor + open * city(frequency)
    });
    spectrum.join_diffuse(0.2);
    spectrum.scale(spectrum.leveling());
}

/// What the axial modes of a room of usual proportions add, as a part of its density: 3 to 6 dB, with a
/// Q of 10 (P. M. Morse and R. H. Bolt, Sound Waves in Rooms, Rev. Mod. Phys. 16(2), 1944).
fn modes(frequency: f64, size: f64) -> f64 {
    let along = |length: f64| {
        let first = 343.0 / (2.0 * length);
        (1..=3).map(|order| peak(frequency, first * f64::from(order), 10.0)).sum::<f64>()
    };
    2.0 * along(size) + 1.5 * along(0.8 * size) + along((0.52 * size).min(6.0))
}

/// What the air in ducts adds, as a part of the room's density, `decibels` at its resonances.
fn ducts(frequency: f64, decibels: f64) -> f64 {
    let more = 10.0_f64.powf(0.1 * decibels) - 1.0;
    more * [(92.0, 3.0), (138.0, 5.0), (210.0, 2.5)]
        .map(|(middle, q)| peak(frequency, middle, q))
        .iter()
        .sum::<f64>()
}

/// A city through an open window, against the room's density at 1 kHz.
fn city(frequency: f64) -> f64 {
    let low = 1.0 / (1.0 + (frequency / 800.0).powi(3));
    let high = 1.0 / (1.0 + (50.0 / frequency.max(1.0)).powi(4));
    200.0 * 1000.0 / frequency.max(20.0) * low * high
}
