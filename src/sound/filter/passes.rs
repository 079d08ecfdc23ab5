//! Passes of any steepness: Butterworth filters as rows of sections.

use super::design::{Biquad, Corner};
use std::f64::consts::PI;

/// What lies above `frequency` Hz, falling by `order` times 6 dB an octave below it, -3 dB there.
pub fn high_pass(frequency: f64, order: usize, sample_rate: u32) -> impl Iterator<Item = Biquad> {
    row(frequency, order, sample_rate, Biquad::high_pass_once, Biquad::high_pass)
}

/// What lies below `frequency` Hz, falling by `order` times 6 dB an octave above it, -3 dB there.
pub fn low_pass(frequency: f64, order: usize, sample_rate: u32) -> impl Iterator<Item = Biquad> {
    row(frequency, order, sample_rate, Biquad::low_pass_once, Biquad::low_pass)
}

/// The poles of a Butterworth filter lie evenly on half a circle (S. Butterworth, On the Theory of
/// Filter Amplifiers, 1930): an odd one in the middle, pairs of Q `1 / 2 cos` around it.
fn row(
    frequency: f64,
    order: usize,
    sample_rate: u32,
    once: fn(Corner) -> Biquad,
    twice: fn(Corner) -> Biquad,
) -> impl Iterator<Item = Biquad> {
    let odd = (order % 2 == 1).then(|| once(Corner::new(frequency, 0.5, sample_rate)));
    let pairs = (0..order / 2).map(move |pair| {
        let angle = (order - 1 - 2 * pair) as f64 * PI / (2 * order) as f64;
        twice(Corner::new(frequency, 1.0 / (2.0 * angle.cos()), sample_rate))
    });
    odd.into_iter().chain(pairs)
}
