//! Broken lines along the edge of the picture, covered by the picture beside them.

use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use std::sync::Arc;

/// A side's parameter.
const fn side(id: &'static str, label: &'static str, help: &'static str) -> Parameter {
    Parameter::number(id, label, help, [0.0, 64.0, 0.0], "px")
}

pub(super) const FILTER: Filter = Filter {
    id: "edge",
    label: "Edge lines",
    help: "Black or broken lines along an edge, covered by a mirror of the picture beside them.",
    space: Space::Display,
    parameters: &[
        side("top", "Top", "Lines at the top, in pixels of the picture as it is."),
        side("bottom", "Bottom", "Lines at the bottom."),
        side("left", "Left", "Columns at the left."),
        side("right", "Right", "Columns at the right."),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let sides = ["top", "bottom", "left", "right"].map(|name| values.number(name).round() as usize);
        sides.iter().any(|side| *side > 0).then(|| Arc::new(Edge(sides)) as Arc<dyn Treatment>)
    },
};

/// Lines at the top, the bottom, the left and the right.
#[derive(Debug)]
struct Edge([usize; 4]);

impl Treatment for Edge {
    fn treat(&self, mut picture: Canvas, _: &Scene<'_>) -> Canvas {
        let (width, height) = (picture.width, picture.height);
        let [top, bottom, left, right] = self.0;
        if 2 * (top + bottom) >= height || 2 * (left + right) >= width {
            return picture;
        }
        let from = |at: usize, size: usize, near: usize, far: usize| {
            if at < near {
                2 * near - 1 - at
            } else if at >= size - far {
                2 * (size - far) - 1 - at
            } else {
                at
            }
        };
        let before = picture.clone();
        picture.bands(|line, channels| {
            for (channel, before) in channels.into_iter().zip(&before.channels) {
                for (place, value) in channel.iter_mut().enumerate() {
                    let (x, y) = (place % width, line + place / width);
                    *value = before[from(y, height, top, bottom) * width + from(x, width, left, right)];
                }
            }
        });
        picture
    }
}
