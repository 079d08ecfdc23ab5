//! The shape of a grain: what white noise is weighed by to be as alike from pixel to pixel as the grain is.

use super::blocks::{Block, FAR, lags};
use super::{KNOTS, SHAPE, curve};
use std::f64::consts::{PI, TAU};

/// Waves of the spectrum, each way.
const WAVES: usize = 48;
/// Pixels up to which likeness counts whole; what is farther apart counts less and less.
const WHOLE: f64 = 7.0;
/// Of a shape's power, what may lie beyond its edge.
const BEYOND: f64 = 0.0075;

/// The shape, a square of odd side, line by line, whose squares sum to 1.
///
/// The likeness of pixels that lie apart is the spectrum's transform (N. Wiener, 1930; A. Khinchin, 1934); the shape is
/// that of the spectrum's root, which has no phase.
pub(super) fn fitted(blocks: &[Block], luma: &[f64; KNOTS], floor: f64) -> Vec<f64> {
    let alike = alike(blocks, luma, floor);
    let roots = roots(&alike);
    let half = (SHAPE / 2) as isize;
    let all = |far: isize| (-far..=far).flat_map(move |y| (-far..=far).map(move |x| (x, y)));
    let whole: Vec<((isize, isize), f64)> =
        all(half).map(|place| (place, weight(&roots, place))).collect();
    let power = |far: isize| -> f64 {
        let within = whole.iter().filter(|((x, y), _)| x.abs() <= far && y.abs() <= far);
        within.map(|(_, weight)| weight * weight).sum()
    };
    let enough = (1.0 - BEYOND) * power(half);
    let far = (0..half).find(|far| power(*far) >= enough).unwrap_or(half);
    let norm = power(far).sqrt().max(1e-12);
    let within = whole.iter().filter(|((x, y), _)| x.abs() <= far && y.abs() <= far);
    within.map(|(_, weight)| weight / norm).collect()
}

/// The likeness of pixels that lie apart, by [`lags`], over all blocks, each measured by its light.
fn alike(blocks: &[Block], luma: &[f64; KNOTS], floor: f64) -> Vec<f64> {
    let mut sums = vec![0.0; lags().count()];
    let mut rounding = 0.0;
    for block in blocks {
        let power = curve::at(luma, block.light).powi(2) + floor;
        let is_usual = block.alike[0] < 3.0 * power;
        let weight = if is_usual && power > 1e-6 { 1.0 / power } else { 0.0 };
        sums.iter_mut().zip(&block.alike).for_each(|(sum, alike)| *sum += weight * alike);
        rounding += weight * floor;
    }
    let own = (sums[0] - rounding).max(1e-9);
    sums[0] = own;
    sums.into_iter().map(|sum| sum / own).collect()
}

/// The roots of the spectrum, [`WAVES`] each way.
fn roots(alike: &[f64]) -> Vec<f64> {
    let fade = |lag: isize| {
        let over = (lag.unsigned_abs() as f64 - WHOLE).max(0.0) / (FAR as f64 + 1.0 - WHOLE);
        0.5 + 0.5 * (PI * over).cos()
    };
    let faded: Vec<((isize, isize), f64)> = lags()
        .zip(alike)
        .map(|((right, down), alike)| ((right, down), fade(right) * fade(down) * alike))
        .collect();
    let root = |wave: usize| {
        let sum = faded.iter().map(|(lag, alike)| {
            let twice = if *lag == (0, 0) { 1.0 } else { 2.0 };
            twice * alike * turned(wave, *lag)
        });
        sum.sum::<f64>().max(0.0).sqrt()
    };
    (0..WAVES * WAVES).map(root).collect()
}

fn weight(roots: &[f64], place: (isize, isize)) -> f64 {
    let all = roots.iter().enumerate().map(|(wave, root)| root * turned(wave, place));
    all.sum::<f64>() / (WAVES * WAVES) as f64
}

/// The cosine of a wave at a place.
fn turned(wave: usize, (x, y): (isize, isize)) -> f64 {
    let (across, down) = ((wave % WAVES) as isize, (wave / WAVES) as isize);
    let steps = (across * x + down * y).rem_euclid(WAVES as isize);
    (TAU * steps as f64 / WAVES as f64).cos()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(of: impl Fn(isize, isize) -> f64) -> Vec<f64> {
        let alike = lags().map(|(x, y)| of(x, y)).collect();
        let block = Block { light: 128.0, spread: [1.0; 4], shared: [0.0; 3], alike };
        fitted(&[block], &[1.0; KNOTS], 0.0)
    }

    #[test]
    fn white_grain_is_a_pixel_and_soft_grain_is_as_wide_as_it_is() {
        let white = measured(|x, y| if (x, y) == (0, 0) { 1.0 } else { 0.0 });
        assert_eq!(white.len(), 1);
        let sigma = 1.2_f64;
        let soft = measured(|x, y| (-((x * x + y * y) as f64) / (4.0 * sigma * sigma)).exp());
        let side = soft.len().isqrt();
        let middle = soft[soft.len() / 2];
        let beside = soft[soft.len() / 2 + 1] / middle;
        assert!((beside - (-0.5 / (sigma * sigma)).exp()).abs() < 0.02, "{beside}, {side}");
        assert!((soft.iter().map(|it| it * it).sum::<f64>() - 1.0).abs() < 1e-9);
    }
}
