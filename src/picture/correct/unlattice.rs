//! A decoder's pattern taken away: what a finder folded out of a take is subtracted again.

use super::planes::luma_of;
use crate::canvas::Canvas;
use crate::composite::gauss;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use std::sync::Arc;

/// The longest period, in pixels.
const LONGEST: usize = 64;
/// The deviation, in pixels, over which the unrest of a place is judged.
const NEAR: f64 = 4.0;

pub(super) const FILTER: Filter = Filter {
    id: "unlattice",
    label: "Take a lattice away",
    help: "A pattern that lies over every frame, subtracted, less where the picture is restless: `roomtone faults --fix` measures it.",
    space: Space::Display,
    parameters: &[
        Parameter::list(
            "pattern",
            "Pattern",
            "The pattern: a square of numbers, line by line, in codes of 255.",
            LONGEST * LONGEST,
            "codes",
        ),
        Parameter::number("amount", "Amount", "How much of it is taken away.", [0.0, 2.0, 1.0], ""),
        Parameter::number(
            "calm",
            "Calm",
            "Unrest, as a deviation in codes, at which half of it is taken away.",
            [0.1, 255.0, 24.0],
            "",
        ),
        Parameter::setting(
            "width",
            "Width",
            "Pixels across the picture that it was measured in; 0: as many as there are. Smaller stand-ins are left as they are.",
            [0.0, 65536.0, 0.0],
            "px",
        ),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let pattern: Vec<f32> = values.numbers("pattern").iter().map(|code| (code / 255.0) as f32).collect();
        let period = pattern.len().isqrt();
        let (amount, calm) = (values.number("amount") as f32, (values.number("calm") / 255.0) as f32);
        let width = values.number("width") as usize;
        let works = period > 1 && period * period == pattern.len() && amount > 0.0;
        works.then(|| Arc::new(Unlattice { pattern, period, amount, calm, width }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Unlattice {
    pattern: Vec<f32>,
    period: usize,
    amount: f32,
    calm: f32,
    width: usize,
}

impl Treatment for Unlattice {
    fn treat(&self, mut picture: Canvas, _: &Scene<'_>) -> Canvas {
        if self.width > 0 && self.width != picture.width {
            return picture;
        }
        let (width, unrest) = (picture.width, unrest(&picture));
        picture.bands(|line, [red, green, blue, _]| {
            for (place, restless) in (line * width..).zip(&unrest[line * width..][..red.len()]) {
                let (x, y) = (place % width, place / width);
                let code = self.pattern[y % self.period * self.period + x % self.period];
                let part = self.amount / (1.0 + restless / (self.calm * self.calm));
                for channel in [&mut *red, &mut *green, &mut *blue] {
                    channel[place - line * width] -= part * code;
                }
            }
        });
        picture
    }
}

/// The variance of the picture near each pixel.
fn unrest(picture: &Canvas) -> Vec<f32> {
    let (size, luma) = ((picture.width, picture.height), luma_of(picture));
    let mut mean = luma.clone();
    gauss(&mut mean, size, NEAR);
    let mut squares: Vec<f32> = luma.iter().zip(&mean).map(|(value, mean)| (value - mean).powi(2)).collect();
    gauss(&mut squares, size, NEAR);
    squares
}
