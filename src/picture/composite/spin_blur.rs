//! Spin blur: a way round a middle.

use super::motion::{mean_along, places};
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
        let [cx, cy] =
            [self.centre[0] * picture.width as f64, self.centre[1] * picture.height as f64];
        let angle = self.angle;
        let count = |x: f64, y: f64| places((x - cx).hypot(y - cy) * angle);
        mean_along(&picture, count, |x, y, part| {
            let (sine, cosine) = (part * angle).sin_cos();
            let (right, down) = (x - cx, y - cy);
            [cx + cosine * right - sine * down, cy + sine * right + cosine * down]
        })
    }
}
