//! Median: the middle one of the values about a pixel.

use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::{Parameter, wide};
use rayon::prelude::*;
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "median",
    label: "Median",
    help: "The middle one of the values in a square about every pixel, channel by channel: specks go, edges stay.",
    space: Space::Display,
    parameters: &[Parameter::number(
        "radius",
        "Radius",
        "Half the square's side, in pixels of a picture of 1080 lines.",
        [0.0, 10.0, 1.0],
        "px",
    )],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let radius = values.number("radius");
        (radius > 0.0).then(|| Arc::new(Median(radius)) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Median(f64);

impl Treatment for Median {
    fn treat(&self, mut picture: Canvas, _: &Scene<'_>) -> Canvas {
        let radius = (self.0 * picture.unit()).round().clamp(1.0, 20.0) as usize;
        let size = (picture.width, picture.height);
        picture.channels.iter_mut().for_each(|channel| *channel = median(channel, size, radius));
        picture
    }
}

/// The largest radius whose squares are sorted; larger ones are counted.
const SORTED: usize = 2;
/// Pixels that are worked on at a time: they stay in registers.
const RUN: usize = 16;

/// The median over squares of so many pixels each way, what lies beyond the edges being as they are: exact up to
/// [`SORTED`]; from there on to a hundred-thousandth of the channel's range.
fn median(channel: &[f32], (width, height): (usize, usize), radius: usize) -> Vec<f32> {
    let mut out = vec![0.0; channel.len()];
    let Some(wider) = Wider::of(channel, (width, height), radius) else { return channel.to_vec() };
    out.par_chunks_mut(width).enumerate().for_each(|(y, line)| {
        if radius > SORTED {
            return wider.counted(y, line);
        }
        wide(
            #[inline(always)]
            || wider.sorted(y, line),
        );
    });
    out
}

/// A channel that goes on beyond its edges as it ends, and some more to the right.
struct Wider {
    width: usize,
    radius: usize,
    values: Vec<f32>,
    least: f32,
    range: f32,
}

impl Wider {
    /// `None` where the channel is the same everywhere.
    fn of(channel: &[f32], (width, height): (usize, usize), radius: usize) -> Option<Self> {
        let least = channel.iter().copied().fold(f32::MAX, f32::min);
        let range = channel.iter().copied().fold(f32::MIN, f32::max) - least;
        if range.is_nan() || range <= 0.0 {
            return None;
        }
        let lines = (0..height + 2 * radius).map(|y| y.saturating_sub(radius).min(height - 1));
        let mut values = Vec::with_capacity((height + 2 * radius) * (width + 2 * radius + RUN));
        for line in lines.map(|y| &channel[y * width..(y + 1) * width]) {
            values.extend(std::iter::repeat_n(line[0], radius));
            values.extend_from_slice(line);
            values.extend(std::iter::repeat_n(line[width - 1], radius + RUN));
        }
        Some(Self { width: width + 2 * radius + RUN, radius, values, least, range })
    }

    /// The lines of the squares about line `y`, from the first column of the first square on.
    fn rows(&self, y: usize) -> impl Iterator<Item = &[f32]> {
        self.values[y * self.width..].chunks_exact(self.width).take(2 * self.radius + 1)
    }

    /// By sorting, many pixels at once.
    #[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
    #[inline(always)]
    fn sorted(&self, y: usize, line: &mut [f32]) {
        let side = 2 * self.radius + 1;
        let mut near = [[0.0; RUN]; (2 * SORTED + 1) * (2 * SORTED + 1)];
        for (run, out) in line.chunks_mut(RUN).enumerate() {
            for (row, values) in self.rows(y).enumerate() {
                for column in 0..side {
                    let start = run * RUN + column;
                    near[row * side + column].copy_from_slice(&values[start..start + RUN]);
                }
            }
            let middles = middles(&near[..side * side]);
            out.copy_from_slice(&middles[..out.len()]);
        }
    }

    /// By counting (Huang, Yang and Tang, A fast two-dimensional median filtering algorithm, 1979).
    fn counted(&self, y: usize, line: &mut [f32]) {
        let scale = 65535.0 / self.range;
        let code = |value: f32| ((value - self.least) * scale + 0.5) as u16;
        let rows: Vec<Vec<u16>> =
            self.rows(y).map(|row| row.iter().map(|value| code(*value)).collect()).collect();
        let side = 2 * self.radius + 1;
        let mut counts = Counts::new();
        rows.iter().flat_map(|row| &row[..side - 1]).for_each(|code| counts.add(*code));
        for (x, out) in line.iter_mut().enumerate() {
            rows.iter().for_each(|row| counts.add(row[x + side - 1]));
            let middle = counts.nth((side * side / 2) as u32);
            *out = self.least + f32::from(middle) / scale;
            rows.iter().for_each(|row| counts.take(row[x]));
        }
    }
}

/// The medians of many lists of an odd number of values at once: of one more than half of them the least and the
/// greatest are no medians and are let go, the next is taken in, and so on.
#[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
#[inline(always)]
fn middles(all: &[[f32; RUN]]) -> [f32; RUN] {
    let mut held = [[0.0; RUN]; SORTED * (2 * SORTED + 2) + 2];
    let mut count = all.len() / 2 + 2;
    held[..count].copy_from_slice(&all[..count]);
    let mut next = all[count..].iter();
    loop {
        for at in 1..count {
            order(&mut held, 0, at);
        }
        for at in 1..count - 1 {
            order(&mut held, at, count - 1);
        }
        match next.next() {
            Some(value) => held[0] = *value,
            None => return held[1],
        }
        count -= 1;
    }
}

/// Has the lesser of two values first.
#[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
#[inline(always)]
fn order(held: &mut [[f32; RUN]], first: usize, second: usize) {
    let (one, other) = (held[first], held[second]);
    let least = |lane: usize| if one[lane] < other[lane] { one[lane] } else { other[lane] };
    let most = |lane: usize| if one[lane] < other[lane] { other[lane] } else { one[lane] };
    (held[first], held[second]) = (std::array::from_fn(least), std::array::from_fn(most));
}

/// How many of each code there are, and of codes by 32 and by 1024.
struct Counts {
    fine: Vec<u32>,
    middle: Vec<u32>,
    coarse: [u32; 64],
}

impl Counts {
    fn new() -> Self {
        Self { fine: vec![0; 1 << 16], middle: vec![0; 1 << 11], coarse: [0; 64] }
    }

    fn add(&mut self, code: u16) {
        let code = usize::from(code);
        self.fine[code] += 1;
        self.middle[code >> 5] += 1;
        self.coarse[code >> 10] += 1;
    }

    fn take(&mut self, code: u16) {
        let code = usize::from(code);
        self.fine[code] -= 1;
        self.middle[code >> 5] -= 1;
        self.coarse[code >> 10] -= 1;
    }

    /// The code of which so many are less, or equal and before it.
    fn nth(&self, nth: u32) -> u16 {
        let (coarse, left) = passed(&self.coarse, nth);
        let (middle, left) = passed(&self.middle[coarse << 5..][..32], left);
        let middle = coarse << 5 | middle;
        let (fine, _) = passed(&self.fine[middle << 5..][..32], left);
        (middle << 5 | fine) as u16
    }
}

/// Which of some counts the `nth` is among, and how many of those before it are in that one.
fn passed(counts: &[u32], mut nth: u32) -> (usize, u32) {
    for (index, count) in counts.iter().enumerate() {
        if nth < *count {
            return (index, nth);
        }
        nth -= count;
    }
    (counts.len() - 1, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use signal::chance;

    /// The plain twin: every square sorted.
    fn plain(channel: &[f32], (width, height): (usize, usize), radius: isize) -> Vec<f32> {
        let held = |at: isize, size: usize| at.clamp(0, size as isize - 1) as usize;
        let square = |x: isize, y: isize| {
            let places = (-radius..=radius).flat_map(|down| (-radius..=radius).map(move |right| (right, down)));
            let mut near: Vec<f32> = places
                .map(|(right, down)| channel[held(y + down, height) * width + held(x + right, width)])
                .collect();
            near.sort_by(f32::total_cmp);
            near[near.len() / 2]
        };
        (0..channel.len()).map(|at| square((at % width) as isize, (at / width) as isize)).collect()
    }

    #[test]
    fn medians_are_those_of_sorted_squares() {
        for size in [(53, 31), (7, 5), (1, 9), (16, 1)] {
            let noise = |at: usize| chance::unit(chance::mix(at as u64)) as f32 * 3.0 - 1.0;
            let channel: Vec<f32> = (0..size.0 * size.1).map(noise).collect();
            for radius in [1, 2, 3, 5, 12] {
                let most = if radius > SORTED { 4.0 / 65535.0 } else { 0.0 };
                let twin = plain(&channel, size, radius as isize);
                for (made, twin) in median(&channel, size, radius).iter().zip(&twin) {
                    assert!((made - twin).abs() <= most, "{size:?} {radius}: {made} {twin}");
                }
            }
        }
        assert_eq!(median(&[0.3; 12], (4, 3), 2), [0.3; 12]);
    }
}
