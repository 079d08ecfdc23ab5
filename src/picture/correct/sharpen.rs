//! Sharpening: what a blur takes away, put on top.

use super::planes::luma_of;
use crate::canvas::Canvas;
use crate::composite::gauss;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "sharpen",
    label: "Sharpen",
    help: "An unsharp mask on luma: clearer edges and texture, the same colours.",
    space: Space::Display,
    parameters: &[
        Parameter::number("amount", "Amount", "How much is put on top.", [0.0, 5.0, 0.5], ""),
        Parameter::number(
            "size",
            "Size",
            "Standard deviation of what counts as detail, in pixels of a picture of 1080 lines.",
            [0.1, 100.0, 1.0],
            "px",
        ),
        Parameter::number(
            "threshold",
            "Threshold",
            "Detail that is smaller than this stays as it is, in codes of 255.",
            [0.0, 64.0, 0.0],
            "",
        ),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let [amount, size, threshold] =
            ["amount", "size", "threshold"].map(|name| values.number(name));
        let (amount, threshold) = (amount as f32, (threshold / 255.0) as f32);
        (amount > 0.0).then(|| Arc::new(Sharpen { amount, size, threshold }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Sharpen {
    amount: f32,
    size: f64,
    threshold: f32,
}

impl Treatment for Sharpen {
    fn treat(&self, mut picture: Canvas, _: &Scene<'_>) -> Canvas {
        let (size, sigma) = ((picture.width, picture.height), self.size * picture.unit());
        let luma = luma_of(&picture);
        let mut soft = luma.clone();
        gauss(&mut soft, size, sigma);
        let more: Vec<f32> = luma.iter().zip(&soft).map(|(luma, soft)| self.more(luma - soft)).collect();
        let width = picture.width;
        picture.bands(|line, [red, green, blue, _]| {
            for channel in [red, green, blue] {
                channel.iter_mut().zip(&more[line * width..]).for_each(|(value, more)| *value += more);
            }
        });
        picture
    }
}

impl Sharpen {
    /// What is put on top of where the picture differs so much from its blur.
    fn more(&self, detail: f32) -> f32 {
        self.amount * (detail.abs() - self.threshold).max(0.0).copysign(detail)
    }
}
