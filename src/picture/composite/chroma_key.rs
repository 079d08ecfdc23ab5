//! Chroma key: what is like the screen's colour becomes clear, by the distance of colour differences.

use super::matte::{Alpha, keyed};
use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use crate::masks::{differences, luma_of};
use signal::{Kind, Parameter};
use std::sync::Arc;

/// The colour of a screen.
pub(super) const SCREEN: Parameter = Parameter {
    id: "colour",
    label: "Colour",
    help: "The screen's display-coded red, green and blue, 0 to 1.",
    kind: Kind::Four { default: [0.1, 0.7, 0.2, 1.0], unit: "" },
};

pub(super) const FILTER: Filter = Filter {
    id: "chroma_key",
    label: "Chroma key",
    help: "Makes clear what is like a colour, however bright: by the distance of Cb and Cr, with a soft end.",
    space: Space::Display,
    parameters: &[
        SCREEN,
        Parameter::number("reach", "Reach", "Distance up to which all is clear.", [0.0, 1.0, 0.12], ""),
        Parameter::number(
            "soft",
            "Softness",
            "Over how much distance it comes back beyond.",
            [0.0, 1.0, 0.1],
            "",
        ),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let [red, green, blue, _] = values.four("colour").map(|it| it as f32);
        let (reach, soft) = (values.number("reach") as f32, values.number("soft") as f32);
        Some(Arc::new(ChromaKey { key: differences([red, green, blue]), reach, soft }))
    },
};

#[derive(Debug)]
struct ChromaKey {
    key: [f32; 2],
    reach: f32,
    soft: f32,
}

impl Alpha for ChromaKey {
    fn alpha(&self, colour: [f32; 3]) -> f32 {
        let own = differences(colour);
        let square = (own[0] - self.key[0]).powi(2) + (own[1] - self.key[1]).powi(2);
        let far = square.sqrt();
        if far <= self.reach { 0.0 } else { ((far - self.reach) / self.soft.max(1e-6)).min(1.0) }
    }
}

impl Treatment for ChromaKey {
    fn treat(&self, picture: Canvas, _: &Scene<'_>) -> Canvas {
        keyed(picture, self)
    }
}

/// How bright a colour is.
pub(super) fn brightness(colour: [f32; 3]) -> f32 {
    luma_of(colour)
}
