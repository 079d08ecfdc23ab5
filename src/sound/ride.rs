//! What a node does to the level over a whole film, worked out ahead of time: the timeline is known.
//!
//! Of the mix, only what decides the node's gains is computed. They are kept as straight lines in
//! decibels, as few as stay within a tolerance of every sample.

use super::mix::{Mix, Score};
use super::quantum::{QUANTUM, Run};
use super::watch::{Gains, Watch};
use signal::Decibels;
use std::ops::Range;
use timeline_format::parameter::{Curve, Ease, Follow, Key};
use timeline_format::{Id, Rate, Ratio, Value};
use workers::Stop;

/// The lowest level that is told apart, in dB.
const LOWEST: f64 = -120.0;
/// The part of the tolerance that rounding to a thousandth of a decibel takes.
const ROUNDED: f64 = 0.0005;

/// A level over time: straight lines in dB from point to point.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ride {
    /// Samples of the film, each behind the one before, and the levels there.
    points: Vec<(i64, f64)>,
}

/// Why a ride cannot be worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unridden {
    /// The node is not there, not known, bypassed, or does not turn the level.
    #[error("it is not there, or does not turn the level")]
    NoGains,
    /// Somebody asked to stop.
    #[error("it was stopped")]
    Stopped,
}

impl Ride {
    /// The points: samples of the film, and levels in dB.
    pub fn points(&self) -> &[(i64, f64)] {
        &self.points
    }

    /// Whether the level stays where it is.
    pub fn is_flat(&self) -> bool {
        self.points.iter().all(|(_, level)| level.abs() < 1e-9)
    }

    /// The same with fewer points, no more than so many dB away from it.
    pub fn thinned(&self, tolerance: f64) -> Self {
        let mut lines = Lines::new(tolerance.max(0.0));
        self.points.iter().for_each(|(at, level)| lines.add(*at, *level));
        Self { points: lines.finish() }
    }

    /// The level at a sample, in dB.
    pub fn at(&self, sample: i64) -> f64 {
        let next = self.points.partition_point(|(at, _)| *at <= sample);
        match (self.points.get(next.wrapping_sub(1)), self.points.get(next)) {
            (Some((from, one)), Some((to, other))) => {
                one + (other - one) * (sample - from) as f64 / (to - from) as f64
            }
            (one, other) => one.or(other).map_or(0.0, |(_, level)| *level),
        }
    }

    /// The same as keyframes, in frames of a sequence; `None` where a moment cannot be stated.
    pub fn curve(&self, rate: Rate, sample_rate: u32) -> Option<Curve> {
        let bottom = i128::from(rate.denominator()) * i128::from(sample_rate);
        let key = |(sample, level): &(i64, f64)| {
            let at = Ratio::new(i128::from(*sample) * i128::from(rate.numerator()), bottom)?;
            Some(Key { at, value: Value::Number(*level), ease: Ease::Linear })
        };
        let keys = self.points.iter().map(key).collect::<Option<Vec<Key>>>()?;
        Some(Curve { keys, follow: Follow::Clip })
    }
}

/// What the node `node` of the strip `strip` does to the level over the samples of `range`, to so many dB
/// at every sample.
///
/// # Errors
/// Where there is no such node, or `stop` was raised.
pub fn ride(
    score: &Score<'_>,
    (strip, node): (Id, Id),
    range: Range<i64>,
    tolerance: f64,
    stop: &Stop,
) -> Result<Ride, Unridden> {
    let gains = Gains::default();
    let sequence = score.sequence;
    let watch = Watch { sequence, strip, node, gains: gains.clone(), is_met: false };
    let (mut mix, is_met) = Mix::watching(score, watch);
    if !is_met {
        return Err(Unridden::NoGains);
    }
    let mut pencil = Pencil::new(&range, tolerance);
    mix.start_at(range.start, i64::MAX);
    mix.render.aim(range.end + i64::from(mix.sample_rate()));
    mix.half.feed.advance();
    while !mix.render.compute() {
        if stop.is_raised() {
            return Err(Unridden::Stopped);
        }
        while let Some((sample, factors)) = gains.take() {
            pencil.draw(sample, &factors);
        }
        mix.half.feed.advance();
    }
    Ok(pencil.finish())
}

/// Draws gains as they come.
struct Pencil {
    lines: Lines,
    /// The first sample that is not drawn yet, and the one behind the last that is wanted.
    next: i64,
    end: i64,
}

impl Pencil {
    fn new(range: &Range<i64>, tolerance: f64) -> Self {
        let tolerance = (tolerance - ROUNDED).max(ROUNDED);
        Self { lines: Lines::new(tolerance), next: range.start, end: range.end }
    }

