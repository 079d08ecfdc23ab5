//! Chance over a picture: the same wherever and whenever it is made.

use signal::chance::{mix, unit};

/// Mixed bits of a place in a frame.
#[inline(always)]
pub(super) const fn bits(seed: u64, frame: i64, x: usize, y: usize) -> u64 {
    mix(mix(seed ^ mix(frame as u64)) ^ ((y as u64) << 32 | x as u64))
}

/// Chance of triangular shape, from -1 to 1 (the sum of two even ones).
#[inline(always)]
pub(super) const fn triangle(bits: u64) -> f64 {
    unit(bits) + unit(mix(bits)) - 1.0
}
