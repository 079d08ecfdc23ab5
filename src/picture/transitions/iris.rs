//! Iris: a circle opens from the middle.

use super::{Mask, Recipe, Transition, soft};
use signal::{Kind, Parameter};

pub(super) const TRANSITION: Transition = Transition {
    id: "iris",
    label: "Iris",
    help: "A circle opens from the middle of the frame onto the incoming picture.",
    parameters: &[Parameter {
        id: "softness",
        label: "Softness",
        help: "The width of its edge, as a part of the way that it goes.",
        kind: Kind::Number { least: 0.0, most: 1.0, default: 0.0, unit: "" },
    }],
    recipe: |values, progress, raster| {
        let (width, height) = (f64::from(raster.width), f64::from(raster.height));
        let way = 0.5 * width.hypot(height);
        let edge = (values.number("softness") * way).max(1.0);
        let radius = progress * (way + edge) - 0.5 * edge;
        Recipe::Mask(Mask(Box::new(move |y, steps, line| {
            let down = y - 0.5 * height;
            for (index, part) in line.iter_mut().enumerate() {
                let right = steps.first + index as f64 * steps.step - 0.5 * width;
                *part = soft(radius - right.hypot(down), edge);
            }
        })))
    },
};
