//! A gradient, straight or round.

use super::{Matte, Shape};
use signal::{Kind, Parameter};

pub(super) const MASK: Shape = Shape {
    id: "gradient",
    label: "Gradient",
    help: "All at one place, nothing at another, and a way between: straight, or round about the first.",
    parameters: &[
        Parameter::choice("shape", "Shape", "Straight or round.", &["linear", "radial"]),
        Parameter {
            id: "from",
            label: "From",
            help: "Where all counts, in parts of the picture's width and height.",
            kind: Kind::Point { default: [0.5, 0.25], unit: "" },
        },
        Parameter {
            id: "to",
            label: "To",
            help: "Where nothing counts any more.",
            kind: Kind::Point { default: [0.5, 0.75], unit: "" },
        },
        Parameter::flag("smooth", "Smooth", "Slow at both ends."),
    ],
    draw: |values, picture| {
        let size = [picture.width as f64, picture.height as f64];
        let [from, to] = ["from", "to"].map(|name| {
            let place = values.point(name);
            [0, 1].map(|axis| place[axis] * size[axis])
        });
        let way = [to[0] - from[0], to[1] - from[1]];
        let length = way[0].hypot(way[1]).max(1e-9);
        let (is_round, is_smooth) = (values.word("shape") == "radial", values.flag("smooth"));
        Matte::paint(picture.width, picture.height, |x, y| {
            let off = [x as f64 + 0.5 - from[0], y as f64 + 0.5 - from[1]];
            let along = (off[0] * way[0] + off[1] * way[1]) / length;
            let part = if is_round { off[0].hypot(off[1]) } else { along } / length;
            let part = 1.0 - part.clamp(0.0, 1.0);
            (if is_smooth { part * part * (3.0 - 2.0 * part) } else { part }) as f32
        })
    },
};
