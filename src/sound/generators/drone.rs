//! A drone: a low tone of many voices that slowly beat.

use super::{Generate, Generator, SEED, gains, part, seed, strength};
use signal::{Parameter, Samples};
use crate::automation::Automation;
use crate::node::Setup;
use crate::texture::{
    CELL, Canvas, Cloud, Spectrum, Wander, Weave, Woven, add_sine, apply, peak,
};

pub(super) const GENERATOR: Generator = Generator {
    id: "drone",
    label: "Drone",
    help: "A low tone that never moves and is never still: voices that beat, a sub below, breath above.",
    parameters: &[LEVEL, PITCH, BRIGHTNESS, DETUNE, MOTION, SUB, AIR, SEED],
    channels: 2,
    build,
};

const LEVEL: Parameter =
    Parameter::number("level", "Level", "Its level, against full scale.", [-120.0, 0.0, -30.0], "dB");

const PITCH: Parameter =
    Parameter::number("pitch", "Pitch", "Its lowest voice but the sub.", [20.0, 400.0, 55.0], "Hz");

const BRIGHTNESS: Parameter = Parameter::number(
    "brightness",
    "Brightness",
    "How far up its voices reach.",
    [0.0, 100.0, 35.0],
    "%",
);

const DETUNE: Parameter = Parameter::setting(
    "detune",
    "Detune",
    "How far voices of one pitch are apart: how fast they beat.",
    [0.0, 50.0, 6.0],
    "ct",
);

const MOTION: Parameter =
    Parameter::number("motion", "Motion", "How far voices come and go.", [0.0, 100.0, 50.0], "%");

const SUB: Parameter = part("sub", "Sub", "A sine an octave below.", -6.0);

const AIR: Parameter = part("air", "Air", "Breath around its voices.", -18.0);

/// Samples in a frame of its noise: 170 ms at 48 kHz.
const FRAME: usize = 8192;

/// How many times the pitch each voice is, twice over.
const VOICES: [f64; 8] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 9.0];

fn build(setup: &Setup<'_>) -> Box<dyn Generate> {
    let (rate, seed) = (f64::from(setup.sample_rate), seed(setup));
    let drone = Drone {
        rate,
        level: setup.number(&LEVEL),
        pitch: setup.number(&PITCH),
        detune: setup.fixed(&DETUNE),
        shape: [&BRIGHTNESS, &MOTION, &SUB, &AIR].map(|known| setup.number(known)),
        wander: Wander::new(seed),
        cloud: Cloud::new(seed, FRAME, rate),
        canvas: Canvas::new(FRAME, rate),
    };
    Box::new(Woven::new(drone, 2))
}

#[derive(Debug)]
struct Drone {
    rate: f64,
    level: Automation,
    pitch: Automation,
    detune: f64,
    /// Brightness, motion, sub, air.
    shape: [Automation; 4],
    wander: Wander,
    cloud: Cloud,
    canvas: Canvas<1>,
}

impl Weave for Drone {
    fn weave(&mut self, from: i64, out: &mut Samples) {
        let [brightness, motion, sub, _] = self.shape.each_ref().map(|value| value.at(from));
        let Self { pitch, canvas, shape, .. } = self;
        self.cloud.add(from, out, &mut |centre, spectrum| {
            let pitch = pitch.at(centre);
            canvas.show([pitch], spectrum, |spectrum| breathe(spectrum, pitch));
            spectrum.scale(strength(shape[3].at(centre)).powi(2));
        });
        for (number, times) in VOICES.into_iter().enumerate() {
            let height = times.powf(-1.0 - 2.0 * (1.0 - brightness / 100.0));
            for side in 0..2 {
                self.voice(from, (number, side), times, 0.5 * height, motion / 100.0, out);
            }
        }
        self.voice(from, (9, 0), 0.5, strength(sub), 0.0, out);
        self.voice(from, (9, 1), 0.5, strength(sub), 0.0, out);
        apply(&gains(&self.level, from, CELL), out);
    }
}

impl Drone {
    /// One voice: nearer to one side, a little off its pitch, coming and going.
    fn voice(
        &self,
        from: i64,
        (number, side): (usize, usize),
        times: f64,
        height: f64,
        motion: f64,
        out: &mut Samples,
    ) {
        let sign = if side == 0 { -0.5 } else { 0.5 };
        let off = if times < 1.0 { 1.0 } else { (sign * self.detune / 1200.0).exp2() };
        let lane = 1000.0 * (2 * number + side) as f64;
        let seconds = from as f64 / self.rate;
        let swing = |seconds: f64| 10.0_f64.powf(0.3 * motion * self.wander.at(0.2 * seconds + lane));
        let level = 0.7 * height * swing(seconds);
        let next = 0.7 * height * swing(seconds + CELL as f64 / self.rate);
        let turns = |seconds: f64| {
            let sample = (seconds * self.rate).round() as i64;
            times * off * self.pitch.area(sample) / self.rate + 0.31 * lane
        };
        let mut line = vec![0.0; CELL];
        add_sine(from, self.rate, 1.0, turns, &mut line);
        let near = if side == 0 { [1.0, 0.4] } else { [0.4, 1.0] };
        for (channel, share) in out.channels_mut().iter_mut().zip(near) {
            for (index, (sample, line)) in channel.iter_mut().zip(&line).enumerate() {
                let part = index as f64 / CELL as f64;
                *sample += *line * (share * (level + (next - level) * part)) as f32;
            }
        }
    }
}

/// Breath at the voices' pitches.
fn breathe(spectrum: &mut Spectrum, pitch: f64) {
    spectrum.paint(|frequency| {
        VOICES.iter().map(|times| peak(frequency, pitch * times, 12.0) / times).sum()
    });
    let sum = spectrum.mean_square(0).max(1e-12);
    spectrum.scale(1.0 / sum);
}
