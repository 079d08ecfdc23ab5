//! A window of a picture, looked for in another: inverse steps of Gauss and Newton, whatever the light does.
//!
//! B. D. Lucas and T. Kanade, An Iterative Image Registration Technique (1981); S. Baker and I. Matthews, Lucas-Kanade
//! 20 Years On (2004) for the inverse steps; J.-Y. Bouguet, Pyramidal Implementation of the Lucas Kanade Feature
//! Tracker (2000) for the sizes.

use super::pyramid::{Level, Pyramid};

/// Pixels from a window's middle to its edge: it is 21 by 21.
pub(super) const REACH: i32 = 10;
const SIDE: usize = 2 * REACH as usize + 1;
/// Steps of a search, at most.
const STEPS: usize = 30;
/// A step that is shorter, in pixels, is the last.
const ENOUGH: f64 = 0.003;
/// What a window must change by, in codes a pixel along its weaker direction, to be held on to.
const LEAST_SLOPE: f64 = 0.25;
/// How far its light may have become stronger or weaker.
const GAINS: [f64; 2] = [0.4, 2.5];

/// How the places about a window's middle have turned and stretched: by rows.
pub(super) type Turn = [[f64; 2]; 2];
/// Not at all.
pub(super) const UPRIGHT: Turn = [[1.0, 0.0], [0.0, 1.0]];

/// A window of a picture.
#[derive(Debug, Clone)]
pub(super) struct Window {
    /// Its codes, less their mean.
    values: Vec<f32>,
    /// How much they differ in all.
    norm: f64,
    /// How they change across and down, less the means.
    slopes: [Vec<f32>; 2],
    /// From sums over slopes to steps.
    inverse: Turn,
}

impl Window {
    /// The window about a place; `None` where it is too even to be held on to.
    pub(super) fn of(level: &Level, place: [f64; 2]) -> Option<Self> {
        let (values, norm) = seen(level, place, &UPRIGHT);
        let at = |x: f64, y: f64| level.at([place[0] + x, place[1] + y]);
        let slope = |axis: usize| -> Vec<f32> {
            let slope = offsets().map(|[x, y]| {
                let along = |side: f64, by: f64| {
                    if axis == 0 { at(x + by, y + side) } else { at(x + side, y + by) }
                };
                let line = |side: f64| along(side, 1.0) - along(side, -1.0);
                (3.0 * line(-1.0) + 10.0 * line(0.0) + 3.0 * line(1.0)) / 32.0
            });
            less_mean(slope.collect())
        };
        let slopes = [slope(0), slope(1)];
        let sum = |one: usize, other: usize| dot(&slopes[one], &slopes[other]);
        let (a, b, d) = (sum(0, 0), sum(0, 1), sum(1, 1));
        let weakest = 0.5 * (a + d - ((a - d).powi(2) + 4.0 * b * b).sqrt());
        let least = LEAST_SLOPE.powi(2) * (SIDE * SIDE) as f64;
        let under = a * d - b * b;
        let inverse = [[d / under, -b / under], [-b / under, a / under]];
        (weakest >= least).then_some(Self { values, norm, slopes, inverse })
    }

    /// Where it lies in a picture, looked for from a place on.
    pub(super) fn find(&self, level: &Level, start: [f64; 2], turn: &Turn) -> [f64; 2] {
        let mut place = start;
        for _ in 0..STEPS {
            let (values, norm) = seen(level, place, turn);
            let gain = (self.norm / norm.max(1e-9)).clamp(GAINS[0], GAINS[1]) as f32;
            let pairs = values.iter().zip(&self.values);
            let apart: Vec<f32> = pairs.map(|(seen, own)| gain * seen - own).collect();
            let sums = [dot(&self.slopes[0], &apart), dot(&self.slopes[1], &apart)];
            let step = applied(&self.inverse, sums);
            let by = applied(turn, step);
            place = [place[0] - by[0], place[1] - by[1]];
            if by[0].hypot(by[1]) < ENOUGH || !level.has(place) {
                break;
            }
        }
        place
    }

    /// How like it a picture is at a place: 1 the same but for its light, 0 not at all.
    pub(super) fn likeness(&self, level: &Level, place: [f64; 2], turn: &Turn) -> f64 {
        let (values, norm) = seen(level, place, turn);
        (dot(&values, &self.values) / (norm * self.norm).max(1e-9)).clamp(0.0, 1.0)
    }
}

/// Where the window about a place of a picture lies in another, from the smallest size on, `guess` being where it is
/// looked for first; `None` where there is nothing to hold on to, or it leaves the picture.
pub(super) fn pursued(
    (from, to): (&Pyramid, &Pyramid),
    place: [f64; 2],
    guess: [f64; 2],
) -> Option<[f64; 2]> {
    let mut found = guess;
    for ((own, by), (other, _)) in from.smallest_first().zip(to.smallest_first()) {
        let scaled = |place: [f64; 2], by: f64| place.map(|at| at * by);
        match Window::of(own, scaled(place, 1.0 / by)) {
            Some(window) => {
                found = scaled(window.find(other, scaled(found, 1.0 / by), &UPRIGHT), by);
            }
            None if by == 1.0 => return None,
            None => {}
        }
    }
    to.whole().has(found).then_some(found)
}

/// Where a place of a picture has gone, and how far from it the way back ends.
pub(super) fn there_and_back(
    (from, to): (&Pyramid, &Pyramid),
    place: [f64; 2],
    guess: [f64; 2],
) -> Option<([f64; 2], f64)> {
    let there = pursued((from, to), place, guess)?;
    let guess = [place[0] + there[0] - guess[0], place[1] + there[1] - guess[1]];
    let back = pursued((to, from), there, guess)?;
    Some((there, (back[0] - place[0]).hypot(back[1] - place[1])))
}

pub(super) fn applied(rows: &Turn, [x, y]: [f64; 2]) -> [f64; 2] {
    rows.map(|row| row[0] * x + row[1] * y)
}

/// What is seen of a picture in a window, less its mean, and how much it differs in all.
fn seen(level: &Level, place: [f64; 2], turn: &Turn) -> (Vec<f32>, f64) {
    let at = |offset: [f64; 2]| {
        let by = applied(turn, offset);
        level.at([place[0] + by[0], place[1] + by[1]])
    };
    let values = less_mean(offsets().map(at).collect());
    let norm = dot(&values, &values).sqrt();
    (values, norm)
}

fn offsets() -> impl Iterator<Item = [f64; 2]> {
    (-REACH..=REACH).flat_map(|y| (-REACH..=REACH).map(move |x| [f64::from(x), f64::from(y)]))
}

fn less_mean(mut values: Vec<f32>) -> Vec<f32> {
    let mean = values.iter().sum::<f32>() / values.len().max(1) as f32;
    values.iter_mut().for_each(|value| *value -= mean);
    values
}

fn dot(one: &[f32], other: &[f32]) -> f64 {
    one.iter().zip(other).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
}
