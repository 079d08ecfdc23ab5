//! How strong grain is at each light: straight lines between knots, by least squares over blocks.

use super::KNOTS;
use super::blocks::Block;
use crate::measures::median;

/// How much, against its blocks, a knot is held to be like its neighbours: those that no block tells of are as these are.
const ALIKE: f64 = 0.002;
/// Rounds in which what lies far off counts less.
const ROUNDS: usize = 4;
/// Deviations beyond which a block counts for nothing (J. W. Tukey's biweight).
const BEYOND: f64 = 4.7;

/// The deviation of a channel at each knot, in codes; `floor` is the mean square of what rounding adds.
pub(super) fn fitted(blocks: &[Block], channel: usize, floor: f64) -> [f64; KNOTS] {
    let seen: Vec<(f64, f64)> = blocks
        .iter()
        .map(|block| (block.light, (block.spread[channel] - floor).max(0.0).sqrt()))
        .collect();
    let mut weights = vec![1.0; seen.len()];
    let mut knots = [median(seen.iter().map(|it| it.1).collect()); KNOTS];
    for _ in 0..ROUNDS {
        knots = solved(&seen, &weights);
        let off = |it: &(f64, f64)| (it.1 - at(&knots, it.0)).abs() / at(&knots, it.0).max(0.05);
        let usual = 1.4826 * median(seen.iter().map(off).collect()) + 1e-6;
        weights = seen
            .iter()
            .map(|it| (1.0 - (off(it) / (BEYOND * usual)).powi(2)).max(0.0).powi(2))
            .collect();
    }
    knots.map(|it| it.max(0.0))
}

/// What knots say at a light, in codes.
pub(super) fn at(knots: &[f64; KNOTS], light: f64) -> f64 {
    let (knot, part) = between(light);
    knots[knot] * (1.0 - part) + knots[knot + 1] * part
}

/// The knot below a light, and how far it is to the next.
fn between(light: f64) -> (usize, f64) {
    let place = (light / 255.0).clamp(0.0, 1.0) * (KNOTS - 1) as f64;
    let knot = (place as usize).min(KNOTS - 2);
    (knot, place - knot as f64)
}

/// Least squares: every knot meets its neighbours only, so that one pass down and one up solve it.
fn solved(seen: &[(f64, f64)], weights: &[f64]) -> [f64; KNOTS] {
    let (mut own, mut beside, mut sums) = ([1e-9; KNOTS], [0.0; KNOTS], [0.0; KNOTS]);
    for ((light, value), weight) in seen.iter().zip(weights) {
        let (knot, part) = between(*light);
        let parts = [1.0 - part, part];
        for (nth, part) in parts.into_iter().enumerate() {
            own[knot + nth] += weight * part * part;
            sums[knot + nth] += weight * part * value;
        }
        beside[knot] += weight * parts[0] * parts[1];
    }
    let held = ALIKE * weights.iter().sum::<f64>() / KNOTS as f64;
    for (knot, beside) in beside.iter_mut().enumerate().take(KNOTS - 1) {
        own[knot] += held;
        own[knot + 1] += held;
        *beside -= held;
    }
    for knot in 1..KNOTS {
        let by = beside[knot - 1] / own[knot - 1];
        own[knot] -= by * beside[knot - 1];
        sums[knot] -= by * sums[knot - 1];
    }
    let mut knots = [0.0; KNOTS];
    for knot in (0..KNOTS).rev() {
        let next = knots.get(knot + 1).map_or(0.0, |next| beside[knot] * next);
        knots[knot] = (sums[knot] - next) / own[knot];
    }
    knots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_found_again_whatever_a_few_blocks_say() {
        let truth = [0.6, 1.4, 2.0, 2.2, 2.1, 1.8, 1.2, 0.5];
        let block = |nth: usize| {
            let light = (nth * 37 % 256) as f64;
            let value = if nth % 9 == 4 { 9.0 } else { at(&truth, light) };
            let spread = [value * value + 0.08; 4];
            Block { light, spread, shared: [0.0; 3], alike: Vec::new() }
        };
        let blocks: Vec<Block> = (0..400).map(block).collect();
        for (found, truth) in fitted(&blocks, 1, 0.08).iter().zip(truth) {
            assert!((found / truth - 1.0).abs() < 0.08, "{found} and {truth}");
        }
    }

    #[test]
    fn lights_that_no_block_has_are_as_their_neighbours() {
        let block = |nth: usize| Block {
            light: 80.0 + (nth % 60) as f64,
            spread: [4.0; 4],
            shared: [0.0; 3],
            alike: Vec::new(),
        };
        let blocks: Vec<Block> = (0..60).map(block).collect();
        assert!(fitted(&blocks, 0, 0.0).iter().all(|knot| (knot - 2.0).abs() < 0.01));
    }
}
