//! Directional blur: a straight way.

use super::along::{Way, mean_along};
use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "directional_blur",
    label: "Directional blur",
    help: "As if the picture moved straight while the shutter was open, in light.",
    space: Space::Light,
    parameters: &[
        Parameter::number(
            "length",
            "Length",
            "How far, in pixels of a picture of 1080 lines.",
            [0.0, 1000.0, 20.0],
            "px",
        ),
        Parameter::number("angle", "Angle", "Where to: 0 right, 90 down.", [-3600.0, 3600.0, 0.0], "°"),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let (length, angle) = (values.number("length"), values.number("angle").to_radians());
        (length > 0.0).then(|| Arc::new(Straight { length, angle }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Straight {
    length: f64,
    angle: f64,
}

impl Treatment for Straight {
    fn treat(&self, picture: Canvas, _: &Scene<'_>) -> Canvas {
        let (length, (down, right)) = (self.length * picture.unit(), self.angle.sin_cos());
        mean_along(&picture, [0.0; 2], Way::Straight([length * right, length * down]))
    }
}
