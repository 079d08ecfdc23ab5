//! A print of a film: deep blacks, a soft shoulder, warm lights.

use super::Set::{Number, Numbers};
use super::{Made, Ready};

pub(super) const LOOK: Ready = Ready {
    id: "print",
    label: "Film print",
    help: "Deep blacks that bend softly, warm lights and a little less of every colour.",
    operations: &[
        Made(
            "curves",
            &[("master", Numbers(&[0.0, 0.0, 0.2, 0.145, 0.5, 0.51, 0.8, 0.85, 1.0, 0.97])), ("blue", Numbers(&[0.0, 0.02, 0.5, 0.49, 1.0, 0.95]))],
        ),
        Made(
            "saturation",
            &[("saturation", Number(0.92)), ("shadows", Number(0.85))],
        ),
    ],
};
