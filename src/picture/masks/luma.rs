//! A mask by brightness.

use super::Shape;
use super::seen::{coded, luma, within};
use signal::Parameter;

/// Where a range begins.
pub(super) const LOW: Parameter =
    Parameter::number("low", "Low", "Luma from which all counts, 0 to 1.", [0.0, 1.0, 0.0], "");

/// Where it ends.
pub(super) const HIGH: Parameter =
    Parameter::number("high", "High", "Luma to which all counts, 0 to 1.", [0.0, 1.0, 1.0], "");

/// How soft its ends are.
pub(super) const SOFT: Parameter = Parameter::number(
    "soft",
    "Softness",
    "Over how much luma it goes to nothing beyond each end.",
    [0.0, 1.0, 0.1],
    "",
);

pub(super) const MASK: Shape = Shape {
    id: "luma",
    label: "Luma",
    help: "What is so bright: a range of display-coded luma with soft ends.",
    parameters: &[LOW, HIGH, SOFT],
    draw: |values, picture| {
        let [low, high, soft] =
            ["low", "high", "soft"].map(|name| values.number(name) as f32);
        coded(picture, |colour, _| within(luma(colour), [low, high], soft))
    },
};
