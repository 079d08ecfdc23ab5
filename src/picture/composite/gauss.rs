//! A Gaussian over one channel: its own weights where it is small, three boxes where it is large.

use rayon::prelude::*;
use signal::wide;

/// Above this standard deviation three boxes stand for the Gaussian: their sum is within 3 % of its height.
const LARGE: f64 = 12.0;

/// Blurs a channel of `size` (columns, lines) by a Gaussian of standard deviation `sigma` in pixels, clamped at the edges.
pub(crate) fn gauss(channel: &mut [f32], size: (usize, usize), sigma: f64) {
    if sigma <= 0.0 || is_even(channel) {
        return;
    }
    let (width, height) = size;
    across(channel, width, sigma);
    let mut turned = transposed(channel, width, height);
    across(&mut turned, height, sigma);
    channel.copy_from_slice(&transposed(&turned, height, width));
}

/// Whether a channel is the same everywhere: no blur changes it.
pub(super) fn is_even(channel: &[f32]) -> bool {
    channel.first().is_none_or(|first| channel.iter().all(|value| value == first))
}

/// The mean of a channel over squares of `half` pixels each way about every pixel, clamped at the edges.
pub(crate) fn box_mean(channel: &mut [f32], (width, height): (usize, usize), half: usize) {
    if is_even(channel) {
        return;
    }
    boxed(channel, width, &[half]);
    let mut turned = transposed(channel, width, height);
    boxed(&mut turned, height, &[half]);
    channel.copy_from_slice(&transposed(&turned, height, width));
}

fn across(channel: &mut [f32], width: usize, sigma: f64) {
    if sigma <= LARGE {
        let weights = weights(sigma);
        channel.par_chunks_mut(width).for_each(|line| weigh(line, &weights));
    } else {
        boxed(channel, width, &boxes(sigma));
    }
}

/// Normalised weights from the middle outwards.
fn weights(sigma: f64) -> Vec<f32> {
    let reach = (sigma * 4.0).ceil() as usize;
    let weight = |tap: usize| (-0.5 * (tap as f64 / sigma).powi(2)).exp();
    let sum: f64 = weight(0) + 2.0 * (1..=reach).map(weight).sum::<f64>();
    (0..=reach).map(|tap| (weight(tap) / sum) as f32).collect()
}

/// A line that goes on at its ends as it ends.
fn padded(line: &[f32], reach: usize) -> Vec<f32> {
    let mut padded = vec![line[0]; reach];
    padded.extend_from_slice(line);
    padded.extend(std::iter::repeat_n(line[line.len() - 1], reach));
    padded
}

fn weigh(line: &mut [f32], weights: &[f32]) {
    let reach = weights.len() - 1;
    let padded = padded(line, reach);
    let even = line.len() / RUN * RUN;
    wide(
        #[inline(always)]
        || {
            let (runs, rest) = line.as_chunks_mut::<RUN>();
            for (run, out) in runs.iter_mut().enumerate() {
                sum(&padded, run * RUN + reach, weights, out);
            }
            for (place, out) in rest.iter_mut().enumerate() {
                let mut one = [0.0];
                sum(&padded, even + place + reach, weights, &mut one);
                *out = one[0];
            }
        },
    );
}

/// Values that are weighed at a time: they stay in registers.
const RUN: usize = 32;

/// The weighed sums about `N` places from `middle` on.
#[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
#[inline(always)]
fn sum<const N: usize>(line: &[f32], middle: usize, weights: &[f32], out: &mut [f32; N]) {
    let at = |place: usize| -> &[f32; N] {
        line.get(place..).and_then(<[f32]>::first_chunk).unwrap_or(&[0.0; N])
    };
    let mut sums = *at(middle);
    sums.iter_mut().for_each(|value| *value *= weights[0]);
    for (tap, weight) in weights.iter().enumerate().skip(1) {
        let (left, right) = (at(middle - tap), at(middle + tap));
        for ((sum, left), right) in sums.iter_mut().zip(left).zip(right) {
            *sum += weight * (left + right);
        }
    }
    *out = sums;
}

/// Half widths of three boxes whose variances sum to the Gaussian's (Kovesi, Fast Almost-Gaussian Filtering, 2010).
fn boxes(sigma: f64) -> [usize; 3] {
    let ideal = (12.0 * sigma * sigma / 3.0 + 1.0).sqrt();
    let low = ((ideal as usize).saturating_sub(1) | 1).max(1);
    let low = if low as f64 > ideal { low - 2 } else { low };
    let small = low as f64;
    let count =
        (12.0 * sigma * sigma - 3.0 * small * small - 12.0 * small - 9.0) / (-4.0 * small - 4.0);
    std::array::from_fn(|index| {
        let width = if (index as f64) < count.round() { low } else { low + 2 };
        width / 2
    })
}

