//! Wipe: an edge goes over the frame.

use super::{Mask, Recipe, Transition, soft};
use signal::{Kind, Parameter};

pub(super) const TRANSITION: Transition = Transition {
    id: "wipe",
    label: "Wipe",
    help: "An edge goes over the frame and uncovers the incoming picture.",
    parameters: &[
        Parameter {
            id: "angle",
            label: "Angle",
            help: "Where the edge goes: 0 to the right, 90 down.",
            kind: Kind::Number { least: -3600.0, most: 3600.0, default: 0.0, unit: "°" },
        },
        Parameter {
            id: "softness",
            label: "Softness",
            help: "The width of the edge, as a part of the way that it goes.",
            kind: Kind::Number { least: 0.0, most: 1.0, default: 0.0, unit: "" },
        },
    ],
    recipe: |values, progress, raster| {
        let (down, right) = values.number("angle").to_radians().sin_cos();
        let (width, height) = (f64::from(raster.width), f64::from(raster.height));
        let way = width * right.abs() + height * down.abs();
        let edge = (values.number("softness") * way).max(1.0);
        let at = progress * (way + edge) - 0.5 * (way + edge);
        Recipe::Mask(Mask(Box::new(move |y, steps, line| {
            let across = (y - 0.5 * height) * down - 0.5 * width * right;
            for (index, part) in line.iter_mut().enumerate() {
                let x = steps.first + index as f64 * steps.step;
                *part = soft(at - x * right - across, edge);
            }
        })))
    },
};
