//! A place around the listener: one sound, between the two loudspeakers that stand next to it.
//!
//! Equal power between neighbours (V. Pulkki, Virtual Sound Source Positioning Using Vector Base Amplitude
//! Panning, JAES 45(6), 1997, in one plane); the loudspeakers stand as ITU-R BS.775-4 and BS.2051 say.

use signal::{Decibels, Kind, Parameter};
use crate::automation::Automation;
use crate::layout::{Matrix, Speaker, speakers};
use crate::node::{Block, Node, Outcome, Processor, Setup};
use crate::quantum::{QUANTUM, Run, SILENCE};
use timeline_format::mix::Layout;

pub(super) const NODE: Node = Node {
    id: "surround",
    label: "Surround",
    help: "Folds the sound to one channel and places it around the listener.",
    parameters: &[ANGLE, SPREAD, LOW],
    sides: &[],
    build: |setup| Box::new(Surround::new(setup)),
};

const ANGLE: Parameter = Parameter {
    id: "angle",
    label: "Angle",
    help: "Where it stands: 0 in front, 90 on the right, -90 on the left, 180 behind.",
    kind: Kind::Number { least: -720.0, most: 720.0, default: 0.0, unit: "°" },
};

const SPREAD: Parameter = Parameter {
    id: "spread",
    label: "Spread",
    help: "How much of it comes from everywhere.",
    kind: Kind::Number { least: 0.0, most: 100.0, default: 0.0, unit: "%" },
};

const LOW: Parameter = Parameter {
    id: "low",
    label: "Low frequency effects",
    help: "How loud it goes to the channel for low frequency effects; -120 not at all.",
    kind: Kind::Setting { least: -120.0, most: 12.0, default: -120.0, unit: "dB" },
};

/// Most channels of a layout.
const MOST: usize = 8;
/// Samples from one set of gains to the next while it moves.
const STEP: usize = 32;

type Gains = [f32; MOST];

#[derive(Debug)]
struct Surround {
    angle: Automation,
    spread: Automation,
    low: Automation,
    fold: Matrix,
    /// Where each channel's loudspeaker stands, in degrees; none for low frequency effects.
    angles: Vec<Option<f64>>,
    /// The loudspeakers from the one behind on the left round to the right.
    round: Vec<(f64, usize)>,
}

/// Where a loudspeaker stands in a layout, in degrees to the right.
fn place(speaker: Speaker, layout: Layout) -> Option<f64> {
    let surround = if layout == Layout::SevenOne { 90.0 } else { 110.0 };
    match speaker {
        Speaker::Low => None,
        Speaker::Centre => Some(0.0),
        Speaker::Left => Some(-30.0),
        Speaker::Right => Some(30.0),
        Speaker::LeftSurround => Some(-surround),
        Speaker::RightSurround => Some(surround),
        Speaker::LeftBack => Some(-150.0),
        Speaker::RightBack => Some(150.0),
        Speaker::CentreBack => Some(180.0),
    }
}

impl Surround {
    fn new(setup: &Setup<'_>) -> Self {
        let all = speakers(setup.layout);
        let angles = all.iter().map(|speaker| place(*speaker, setup.layout));
        let angles: Vec<Option<f64>> = angles.collect();
        let stand = angles.iter().enumerate().filter_map(|(index, at)| Some(((*at)?, index)));
        let mut round: Vec<(f64, usize)> = stand.collect();
        round.sort_by(|one, other| one.0.total_cmp(&other.0));
        Self {
            angle: setup.number(&ANGLE),
            spread: setup.number(&SPREAD),
            low: setup.number(&LOW),
            fold: Matrix::of_layouts(setup.layout, Layout::Mono),
            angles,
            round,
        }
    }

    /// The two loudspeakers that an angle lies between, and the gain of each.
    fn between(&self, angle: f64) -> [(usize, f64); 2] {
        let count = self.round.len();
        let angle = (angle + 180.0).rem_euclid(360.0) - 180.0;
        let after = self.round.partition_point(|(at, _)| *at <= angle) % count;
        let before = (after + count - 1) % count;
        let ((from, first), (to, second)) = (self.round[before], self.round[after]);
        let wide = (to - from).rem_euclid(360.0);
        if wide == 0.0 {
            return [(first, 1.0), (second, 0.0)];
        }
        if wide >= 180.0 {
            return outside(angle, (from, first), (to, second));
        }
        let inside = (angle - from).rem_euclid(360.0).to_radians();
        let (one, other) = ((wide.to_radians() - inside).sin(), inside.sin());
        let norm = one.hypot(other);
        [(first, one / norm), (second, other / norm)]
    }

    fn gains(&self, sample: i64) -> Gains {
        let angle = ANGLE.held(self.angle.at(sample));
        let spread = SPREAD.held(self.spread.at(sample)) / 100.0;
        let mut powers = [0.0; MOST];
        for (index, gain) in self.between(angle) {
            powers[index] += (1.0 - spread) * gain * gain;
        }
        for (_, index) in &self.round {
            powers[*index] += spread / self.round.len() as f64;
        }
        let low = LOW.held(self.low.at(sample));
        let mut gains = powers.map(|power| power.sqrt() as f32);
        for (gain, angle) in gains.iter_mut().zip(&self.angles) {
            if angle.is_none() && low > -120.0 {
                *gain = Decibels(low).gain() as f32;
            }
        }
        gains
    }

    /// What is placed: every channel, folded to one.
    fn folded(&self, channels: &[Run]) -> Run {
        let mut one = SILENCE;
        for (index, channel) in channels.iter().enumerate() {
            let gain = self.fold.gain(0, index);
            one.iter_mut().zip(channel).for_each(|(sum, sample)| *sum += sample * gain);
        }
        one
    }
}

/// Where no two loudspeakers surround an angle: behind a pair in front, the sound stays at the nearer one
/// and crosses over, at equal power, right behind the listener.
fn outside(angle: f64, from: (f64, usize), to: (f64, usize)) -> [(usize, f64); 2] {
    let wide = (to.0 - from.0).rem_euclid(360.0);
    let part = (angle - from.0).rem_euclid(360.0) / wide;
    let turn = part * std::f64::consts::FRAC_PI_2;
    [(from.1, turn.cos()), (to.1, turn.sin())]
}

impl Processor for Surround {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        if block.silent {
            return Outcome::Silent;
        }
        if self.round.len() < 2 {
            return Outcome::Bypassed;
        }
        let channels = &mut block.channels[..self.angles.len()];
        let one = self.folded(channels);
        let values = [&self.angle, &self.spread, &self.low];
        let is_steady = values.iter().all(|value| value.steady(block.sample).is_some());
        let mut from = self.gains(block.sample);
        for start in (0..QUANTUM).step_by(STEP) {
            let to =
                if is_steady { from } else { self.gains(block.sample + (start + STEP) as i64) };
            for (index, channel) in channels.iter_mut().enumerate() {
                let step = (to[index] - from[index]) / STEP as f32;
                let samples = channel[start..start + STEP].iter_mut().zip(&one[start..]);
                for (place, (out, sample)) in samples.enumerate() {
                    *out = sample * (from[index] + step * (place + 1) as f32);
                }
            }
            from = to;
        }
        Outcome::Written
    }
}
