//! Channels put into other channels: by loudspeaker, then by pan.

use super::automation::{Automation, Level};
use super::law::{balance, pan, pan_over_centre};
use super::layout::{Matrix, Speaker, side, speakers};
use super::quantum::{QUANTUM, Run};
use signal::wide;
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
    /// The gains from each channel to each, where the pan never moves.
    fixed: Vec<f32>,
    /// Every channel goes to itself alone.
    is_straight: bool,
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
        let (fixed, is_straight) = (Vec::new(), !is_mono && matrix.is_diagonal());
        let mut placement = Self { matrix, sides, is_mono, law, pan, fixed, is_straight };
        if placement.pan.is_constant() {
            placement.fixed = placement.gains(placement.pan.at(0));
        }
        placement
    }

    /// The gains from each channel to each, for a pan.
    fn gains(&self, position: f64) -> Vec<f32> {
        let row = |output| {
            let pan = self.pan_gain(output, position);
            (0..self.inputs()).map(move |channel| self.gain(output, channel) * pan)
        };
        (0..self.outputs()).flat_map(row).collect()
    }

    /// How many channels it gives.
    pub fn outputs(&self) -> usize {
        self.sides.len()
    }

    /// How many channels it takes.
    pub const fn inputs(&self) -> usize {
        self.matrix.inputs()
    }

    /// Brings channels that each go to themselves alone, from film sample `from` on, to where they lie, at
    /// `level`; whether these are such.
    pub fn scale(&self, from: i64, level: Level<'_>, channels: &mut [Run]) -> bool {
        let steady = self.pan.steady(from).filter(|_| self.is_straight);
        let Some(position) = steady else { return false };
        for (channel, run) in channels.iter_mut().enumerate().take(self.outputs()) {
            scale(run, self.steady_gain(channel, channel, position), level);
        }
        true
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
            for channel in 0..self.inputs() {
                let gain = self.steady_gain(output, channel, position);
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

    fn steady_gain(&self, output: usize, input: usize, position: f64) -> f32 {
        match self.fixed.get(output * self.inputs() + input) {
            Some(gain) => *gain,
            None => self.held_gain(output, input, position),
        }
    }

    /// The gain where the pan moves at other times. Apart, so that its sines are not computed ahead of the
    /// question whether they are needed.
    #[inline(never)]
    fn held_gain(&self, output: usize, input: usize, position: f64) -> f32 {
        self.gain(output, input) * self.pan_gain(output, position)
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
    wide(
        #[inline(always)]
        || match level {
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
        },
    );
}

/// Brings `run` to `gain` times `level` of itself.
fn scale(run: &mut Run, gain: f32, level: Level<'_>) {
    wide(
        #[inline(always)]
        || match level {
            Level::Steady(level) => {
                let gain = gain * level;
                run.iter_mut().for_each(|sample| *sample *= gain);
            }
            Level::Moving(levels) => {
                for (sample, level) in run.iter_mut().zip(levels) {
                    *sample *= gain * level;
                }
            }
        },
    );
}
