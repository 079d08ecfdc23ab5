//! A picture that lay in the light.

use super::Set::{Number, Numbers};
use super::{Made, Ready};

pub(super) const LOOK: Ready = Ready {
    id: "faded",
    label: "Faded",
    help: "Black is lifted and blue, white is held back, colours are pale.",
    operations: &[
        Made(
            "lift_gamma_gain",
            &[("lift", Numbers(&[0.04, 0.045, 0.06, 0.01])), ("gain", Numbers(&[0.97, 0.96, 0.92, 1.0]))],
        ),
        Made(
            "saturation",
            &[("saturation", Number(0.75))],
        ),
    ],
};