/// Lines that are worked on at a time, side by side.
const LINES: usize = 8;

/// Running means over `2 half + 1` values of each line, one after the other, clamped at the ends.
fn boxed(channel: &mut [f32], width: usize, halves: &[usize]) {
    let reach: usize = halves.iter().sum();
    channel.par_chunks_mut((width * LINES).max(1)).for_each(|lines| {
        let mut columns = vec![[0.0; LINES]; width + 2 * reach];
        for (lane, line) in lines.chunks_exact(width).enumerate() {
            for (place, column) in columns.iter_mut().enumerate() {
                column[lane] = line[place.saturating_sub(reach).min(width - 1)];
            }
        }
        wide(
            #[inline(always)]
            || {
                for half in halves {
                    columns = means(&columns, *half);
                }
            },
        );
        for (lane, line) in lines.chunks_exact_mut(width).enumerate() {
            let own = &columns[reach..reach + width];
            line.iter_mut().zip(own).for_each(|(value, column)| *value = column[lane]);
        }
    });
}

#[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
#[inline(always)]
fn means(columns: &[[f32; LINES]], half: usize) -> Vec<[f32; LINES]> {
    let (last, part) = (columns.len() - 1, 1.0 / (2 * half + 1) as f64);
    let mut sums = columns[0].map(|value| f64::from(value) * (half + 1) as f64);
    for place in 1..=half {
        let next = &columns[place.min(last)];
        sums.iter_mut().zip(next).for_each(|(sum, value)| *sum += f64::from(*value));
    }
    let mut out = vec![[0.0; LINES]; columns.len()];
    for (place, out) in out.iter_mut().enumerate() {
        *out = sums.map(|sum| (sum * part) as f32);
        let (next, past) =
            (&columns[(place + half + 1).min(last)], &columns[place.saturating_sub(half)]);
        for ((sum, next), past) in sums.iter_mut().zip(next).zip(past) {
            *sum += f64::from(*next) - f64::from(*past);
        }
    }
    out
}

fn transposed(channel: &[f32], width: usize, height: usize) -> Vec<f32> {
    const TILE: usize = 16;
    let mut out = vec![0.0; channel.len()];
    out.par_chunks_mut(height * TILE).enumerate().for_each(|(tile, columns)| {
        for top in (0..height).step_by(TILE) {
            for (column, out) in columns.chunks_mut(height).enumerate() {
                let x = tile * TILE + column;
                let bottom = (top + TILE).min(height);
                for (line, out) in out[top..bottom].iter_mut().enumerate() {
                    *out = channel[(top + line) * width + x];
                }
            }
        }
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_means_are_means() {
        let (width, height) = (23, 11);
        let value = |at: usize| ((at * 37) % 101) as f32 / 100.0;
        let channel: Vec<f32> = (0..width * height).map(value).collect();
        for half in [0, 1, 4, 30] {
            let mut made = channel.clone();
            boxed(&mut made, width, &[half]);
            for (at, made) in made.iter().enumerate() {
                let (x, line) = ((at % width) as isize, &channel[at / width * width..][..width]);
                let near = -(half as isize)..=half as isize;
                let held = near.map(|away| (x + away).clamp(0, width as isize - 1) as usize);
                let mean = held.map(|x| f64::from(line[x])).sum::<f64>() / (2 * half + 1) as f64;
                assert!((f64::from(*made) - mean).abs() < 1e-6, "{half} at {at}: {made} {mean}");
            }
        }
    }

    #[test]
    fn what_is_even_stays_and_what_is_there_stays_in_sum() {
        for sigma in [0.7, 3.0, 20.0] {
            let mut even = vec![0.37; 40 * 30];
            gauss(&mut even, (40, 30), sigma);
            assert!(even.iter().all(|value| (value - 0.37).abs() < 1e-5));
            let mut point = vec![0.0; 401 * 401];
            point[200 * 401 + 200] = 1.0;
            gauss(&mut point, (401, 401), sigma);
            let sum: f32 = point.iter().sum();
            assert!((sum - 1.0).abs() < 1e-3, "{sum}");
            let line: f64 = (0..401).map(|x| f64::from(point[200 * 401 + x])).sum();
            let spread = |x: usize| (x as f64 - 200.0).powi(2) * f64::from(point[200 * 401 + x]);
            let variance = (0..401).map(spread).sum::<f64>() / line;
            assert!((variance.sqrt() / sigma - 1.0).abs() < 0.02, "{sigma} {}", variance.sqrt());
        }
    }
}
