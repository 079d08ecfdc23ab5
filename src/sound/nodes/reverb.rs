//! A room made of echoes: sixteen delays that feed each other (J.-M. Jot and A. Chaigne, Digital Delay
//! Networks for Designing Artificial Reverberators, AES 90, 1991).
//!
//! What comes in is smeared by all-passes first, so that the tail is dense from its beginning. Each delay
//! loses what its length owes to the decay, high frequencies more; a Hadamard matrix spreads what is left
//! over all of them. Every delay is longer than a step: a step is computed at once.

use signal::wide;
use signal::{Kind, Parameter};
use crate::automation::Automation;
use crate::blend::blend;
use crate::filter::{Bank, Biquad, Corner, Section};
use crate::line::Line;
use crate::node::{Block, Node, Outcome, Processor, Setup};
use crate::quantum::{QUANTUM, Run, SILENCE};
use crate::tail::{Sounding, Tail};
use std::f64::consts::TAU;

pub(super) const NODE: Node = Node {
    id: "reverb",
    label: "Reverb",
    help: "A room made of echoes: its size, its decay, and how dark it is.",
    parameters: &[DECAY, SIZE, DAMPING, PRE_DELAY, LOW_CUT, MIX],
    sides: &[],
    build: |setup| Box::new(Reverb::new(setup)),
};

const DECAY: Parameter = Parameter {
    id: "decay",
    label: "Decay",
    help: "How long the room takes to fall by 60 dB below 1 kHz.",
    kind: Kind::Setting { least: 0.1, most: 10.0, default: 1.2, unit: "s" },
};

const SIZE: Parameter = Parameter {
    id: "size",
    label: "Size",
    help: "How long sound flies between two walls, on average.",
    kind: Kind::Setting { least: 2.0, most: 40.0, default: 8.0, unit: "m" },
};

const DAMPING: Parameter = Parameter {
    id: "damping",
    label: "Damping",
    help: "How much shorter the decay is at 8 kHz.",
    kind: Kind::Setting { least: 0.0, most: 90.0, default: 50.0, unit: "%" },
};

const PRE_DELAY: Parameter = Parameter {
    id: "pre_delay",
    label: "Pre-delay",
    help: "From the sound to the room's first answer.",
    kind: Kind::Setting { least: 0.0, most: 250.0, default: 12.0, unit: "ms" },
};

const LOW_CUT: Parameter = Parameter {
    id: "low_cut",
    label: "Low cut",
    help: "Below what the room is not excited, at 12 dB an octave.",
    kind: Kind::Setting { least: 20.0, most: 1000.0, default: 80.0, unit: "Hz" },
};

const MIX: Parameter = Parameter {
    id: "mix",
    label: "Mix",
    help: "How much of what is heard is the room; 100 on a bus that is sent to.",
    kind: Kind::Number { least: 0.0, most: 100.0, default: 25.0, unit: "%" },
};

const LINES: usize = 16;
const DIFFUSERS: usize = 4;
/// The speed of sound in metres a second, at 20 degrees.
const SPEED: f64 = 343.0;
/// Where the damping is stated.
const HIGH: f64 = 8000.0;
/// Lengths of the delays beside their mean: no two in a simple ratio, a little more than an octave.
const SPREAD: [f64; LINES] = [
    0.617, 0.659, 0.701, 0.751, 0.797, 0.839, 0.887, 0.941, 0.997, 1.049, 1.103, 1.163, 1.217,
    1.277, 1.361, 1.423,
];
/// Lengths of the all-passes, in seconds: for the even channels, and the odd ones.
const SMEAR: [[f64; DIFFUSERS]; 2] =
    [[0.00477, 0.00359, 0.00913, 0.00671], [0.00503, 0.00383, 0.00871, 0.00709]];
const SMEARING: f32 = 0.62;

/// One of the delays, and what it loses.
#[derive(Debug)]
struct Path {
    line: Line,
    gain: f32,
    pole: f32,
    held: f32,
}

