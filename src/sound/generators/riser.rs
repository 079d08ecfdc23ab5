//! A riser: tension that builds up to a moment, and stops there.

use super::{Generate, Generator, SEED, gains, part, seed, strength};
use signal::{Parameter, Samples};
use crate::automation::Automation;
use crate::node::Setup;
use crate::texture::{CELL, Cloud, Spectrum, Weave, Woven, add_sine, apply, peak};

pub(super) const GENERATOR: Generator = Generator {
    id: "riser",
    label: "Riser",
    help: "Noise and tones that climb for a while, and stop on the frame that they lead to.",
    parameters: &[LEVEL, LENGTH, FROM, RISE, TONE, TREMOLO, SEED],
    channels: 2,
    build,
};

const LEVEL: Parameter =
    Parameter::number("level", "Level", "Its level at the end.", [-120.0, 0.0, -18.0], "dB");

const LENGTH: Parameter =
    Parameter::setting("length", "Length", "How long it climbs.", [0.2, 60.0, 4.0], "s");

const FROM: Parameter =
    Parameter::setting("from", "From", "Where it begins to climb.", [40.0, 4000.0, 160.0], "Hz");

const RISE: Parameter = Parameter::setting("rise", "Rise", "How far it climbs.", [0.0, 6.0, 3.0], "oct");

const TONE: Parameter = part("tone", "Tone", "How loud its tones are, against the noise.", -6.0);

const TREMOLO: Parameter = Parameter::number(
    "tremolo",
    "Tremolo",
    "How deep it trembles, faster and faster.",
    [0.0, 100.0, 30.0],
    "%",
);

/// Samples in a frame of its noise: 21 ms at 48 kHz.
const FRAME: usize = 1024;

/// Tones that climb together: fifths and octaves, a little off.
const TONES: [(f64, f64); 4] = [(1.0, 1.0), (1.004, 0.8), (1.5, 0.5), (2.006, 0.35)];

fn build(setup: &Setup<'_>) -> Box<dyn Generate> {
    let rate = f64::from(setup.sample_rate);
    let climb = Climb {
        length: setup.fixed(&LENGTH),
        from: setup.fixed(&FROM),
        rise: setup.fixed(&RISE),
    };
    let riser = Riser {
        rate,
        climb,
        level: setup.number(&LEVEL),
        tone: setup.number(&TONE),
        tremolo: setup.number(&TREMOLO),
        cloud: Cloud::new(seed(setup), FRAME, rate),
    };
    Box::new(Woven::new(riser, 2))
}

/// How it climbs: evenly in octaves.
#[derive(Debug, Clone, Copy)]
struct Climb {
    length: f64,
    from: f64,
    rise: f64,
}

impl Climb {
    fn part(self, seconds: f64) -> f64 {
        (seconds / self.length).clamp(0.0, 1.0)
    }

    fn pitch(self, seconds: f64) -> f64 {
        self.from * (self.rise * self.part(seconds)).exp2()
    }

    /// How often a sine of its pitch has gone round.
    fn turns(self, seconds: f64) -> f64 {
        let within = seconds.clamp(0.0, self.length);
        let speed = self.rise * std::f64::consts::LN_2 / self.length;
        let whole = if speed.abs() < 1e-9 { within } else { (speed * within).exp_m1() / speed };
        self.from * whole
    }

    /// The factor at a time: from -40 dB up to 1, then nothing; it takes 2 ms to stop.
    fn height(self, seconds: f64) -> f64 {
        let stop = ((self.length - seconds) / 0.002).clamp(0.0, 1.0);
        let start = (seconds / 0.02).clamp(0.0, 1.0);
        start * stop * 10.0_f64.powf(-2.0 * (1.0 - self.part(seconds)))
    }

    /// How often it has trembled: from 2 to 16 times a second.
    fn trembled(self, seconds: f64) -> f64 {
        let within = seconds.clamp(0.0, self.length);
        2.0 * within + 7.0 * within * within / self.length
    }
}

#[derive(Debug)]
struct Riser {
    rate: f64,
    climb: Climb,
    level: Automation,
    tone: Automation,
    tremolo: Automation,
    cloud: Cloud,
}

impl Weave for Riser {
    fn weave(&mut self, from: i64, out: &mut Samples) {
        let seconds = |sample: i64| sample as f64 / self.rate;
        if seconds(from) > self.climb.length || seconds(from + CELL as i64) < 0.0 {
            return;
        }
        let climb = self.climb;
        let rate = self.rate;
        self.cloud.add(from, out, &mut |centre, spectrum| {
            paint(spectrum, climb.pitch(centre as f64 / rate));
        });
        let mut tones = vec![0.0; CELL];
        for (times, height) in TONES {
            add_sine(from, rate, 0.8 * height, |seconds| times * climb.turns(seconds), &mut tones);
        }
        self.shape(from, &tones, out);
        apply(&gains(&self.level, from, CELL), out);
    }
}

impl Riser {
    /// Adds the tones, and brings all of it to its height, sample by sample.
    fn shape(&self, from: i64, tones: &[f32], out: &mut Samples) {
        for (index, tone) in tones.iter().enumerate() {
            let sample = from + index as i64;
            let seconds = sample as f64 / self.rate;
            let share = strength(self.tone.at(sample)) as f32;
            let turn = self.climb.trembled(seconds).fract() * std::f64::consts::TAU;
            let depth = self.tremolo.at(sample) / 200.0;
            let height = self.climb.height(seconds) * (1.0 - depth + depth * turn.cos());
            for channel in out.channels_mut() {
                channel[index] = (channel[index] + share * tone) * height as f32;
            }
        }
    }
}

fn paint(spectrum: &mut Spectrum, pitch: f64) {
    spectrum.paint(|frequency| peak(frequency, 4.0 * pitch, 0.9));
    let sum = spectrum.mean_square(0).max(1e-12);
    spectrum.scale(0.3 / sum);
    spectrum.together.fill(0.2);
}
