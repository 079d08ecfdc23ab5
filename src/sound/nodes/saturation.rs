//! Warmer, and dirtier: a curve that bends loud samples, at four times the rate.
//!
//! Bending makes overtones; those above half the rate would fold down as tones that have nothing to do
//! with the music. Computed four times as fast and filtered, they are gone.

use crate::signal::{Kind, Parameter};
use crate::sound::automation::Automation;
use crate::sound::kernel::kaiser_sinc;
use crate::sound::logarithm::{OCTAVE, exp2};
use crate::sound::node::{Block, Node, Outcome, Processor, Setup};
use crate::sound::quantum::{QUANTUM, Run};
use crate::sound::tail::{Sounding, Tail};
use std::f64::consts::LOG2_E;

pub(super) const NODE: Node = Node {
    id: "saturation",
    label: "Saturation",
    help: "Bends loud samples: soft like tape, uneven like a tube, or hard.",
    parameters: &[CURVE, DRIVE, LEVEL, MIX],
    sides: &[],
    build: |setup| Box::new(Saturation::new(setup)),
};

const CURVE: Parameter = Parameter {
    id: "curve",
    label: "Curve",
    help: "How it bends: tape both ways alike, tube one way more, hard as a clipper.",
    kind: Kind::Choice { options: &["tape", "tube", "hard"] },
};

const DRIVE: Parameter = Parameter {
    id: "drive",
    label: "Drive",
    help: "How far into the curve the sound is pushed.",
    kind: Kind::Number { least: 0.0, most: 36.0, default: 6.0, unit: "dB" },
};

const LEVEL: Parameter = Parameter {
    id: "level",
    label: "Level",
    help: "How loud it is afterwards; what is quiet keeps its level at 0.",
    kind: Kind::Number { least: -36.0, most: 12.0, default: 0.0, unit: "dB" },
};

const MIX: Parameter = Parameter {
    id: "mix",
    label: "Mix",
    help: "How much of what is heard is bent.",
    kind: Kind::Number { least: 0.0, most: 100.0, default: 100.0, unit: "%" },
};

const TIMES: usize = 4;
/// Samples from one set of values to the next.
const STEP: usize = 32;
/// Samples at the higher rate on either side of the middle of the filters: a multiple of [`TIMES`].
const HALF: usize = 96;
const LENGTH: usize = 2 * HALF + 1;
/// Samples, at the lower rate, that a phase of the filter reads.
const READ: usize = 2 * HALF / TIMES + 1;
/// Samples by which the two filters together are late.
const LATE: usize = 2 * HALF / TIMES;

#[derive(Debug)]
struct Saturation {
    curve: fn(f64) -> f64,
    drive: Automation,
    level: Automation,
    mix: Automation,
    taps: Box<[f32; LENGTH]>,
    channels: Vec<Channel>,
    tail: Tail,
}

#[derive(Debug, Clone)]
struct Channel {
    /// What was heard, at the lower rate.
    low: Vec<f32>,
    /// What was bent, at the higher rate.
    high: Vec<f32>,
}

/// The hyperbolic tangent.
fn tape(x: f64) -> f64 {
    let power = exp2(2.0 * LOG2_E * x.clamp(-20.0, 20.0));
    (power - 1.0) / (power + 1.0)
}

/// The same from a point off its middle: even overtones too.
fn tube(x: f64) -> f64 {
    const OFF: f64 = 0.35;
    let middle = tape(OFF);
    (tape(x * 0.9 + OFF) - middle) / ((1.0 - middle * middle) * 0.9)
}

fn hard(x: f64) -> f64 {
    x.clamp(-1.0, 1.0)
}

impl Saturation {
    fn new(setup: &Setup<'_>) -> Self {
        let curves: [fn(f64) -> f64; 3] = [tape, tube, hard];
        let half = HALF as f64 + 1.0;
        let tap = |index: usize| {
            kaiser_sinc(index as f64 - HALF as f64, half, 0.9 / TIMES as f64, 9.0) as f32
        };
        let channel = Channel {
            low: vec![0.0; READ - 1 + QUANTUM],
            high: vec![0.0; LENGTH - 1 + QUANTUM * TIMES],
        };
        Self {
            curve: curves[setup.choice(&CURVE)],
            drive: setup.number(&DRIVE),
            level: setup.number(&LEVEL),
            mix: setup.number(&MIX),
            taps: Box::new(std::array::from_fn(tap)),
            channels: vec![channel; setup.layout.channels()],
            tail: Tail::new(2 * LATE + READ),
        }
    }

