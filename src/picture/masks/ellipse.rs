//! An ellipse.

use super::{Matte, Shape};


pub(super) const MASK: Shape = Shape {
    id: "ellipse",
    label: "Ellipse",
    help: "An ellipse, turned about its middle.",
    parameters: &[
        super::rectangle::CENTRE,
        super::rectangle::SIZE,
        super::rectangle::ROTATION,
        super::rectangle::FEATHER,
        super::rectangle::SIDE,
    ],
    draw: |values, picture| {
        let frame = super::rectangle::Frame::of(values, picture);
        let [a, b] = frame.half.map(|half| half.max(1e-6));
        Matte::paint(picture.width, picture.height, |x, y| {
            let [u, v] = frame.place(x, y);
            let (p, q) = (u / a, v / b);
            let squares = [p * p + q * q, (p / a).powi(2) + (q / b).powi(2)];
            let [radius, slope] = squares.map(f64::sqrt);
            let distance =
                if radius > 1e-9 { (1.0 - radius) * radius / slope } else { a.min(b) };
            frame.edge(distance)
        })
    },
};

