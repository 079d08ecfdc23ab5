//! Difference key: what is as in a clean plate becomes clear.

use super::matte::leave;
use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment, Wants};
use crate::grade::Space;
use signal::{Kind, Parameter};
use std::sync::Arc;
use timeline_format::Id;

pub(super) const FILTER: Filter = Filter {
    id: "difference_key",
    label: "Difference key",
    help: "Makes clear what is as in a clean plate: a still of the place without anyone in it, or frames of it.",
    space: Space::Display,
    parameters: &[
        Parameter {
            id: "plate",
            label: "Plate",
            help: "The clean plate, a media by its id; none: nothing is done.",
            kind: Kind::Media,
        },
        Parameter::number("low", "Low", "Difference below which all is clear.", [0.0, 1.0, 0.03], ""),
        Parameter::number("high", "High", "Difference above which all stays.", [0.0, 1.0, 0.12], ""),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let (low, high) = (values.number("low") as f32, values.number("high") as f32);
        let plate = Id::parse(values.word("plate"))?;
        Some(Arc::new(DifferenceKey { plate, low, high }))
    },
};

#[derive(Debug)]
struct DifferenceKey {
    plate: Id,
    low: f32,
    high: f32,
}

impl Treatment for DifferenceKey {
    fn treat(&self, picture: Canvas, _: &Scene<'_>) -> Canvas {
        picture
    }

    fn wants(&self) -> Wants {
        Wants::Media(self.plate)
    }

    fn beside(&self, mut picture: Canvas, plate: &Canvas, _: &Scene<'_>) -> Canvas {
        let (way, width) = ((self.high - self.low).max(1e-6), picture.width);
        picture.bands(|line, [red, green, blue, alpha]| {
            let start = line * width;
            let pixels = red.iter_mut().zip(green).zip(blue).zip(alpha).enumerate();
            for (index, (((red, green), blue), alpha)) in pixels {
                let own = [*red, *green, *blue];
                let clean = [0, 1, 2].map(|channel: usize| plate.channels[channel][start + index]);
                let far = (0..3).map(|it| (own[it] - clean[it]).abs()).fold(0.0, f32::max);
                leave(((far - self.low) / way).clamp(0.0, 1.0), [red, green, blue], alpha);
            }
        });
        picture
    }
}
