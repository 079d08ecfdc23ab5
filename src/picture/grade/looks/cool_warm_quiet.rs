//! Cool shadows, warm highlights, quiet middle: three drags.

use super::Set::{Number, Numbers};
use super::{Made, Ready};

pub(super) const LOOK: Ready = Ready {
    id: "cool-warm-quiet",
    label: "Cool shadows, warm highlights, quiet mids",
    help: "Cools the shadows, warms the highlights and takes colour from the middle; black and white stay.",
    operations: &[
        Made(
            "zones",
            &[("shadows", Numbers(&[0.92, 0.99, 1.1, 1.0])), ("highlights", Numbers(&[1.07, 1.0, 0.9, 1.0]))],
        ),
        Made(
            "saturation",
            &[("midtones", Number(0.8))],
        ),
    ],
};
