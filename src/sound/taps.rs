//! Filters of finite length over whole steps.

use super::quantum::{QUANTUM, Run};

/// Outputs that are summed at once, in registers.
const WIDTH: usize = 32;

/// Adds to each sample of `out` the sum of what `heard` holds from there on, each times its tap. To be
/// called under a dispatch of its own.
#[inline(always)]
pub(super) fn add_filtered(taps: &[f32], heard: &[f32], out: &mut Run) {
    let heard = &heard[..QUANTUM + taps.len() - 1];
    for (place, out) in out.chunks_exact_mut(WIDTH).enumerate() {
        let heard = &heard[place * WIDTH..];
        let mut sums = [0.0_f32; WIDTH];
        for (tap, heard) in taps.iter().zip(heard.windows(WIDTH)) {
            for (sum, sample) in sums.iter_mut().zip(heard) {
                *sum += sample * tap;
            }
        }
        out.iter_mut().zip(&sums).for_each(|(out, sum)| *out += sum);
    }
}

/// The same for a filter that is equal backwards, or for two that are each other backwards: each tap is
/// for the sum of a sample of `front` and of the one of `back` that lies as far from the other end, which
/// `last` is.
#[inline(always)]
pub(super) fn add_folded(
    taps: &[f32],
    last: usize,
    (front, back): (&[f32], &[f32]),
    out: &mut Run,
) {
    let (front, back) = (&front[..QUANTUM + last], &back[..QUANTUM + last]);
    for (place, out) in out.chunks_exact_mut(WIDTH).enumerate() {
        let (front, back) = (&front[place * WIDTH..], &back[place * WIDTH..]);
        let mut sums = [0.0_f32; WIDTH];
        for (at, tap) in taps.iter().enumerate() {
            let pairs = front[at..at + WIDTH].iter().zip(&back[last - at..last - at + WIDTH]);
            for (sum, (one, other)) in sums.iter_mut().zip(pairs) {
                *sum += (one + other) * tap;
            }
        }
        out.iter_mut().zip(&sums).for_each(|(out, sum)| *out += sum);
    }
}
