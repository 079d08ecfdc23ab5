//! Polarity, swapped sides, mono, and a phase turned at every frequency alike.
//!
//! The turn mixes the sound with its Hilbert transform, a filter of odd symmetry: exact in level, right in
//! angle to half a degree from 150 Hz up, and late by half its length.

use signal::wide;
use signal::{Kind, Parameter};
use crate::layout::{Speaker, side, speakers};
use crate::line::Line;
use crate::node::{Block, Node, Outcome, Processor, Setup};
use crate::quantum::{QUANTUM, Run};
use crate::tail::{Sounding, Tail};
use std::f64::consts::PI;

pub(super) const NODE: Node = Node {
    id: "phase",
    label: "Phase",
    help: "Turns polarity, swaps or joins left and right, and turns the phase as a whole.",
    parameters: &[POLARITY, CHANNELS, ROTATION],
    sides: &[],
    build: |setup| Box::new(Phase::new(setup)),
};

const POLARITY: Parameter = Parameter {
    id: "polarity",
    label: "Polarity",
    help: "Which side is turned upside down.",
    kind: Kind::Choice { options: &["as-is", "left", "right", "all"] },
};

const CHANNELS: Parameter = Parameter {
    id: "channels",
    label: "Channels",
    help: "What becomes of left and right; mono is their mean.",
    kind: Kind::Choice { options: &["as-is", "swapped", "mono", "left", "right"] },
};

const ROTATION: Parameter = Parameter {
    id: "rotation",
    label: "Rotation",
    help: "By how much the phase of every frequency is turned; 0 adds no delay.",
    kind: Kind::Setting { least: -180.0, most: 180.0, default: 0.0, unit: "°" },
};

/// Samples on either side of the middle of the Hilbert transform at up to 48 kHz.
const HALF: usize = 511;

#[derive(Debug)]
struct Phase {
    /// The channels of left and right, where there are both.
    pair: Option<(usize, usize)>,
    channels: usize,
    joined: usize,
    signs: Vec<f32>,
    turns: Vec<Turn>,
    tail: Tail,
}

/// One channel's turn.
#[derive(Debug)]
struct Turn {
    line: Line,
    recent: Vec<f32>,
    /// Every other tap: those between are 0.
    taps: Vec<f32>,
    direct: f32,
    turned: f32,
}

impl Turn {
    fn new(degrees: f64, half: usize) -> Self {
        let (turned, direct) = degrees.to_radians().sin_cos();
        let tap = |index: usize| {
            let place = 2.0 * index as f64 - half as f64;
            let window = 0.5 + 0.5 * (PI * place / (half as f64 + 1.0)).cos();
            (2.0 / (PI * place) * window) as f32
        };
        Self {
            line: Line::new(half),
            recent: vec![0.0; 2 * half + QUANTUM],
            taps: (0..=half).map(tap).collect(),
            direct: direct as f32,
            turned: turned as f32,
        }
    }

    fn pass(&mut self, run: &mut Run) {
        let length = self.recent.len();
        self.recent.copy_within(QUANTUM.., 0);
        self.recent[length - QUANTUM..].copy_from_slice(run);
        self.line.pass(run);
        let mut turned = [0.0_f32; QUANTUM];
        wide(#[inline(always)] || {
            for (index, tap) in self.taps.iter().enumerate() {
                let from = length - QUANTUM - 2 * index;
                for (sum, sample) in turned.iter_mut().zip(&self.recent[from..from + QUANTUM]) {
                    *sum += sample * tap;
                }
            }
        });
        for (sample, turned) in run.iter_mut().zip(&turned) {
            *sample = *sample * self.direct - turned * self.turned;
        }
    }
}

impl Phase {
    fn new(setup: &Setup<'_>) -> Self {
        let all = speakers(setup.layout);
        let place = |wanted: Speaker| all.iter().position(|speaker| *speaker == wanted);
        let polarity = setup.choice(&POLARITY);
        let sign = |speaker: &Speaker| match (polarity, side(*speaker)) {
            (3, _) | (1, -1) | (2, 1) => -1.0,
            _ => 1.0,
        };
        let half = (HALF + 1) * (setup.sample_rate as usize).div_ceil(48_000) - 1;
        let degrees = setup.fixed(&ROTATION);
        let count = if degrees == 0.0 { 0 } else { all.len() };
        Self {
            pair: place(Speaker::Left).zip(place(Speaker::Right)),
            channels: all.len(),
            joined: setup.choice(&CHANNELS),
            signs: all.iter().map(sign).collect(),
            turns: (0..count).map(|_| Turn::new(degrees, half)).collect(),
            tail: Tail::new(if count > 0 { 2 * half + 1 } else { 0 }),
        }
    }

    fn join(&self, channels: &mut [Run]) {
        let Some((left, right)) = self.pair else { return };
        match self.joined {
            1 => channels.swap(left, right),
            2 => {
                let other = channels[right];
                for (sample, other) in channels[left].iter_mut().zip(&other) {
                    *sample = f32::midpoint(*sample, *other);
                }
                channels[right] = channels[left];
            }
            3 => channels[right] = channels[left],
            4 => channels[left] = channels[right],
            _ => {}
        }
    }
}

impl Processor for Phase {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        match self.tail.hear(block.silent) {
            Sounding::Yes => {}
            Sounding::Ends => self.reset(),
            Sounding::No => return Outcome::Silent,
        }
        let channels = &mut block.channels[..self.channels];
        self.join(channels);
        for (channel, sign) in channels.iter_mut().zip(&self.signs) {
            if *sign < 0.0 {
                channel.iter_mut().for_each(|sample| *sample = -*sample);
            }
        }
        for (channel, turn) in channels.iter_mut().zip(&mut self.turns) {
            turn.pass(channel);
        }
        Outcome::Written
    }

    fn latency(&self) -> usize {
        self.turns.first().map_or(0, |turn| (turn.recent.len() - QUANTUM) / 2)
    }

    fn memory(&self) -> usize {
        self.tail.length()
    }

    fn reset(&mut self) {
        for turn in &mut self.turns {
            turn.line.reset();
            turn.recent.fill(0.0);
        }
        self.tail.reset();
    }
}
