//! The level of a clip: its gain, its fades and what happens at its cuts, by sample.
//!
//! The gain is evaluated at every sample. A fade of `M` samples has, at its sample `i`, the gain
//! `law((i + 0.5) / M)`: symmetric in time, and equal to a dissolve's weight at the same instant.

use super::automation::{Automation, Level};
use super::law::fade;
use super::quantum::{QUANTUM, Run};
use signal::{Decibels, wide};
use timeline_format::FadeShape;

/// A rise from silence or a fall to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ramp {
    /// Its first sample.
    pub from: i64,
    /// The sample after its last.
    pub to: i64,
    /// Its shape.
    pub shape: FadeShape,
    /// Up or down.
    pub direction: Direction,
}

/// Up or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From silence.
    Rise,
    /// To silence.
    Fall,
}

impl Ramp {
    /// The gain at `sample`: 0 or 1 outside the ramp.
    pub fn gain(&self, sample: i64) -> f64 {
        let length = (self.to - self.from).max(1) as f64;
        let passed = (sample - self.from) as f64;
        gain(self.shape, self.direction, passed, length)
    }

    /// Brings the run at `from` to its gains.
    fn shape(&self, from: i64, run: &mut Run) {
        match self.shape {
            FadeShape::EqualPower => self.shape_by(FadeShape::EqualPower, from, run),
            FadeShape::EqualGain => self.shape_by(FadeShape::EqualGain, from, run),
            FadeShape::Smooth => self.shape_by(FadeShape::Smooth, from, run),
            FadeShape::Exponential => self.shape_by(FadeShape::Exponential, from, run),
        }
    }

    #[inline(always)]
    fn shape_by(&self, shape: FadeShape, from: i64, run: &mut Run) {
        let length = (self.to - self.from).max(1) as f64;
        let first = (from - self.from) as f64;
        wide(
            #[inline(always)]
            || {
                for (index, level) in run.iter_mut().enumerate() {
                    let passed = first + f64::from(index as u32);
                    let gain = gain(shape, self.direction, passed, length);
                    *level = (f64::from(*level) * gain) as f32;
                }
            },
        );
    }

    fn touches(&self, from: i64, to: i64) -> bool {
        match self.direction {
            Direction::Rise => from < self.to,
            Direction::Fall => to > self.from,
        }
    }
}

/// The gain of a ramp of `length` samples behind its first `passed`.
#[inline(always)]
fn gain(shape: FadeShape, direction: Direction, passed: f64, length: f64) -> f64 {
    let x = (passed + 0.5) * length.recip();
    let (before, behind, x) = match direction {
        Direction::Rise => (0.0, 1.0, x),
        Direction::Fall => (1.0, 0.0, 1.0 - x),
    };
    let inside = fade(shape, x);
    let held = if passed < 0.0 { before } else { behind };
    if passed >= 0.0 && passed < length { inside } else { held }
}

/// The level of a clip over time.
#[derive(Debug, Clone)]
pub struct Envelope {
    /// The first sample that is heard.
    pub from: i64,
    /// The sample after the last that is heard.
    pub to: i64,
    /// Fades and cuts; they multiply.
    pub ramps: Vec<Ramp>,
    /// Gain in dB.
    pub gain: Automation,
}

impl Envelope {
    /// The level at `sample`; 0 where nothing is heard.
    pub fn at(&self, sample: i64) -> f64 {
        if sample < self.from || sample >= self.to {
            return 0.0;
        }
        let ramps: f64 = self.ramps.iter().map(|ramp| ramp.gain(sample)).product();
        Decibels(self.gain.at(sample)).gain() * ramps
    }

    /// Whether it is the same throughout.
    pub const fn is_steady(&self) -> bool {
        self.ramps.is_empty() && self.gain.is_constant()
    }

    /// The level over the run at `from`, into `run`; `None` where nothing is heard.
    pub fn level<'a>(&self, from: i64, run: &'a mut Run) -> Option<Level<'a>> {
        let to = from + QUANTUM as i64;
        if to <= self.from || from >= self.to {
            return None;
        }
        let is_inside = from >= self.from && to <= self.to;
        let steady = match self.gain.level(from, run) {
            Level::Steady(gain) => Some(gain),
            Level::Moving(_) => None,
        };
        if is_inside && !self.ramps.iter().any(|ramp| ramp.touches(from, to)) {
            return Some(steady.map_or(Level::Moving(run), Level::Steady));
        }
        if let Some(gain) = steady {
            run.fill(gain);
        }
        for ramp in self.ramps.iter().filter(|ramp| ramp.touches(from, to)) {
            ramp.shape(from, run);
        }
        if !is_inside {
            self.silence_outside(from, run);
        }
        Some(Level::Moving(run))
    }

    fn silence_outside(&self, from: i64, run: &mut Run) {
        let place = |sample: i64| (sample - from).clamp(0, QUANTUM as i64) as usize;
        run[..place(self.from)].fill(0.0);
        run[place(self.to)..].fill(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_envelope_is_silent_outside_and_untouched_between_its_ramps() {
        let rise =
            Ramp { from: 10, to: 14, shape: FadeShape::EqualGain, direction: Direction::Rise };
        let fall = Ramp { from: 96, to: 100, direction: Direction::Fall, ..rise };
        let envelope = Envelope {
            from: 10,
            to: 100,
            ramps: vec![rise, fall],
            gain: Automation::constant(0.0),
        };
        let mut run = [0.0; QUANTUM];
        let Some(Level::Moving(run)) = envelope.level(0, &mut run) else { panic!("it moves") };
        assert_eq!(run[8..16], [0.0, 0.0, 0.125, 0.375, 0.625, 0.875, 1.0, 1.0]);
        assert_eq!(run[94..102], [1.0, 1.0, 0.875, 0.625, 0.375, 0.125, 0.0, 0.0]);
        assert!(envelope.level(128, &mut [0.0; QUANTUM]).is_none());
    }
}
