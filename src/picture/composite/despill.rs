//! Despill: the screen's light on what stands before it.

use super::chroma_key::brightness;
use super::matte::recoloured;
use super::screen_key::{PRIMARY, primary};
use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "despill",
    label: "Despill",
    help: "Takes the screen's light off: its primary is held to what the others have, and brightness is given back.",
    space: Space::Light,
    parameters: &[
        PRIMARY,
        Parameter::choice(
            "limit",
            "Limit",
            "What the primary is held to: the mean of the others, or the greater of them.",
            &["average", "greater"],
        ),
        Parameter::number("amount", "Amount", "How much of the spill goes.", [0.0, 1.0, 1.0], ""),
        Parameter::number(
            "keep",
            "Keep luma",
            "How much of the brightness that goes with it comes back, as grey.",
            [0.0, 1.0, 1.0],
            "",
        ),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let (amount, keep) = (values.number("amount") as f32, values.number("keep") as f32);
        let primary = primary(values.word("screen"));
        let is_mean = values.word("limit") != "greater";
        (amount > 0.0)
            .then(|| Arc::new(Despill { primary, is_mean, amount, keep }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Despill {
    primary: usize,
    is_mean: bool,
    amount: f32,
    keep: f32,
}

impl Treatment for Despill {
    fn treat(&self, picture: Canvas, _: &Scene<'_>) -> Canvas {
        recoloured(picture, |colour| {
            let [one, other] = [colour[(self.primary + 1) % 3], colour[(self.primary + 2) % 3]];
            let limit = if self.is_mean { 0.5 * (one + other) } else { one.max(other) };
            let spill = self.amount * (colour[self.primary] - limit).max(0.0);
            let mut clean = colour;
            clean[self.primary] -= spill;
            let back = self.keep * (brightness(colour) - brightness(clean));
            clean.map(|value| value + back)
        })
    }
}
