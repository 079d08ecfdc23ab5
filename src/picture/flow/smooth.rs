//! A field made smooth, where the picture does not say otherwise.
//!
//! Brightness and its slopes are to stay as they are along the way, and neighbours are to go the same way; both by a
//! penalty that forgives a few. The equations are solved by relaxation, red pixels and black ones in turn, so that
//! their order does not depend on threads.

use super::{Flow, Level};
use rayon::prelude::*;

/// Times that the forgiveness is set anew.
const ROUNDS: usize = 5;
/// Relaxations for each.
const RELAXATIONS: usize = 5;
/// Of over-relaxation.
const OMEGA: f32 = 1.6;
/// What smoothness weighs, against brightness and its slopes.
const SMOOTHNESS: f32 = 20.0;
const BRIGHTNESS: f32 = 5.0;
const SLOPES: f32 = 10.0;
/// Squares of differences below these are forgiven by their size.
const FORGIVEN: f32 = 1e-6;
/// Keeps flat places from counting much.
const FLAT: f32 = 1e-2;

/// The linear equation of one pixel: what it weighs and what it wants.
#[derive(Clone, Copy, Default)]
struct Terms {
    /// Of brightness and of its two slopes: how it changes across, down, and with time.
    rows: [[f32; 3]; 3],
    /// By how much each counts.
    by: [f32; 3],
}

pub(super) fn smooth(from: &Level, to: &Level, flow: &mut Flow) {
    let (width, height) = (from.width, from.height);
    if width < 3 || height < 3 {
        return;
    }
    let terms = terms(from, to, flow);
    let mut steps = [vec![0.0_f32; width * height], vec![0.0_f32; width * height]];
    for _ in 0..ROUNDS {
        let ties = ties(flow, &steps);
        let wants = wants(&terms, &steps);
        for _ in 0..RELAXATIONS {
            for colour in 0..2 {
                relax(flow, &mut steps, (&ties, &wants), colour);
            }
        }
    }
    let [across, down] = &steps;
    flow.across.iter_mut().zip(across).for_each(|(value, step)| *value += step);
    flow.down.iter_mut().zip(down).for_each(|(value, step)| *value += step);
}

fn slope(values: &[f32], (width, height): (usize, usize), x: usize, y: usize) -> [f32; 2] {
    let at = |x: usize, y: usize| values[y * width + x];
    let across = at((x + 1).min(width - 1), y) - at(x.saturating_sub(1), y);
    let down = at(x, (y + 1).min(height - 1)) - at(x, y.saturating_sub(1));
    [0.5 * across, 0.5 * down]
}

fn terms(from: &Level, to: &Level, flow: &Flow) -> Vec<Terms> {
    let size @ (width, height) = (from.width, from.height);
    let there = flow.fetch(&to.values);
    let both: Vec<f32> = there.iter().zip(&from.values).map(|(a, b)| 0.5 * (a + b)).collect();
    let after: Vec<f32> = there.iter().zip(&from.values).map(|(a, b)| a - b).collect();
    let slopes = |values: &[f32]| -> [Vec<f32>; 2] {
        let all: Vec<[f32; 2]> = (0..width * height)
            .into_par_iter()
            .map(|place| slope(values, size, place % width, place / width))
            .collect();
        [0, 1].map(|side| all.iter().map(|it| it[side]).collect())
    };
    let [across, down] = slopes(&both);
    let [across_x, across_y] = slopes(&across);
    let [_, down_y] = slopes(&down);
    let [after_x, after_y] = slopes(&after);
    let term = |place: usize| {
        let rows = [
            [across[place], down[place], after[place]],
            [across_x[place], across_y[place], after_x[place]],
            [across_y[place], down_y[place], after_y[place]],
        ];
        let by = rows.map(|[x, y, _]| 1.0 / (x * x + y * y + FLAT));
        Terms { rows, by }
    };
    (0..width * height).into_par_iter().map(term).collect()
}

