//! Clone: a place of the picture laid over another.

use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::flow::sample;
use crate::grade::Space;
use signal::{Kind, Parameter};
use std::sync::Arc;

/// Where what is laid over comes from.
pub(super) const OFFSET: Parameter = Parameter {
    id: "offset",
    label: "Offset",
    help: "From the place that is covered to the one that covers it, in parts of the picture's width and height.",
    kind: Kind::Point { default: [0.0, 0.0], unit: "" },
};

pub(super) const FILTER: Filter = Filter {
    id: "clone",
    label: "Clone",
    help: "What lies an offset away, laid over: where, the masks say.",
    space: Space::Light,
    parameters: &[OFFSET],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let offset = values.point("offset");
        (offset != [0.0; 2]).then(|| Arc::new(Clone { offset }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Clone {
    offset: [f64; 2],
}

impl Treatment for Clone {
    fn treat(&self, picture: Canvas, _: &Scene<'_>) -> Canvas {
        moved(&picture, self.offset)
    }
}

/// A picture of what lies an offset away, in parts of its size.
pub(super) fn moved(picture: &Canvas, offset: [f64; 2]) -> Canvas {
    let (width, height) = (picture.width, picture.height);
    let across = (offset[0] * width as f64) as f32;
    let down = (offset[1] * height as f64) as f32;
    let mut made = Canvas::clear(width, height, picture.space);
    made.bands(|line, channels| {
        for (channel, from) in channels.into_iter().zip(&picture.channels) {
            for (place, value) in channel.iter_mut().enumerate() {
                let (x, y) = ((place % width) as f32, (line + place / width) as f32);
                *value = sample(from, (width, height), x + across, y + down);
            }
        }
    });
    made
}
