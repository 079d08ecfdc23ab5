//! Defocus: every point becomes a disc, as in a lens that looks elsewhere.

use super::gauss::is_even;
use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::{Parameter, wide};
use rayon::prelude::*;
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "defocus",
    label: "Defocus",
    help: "Out of focus: every point becomes a disc, in light, so that lamps stay bright.",
    space: Space::Light,
    parameters: &[Parameter::number(
        "radius",
        "Radius",
        "Of the disc, in pixels of a picture of 1080 lines.",
        [0.0, 100.0, 8.0],
        "px",
    )],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let radius = values.number("radius");
        (radius > 0.0).then(|| Arc::new(Defocus(radius)) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Defocus(f64);

impl Treatment for Defocus {
    fn treat(&self, mut picture: Canvas, _: &Scene<'_>) -> Canvas {
        let radius = self.0 * picture.unit();
        let size = (picture.width, picture.height);
        let uneven = picture.channels.iter_mut().filter(|channel| !is_even(channel));
        uneven.for_each(|channel| *channel = disc(channel, size, radius));
        picture
    }
}

/// The mean over a disc, whose edge pixels count by how much of them it covers along the line; clamped at the edges.
pub(super) fn disc(channel: &[f32], (width, height): (usize, usize), radius: f64) -> Vec<f32> {
    let reach = radius.floor() as isize;
    let halves: Vec<f64> = (-reach..=reach)
        .map(|down| (radius * radius - (down * down) as f64).max(0.0).sqrt())
        .collect();
    let area: f64 = halves.iter().map(|half| 2.0 * half + 1.0).sum();
    let sums = running(channel, width);
    let mut out = vec![0.0; channel.len()];
    out.par_chunks_mut(width.max(1)).enumerate().for_each(|(y, line)| {
        let mut total = vec![0.0_f64; width];
        for (down, half) in (-reach..=reach).zip(&halves) {
            let row = (y as isize + down).clamp(0, height as isize - 1) as usize;
            let source = &channel[row * width..][..width];
            add_run(&mut total, &sums[row * (width + 1)..][..=width], source, *half);
        }
        line.iter_mut().zip(total).for_each(|(out, total)| *out = (total / area) as f32);
    });
    out
}

/// Every line's sums from its beginning, one more than it has values.
fn running(channel: &[f32], width: usize) -> Vec<f64> {
    let mut sums = vec![0.0; channel.len() / width.max(1) * (width + 1)];
    let lines = sums.par_chunks_mut(width + 1).zip(channel.par_chunks(width.max(1)));
    lines.for_each(|(sums, line)| {
        for (index, value) in line.iter().enumerate() {
            sums[index + 1] = sums[index] + f64::from(*value);
        }
    });
    sums
}

/// Adds the values within `half + 1/2` of each place, those at the ends by their part.
fn add_run(total: &mut [f64], sums: &[f64], line: &[f32], half: f64) {
    let (width, whole, part) = (line.len(), half.floor() as usize, half.fract());
    let (first, last) = (f64::from(line[0]), f64::from(line[width - 1]));
    let value = |place: isize| match place {
        place if place < 0 => first,
        place if place as usize >= width => last,
        place => f64::from(line[place as usize]),
    };
    let sum = |place: usize| {
        let (from, to) = (place as isize - whole as isize, place + whole + 1);
        let within = sums[to.min(width)] - sums[from.max(0) as usize];
        let beyond = first * (-from).max(0) as f64 + last * to.saturating_sub(width) as f64;
        let ends = value(from - 1) + value(to as isize);
        within + beyond + part * ends
    };
    let inner = (whole + 1).min(width)..width.saturating_sub(whole + 1).max((whole + 1).min(width));
    for (place, total) in total.iter_mut().enumerate() {
        if !inner.contains(&place) {
            *total += sum(place);
        }
    }
    let (start, end) = (inner.start, inner.end);
    if start >= end {
        return;
    }
    wide(
        #[inline(always)]
        || {
            let low = &sums[start - whole..end - whole];
            let high = &sums[start + whole + 1..=end + whole];
            let left = &line[start - whole - 1..end - whole - 1];
            let right = &line[start + whole + 1..];
            let sums = low.iter().zip(high).zip(left.iter().zip(right));
            for (total, ((low, high), (left, right))) in total[start..end].iter_mut().zip(sums) {
                *total += high - low + part * (f64::from(*left) + f64::from(*right));
            }
        },
    );
}
