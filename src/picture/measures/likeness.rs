//! What a picture looks like, in 64 bits: two that differ in few of them look alike.
//!
//! The perceptual hash of C. Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions,
//! 2010, 3.2.1, as the library `imagehash` has it: 32 by 32 means, the lowest 8 by 8 of their cosine
//! transform (DCT-II), a bit for each that lies above their median.

use super::Luma;
use std::f64::consts::PI;

/// Blocks across and down of what is transformed.
const BLOCKS: usize = 32;
/// Frequencies across and down that are kept.
const KEPT: usize = 8;
/// What is smaller is rounding: a flat picture has one hash.
const NOTHING: f64 = 1e-2;

/// A picture's perceptual hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Likeness(pub u64);

impl Likeness {
    /// Of a picture.
    pub fn of(luma: &Luma) -> Self {
        let low = lowest(&luma.shrunk((BLOCKS, BLOCKS)));
        let middle = super::median(low.clone());
        Self(low.iter().fold(0, |bits, value| bits << 1 | u64::from(*value > middle)))
    }

    /// In how many bits two differ: 0 the same, about 32 nothing in common.
    pub const fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }
}

impl std::fmt::Display for Likeness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// The lowest frequencies of a small picture, line by line, the constant first.
fn lowest(small: &Luma) -> Vec<f64> {
    let (width, height) = small.size();
    let across = waves(width);
    let rows: Vec<Vec<f64>> = (0..height)
        .map(|y| across.iter().map(|wave| product(wave, small.line(y))).collect())
        .collect();
    let down = waves(height);
    let at = |v: usize, u: usize| {
        let sum: f64 = down[v].iter().zip(&rows).map(|(wave, row)| wave * row[u]).sum();
        if sum.abs() < NOTHING { 0.0 } else { sum }
    };
    (0..KEPT).flat_map(|v| (0..KEPT).map(move |u| (v, u))).map(|(v, u)| at(v, u)).collect()
}

fn product(wave: &[f64], line: &[f32]) -> f64 {
    wave.iter().zip(line).map(|(wave, code)| wave * f64::from(*code)).sum()
}

/// The cosines of the kept frequencies over `size` blocks.
fn waves(size: usize) -> Vec<Vec<f64>> {
    let cosine = |at: usize, k: usize| (PI * (at as f64 + 0.5) * k as f64 / size as f64).cos();
    (0..KEPT).map(|k| (0..size).map(|at| cosine(at, k)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: impl Fn(usize, usize) -> f32) -> Likeness {
        let codes = (0..64 * 64).map(|at| code(at % 64, at / 64)).collect();
        Likeness::of(&Luma::new((64, 64), codes).unwrap())
    }

    #[test]
    fn what_is_lighter_or_noisier_looks_alike_and_another_picture_does_not() {
        let hill = |x: usize, y: usize| (x * 2) as f32 + 40.0 * ((y * x / 16) as f32 * 0.1).sin();
        let one = of(hill);
        assert!(one.distance(of(|x, y| 0.9 * hill(x, y) + 12.0)) <= 2);
        assert!(one.distance(of(|x, y| hill(x, y) + ((x * 7 + y * 13) % 5) as f32)) <= 6);
        assert!(one.distance(of(|x, y| hill(63 - y, x))) > 16);
        assert_eq!(of(|_, _| 90.0), of(|_, _| 17.0));
        assert_eq!(of(|_, _| 90.0).to_string().len(), 16);
    }
}
