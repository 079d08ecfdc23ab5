//! What makes one picture like another zone by zone: darks, middle and lights, each in colour, contrast and saturation.
//!
//! A picture has three zones of as many pixels each, by lightness. What counts of each is the mean and the spread of
//! its Oklab coordinates. The answer is operations that a person goes on with: a colour decision that brings the
//! whole near (see [`super::matched`]), wheels of the tonal zones, and saturations, found by least squares with damping
//! (K. Levenberg, 1944; D. Marquardt, 1963). Nothing in it is chance: the same pictures give the same numbers.

use super::matched::{Matched, matched};
use super::oklab::oklab;
use super::{Grade, Space};
use crate::scopes::Signal;
use crate::values::Moment;
use timeline_format::{Effect, Id, Param, Value};

/// The most pixels that are looked at.
const MOST_PIXELS: usize = 6000;
/// How many numbers are found: three wheels of three colours, three saturations.
const NUMBERS: usize = 12;
/// How many figures of the zones are compared: means and spreads of three coordinates.
const FIGURES: usize = 18;
/// The most steps of the search.
const STEPS: usize = 40;
/// What a number is moved by to see what hangs on it.
const NUDGE: f64 = 1e-3;
/// How much a number is drawn back to where it changes nothing.
const REST: f64 = 2e-3;
/// The range of a wheel, and of a saturation.
const RANGES: [[f64; 2]; 2] = [[0.2, 1.8], [0.0, 3.0]];

/// Operations that make one picture like another, and how far its zones are from the other's.
#[derive(Debug, Clone, PartialEq)]
pub struct Zonal {
    /// A colour decision, tonal zones and saturations, in their order.
    pub effects: Vec<Effect>,
    /// The root mean square of the distances of the zones' means in Oklab, before and after.
    pub distances: [f64; 2],
}

/// Red, green and blue of some pixels, display-coded.
type Planes = [Vec<f32>; 3];
/// Means and spreads of the zones, darkest first.
type Figures = [f64; FIGURES];

/// The operations by which the zones of a picture have the means and the spreads of another's; `None` of a picture
/// without pixels.
pub fn matched_by_zones(from: &Signal, to: &Signal) -> Option<Zonal> {
    let [own, other] = [sample(from), sample(to)];
    let wanted = figures(&other, &thirds(&other)?);
    let thirds = thirds(&own)?;
    let search = Search { first: matched(from, to), own: &own, thirds: &thirds, wanted: &wanted };
    let numbers = search.found();
    let after = search.figures(&numbers);
    let distances = [distance(&figures(&own, &thirds), &wanted), distance(&after, &wanted)];
    Some(Zonal { effects: effects(&search.first, &numbers.map(rounded)), distances })
}

/// As many pixels of a picture as are looked at, evenly chosen.
fn sample(signal: &Signal) -> Planes {
    [0, 1, 2].map(|channel| {
        let plane = signal.plane(channel);
        let step = plane.len().div_ceil(MOST_PIXELS).max(1);
        plane.iter().step_by(step).copied().collect()
    })
}

fn lab(planes: &Planes) -> Vec<[f64; 3]> {
    oklab(planes.each_ref().map(|plane| &plane[..]))
}

/// Which pixels are in each zone, by their lightness.
fn thirds(planes: &Planes) -> Option<[Vec<usize>; 3]> {
    let lab = lab(planes);
    let mut order: Vec<usize> = (0..lab.len()).collect();
    order.sort_by(|a, b| lab[*a][0].total_cmp(&lab[*b][0]).then(a.cmp(b)));
    let third = order.len() / 3;
    (third > 0).then(|| {
        let (darks, rest) = order.split_at(third);
        let (middle, lights) = rest.split_at(rest.len() / 2);
        [darks.to_vec(), middle.to_vec(), lights.to_vec()]
    })
}

fn figures(planes: &Planes, thirds: &[Vec<usize>; 3]) -> Figures {
    let lab = lab(planes);
    let mut figures = [0.0; FIGURES];
    for (zone, places) in thirds.iter().enumerate() {
        for axis in 0..3 {
            let count = places.len() as f64;
            let mean = places.iter().map(|at| lab[*at][axis]).sum::<f64>() / count;
            let square = places.iter().map(|at| (lab[*at][axis] - mean).powi(2)).sum::<f64>();
            figures[6 * zone + axis] = mean;
            figures[6 * zone + 3 + axis] = (square / count).sqrt();
        }
    }
    figures
}

/// The root mean square of the distances of the zones' means.
fn distance(one: &Figures, other: &Figures) -> f64 {
    let square = |zone: usize| {
        (0..3).map(|axis| (one[6 * zone + axis] - other[6 * zone + axis]).powi(2)).sum::<f64>()
    };
    ((0..3).map(square).sum::<f64>() / 3.0).sqrt()
}

/// What is sought: numbers by which the zones of pixels have the wanted figures.
struct Search<'a> {
    first: Matched,
    own: &'a Planes,
    thirds: &'a [Vec<usize>; 3],
    wanted: &'a Figures,
}

