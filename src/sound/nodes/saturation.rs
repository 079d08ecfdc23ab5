//! Warmer, and dirtier: a curve that bends loud samples, at four times the rate.
//!
//! Bending makes overtones; those above half the rate would fold down as tones that have nothing to do
//! with the music. Computed four times as fast and filtered, they are gone.

use signal::wide;
use signal::{Kind, Parameter};
use crate::automation::Automation;
use crate::kernel::kaiser_sinc;
use crate::logarithm::{OCTAVE, exp2};
use crate::node::{Block, Node, Outcome, Processor, Setup};
use crate::quantum::{QUANTUM, Run, SILENCE};
use crate::tail::{Sounding, Tail};
use crate::tangent::tanh;
use crate::taps::{add_filtered, add_folded};

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
/// Samples before a step, at the lower rate, that the longest phase of the filter reads.
const READ: usize = 2 * HALF / TIMES;
/// Samples by which the two filters together are late.
const LATE: usize = 2 * HALF / TIMES;

#[derive(Debug)]
struct Saturation {
    curve: Curve,
    drive: Automation,
    level: Automation,
    mix: Automation,
    /// The filter's phases. The first and the third are equal backwards, and only half of each is here,
    /// its middle halved; the second is the fourth backwards.
    taps: [Vec<f32>; TIMES],
    channels: Vec<Channel>,
    tail: Tail,
}

#[derive(Debug, Clone, Copy)]
enum Curve {
    Tape,
    Tube,
    Hard,
}

#[derive(Debug, Clone)]
struct Channel {
    /// What was heard, at the lower rate.
    low: [f32; READ + QUANTUM],
    /// What was bent, at the higher rate: every fourth sample in a row of its own.
    high: [[f32; READ + QUANTUM]; TIMES],
}

/// The tangent from a point off its middle, for even overtones too, by its addition theorem, so that what
/// is quiet is as exact as what is loud.
#[inline(always)]
fn tube(x: f32) -> f32 {
    /// The tangent of 0.35.
    const MIDDLE: f32 = 0.336_375_54;
    let t = tanh(x * 0.9);
    t / (0.9 + (0.9 * MIDDLE) * t)
}

impl Saturation {
    fn new(setup: &Setup<'_>) -> Self {
        let curves = [Curve::Tape, Curve::Tube, Curve::Hard];
        let half = HALF as f64 + 1.0;
        let tap = |index: usize| {
            kaiser_sinc(index as f64 - HALF as f64, half, 0.9 / TIMES as f64, 9.0) as f32
        };
        let all: [f32; LENGTH] = std::array::from_fn(tap);
        let mut taps = std::array::from_fn(|phase: usize| {
            all[phase..].iter().step_by(TIMES).copied().collect::<Vec<f32>>()
        });
        taps[0].truncate(READ / 2 + 1);
        taps[0][READ / 2] *= 0.5;
        taps[2].truncate(READ / 2);
        let channel =
            Channel { low: [0.0; READ + QUANTUM], high: [[0.0; READ + QUANTUM]; TIMES] };
        Self {
            curve: curves[setup.choice(&CURVE)],
            drive: setup.number(&DRIVE),
            level: setup.number(&LEVEL),
            mix: setup.number(&MIX),
            taps,
            channels: vec![channel; setup.layout.channels()],
            tail: Tail::new(2 * LATE + READ + 1),
        }
    }

    /// Drive, level and mix at a sample of the film.
    fn at(&self, sample: i64) -> [f32; 3] {
        let drive = exp2(DRIVE.held(self.drive.at(sample)) / OCTAVE);
        let level = exp2(LEVEL.held(self.level.at(sample)) / OCTAVE);
        [drive as f32, level as f32, (MIX.held(self.mix.at(sample)) / 100.0) as f32]
    }
}

impl Channel {
    /// Takes a step up to the higher rate, behind what was there.
    #[inline(always)]
    fn raise(&mut self, run: &Run, taps: &[Vec<f32>; TIMES]) {
        self.low.copy_within(QUANTUM.., 0);
        self.low[READ..].copy_from_slice(run);
        let (long, short) = (&self.low[..], &self.low[1..]);
        let mut out = [SILENCE; TIMES];
        add_folded(&taps[0], READ, (long, long), &mut out[0]);
        add_filtered(&taps[3], short, &mut out[1]);
        add_folded(&taps[2], READ - 1, (short, short), &mut out[2]);
        add_filtered(&taps[1], short, &mut out[3]);
        for (row, out) in self.high.iter_mut().zip(&out) {
            row.copy_within(QUANTUM.., 0);
            row[READ..].iter_mut().zip(out).for_each(|(to, from)| *to = from * TIMES as f32);
        }
    }

    /// Bends the newest step of what lies at the higher rate.
    #[inline(always)]
    fn bend(&mut self, ends: &Ends, curve: impl Fn(f32) -> f32 + Copy) {
        for (phase, row) in self.high.iter_mut().enumerate() {
            let pieces = row[READ..].chunks_exact_mut(STEP);
            for (piece, ends) in pieces.zip(ends.windows(2)) {
                bend(piece, phase, curve, ends[0], ends[1]);
            }
        }
    }

    /// Brings the step that lies highest down to the lower rate.
    #[inline(always)]
    fn lower(&self, run: &mut Run, taps: &[Vec<f32>; TIMES]) {
        let [first, second, third, fourth] = &self.high;
        *run = SILENCE;
        add_folded(&taps[0], READ, (first, first), run);
        add_folded(&taps[1], READ - 1, (second, fourth), run);
        add_folded(&taps[2], READ - 1, (third, third), run);
    }
}

/// Drive, level and mix every [`STEP`] samples.
type Ends = [[f32; 3]; QUANTUM / STEP + 1];

/// Bends one phase of what lies at the higher rate, with values that go from one set to another.
#[inline(always)]
fn bend(
    piece: &mut [f32],
    phase: usize,
    curve: impl Fn(f32) -> f32,
    from: [f32; 3],
    to: [f32; 3],
) {
    let by: [f32; 3] = std::array::from_fn(|at| to[at] - from[at]);
    for (index, sample) in piece.iter_mut().enumerate() {
        let part = (index * TIMES + phase + 1) as f32 / (STEP * TIMES) as f32;
        let [drive, level, mix] = [0, 1, 2].map(|at: usize| from[at] + by[at] * part);
        let bent = curve(*sample * drive) / drive;
        *sample = (*sample + (bent - *sample) * mix) * level;
    }
}

impl Processor for Saturation {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        match self.tail.hear(block.silent) {
            Sounding::Yes => {}
            Sounding::Ends => self.reset(),
            Sounding::No => return Outcome::Silent,
        }
        let mut ends: Ends = [self.at(block.sample); QUANTUM / STEP + 1];
        for (step, end) in ends.iter_mut().enumerate().skip(1) {
            *end = self.at(block.sample + (step * STEP) as i64);
        }
        let taps = &self.taps;
        for (channel, run) in self.channels.iter_mut().zip(block.channels.iter_mut()) {
            wide(#[inline(always)] || {
                channel.raise(run, taps);
                match self.curve {
                    Curve::Tape => channel.bend(&ends, tanh),
                    Curve::Tube => channel.bend(&ends, tube),
                    Curve::Hard => channel.bend(&ends, |x| x.clamp(-1.0, 1.0)),
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
            channel.high.as_flattened_mut().fill(0.0);
        }
        self.tail.reset();
    }
}
