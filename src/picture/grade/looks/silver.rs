//! Silver left in the film: hard and nearly grey.

use super::Set::{Number, Numbers};
use super::{Made, Ready};

pub(super) const LOOK: Ready = Ready {
    id: "silver",
    label: "Silver",
    help: "Half of the colour is gone and contrast is hard, as where the silver stays in the film.",
    operations: &[
        Made(
            "saturation",
            &[("saturation", Number(0.45))],
        ),
        Made(
            "zones",
            &[("s_contrast", Number(1.35)), ("shadows", Numbers(&[1.0, 1.0, 1.03, 0.9]))],
        ),
    ],
};
