//! The histogram: how many pixels have each code.

use super::board::{Mark, image_of};
use super::signal::Signal;
use super::{Scope, Size};
use ::signal::Image;

pub(super) const SCOPE: Scope = Scope {
    id: "histogram",
    label: "Histogram",
    help: "How many pixels have each code, from black to white, of red, green and blue.",
    draw,
    marks,
    figures: |signal| {
        let count = (signal.width() * signal.height()).max(1) as f64;
        let share = |is_it: fn(f32) -> bool| {
            let found = signal.pixels().filter(|pixel| pixel.iter().any(|value| is_it(*value)));
            found.count() as f64 / count
        };
        let crushed = share(|value| value <= 0.5 / 255.0);
        let clipped = share(|value| value >= 254.5 / 255.0);
        let mut luma = signal.luma();
        let middle = luma.len() / 2;
        let median = if luma.is_empty() {
            0.0
        } else {
            f64::from(*luma.select_nth_unstable_by(middle, f32::total_cmp).1)
        };
        vec![("crushed", crushed), ("clipped", clipped), ("median", median)]
    },
};

fn marks() -> Vec<Mark> {
    let line = |at: f32, label| Mark::Line { from: [at, 0.0], to: [at, 1.0], label };
    vec![line(0.25, "25"), line(0.5, "50"), line(0.75, "75")]
}

fn draw(signal: &Signal, size: Size) -> Image {
    let bins = [0, 1, 2].map(|channel| binned(signal.plane(channel), size.width));
    let inner = |bins: &[u32]| bins.iter().skip(1).rev().skip(1).copied().max().unwrap_or(0);
    let most = bins.iter().map(|bins| inner(bins)).max().unwrap_or(0).max(1) as f32;
    let pixel = |index: usize| {
        let (x, y) = (index % size.width, index / size.width);
        let height = 1.0 - (y as f32 + 0.5) / size.height as f32;
        bins.each_ref().map(|bins| {
            let part = (bins[x] as f32 / most).min(1.0).sqrt();
            if height <= part { 0.85 } else { 0.06 }
        })
    };
    image_of(size, (0..size.width * size.height).map(pixel))
}

/// How many values lie in each of so many equal parts from 0 to 1.
pub(super) fn binned(values: &[f32], bins: usize) -> Vec<u32> {
    let mut counts = vec![0; bins];
    for value in values {
        counts[((value * bins as f32) as usize).min(bins - 1)] += 1;
    }
    counts
}