    /// Draws the step that begins at `sample`; before it, as far as nothing was drawn, the level was not
    /// touched.
    fn draw(&mut self, sample: i64, factors: &Run) {
        self.rest_until(sample.min(self.end));
        let from = (self.next - sample).clamp(0, QUANTUM as i64) as usize;
        let to = (self.end - sample).clamp(0, QUANTUM as i64) as usize;
        let Some(wanted) = factors.get(from..to).filter(|wanted| !wanted.is_empty()) else {
            return;
        };
        let is_steady = wanted.iter().all(|factor| *factor == wanted[0]);
        for (index, factor) in wanted.iter().enumerate() {
            if !is_steady || index == 0 || index + 1 == wanted.len() {
                let level = Decibels::of_gain(f64::from(*factor)).0.max(LOWEST);
                self.lines.add(self.next + index as i64, level);
            }
        }
        self.next += wanted.len() as i64;
    }

    fn rest_until(&mut self, sample: i64) {
        if sample > self.next {
            self.lines.add(self.next, 0.0);
            self.lines.add(sample - 1, 0.0);
            self.next = sample;
        }
    }

    fn finish(mut self) -> Ride {
        self.rest_until(self.end);
        Ride { points: self.lines.finish() }
    }
}

/// Straight lines through points that come in order: each goes on as long as one through its first and its
/// last point stays within the tolerance of all between.
#[derive(Debug)]
struct Lines {
    tolerance: f64,
    done: Vec<(i64, f64)>,
    last: Option<(i64, f64)>,
    /// The slopes that a line from the last one done may have.
    slopes: Range<f64>,
}

impl Lines {
    const fn new(tolerance: f64) -> Self {
        let slopes = f64::NEG_INFINITY..f64::INFINITY;
        Self { tolerance, done: Vec::new(), last: None, slopes }
    }

    fn add(&mut self, at: i64, level: f64) {
        let level = (level * 1000.0).round() / 1000.0;
        let Some(last) = self.last else {
            self.done.push((at, level));
            self.last = Some((at, level));
            return;
        };
        if at <= last.0 {
            return;
        }
        let slope = self.slope_to(at, level);
        if slope < self.slopes.start || slope > self.slopes.end {
            self.done.push(last);
            self.slopes = f64::NEG_INFINITY..f64::INFINITY;
        }
        let (low, high) =
            (self.slope_to(at, level - self.tolerance), self.slope_to(at, level + self.tolerance));
        self.slopes = self.slopes.start.max(low)..self.slopes.end.min(high);
        self.last = Some((at, level));
    }

    fn slope_to(&self, at: i64, level: f64) -> f64 {
        let (from, start) = self.done.last().copied().unwrap_or((at - 1, level));
        (level - start) / (at - from) as f64
    }

    fn finish(mut self) -> Vec<(i64, f64)> {
        let last = self.last.filter(|last| self.done.last() != Some(last));
        self.done.extend(last);
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_within_their_tolerance_of_every_point_and_are_few() {
        let level = |at: i64| 20.0 * (1.0 - 0.6 * at as f64 / 1000.0).log10();
        for tolerance in [0.05, 0.25, 1.0] {
            let mut lines = Lines::new(tolerance);
            (0..=1000).for_each(|at| lines.add(at, level(at)));
            let ride = Ride { points: lines.finish() };
            let most = (0..=1000).map(|at| (ride.at(at) - level(at)).abs()).fold(0.0, f64::max);
            assert!(most <= tolerance + 2.0 * ROUNDED, "{most} of {tolerance}");
            let few = (3.0 / f64::sqrt(tolerance)) as usize + 2;
            assert!(ride.points.len() <= few, "{} points at {tolerance}", ride.points.len());
        }
    }

    #[test]
    fn what_is_not_drawn_is_not_touched() {
        let mut pencil = Pencil::new(&(100..1000), 0.1);
        pencil.draw(0, &[0.5; QUANTUM]);
        pencil.draw(512, &[0.1; QUANTUM]);
        pencil.draw(950, &[0.1; QUANTUM]);
        let ride = pencil.finish();
        let at = |sample| (ride.at(sample) * 10.0).round() / 10.0;
        assert_eq!([at(100), at(127), at(128), at(511)], [-6.0, -6.0, 0.0, 0.0]);
        assert_eq!([at(512), at(639), at(640), at(949), at(950)], [-20.0, -20.0, 0.0, 0.0, -20.0]);
        assert_eq!(ride.points().last().map(|(sample, _)| *sample), Some(999));
        let curve = ride.curve("25".parse().unwrap(), 48_000).unwrap();
        assert_eq!(curve.keys[0].at, Ratio::new(100, 1920).unwrap());
        assert!(!ride.is_flat() && Ride::default().is_flat());
        let fewer = ride.thinned(30.0);
        assert_eq!(fewer.points().len(), 2, "{fewer:?}");
    }
}
