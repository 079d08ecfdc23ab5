//! Spin blur: a way round a middle.

use super::along::{Way, mean_along};
use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::{Kind, Parameter};
use std::sync::Arc;

/// The middle of what goes round or out.
pub(super) const CENTRE: Parameter = Parameter {
    id: "centre",
    label: "Centre",
    help: "Its middle, in parts of the picture's width and height.",
    kind: Kind::Point { default: [0.5, 0.5], unit: "" },
};

pub(super) const FILTER: Filter = Filter {
    id: "spin_blur",
    label: "Radial blur",
    help: "As if the picture turned about a point while the shutter was open, in light.",
    space: Space::Light,
    parameters: &[
        CENTRE,
        Parameter::number("angle", "Angle", "How far it turns.", [0.0, 360.0, 5.0], "°"),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let (centre, angle) = (values.point("centre"), values.number("angle").to_radians());
        (angle > 0.0).then(|| Arc::new(Spin { centre, angle }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Spin {
    centre: [f64; 2],
    angle: f64,
}

impl Treatment for Spin {
    fn treat(&self, picture: Canvas, _: &Scene<'_>) -> Canvas {
        let size = [picture.width as f64, picture.height as f64];
        let middle = [0, 1].map(|axis| self.centre[axis] * size[axis]);
        mean_along(&picture, middle, Way::Round(self.angle))
    }
}