/// By how much each pixel holds to the one right of it, and to the one below.
fn ties(flow: &Flow, steps: &[Vec<f32>; 2]) -> [Vec<f32>; 2] {
    let (width, height) = (flow.width, flow.height);
    let at =
        |place: usize| [flow.across[place] + steps[0][place], flow.down[place] + steps[1][place]];
    let rough = |place: usize| {
        let (x, y) = (place % width, place / width);
        let [here, right, below] = [
            at(place),
            at(if x + 1 < width { place + 1 } else { place }),
            at(if y + 1 < height { place + width } else { place }),
        ];
        let square = |one: [f32; 2]| (one[0] - here[0]).powi(2) + (one[1] - here[1]).powi(2);
        SMOOTHNESS / (square(right) + square(below) + 1e-3).sqrt()
    };
    let all: Vec<f32> = (0..width * height).into_par_iter().map(rough).collect();
    let tie = |step: usize, is_last: &(dyn Fn(usize) -> bool + Sync)| {
        let mean = |place: usize| {
            if is_last(place) { 0.0 } else { 0.5 * (all[place] + all[place + step]) }
        };
        (0..width * height).into_par_iter().map(mean).collect::<Vec<f32>>()
    };
    let right = tie(1, &|place| place % width + 1 == width);
    let below = tie(width, &|place| place / width + 1 == height);
    [right, below]
}

/// The matrix of a pixel's own equation (three numbers) and its right side (two).
fn wants(terms: &[Terms], steps: &[Vec<f32>; 2]) -> Vec<[f32; 5]> {
    let want = |(place, terms): (usize, &Terms)| {
        let mut sum = [0.0_f32; 5];
        let off = |row: &[f32; 3]| row[2] + row[0] * steps[0][place] + row[1] * steps[1][place];
        let forgive = |square: f32| 1.0 / (square + FORGIVEN).sqrt();
        let bright = forgive(terms.by[0] * off(&terms.rows[0]).powi(2));
        let slopes = forgive(
            terms.by[1] * off(&terms.rows[1]).powi(2) + terms.by[2] * off(&terms.rows[2]).powi(2),
        );
        let weights = [BRIGHTNESS * bright, SLOPES * slopes, SLOPES * slopes];
        for ((row, by), weight) in terms.rows.iter().zip(terms.by).zip(weights) {
            let weight = by * weight;
            sum[0] += weight * row[0] * row[0];
            sum[1] += weight * row[0] * row[1];
            sum[2] += weight * row[1] * row[1];
            sum[3] -= weight * row[0] * row[2];
            sum[4] -= weight * row[1] * row[2];
        }
        sum
    };
    terms.par_iter().enumerate().map(want).collect()
}

fn relax(
    flow: &Flow,
    steps: &mut [Vec<f32>; 2],
    (ties, wants): (&[Vec<f32>; 2], &[[f32; 5]]),
    colour: usize,
) {
    let (width, height) = (flow.width, flow.height);
    let solve = |place: usize, steps: &[Vec<f32>; 2]| {
        let (x, y) = (place % width, place / width);
        let mut weight = 0.0;
        let mut pull = [0.0_f32; 2];
        let mut add = |tie: f32, other: usize| {
            weight += tie;
            pull[0] += tie * (flow.across[other] + steps[0][other] - flow.across[place]);
            pull[1] += tie * (flow.down[other] + steps[1][other] - flow.down[place]);
        };
        if x + 1 < width {
            add(ties[0][place], place + 1);
        }
        if x > 0 {
            add(ties[0][place - 1], place - 1);
        }
        if y + 1 < height {
            add(ties[1][place], place + width);
        }
        if y > 0 {
            add(ties[1][place - width], place - width);
        }
        let [a, b, c, right, below] = wants[place];
        let (a, c) = (a + weight, c + weight);
        let now = [steps[0][place], steps[1][place]];
        let across = (right + pull[0] - b * now[1]) / a;
        let across = now[0] + OMEGA * (across - now[0]);
        let down = (below + pull[1] - b * across) / c;
        [across, now[1] + OMEGA * (down - now[1])]
    };
    let made: Vec<Vec<[f32; 2]>> = (0..height)
        .into_par_iter()
        .map(|y| {
            let first = (y + colour) % 2;
            (first..width).step_by(2).map(|x| solve(y * width + x, steps)).collect()
        })
        .collect();
    for (y, line) in made.into_iter().enumerate() {
        for (nth, [across, down]) in line.into_iter().enumerate() {
            let place = y * width + (y + colour) % 2 + 2 * nth;
            (steps[0][place], steps[1][place]) = (across, down);
        }
    }
}
