//! White noise by the place alone, and what a blur leaves of it.

use rayon::prelude::*;
use signal::chance;

/// Fills a channel with noise of mean 0 and mean square 1: by line and column, whatever draws which part.
pub(super) fn white(field: &mut [f32], width: usize, seed: u64) {
    field.par_chunks_mut(width.max(1)).enumerate().for_each(|(y, line)| {
        let line_seed = chance::mix(seed ^ (y as u64).wrapping_mul(0x9e37_79b9));
        for (x, value) in line.iter_mut().enumerate() {
            *value = chance::normal(chance::mix(line_seed.wrapping_add(x as u64))) as f32;
        }
    });
}

/// The mean square that a Gaussian of standard deviation `sigma` leaves of white noise: the sum of its squares.
pub(super) fn power_left(sigma: f64) -> f64 {
    if sigma <= 0.0 {
        return 1.0;
    }
    let reach = (sigma * 4.0).ceil() as i64;
    let weight = |tap: i64| (-0.5 * (tap as f64 / sigma).powi(2)).exp();
    let sum: f64 = (-reach..=reach).map(weight).sum();
    let squares: f64 = (-reach..=reach).map(|tap| (weight(tap) / sum).powi(2)).sum();
    squares * squares
}
