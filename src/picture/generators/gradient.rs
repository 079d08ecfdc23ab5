//! A gradient between two colours.

use super::{Generator, paint, rgba};
use signal::{Kind, Parameter};

pub(super) const GENERATOR: Generator = Generator {
    id: "gradient",
    label: "Gradient",
    help: "One colour becomes another, straight in display-coded values.",
    parameters: &[
        Parameter {
            id: "from",
            label: "From",
            help: "Display-coded red, green, blue, and alpha, 0 to 1.",
            kind: Kind::Four { default: [0.0, 0.0, 0.0, 1.0], unit: "" },
        },
        Parameter {
            id: "to",
            label: "To",
            help: "Display-coded red, green, blue, and alpha, 0 to 1.",
            kind: Kind::Four { default: [1.0, 1.0, 1.0, 1.0], unit: "" },
        },
        Parameter {
            id: "angle",
            label: "Angle",
            help: "Where it goes: 0 to the right, 90 down.",
            kind: Kind::Number { least: -3600.0, most: 3600.0, default: 90.0, unit: "°" },
        },
    ],
    at: super::still,
    make: |values, raster, _| {
        let (from, to) = (rgba(values, "from"), rgba(values, "to"));
        let (down, right) = values.number("angle").to_radians().sin_cos();
        let (width, height) = (f64::from(raster.width), f64::from(raster.height));
        let way = width * right.abs() + height * down.abs();
        paint(raster, from[3] < 1.0 || to[3] < 1.0, |x, y| {
            let across = (f64::from(x) + 0.5 - 0.5 * width) * right;
            let along = across + (f64::from(y) + 0.5 - 0.5 * height) * down;
            let part = (along / way + 0.5).clamp(0.0, 1.0) as f32;
            std::array::from_fn(|index| from[index] + (to[index] - from[index]) * part)
        })
    },
};
