//! Chromatic aberration: a lens shows red a little larger than blue.

use super::motion::between;
use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "chromatic_aberration",
    label: "Chromatic aberration",
    help: "Red and blue are as much larger and smaller than green, about the middle: coloured edges in the corners.",
    space: Space::Light,
    parameters: &[
        super::spin_blur::CENTRE,
        Parameter::number("red", "Red", "How much larger red is, in percent.", [-5.0, 5.0, 0.1], "%"),
        Parameter::number("blue", "Blue", "How much larger blue is, in percent.", [-5.0, 5.0, -0.1], "%"),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let (centre, red, blue) =
            (values.point("centre"), values.number("red"), values.number("blue"));
        let sizes = [1.0 + red / 100.0, 1.0 + blue / 100.0];
        (sizes != [1.0; 2]).then(|| Arc::new(Fringes { centre, sizes }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Fringes {
    centre: [f64; 2],
    sizes: [f64; 2],
}

impl Treatment for Fringes {
    fn treat(&self, mut picture: Canvas, _: &Scene<'_>) -> Canvas {
        let source = picture.clone();
        let width = picture.width;
        let [cx, cy] =
            [self.centre[0] * width as f64, self.centre[1] * picture.height as f64];
        picture.bands(|first, [red, _, blue, _]| {
            for (channel, out, size) in [(0, red, self.sizes[0]), (2, blue, self.sizes[1])] {
                for (index, out) in out.iter_mut().enumerate() {
                    let x = (index % width) as f64 + 0.5 - cx;
                    let y = (first + index / width) as f64 + 0.5 - cy;
                    *out = between(&source, channel, cx + x / size, cy + y / size);
                }
            }
        });
        picture
    }
}
