//! Gains: light and colour of the whole picture made lighter or darker, frame by frame if it has keys.

use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::{Kind, Parameter};
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "gains",
    label: "Gains",
    help: "Code values times a gain, plus a shift, channel by channel: with keys it takes out flicker, drift, and the leap where batches join.",
    space: Space::Display,
    parameters: &[
        Parameter::number("stops", "Stops", "By how many stops of code values it gets lighter.", [-8.0, 8.0, 0.0], "stops"),
        Parameter {
            id: "gain",
            label: "Gain",
            help: "What red, green and blue are multiplied by.",
            kind: Kind::Four { default: [1.0; 4], unit: "" },
        },
        Parameter {
            id: "shift",
            label: "Shift",
            help: "What is added to red, green and blue then, in parts of white.",
            kind: Kind::Four { default: [0.0; 4], unit: "" },
        },
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let (all, gain, shift) = (values.number("stops").exp2(), values.four("gain"), values.four("shift"));
        let by = [0, 1, 2].map(|channel| [(all * gain[channel]) as f32, shift[channel] as f32]);
        let changes = by.iter().any(|by| *by != [1.0, 0.0]);
        changes.then(|| Arc::new(Gains(by)) as Arc<dyn Treatment>)
    },
};

/// A gain and a shift for each channel.
#[derive(Debug)]
struct Gains([[f32; 2]; 3]);

impl Treatment for Gains {
    fn treat(&self, mut picture: Canvas, _: &Scene<'_>) -> Canvas {
        let by = self.0;
        picture.bands(|_, [red, green, blue, _]| {
            for (channel, [gain, shift]) in [red, green, blue].into_iter().zip(by) {
                channel.iter_mut().for_each(|value| *value = *value * gain + shift);
            }
        });
        picture
    }
}
