//! Glow: the light of what is bright spreads.

use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::{Kind, Parameter};
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "glow",
    label: "Glow",
    help: "The light above a threshold spreads over what is near, in a narrow and two wider circles, and is added.",
    space: Space::Light,
    parameters: &[
        Parameter::number("threshold", "Threshold", "Light above which it glows.", [0.0, 10.0, 0.7], ""),
        Parameter::number(
            "size",
            "Size",
            "Standard deviation of the narrow circle, in pixels of a picture of 1080 lines; the others are 3 and 9 times it.",
            [0.0, 200.0, 10.0],
            "px",
        ),
        Parameter::number("amount", "Amount", "How much is added.", [0.0, 10.0, 0.5], ""),
        TINT,
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let (size, amount) = (values.number("size"), values.number("amount") as f32);
        let threshold = values.number("threshold") as f32;
        let [red, green, blue, _] = values.four("tint").map(|it| it as f32);
        let tint = [red, green, blue];
        (size > 0.0 && amount > 0.0)
            .then(|| Arc::new(Glow { size, amount, threshold, tint }) as Arc<dyn Treatment>)
    },
};

const TINT: Parameter = Parameter {
    id: "tint",
    label: "Tint",
    help: "What the glow's red, green and blue are multiplied by.",
    kind: Kind::Four { default: [1.0, 1.0, 1.0, 1.0], unit: "" },
};

#[derive(Debug)]
struct Glow {
    size: f64,
    amount: f32,
    threshold: f32,
    tint: [f32; 3],
}

/// The circles: how wide each is, and its share.
const CIRCLES: [(f64, f32); 3] = [(1.0, 0.5), (3.0, 0.3), (9.0, 0.2)];

impl Treatment for Glow {
    fn treat(&self, mut picture: Canvas, _: &Scene<'_>) -> Canvas {
        let (size, unit) = ((picture.width, picture.height), picture.unit());
        let bright = bright(&picture, self.threshold);
        for (wider, share) in CIRCLES {
            let parts = self.tint.map(|tint| self.amount * share * tint);
            for ((channel, part), bright) in picture.channels.iter_mut().zip(parts).zip(&bright) {
                let mut soft = bright.clone();
                super::gauss(&mut soft, size, self.size * wider * unit);
                channel.iter_mut().zip(soft).for_each(|(value, soft)| *value += part * soft);
            }
        }
        picture
    }
}

/// The light above a threshold of its greatest channel, in the colour that it has.
pub(super) fn bright(picture: &Canvas, threshold: f32) -> [Vec<f32>; 3] {
    let mut bright: [Vec<f32>; 3] = [0, 1, 2].map(|channel: usize| picture.channels[channel].clone());
    let [red, green, blue] = &mut bright;
    for ((red, green), blue) in red.iter_mut().zip(green).zip(blue) {
        let most = red.max(*green).max(*blue);
        let part = if most > threshold { (most - threshold) / most } else { 0.0 };
        [red, green, blue].into_iter().for_each(|value| *value *= part);
    }
    bright
}
