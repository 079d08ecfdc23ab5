//! Channels put into other channels: by loudspeaker, then by pan.

use super::automation::{Automation, Level};
use super::law::{balance, pan, pan_over_centre};
use super::layout::{Matrix, Speaker, side, speakers};
use super::quantum::{QUANTUM, Run};
use timeline_format::mix::{Layout, PanLaw};

/// How some channels come to lie in a layout.
#[derive(Debug, Clone)]
pub struct Placement {
    matrix: Matrix,
    sides: Vec<Side>,
    /// One channel that a pan moves as a whole.
    is_mono: bool,
    law: PanLaw,
    pan: Automation,
}

/// Which of the gains of a pan an output has.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Side {
    Left,
    Right,
    Centre,
    Neither,
}

impl Placement {
    /// Loudspeakers into `to`, moved by `pan`. Mono is panned by `law`; what has more channels is
    /// balanced, and the centre leaves it as it is.
    pub fn new(from: &[Speaker], to: Layout, law: PanLaw, pan: Automation) -> Self {
        let is_mono = from == [Speaker::Centre] && to != Layout::Mono;
        let matrix = Matrix::between(from, if is_mono { Layout::Mono } else { to });
        let side = |speaker: &Speaker| match (speaker, side(*speaker)) {
            _ if to == Layout::Mono => Side::Neither,
            (Speaker::Left, _) => Side::Left,
            (Speaker::Right, _) => Side::Right,
            (Speaker::Centre, _) if is_mono => Side::Centre,
            (_, -1) if !is_mono => Side::Left,
            (_, 1) if !is_mono => Side::Right,
            _ => Side::Neither,
        };
        let sides = speakers(to).iter().map(side).collect();
        Self { matrix, sides, is_mono, law, pan }
    }

    /// How many channels it gives.
    pub fn outputs(&self) -> usize {
        self.sides.len()
    }

    /// How many channels it takes.
    pub const fn inputs(&self) -> usize {
        self.matrix.inputs()
    }

    /// Adds `input`, from film sample `from` on, at `level`, to `out`.
    pub fn add<'a>(
        &self,
        from: i64,
        input: impl Fn(usize) -> &'a [f32],
        level: Level<'_>,
        out: &mut [Run],
    ) {
        match self.pan.steady(from) {
            Some(position) => self.add_steady(position, &input, level, out),
            None => self.add_moving(from, &input, level, out),
        }
    }

    fn add_steady<'a>(
        &self,
        position: f64,
        input: &impl Fn(usize) -> &'a [f32],
        level: Level<'_>,
        out: &mut [Run],
    ) {
        for (output, run) in out.iter_mut().enumerate().take(self.outputs()) {
            let pan = self.pan_gain(output, position);
            for channel in 0..self.inputs() {
                let gain = self.gain(output, channel) * pan;
                if gain != 0.0 {
                    add_scaled(run, input(channel), gain, level);
                }
            }
        }
    }

    fn add_moving<'a>(
        &self,
        from: i64,
        input: &impl Fn(usize) -> &'a [f32],
        level: Level<'_>,
        out: &mut [Run],
    ) {
        for index in 0..QUANTUM {
            let position = self.pan.at(from + index as i64);
            let level = match level {
                Level::Steady(gain) => gain,
                Level::Moving(gains) => gains[index],
            };
            for (output, run) in out.iter_mut().enumerate().take(self.outputs()) {
                let gain = self.pan_gain(output, position) * level;
                for channel in 0..self.inputs() {
                    run[index] += input(channel)[index] * (self.gain(output, channel) * gain);
                }
            }
        }
    }

    fn gain(&self, output: usize, input: usize) -> f32 {
        if self.is_mono { 1.0 } else { self.matrix.gain(output, input) }
    }

    fn pan_gain(&self, output: usize, position: f64) -> f32 {
        let has_centre = self.sides.contains(&Side::Centre);
        let [left, centre, right] = match (self.is_mono, has_centre) {
            (true, true) => pan_over_centre(position),
            (true, false) => {
                let [left, right] = pan(self.law, position);
                [left, 0.0, right]
            }
            (false, _) => {
                let [left, right] = balance(self.law, position);
                [left, 1.0, right]
            }
        };
        let gain = match self.sides[output] {
            Side::Left => left,
            Side::Right => right,
            Side::Centre => centre,
            Side::Neither if self.is_mono => 0.0,
            Side::Neither => 1.0,
        };
        gain as f32
    }
}

/// Adds `samples` times `gain` times `level` to `run`.
fn add_scaled(run: &mut Run, samples: &[f32], gain: f32, level: Level<'_>) {
    match level {
        Level::Steady(level) => {
            let gain = gain * level;
            for (sum, sample) in run.iter_mut().zip(samples) {
                *sum += sample * gain;
            }
        }
        Level::Moving(levels) => {
            for ((sum, sample), level) in run.iter_mut().zip(samples).zip(levels) {
                *sum += sample * (gain * level);
            }
        }
    }
}
