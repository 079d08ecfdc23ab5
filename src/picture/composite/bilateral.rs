//! Bilateral: a blur that stops where colours change (Tomasi and Manduchi, Bilateral filtering, 1998).
//!
//! A wide one looks at so many pixels of its disc as a narrow one has, evenly spread: each pixel's neighbours lie on
//! lines that are shifted against each other.

use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::{Space, two_to};
use signal::{Parameter, wide};
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "bilateral",
    label: "Bilateral",
    help: "A blur among pixels of like colour: skin gets smooth and edges stay.",
    space: Space::Display,
    parameters: &[
        Parameter::number(
            "size",
            "Size",
            "Standard deviation over the picture, in pixels of a picture of 1080 lines.",
            [0.0, 30.0, 3.0],
            "px",
        ),
        Parameter::number("likeness", "Likeness", "Standard deviation over colour, 0 to 1.", [0.001, 1.0, 0.1], ""),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let (size, likeness) = (values.number("size"), values.number("likeness") as f32);
        (size > 0.0).then(|| Arc::new(Bilateral { size, likeness }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Bilateral {
    size: f64,
    likeness: f32,
}

/// A disc is looked at as closely as one of this radius, in pixels; those up to half as large again whole.
const EVERY: isize = 9;
/// Pixels that are worked on at a time: they stay in the nearest cache.
const RUN: usize = 64;

/// A neighbour: where it is, and the binary logarithm of what it counts for.
#[derive(Debug, Clone, Copy)]
struct Near {
    right: isize,
    down: isize,
    weight: f32,
}

/// The neighbours within twice a standard deviation.
fn near(sigma: f64) -> Vec<Near> {
    let reach = (2.0 * sigma).ceil().max(1.0) as isize;
    let step = ((2 * reach + EVERY) / (2 * EVERY)).max(1);
    let lines = -(reach / step)..=reach / step;
    let on_line = |line: isize| {
        let shift = if line % 2 == 0 { 0 } else { step / 2 };
        let columns = -(reach / step) - 1..=reach / step + 1;
        columns.map(move |column| (column * step + shift, line * step))
    };
    let all = lines.flat_map(on_line);
    let is_near = |(right, down): &(isize, isize)| right * right + down * down <= reach * reach;
    all.filter(is_near)
        .map(|(right, down)| {
            let square = (right * right + down * down) as f64;
            let weight = -0.5 * square / (sigma * sigma) * std::f64::consts::LOG2_E;
            Near { right, down, weight: weight as f32 }
        })
        .collect()
}

impl Treatment for Bilateral {
    fn treat(&self, mut picture: Canvas, _: &Scene<'_>) -> Canvas {
        let near = near(self.size * picture.unit());
        let by = -0.5 * std::f32::consts::LOG2_E / (self.likeness * self.likeness);
        let wider = Wider::of(&picture, near.iter().map(|it| it.right.abs()).max().unwrap_or(0));
        let width = picture.width;
        picture.bands(|first, [red, green, blue, _]| {
            for line in 0..red.len() / width.max(1) {
                for start in (0..width).step_by(RUN) {
                    let end = (start + RUN).min(width);
                    let out = [&mut *red, &mut *green, &mut *blue]
                        .map(|channel| &mut channel[line * width + start..line * width + end]);
                    wider.mean([start, first + line], &near, by, out);
                }
            }
        });
        picture
    }
}

/// Red, green and blue of a picture that goes on beyond its left and right as it ends.
struct Wider {
    width: usize,
    height: usize,
    beyond: usize,
    channels: [Vec<f32>; 3],
}

impl Wider {
    fn of(picture: &Canvas, beyond: isize) -> Self {
        let (beyond, height) = (beyond.unsigned_abs(), picture.height);
        let width = picture.width + 2 * beyond;
        let channels = [0, 1, 2].map(|channel: usize| {
            let mut wider = Vec::with_capacity(width * height);
            for line in picture.channels[channel].chunks_exact(picture.width.max(1)) {
                wider.extend(std::iter::repeat_n(line[0], beyond));
                wider.extend_from_slice(line);
                wider.extend(std::iter::repeat_n(line[line.len() - 1], beyond));
            }
            wider
        });
        Self { width, height, beyond, channels }
    }

    /// The means over a run of pixels from a column of a line on.
    fn mean(&self, [x, y]: [usize; 2], near: &[Near], by: f32, out: [&mut [f32]; 3]) {
        let count = out[0].len();
        let run = |right: isize, down: isize| {
            let line = (y as isize + down).clamp(0, self.height as isize - 1) as usize;
            let column = (x + self.beyond).saturating_add_signed(right);
            let start = line * self.width + column;
            self.channels.each_ref().map(|channel| &channel[start..start + count])
        };
        let own = run(0, 0);
        let (mut sums, mut totals) = ([[0.0; RUN]; 3], [0.0; RUN]);
        wide(
            #[inline(always)]
            || {
                for it in near {
                    let there = run(it.right, it.down);
                    add(own, there, (it.weight, by), (&mut sums, &mut totals));
                }
            },
        );
        for (out, sums) in out.into_iter().zip(&sums) {
            let means = sums.iter().zip(&totals);
            out.iter_mut().zip(means).for_each(|(out, (sum, total))| *out = sum / total);
        }
    }
}

/// Adds what is at a neighbour's place of each pixel, by how near and how like it is.
#[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
#[inline(always)]
fn add(
    own: [&[f32]; 3],
    there: [&[f32]; 3],
    (weight, by): (f32, f32),
    (sums, totals): (&mut [[f32; RUN]; 3], &mut [f32; RUN]),
) {
    let count = own[0].len().min(RUN);
    let [own_red, own_green, own_blue] = own.map(|it| &it[..count]);
    let [red, green, blue] = there.map(|it| &it[..count]);
    let [red_sums, green_sums, blue_sums] = sums;
    for at in 0..count {
        let (r, g, b) = (red[at] - own_red[at], green[at] - own_green[at], blue[at] - own_blue[at]);
        let part = two_to(weight + by * (r * r + g * g + b * b));
        totals[at] += part;
        red_sums[at] += part * red[at];
        green_sums[at] += part * green[at];
        blue_sums[at] += part * blue[at];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use signal::chance;

    fn picture() -> Canvas {
        let mut picture = Canvas::clear(150, 90, Space::Display);
        for (channel, values) in picture.channels.iter_mut().enumerate() {
            for (index, value) in values.iter_mut().enumerate() {
                let (x, y) = ((index % 150) as f64, (index / 150) as f64);
                let block = if ((x / 31.0 + y / 23.0) as usize).is_multiple_of(2) { 0.3 } else { 0.0 };
                let noise = chance::unit(chance::mix((index * 4 + channel) as u64));
                *value = (0.3 + block + 0.1 * (x / 20.0).sin() + 0.06 * (noise - 0.5)) as f32;
            }
        }
        picture.channels[3].fill(1.0);
        picture
    }

    /// The plain twin: every pixel of the disc, in doubles.
    fn plain(picture: &Canvas, sigma: f64, likeness: f64, [x, y]: [isize; 2]) -> [f64; 3] {
        let reach = (2.0 * sigma).ceil().max(1.0) as isize;
        let at = |x: isize, y: isize| {
            let (x, y) = (x.clamp(0, 149) as usize, y.clamp(0, 89) as usize);
            [0, 1, 2].map(|channel: usize| f64::from(picture.channels[channel][y * 150 + x]))
        };
        let (own, mut sums, mut total) = (at(x, y), [0.0; 3], 0.0);
        for (right, down) in (-reach..=reach).flat_map(|down| (-reach..=reach).map(move |right| (right, down))) {
            let square = (right * right + down * down) as f64;
            if square > (reach * reach) as f64 {
                continue;
            }
            let there = at(x + right, y + down);
            let far: f64 = (0..3).map(|it| (there[it] - own[it]).powi(2)).sum();
            let weight = (-0.5 * square / (sigma * sigma) - 0.5 * far / (likeness * likeness)).exp();
            total += weight;
            (0..3).for_each(|it| sums[it] += weight * there[it]);
        }
        sums.map(|sum| sum / total)
    }

    fn off(sigma: f64) -> f64 {
        let picture = picture();
        let filter = Bilateral { size: sigma / picture.unit(), likeness: 0.1 };
        let made = filter.treat(picture.clone(), &Scene { frame: 0, around: &[], matte: None });
        let mut worst = 0.0_f64;
        for (x, y) in (0..90).step_by(7).flat_map(|y| (0..150).step_by(5).map(move |x| (x, y))) {
            let twin = plain(&picture, sigma, 0.1, [x, y]);
            let pixel = made.pixel(x as usize, y as usize);
            (0..3).for_each(|it| worst = worst.max((f64::from(pixel[it]) - twin[it]).abs()));
        }
        worst
    }

    #[test]
    fn a_narrow_one_is_its_plain_twin_and_a_wide_one_nearly() {
        for (sigma, most) in [(0.4, 2e-6), (2.0, 2e-6), (6.0, 2e-6), (9.0, 0.01), (20.0, 0.02)] {
            let off = off(sigma);
            assert!(off < most, "{sigma}: off by {off}");
        }
    }
}
