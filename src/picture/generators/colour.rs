//! A colour.

use super::{Generator, flat, rgba};
use signal::{Kind, Parameter};

pub(super) const GENERATOR: Generator = Generator {
    id: "colour",
    label: "Colour",
    help: "One colour all over.",
    parameters: &[Parameter {
        id: "colour",
        label: "Colour",
        help: "Display-coded red, green, blue, and alpha, 0 to 1.",
        kind: Kind::Four { default: [0.0, 0.0, 0.0, 1.0], unit: "" },
    }],
    at: super::still,
    make: |values, raster, _| flat(raster, rgba(values, "colour")),
};
