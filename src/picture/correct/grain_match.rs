//! Grain laid on, of a strength for each light and a shape that were measured from a reference.

use super::pattern::bits;
use super::planes::luma_of;
use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use crate::grain::{KNOTS, SHAPE};
use signal::Parameter;
use signal::chance::{mix, normal};
use rayon::prelude::*;
use std::sync::Arc;

/// What grain is where nothing was measured: a fine one, strongest in the middle.
const FILM: [f64; KNOTS] = [0.6, 1.2, 1.6, 1.7, 1.6, 1.4, 1.0, 0.5];
const SOFT: [f64; 9] = [0.05, 0.12, 0.05, 0.12, 1.0, 0.12, 0.05, 0.12, 0.05];

pub(super) const FILTER: Filter = Filter {
    id: "grain_match",
    label: "Match grain",
    help: "Grain like that of a reference: its strength at eight levels from black to white and the shape of a grain; every frame another, each the same whenever it is made.",
    space: Space::Display,
    parameters: &[
        Parameter::list("levels", "Levels", "Deviations at eight levels from black to white, in codes of 255: eight for all channels, or eight each for red, green and blue; none: those of a fine film.", 3 * KNOTS, "codes"),
        Parameter::list("shape", "Shape", "The shape of a grain: a square of odd numbers, line by line.", SHAPE * SHAPE, ""),
        Parameter::number("amount", "Amount", "How much of it is laid on.", [0.0, 8.0, 1.0], ""),
        Parameter::number("colour", "Colour", "How far red, green and blue have grain of their own: 0 is grey.", [0.0, 1.0, 0.3], ""),
        Parameter::setting("seed", "Seed", "Which chance.", [0.0, 1e9, 0.0], ""),
    ],
    moves: true,
    reach: ALONE,
    prepare: |values| {
        let list = |name: &str, else_: &[f64]| -> Vec<f64> {
            let stated = values.numbers(name);
            if stated.is_empty() { else_.to_vec() } else { stated.to_vec() }
        };
        let levels = levels_of(&list("levels", &FILM));
        let shape = shape_of(&list("shape", &SOFT));
        let (amount, colour) = (values.number("amount") as f32, values.number("colour") as f32);
        let seed = values.number("seed") as u64;
        (amount > 0.0).then(|| Arc::new(Grain { levels, shape, amount, colour, seed }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Grain {
    /// For each channel, parts of white.
    levels: [[f32; KNOTS]; 3],
    /// A square, whose squares sum to 1.
    shape: Vec<f32>,
    amount: f32,
    colour: f32,
    seed: u64,
}

/// Eight levels for each channel; a channel that none are stated for has those of the one before.
fn levels_of(stated: &[f64]) -> [[f32; KNOTS]; 3] {
    let mut all = [[0.0; KNOTS]; 3];
    for nth in 0..3 {
        let own = stated.get(nth * KNOTS..).unwrap_or_default();
        all[nth] = match own.first() {
            None if nth > 0 => all[nth - 1],
            _ => std::array::from_fn(|knot| {
                let code = own.get(knot).or(own.last()).copied().unwrap_or(0.0);
                (code.max(0.0) / 255.0) as f32
            }),
        };
    }
    all
}

fn shape_of(stated: &[f64]) -> Vec<f32> {
    let side = stated.len().isqrt();
    let usable = side % 2 == 1 && side * side == stated.len();
    let stated = if usable { stated } else { &SOFT[..] };
    let power = stated.iter().map(|value| value * value).sum::<f64>().sqrt().max(1e-12);
    stated.iter().map(|value| (value / power) as f32).collect()
}

impl Treatment for Grain {
    fn treat(&self, mut picture: Canvas, scene: &Scene<'_>) -> Canvas {
        let (width, height) = (picture.width, picture.height);
        let luma = luma_of(&picture);
        let grey = self.field(0, scene.frame, (width, height));
        let (own, common) = (self.colour.sqrt(), (1.0 - self.colour).sqrt());
        for nth in 0..3 {
            let coloured = if self.colour > 0.0 { self.field(1 + nth, scene.frame, (width, height)) } else { Vec::new() };
            let levels = &self.levels[nth as usize];
            let channel = &mut picture.channels[nth as usize];
            channel.par_iter_mut().enumerate().for_each(|(place, value)| {
                let coloured = coloured.get(place).copied().unwrap_or(0.0);
                let grain = common * grey[place] + own * coloured;
                *value += self.amount * strength(levels, luma[place]) * grain;
            });
        }
        picture
    }
}

/// The deviation at a light.
fn strength(levels: &[f32; KNOTS], light: f32) -> f32 {
    let at = light.clamp(0.0, 1.0) * (KNOTS - 1) as f32;
    let knot = (at as usize).min(KNOTS - 2);
    let part = at - knot as f32;
    levels[knot] * (1.0 - part) + levels[knot + 1] * part
}

impl Grain {
    /// Chance of deviation 1 in the shape of the grain.
    fn field(&self, nth: u64, frame: i64, (width, height): (usize, usize)) -> Vec<f32> {
        let side = self.shape.len().isqrt();
        let seed = mix(self.seed ^ mix(1000 + nth));
        let (wide, high) = (width + side - 1, height + side - 1);
        let mut white = vec![0.0_f32; wide * high];
        white.par_chunks_mut(wide).enumerate().for_each(|(y, line)| {
            line.iter_mut().enumerate().for_each(|(x, value)| *value = normal(bits(seed, frame, x, y)) as f32);
        });
        let mut field = vec![0.0_f32; width * height];
        field.par_chunks_mut(width).enumerate().for_each(|(y, out)| {
            signal::wide(
                #[inline(always)]
                || {
                    for (tap, weight) in self.shape.iter().enumerate() {
                        let from = &white[(y + tap / side) * wide + tap % side..][..width];
                        out.iter_mut().zip(from).for_each(|(out, value)| *out += weight * value);
                    }
                },
            );
        });
        field
    }
}
