//! Late light.

use super::Set::{Number, Numbers};
use super::{Made, Ready};

pub(super) const LOOK: Ready = Ready {
    id: "amber",
    label: "Amber",
    help: "Late light: warm all over, and warmer where it is bright.",
    operations: &[
        Made(
            "balance",
            &[("temperature", Number(35.0))],
        ),
        Made(
            "zones",
            &[("highlights", Numbers(&[1.06, 1.01, 0.88, 1.0]))],
        ),
        Made(
            "vibrance",
            &[("vibrance", Number(0.15))],
        ),
    ],
};
