//! A rectangle, and what every shape with a middle and a size has.

use super::{Matte, Shape};
use crate::canvas::Canvas;
use crate::values::Values;
use signal::{Kind, Parameter};

/// The middle of a shape.
pub(super) const CENTRE: Parameter = Parameter {
    id: "centre",
    label: "Centre",
    help: "Its middle, in parts of the picture's width and height.",
    kind: Kind::Point { default: [0.5, 0.5], unit: "" },
};

/// The width and height of a shape.
pub(super) const SIZE: Parameter = Parameter {
    id: "size",
    label: "Size",
    help: "Its width and height, in parts of the picture's.",
    kind: Kind::Point { default: [0.5, 0.5], unit: "" },
};

pub(super) const ROTATION: Parameter = Parameter::number(
    "rotation",
    "Rotation",
    "Degrees clockwise about its middle.",
    [-3600.0, 3600.0, 0.0],
    "°",
);

pub(super) const FEATHER: Parameter = Parameter::number(
    "feather",
    "Feather",
    "How wide its soft edge is, in pixels of a picture of 1080 lines.",
    [0.0, 2000.0, 0.0],
    "px",
);

pub(super) const SIDE: Parameter = Parameter::number(
    "feather_side",
    "Feather side",
    "Where the soft edge lies: 0 half of it outside, 1 all of it outside, -1 all of it within.",
    [-1.0, 1.0, 0.0],
    "",
);

pub(super) const MASK: Shape = Shape {
    id: "rectangle",
    label: "Rectangle",
    help: "A rectangle, turned about its middle, with corners that may be round.",
    parameters: &[
        CENTRE,
        SIZE,
        ROTATION,
        FEATHER,
        SIDE,
        Parameter::number(
            "corner",
            "Corner",
            "Radius of its corners, in pixels of a picture of 1080 lines.",
            [0.0, 2000.0, 0.0],
            "px",
        ),
    ],
    draw: |values, picture| {
        let frame = Frame::of(values, picture);
        let [a, b] = frame.half;
        let corner = (values.number("corner") * picture.unit()).min(a.min(b)).max(0.0);
        Matte::paint(picture.width, picture.height, |x, y| {
            let [u, v] = frame.place(x, y);
            let (right, down) = (u.abs() - a + corner, v.abs() - b + corner);
            let round = right.max(0.0).powi(2) + down.max(0.0).powi(2);
            let outside = round.sqrt() + right.max(down).min(0.0);
            frame.edge(corner - outside)
        })
    },
};

/// A shape's own axes in a picture.
pub(super) struct Frame {
    middle: [f64; 2],
    turn: [f64; 2],
    /// Half its width and half its height, in pixels.
    pub(super) half: [f64; 2],
    /// In pixels.
    feather: f64,
    side: f64,
}

impl Frame {
    pub(super) fn of(values: &Values, picture: &Canvas) -> Self {
        let size = [picture.width as f64, picture.height as f64];
        let [centre, extent] = ["centre", "size"].map(|name| values.point(name));
        let (sine, cosine) = values.number("rotation").to_radians().sin_cos();
        Self {
            middle: [0, 1].map(|axis| centre[axis] * size[axis]),
            turn: [cosine, sine],
            half: [0, 1].map(|axis| 0.5 * extent[axis].abs() * size[axis]),
            feather: values.number("feather") * picture.unit(),
            side: values.number("feather_side"),
        }
    }

    /// How much is covered so many pixels within the shape.
    pub(super) fn edge(&self, distance: f64) -> f32 {
        Matte::edge(distance, self.feather, self.side)
    }

    /// Where the centre of a pixel lies on the shape's axes, in pixels.
    pub(super) fn place(&self, x: usize, y: usize) -> [f64; 2] {
        let (right, down) = (x as f64 + 0.5 - self.middle[0], y as f64 + 0.5 - self.middle[1]);
        let [cosine, sine] = self.turn;
        [right * cosine + down * sine, down * cosine - right * sine]
    }
}
