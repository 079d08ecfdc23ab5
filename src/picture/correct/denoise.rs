//! Noise taken out of one picture: each pixel becomes the mean of those whose surroundings look like its own.

use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use rayon::prelude::*;
use std::sync::Arc;

/// Pixels of a surrounding to either side.
const NEAR: usize = 2;

pub(super) const FILTER: Filter = Filter {
    id: "denoise",
    label: "Denoise",
    help: "Each pixel becomes the mean of those nearby whose surroundings look like its own (A. Buades and others, A Non-Local Algorithm for Image Denoising, CVPR 2005).",
    space: Space::Display,
    parameters: &[
        Parameter::number("noise", "Noise", "Deviation of the noise, in codes of 255.", [0.1, 64.0, 4.0], "codes"),
        Parameter::number("strength", "Strength", "How different surroundings may be, in deviations of the noise.", [0.1, 4.0, 0.6], ""),
        Parameter::setting("far", "Far", "Pixels to either side that are looked at.", [1.0, 16.0, 6.0], "px"),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let noise = (values.number("noise") / 255.0) as f32;
        let (strength, far) = (values.number("strength") as f32, values.number("far") as isize);
        Some(Arc::new(Denoise { noise, strength, far }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Denoise {
    noise: f32,
    strength: f32,
    far: isize,
}

/// Lines that are worked on at a time.
const LINES: usize = 32;

impl Treatment for Denoise {
    fn treat(&self, mut picture: Canvas, _: &Scene<'_>) -> Canvas {
        let before = picture.clone();
        let (width, height) = (before.width, before.height);
        let starts: Vec<usize> = (0..height).step_by(LINES).collect();
        let made: Vec<[Vec<f32>; 3]> = starts.par_iter().map(|top| self.band(&before, *top, LINES.min(height - top))).collect();
        for (top, channels) in starts.into_iter().zip(made) {
            for (out, made) in picture.channels.iter_mut().zip(channels) {
                out[top * width..][..made.len()].copy_from_slice(&made);
            }
        }
        picture
    }
}

impl Denoise {
    /// The lines from `top` on.
    fn band(&self, picture: &Canvas, top: usize, lines: usize) -> [Vec<f32>; 3] {
        let (width, height) = (picture.width, picture.height);
        let mut weights = vec![0.0_f32; width * lines];
        let mut sums = [0, 1, 2].map(|_| vec![0.0_f32; width * lines]);
        let mut apart = vec![0.0_f32; width * (lines + 2 * NEAR)];
        let area = ((2 * NEAR + 1) * (2 * NEAR + 1)) as f32;
        let per = 1.0 / (self.strength * self.noise).powi(2).max(1e-12);
        let row = |y: isize| y.clamp(0, height as isize - 1) as usize;
        for (across, down) in (-self.far..=self.far).flat_map(|down| (-self.far..=self.far).map(move |across| (across, down))) {
            for (nth, out) in apart.chunks_exact_mut(width).enumerate() {
                let y = top as isize + nth as isize - NEAR as isize;
                differences(picture, (row(y), row(y + down)), across, out);
            }
            let boxed = boxed(&apart, width, lines);
            for line in 0..lines {
                let there = row((top + line) as isize + down) * width;
                for x in 0..width {
                    let place = line * width + x;
                    let square = boxed[place] / (3.0 * area) - 2.0 * self.noise * self.noise;
                    let weight = (-square.max(0.0) * per).exp();
                    let from = there + (x as isize + across).clamp(0, width as isize - 1) as usize;
                    weights[place] += weight;
                    for (sum, channel) in sums.iter_mut().zip(&picture.channels) {
                        sum[place] += weight * channel[from];
                    }
                }
            }
        }
        sums.map(|sum| sum.iter().zip(&weights).map(|(sum, weight)| sum / weight).collect())
    }
}

/// The squares of how far a line is from another one, shifted, all colours together.
fn differences(picture: &Canvas, (here, there): (usize, usize), across: isize, out: &mut [f32]) {
    let width = picture.width;
    out.fill(0.0);
    for channel in &picture.channels[..3] {
        let (here, there) = (&channel[here * width..][..width], &channel[there * width..][..width]);
        for (x, out) in out.iter_mut().enumerate() {
            let from = (x as isize + across).clamp(0, width as isize - 1) as usize;
            *out += (here[x] - there[from]).powi(2);
        }
    }
}

/// Sums over surroundings.
fn boxed(apart: &[f32], width: usize, lines: usize) -> Vec<f32> {
    let mut boxed = vec![0.0_f32; width * lines];
    let mut column = vec![0.0_f32; width];
    for line in 0..lines {
        column.fill(0.0);
        for near in 0..=2 * NEAR {
            let row = &apart[(line + near) * width..][..width];
            column.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
        }
        for (x, out) in boxed[line * width..][..width].iter_mut().enumerate() {
            let near = (x as isize - NEAR as isize)..=(x + NEAR) as isize;
            *out = near.map(|at| column[at.clamp(0, width as isize - 1) as usize]).sum();
        }
    }
    boxed
}