impl Path {
    fn new(length: usize, decay: f64, damping: f64, rate: f64) -> Self {
        let factor = |decay: f64| 10.0_f64.powf(-3.0 * length as f64 / (decay * rate));
        let low = factor(decay);
        let high = factor(decay * (1.0 - damping));
        let pole = pole((high / low).powi(2), (HIGH / rate).min(0.45) * TAU);
        Self {
            line: Line::new(length - QUANTUM),
            gain: (low * (1.0 - pole)) as f32,
            pole: pole as f32,
            held: 0.0,
        }
    }
}

/// Delays that are darkened at once, so that none waits for another.
const TOGETHER: usize = 8;

/// Takes what was fed in a step ago, and gives what comes out, darkened.
fn pass(paths: &mut [Path], runs: &mut [Run]) {
    let runs = runs.as_chunks_mut::<TOGETHER>().0;
    for (paths, runs) in paths.chunks_mut(TOGETHER).zip(runs) {
        let (mut gain, mut pole, mut held) = ([0.0; TOGETHER], [0.0; TOGETHER], [0.0; TOGETHER]);
        for (at, (path, run)) in paths.iter_mut().zip(runs.iter_mut()).enumerate() {
            path.line.pass(run);
            (gain[at], pole[at], held[at]) = (path.gain, path.pole, path.held);
        }
        for index in 0..QUANTUM {
            for (at, run) in runs.iter_mut().enumerate() {
                held[at] = run[index] * gain[at] + held[at] * pole[at];
                run[index] = held[at];
            }
        }
        for (path, held) in paths.iter_mut().zip(held) {
            path.held = if held.abs() < 1e-20 { 0.0 } else { held };
        }
    }
}

/// The pole of a one-pole filter whose power at `angle` is `ratio` of that at 0.
fn pole(ratio: f64, angle: f64) -> f64 {
    if ratio > 1.0 - 1e-9 {
        return 0.0;
    }
    let middle = 1.0 - ratio * angle.cos();
    let end = 1.0 - ratio;
    (middle - (middle * middle - end * end).sqrt()) / end
}

/// An all-pass: `-g x + (1 - g^2) (x delayed + g ...)` (M. R. Schroeder, Natural Sounding Artificial
/// Reverberation, JAES 10(3), 1962). Its delay is longer than a step.
#[derive(Debug)]
struct Smear {
    line: Line,
    fed: Run,
}

impl Smear {
    fn new(length: usize) -> Self {
        Self { line: Line::new(length.max(QUANTUM + 1) - QUANTUM), fed: SILENCE }
    }

    fn pass(&mut self, run: &mut Run) {
        let mut out = self.fed;
        self.line.pass(&mut out);
        let fed = &mut self.fed;
        wide(
            #[inline(always)]
            || {
                for ((sample, late), fed) in run.iter_mut().zip(&out).zip(fed.iter_mut()) {
                    let inner = *sample + late * SMEARING;
                    *fed = if inner.abs() < 1e-20 { 0.0 } else { inner };
                    *sample = late - inner * SMEARING;
                }
            },
        );
    }

    fn reset(&mut self) {
        self.line.reset();
        self.fed = SILENCE;
    }
}

#[derive(Debug)]
struct Reverb {
    section: Section,
    bank: Bank,
    before: Vec<Line>,
    smears: Vec<[Smear; DIFFUSERS]>,
    paths: Vec<Path>,
    /// What each delay was fed in the last step.
    fed: Vec<Run>,
    heard: Vec<Run>,
    mix: Automation,
    level: f32,
    tail: Tail,
}

impl Reverb {
    fn new(setup: &Setup<'_>) -> Self {
        let rate = f64::from(setup.sample_rate);
        let channels = setup.layout.channels();
        let decay = setup.fixed(&DECAY);
        let before = (setup.fixed(&PRE_DELAY) / 1000.0 * rate).round() as usize;
        let mean = setup.fixed(&SIZE) / SPEED * rate;
        let length = |spread: f64| ((mean * spread).round() as usize | 1).max(2 * QUANTUM + 1);
        let damping = setup.fixed(&DAMPING) / 100.0;
        let path = |spread: &f64| Path::new(length(*spread), decay, damping, rate);
        let smear = |index: usize| {
            SMEAR[index % 2].map(|seconds| Smear::new((seconds * rate).round() as usize))
        };
        let corner = Corner::new(setup.fixed(&LOW_CUT), 0.5, setup.sample_rate);
        let tail = (decay * 2.0 + 0.5) * rate + before as f64 + mean * 2.0;
        Self {
            section: Section::new(&Biquad::high_pass(corner)),
            bank: Bank::new(1, channels),
            before: vec![Line::new(before); channels],
            smears: (0..channels).map(smear).collect(),
            paths: SPREAD.iter().map(path).collect(),
            fed: vec![SILENCE; LINES],
            heard: vec![SILENCE; channels],
            mix: setup.number(&MIX),
            level: (mean / rate / decay * 13.8).sqrt().min(1.0) as f32,
            tail: Tail::new(tail as usize),
        }
    }