    /// Drive, level and mix at a sample of the film.
    fn at(&self, sample: i64) -> [f64; 3] {
        let drive = exp2(DRIVE.held(self.drive.at(sample)) / OCTAVE);
        let level = exp2(LEVEL.held(self.level.at(sample)) / OCTAVE);
        [drive, level, MIX.held(self.mix.at(sample)) / 100.0]
    }
}

impl Channel {
    /// Takes a step up to the higher rate, behind what was there.
    fn raise(&mut self, run: &Run, taps: &[f32; LENGTH]) {
        self.low.copy_within(QUANTUM.., 0);
        self.low[READ - 1..].copy_from_slice(run);
        self.high.copy_within(QUANTUM * TIMES.., 0);
        let mut phase_out = [0.0_f32; QUANTUM];
        for phase in 0..TIMES {
            phase_out.fill(0.0);
            for (back, tap) in taps[phase..].iter().step_by(TIMES).enumerate() {
                let from = READ - 1 - back;
                for (sum, sample) in phase_out.iter_mut().zip(&self.low[from..from + QUANTUM]) {
                    *sum += sample * tap;
                }
            }
            let out = self.high[LENGTH - 1..].iter_mut().skip(phase).step_by(TIMES);
            out.zip(&phase_out).for_each(|(out, sample)| *out = sample * TIMES as f32);
        }
    }

    /// Brings the step that lies highest down to the lower rate.
    fn lower(&self, run: &mut Run, taps: &[f32; LENGTH]) {
        for (index, sample) in run.iter_mut().enumerate() {
            let window = &self.high[index * TIMES..index * TIMES + LENGTH];
            *sample = window.iter().zip(taps).map(|(sample, tap)| sample * tap).sum();
        }
    }
}

/// Bends the newest step of what lies at the higher rate, with values that go from one set to another.
fn bend(high: &mut [f32], curve: fn(f64) -> f64, from: [f64; 3], to: [f64; 3]) {
    let length = high.len() as f64;
    for (index, sample) in high.iter_mut().enumerate() {
        let part = (index as f64 + 1.0) / length;
        let [drive, level, mix] = [0, 1, 2].map(|at: usize| from[at] + (to[at] - from[at]) * part);
        let straight = f64::from(*sample);
        let bent = curve(straight * drive) / drive;
        *sample = ((straight + (bent - straight) * mix) * level) as f32;
    }
}

impl Processor for Saturation {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        match self.tail.hear(block.silent) {
            Sounding::Yes => {}
            Sounding::Ends => self.reset(),
            Sounding::No => return Outcome::Silent,
        }
        let steps = QUANTUM / STEP;
        let mut ends = [self.at(block.sample); QUANTUM / STEP + 1];
        for (step, end) in ends.iter_mut().enumerate().skip(1) {
            *end = self.at(block.sample + (step * STEP) as i64);
        }
        let (taps, curve) = (&self.taps, self.curve);
        for (channel, run) in self.channels.iter_mut().zip(block.channels.iter_mut()) {
            pulp::Arch::new().dispatch(|| {
                channel.raise(run, taps);
                let high = channel.high[LENGTH - 1..].chunks_exact_mut(STEP * TIMES);
                for (high, step) in high.zip(0..steps) {
                    bend(high, curve, ends[step], ends[step + 1]);
                }
                channel.lower(run, taps);
            });
        }
        Outcome::Written
    }

    fn latency(&self) -> usize {
        LATE
    }

    fn memory(&self) -> usize {
        self.tail.length()
    }

    fn reset(&mut self) {
        for channel in &mut self.channels {
            channel.low.fill(0.0);
            channel.high.fill(0.0);
        }
        self.tail.reset();
    }
}
