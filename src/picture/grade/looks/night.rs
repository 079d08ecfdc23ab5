//! Day for night.

use super::Set::Number;
use super::{Made, Ready};

pub(super) const LOOK: Ready = Ready {
    id: "night",
    label: "Night",
    help: "Day for night: darker, blue, and hardly any colour in the shadows.",
    operations: &[
        Made(
            "exposure",
            &[("stops", Number(-1.6))],
        ),
        Made(
            "balance",
            &[("temperature", Number(-60.0))],
        ),
        Made(
            "saturation",
            &[("saturation", Number(0.6)), ("shadows", Number(0.6))],
        ),
    ],
};