    /// Takes what is heard to the room's door: late, without its lowest part, and smeared.
    fn enter(&mut self, channels: &[Run]) {
        self.heard.copy_from_slice(channels);
        self.bank.run(std::slice::from_ref(&self.section), &mut self.heard);
        let lines = self.before.iter_mut().zip(&mut self.smears);
        for (run, (line, smears)) in self.heard.iter_mut().zip(lines) {
            line.pass(run);
            smears.iter_mut().for_each(|smear| smear.pass(run));
        }
    }

    /// Goes round once: what comes out of the delays is added to `heard` and, spread, fed back with
    /// what comes in.
    fn circulate(&mut self) {
        pass(&mut self.paths, &mut self.fed);
        let mut out = [SILENCE; LINES];
        out.copy_from_slice(&self.fed);
        let Self { fed, heard, level, .. } = self;
        let gain = *level / 4.0;
        wide(
            #[inline(always)]
            || {
                spread(fed);
                feed(fed, heard);
                for (channel, heard) in heard.iter_mut().enumerate() {
                    *heard = SILENCE;
                    for (index, out) in out.iter().enumerate() {
                        add(heard, out, sign(index, channel + 1) * gain);
                    }
                }
            },
        );
    }
}

/// Feeds the delays with what comes in, each from a channel.
#[inline(always)]
fn feed(fed: &mut [Run], heard: &[Run]) {
    for (index, fed) in fed.iter_mut().enumerate() {
        add(fed, &heard[index % heard.len()], sign(index / heard.len(), 5));
    }
}

#[inline(always)]
fn add(sums: &mut Run, samples: &Run, gain: f32) {
    sums.iter_mut().zip(samples).for_each(|(sum, sample)| *sum += sample * gain);
}

/// The sign of an entry of a Hadamard matrix.
const fn sign(row: usize, column: usize) -> f32 {
    if (row & column).count_ones().is_multiple_of(2) { 1.0 } else { -1.0 }
}

/// Every run becomes a sum of all, with a Hadamard matrix's signs: nothing is lost or gained.
#[inline(always)]
fn spread(runs: &mut [Run]) {
    const HALF: f32 = std::f32::consts::FRAC_1_SQRT_2;
    let mut apart = 1;
    while apart < LINES {
        for pair in runs.chunks_exact_mut(2 * apart) {
            let (low, high) = pair.split_at_mut(apart);
            let pairs = low.as_flattened_mut().iter_mut().zip(high.as_flattened_mut());
            for (low, high) in pairs {
                (*low, *high) = ((*low + *high) * HALF, (*low - *high) * HALF);
            }
        }
        apart *= 2;
    }
}

impl Processor for Reverb {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        match self.tail.hear(block.silent) {
            Sounding::Yes => {}
            Sounding::Ends => self.reset(),
            Sounding::No => return Outcome::Silent,
        }
        let channels = self.heard.len();
        self.enter(&block.channels[..channels]);
        self.circulate();
        let mut mixes = SILENCE;
        let mix = self.mix.values(block.sample, &mut mixes);
        for (channel, heard) in block.channels.iter_mut().zip(&self.heard) {
            blend(channel, heard, mix);
        }
        Outcome::Written
    }

    fn memory(&self) -> usize {
        self.tail.length()
    }

    fn reset(&mut self) {
        self.bank.reset();
        self.before.iter_mut().for_each(Line::reset);
        self.smears.iter_mut().flatten().for_each(Smear::reset);
        for path in &mut self.paths {
            path.line.reset();
            path.held = 0.0;
        }
        self.fed.fill(SILENCE);
        self.tail.reset();
    }
}
