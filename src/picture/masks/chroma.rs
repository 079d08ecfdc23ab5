//! A mask by likeness to a colour.

use super::seen::{coded, luma};
use super::Shape;
use signal::{Kind, Parameter};

pub(super) const MASK: Shape = Shape {
    id: "chroma",
    label: "Chroma",
    help: "What is like a colour, however bright: by the distance of their colour differences Cb and Cr.",
    parameters: &[
        Parameter {
            id: "colour",
            label: "Colour",
            help: "Display-coded red, green, blue, 0 to 1.",
            kind: Kind::Four { default: [0.0, 1.0, 0.0, 1.0], unit: "" },
        },
        Parameter::number("reach", "Reach", "Distance to which all counts.", [0.0, 1.0, 0.15], ""),
        Parameter::number(
            "soft",
            "Softness",
            "Over how much distance it goes to nothing beyond.",
            [0.0, 1.0, 0.1],
            "",
        ),
    ],
    draw: |values, picture| {
        let [red, green, blue, _] = values.four("colour").map(|it| it as f32);
        let key = differences([red, green, blue]);
        let (reach, soft) = (values.number("reach") as f32, values.number("soft") as f32);
        coded(picture, |colour, _| {
            let own = differences(colour);
            let square = (own[0] - key[0]).powi(2) + (own[1] - key[1]).powi(2);
            let far = square.sqrt();
            if far <= reach { 1.0 } else { 1.0 - (far - reach) / soft.max(1e-6) }
        })
    },
};

/// BT.709's Cb and Cr, each from -0.5 to 0.5.
pub(crate) fn differences(colour: [f32; 3]) -> [f32; 2] {
    let luma = luma(colour);
    [(colour[2] - luma) / 1.8556, (colour[0] - luma) / 1.5748]
}
