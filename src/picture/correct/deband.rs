//! Bands made smooth, and kept so by a grain that is finer than a code.

use super::pattern::{bits, triangle};
use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use signal::chance::{mix, unit};
use std::f64::consts::TAU;
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "deband",
    label: "Deband",
    help: "Each pixel becomes the mean of four around it at a chance distance, where all of them are nearly like it; then a grain that no longer falls into bands when codes are rounded.",
    space: Space::Display,
    parameters: &[
        Parameter::number("threshold", "Threshold", "How far the four may differ, in codes of 255.", [0.0, 32.0, 1.6], "codes"),
        Parameter::number("radius", "Radius", "How far away they are at most, in pixels of a picture of 1080 lines; twice as far the next time.", [1.0, 128.0, 16.0], "px"),
        Parameter::setting("iterations", "Iterations", "How often it is done.", [1.0, 8.0, 3.0], ""),
        Parameter::number("grain", "Grain", "How strong the grain is, in codes of 255.", [0.0, 16.0, 1.0], "codes"),
        Parameter::setting("seed", "Seed", "Which chance.", [0.0, 1e9, 0.0], ""),
    ],
    moves: true,
    reach: ALONE,
    prepare: |values| {
        let [threshold, grain] = ["threshold", "grain"].map(|name| (values.number(name) / 255.0) as f32);
        let (radius, iterations) = (values.number("radius"), values.number("iterations") as usize);
        let seed = values.number("seed") as u64;
        Some(Arc::new(Deband { threshold, grain, radius, iterations, seed }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Deband {
    threshold: f32,
    grain: f32,
    radius: f64,
    iterations: usize,
    seed: u64,
}

impl Treatment for Deband {
    fn treat(&self, mut picture: Canvas, scene: &Scene<'_>) -> Canvas {
        for iteration in 1..=self.iterations {
            let before = picture.clone();
            let (width, height) = (before.width, before.height);
            let radius = self.radius * iteration as f64 * before.unit();
            let seed = self.seed ^ mix(iteration as u64);
            picture.bands(|line, [red, green, blue, _]| {
                let mut out = [red, green, blue];
                for place in 0..out[0].len() {
                    let (x, y) = (place % width, line + place / width);
                    let chance = bits(seed, 0, x, y);
                    let (far, turn) = (radius * unit(chance), TAU * unit(mix(chance)));
                    let (sine, cosine) = turn.sin_cos();
                    let step = [(far * cosine).round() as isize, (far * sine).round() as isize];
                    let at = |across: isize, down: isize| {
                        let x = (x as isize + across).clamp(0, width as isize - 1) as usize;
                        let y = (y as isize + down).clamp(0, height as isize - 1) as usize;
                        y * width + x
                    };
                    let four = [at(step[0], step[1]), at(-step[1], step[0]), at(-step[0], -step[1]), at(step[1], -step[0])];
                    for (out, channel) in out.iter_mut().zip(&before.channels) {
                        let own = channel[y * width + x];
                        let all = four.map(|there| channel[there]);
                        if all.iter().all(|value| (value - own).abs() <= self.threshold) {
                            out[place] = all.iter().sum::<f32>() / 4.0;
                        }
                    }
                }
            });
        }
        self.dither(&mut picture, scene.frame);
        picture
    }
}

impl Deband {
    fn dither(&self, picture: &mut Canvas, frame: i64) {
        let (width, grain, seed) = (picture.width, f64::from(self.grain), self.seed);
        if grain <= 0.0 {
            return;
        }
        picture.bands(|line, [red, green, blue, _]| {
            for (nth, channel) in [red, green, blue].into_iter().enumerate() {
                for (place, value) in channel.iter_mut().enumerate() {
                    let bits = bits(seed ^ mix(77 + nth as u64), frame, place % width, line + place / width);
                    *value += (grain * triangle(bits)) as f32;
                }
            }
        });
    }
}