impl Search<'_> {
    fn figures(&self, numbers: &[f64; NUMBERS]) -> Figures {
        let grade = Grade::of(&effects(&self.first, numbers), Moment::default());
        let mut planes = self.own.clone();
        grade.within(Space::Display, planes.each_mut().map(|plane| &mut plane[..]));
        figures(&planes, self.thirds)
    }

    /// How far the figures are from the wanted ones, then how far the numbers are from rest.
    fn misses(&self, numbers: &[f64; NUMBERS]) -> Vec<f64> {
        let figures = self.figures(numbers);
        let off = figures.iter().zip(self.wanted).map(|(found, wanted)| found - wanted);
        off.chain(numbers.iter().map(|number| REST * (number - 1.0))).collect()
    }

    fn found(&self) -> [f64; NUMBERS] {
        let mut numbers = [1.0; NUMBERS];
        let mut misses = self.misses(&numbers);
        let mut damping = 1e-2;
        for _ in 0..STEPS {
            let slopes = self.slopes(&numbers, &misses);
            let Some(step) = step(&slopes, &misses, damping) else { break };
            let next = std::array::from_fn(|at| held(at, numbers[at] + step[at]));
            let missed = self.misses(&next);
            if sum(&missed) < sum(&misses) {
                let is_done = sum(&misses) - sum(&missed) < 1e-9;
                (numbers, misses, damping) = (next, missed, damping * 0.3);
                if is_done {
                    break;
                }
            } else {
                damping *= 8.0;
            }
        }
        numbers
    }

    /// How each miss changes with each number.
    fn slopes(&self, numbers: &[f64; NUMBERS], misses: &[f64]) -> Vec<Vec<f64>> {
        let of = |at: usize| {
            let mut nudged = *numbers;
            nudged[at] += if nudged[at] + NUDGE > range(at)[1] { -NUDGE } else { NUDGE };
            let by = nudged[at] - numbers[at];
            let moved = self.misses(&nudged);
            moved.iter().zip(misses).map(|(moved, here)| (moved - here) / by).collect()
        };
        (0..NUMBERS).map(of).collect()
    }
}

fn range(at: usize) -> [f64; 2] {
    RANGES[usize::from(at >= 9)]
}

fn held(at: usize, number: f64) -> f64 {
    let [least, most] = range(at);
    number.clamp(least, most)
}

fn sum(misses: &[f64]) -> f64 {
    misses.iter().map(|miss| miss * miss).sum()
}

/// The step that takes the misses away if they change evenly; `None` where there is none.
fn step(slopes: &[Vec<f64>], misses: &[f64], damping: f64) -> Option<[f64; NUMBERS]> {
    let dot = |one: &[f64], other: &[f64]| -> f64 {
        one.iter().zip(other).map(|(one, other)| one * other).sum()
    };
    let mut rows = [[0.0; NUMBERS + 1]; NUMBERS];
    for (at, row) in rows.iter_mut().enumerate() {
        for (other, slope) in slopes.iter().enumerate() {
            row[other] = dot(&slopes[at], slope);
        }
        row[at] *= 1.0 + damping;
        row[NUMBERS] = -dot(&slopes[at], misses);
    }
    solved(rows)
}

/// The numbers that rows of sums, each with what it comes to, are of (elimination with pivots).
fn solved(mut rows: [[f64; NUMBERS + 1]; NUMBERS]) -> Option<[f64; NUMBERS]> {
    for column in 0..NUMBERS {
        let largest =
            |a: &usize, b: &usize| rows[*a][column].abs().total_cmp(&rows[*b][column].abs());
        let pivot = (column..NUMBERS).max_by(largest)?;
        rows.swap(column, pivot);
        if rows[column][column].abs() < 1e-15 {
            return None;
        }
        let above = rows[column];
        for row in &mut rows[column + 1..NUMBERS] {
            let part = row[column] / above[column];
            let pairs = row[column..=NUMBERS].iter_mut().zip(&above[column..=NUMBERS]);
            pairs.for_each(|(value, above)| *value -= part * above);
        }
    }
    let mut found = [0.0; NUMBERS];
    for row in (0..NUMBERS).rev() {
        let known: f64 = (row + 1..NUMBERS).map(|at| rows[row][at] * found[at]).sum();
        found[row] = (rows[row][NUMBERS] - known) / rows[row][row];
    }
    Some(found)
}

fn rounded(number: f64) -> f64 {
    (number * 1e4).round() / 1e4
}

/// The operations that numbers are: `e1` to `e3`.
fn effects(first: &Matched, numbers: &[f64; NUMBERS]) -> Vec<Effect> {
    let wheel = |three: &[f64], all: f64| {
        let numbers: Vec<f64> = three.iter().map(|number| rounded(*number)).chain([all]).collect();
        Param::Constant(Value::Vector(numbers))
    };
    let free = |three: &[f64]| {
        Param::Constant(Value::Vector(three.iter().copied().chain([1.0]).collect()))
    };
    let cdl = [("slope", wheel(&first.slope, 1.0)), ("offset", wheel(&first.offset, 0.0))];
    let zones = ["shadows", "midtones", "highlights"];
    let wheels = zones.iter().zip(numbers.chunks(3)).map(|(zone, three)| (*zone, free(three)));
    let parts = zones.iter().zip(&numbers[9..]).map(|(zone, part)| (*zone, Param::number(*part)));
    let made = [
        ("e1", "cdl", cdl.to_vec()),
        ("e2", "zones", wheels.collect()),
        ("e3", "saturation", parts.collect()),
    ];
    let effect = |(id, kind, values): (&str, &str, Vec<(&str, Param)>)| {
        let mut effect = Effect::new(Id::parse(id)?, kind);
        effect.values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Some(effect)
    };
    made.into_iter().filter_map(effect).collect()
}
