//! Halation: light that went through the film and came back from behind it, red.

use super::glow::bright;
use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "halation",
    label: "Halation",
    help: "A red rim about what is bright, as film has it: its layers for red lie nearest to what throws light back.",
    space: Space::Light,
    parameters: &[
        Parameter::number("threshold", "Threshold", "Light above which it comes back.", [0.0, 10.0, 0.8], ""),
        Parameter::number(
            "size",
            "Size",
            "Standard deviation of its red, in pixels of a picture of 1080 lines.",
            [0.0, 200.0, 8.0],
            "px",
        ),
        Parameter::number("amount", "Amount", "How much is added.", [0.0, 5.0, 0.3], ""),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let (size, amount) = (values.number("size"), values.number("amount") as f32);
        let threshold = values.number("threshold") as f32;
        (size > 0.0 && amount > 0.0)
            .then(|| Arc::new(Halation { size, amount, threshold }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Halation {
    size: f64,
    amount: f32,
    threshold: f32,
}

/// How wide and how strong red, green and blue come back.
const BACK: [(f64, f32); 3] = [(1.0, 1.0), (0.6, 0.3), (0.4, 0.05)];

impl Treatment for Halation {
    fn treat(&self, mut picture: Canvas, _: &Scene<'_>) -> Canvas {
        let (size, unit) = ((picture.width, picture.height), picture.unit());
        let bright = bright(&picture, self.threshold);
        for ((channel, mut light), (wide, strong)) in
            picture.channels.iter_mut().zip(bright).zip(BACK)
        {
            super::gauss(&mut light, size, self.size * wide * unit);
            let part = self.amount * strong;
            channel.iter_mut().zip(light).for_each(|(value, light)| *value += part * light);
        }
        picture
    }
}
