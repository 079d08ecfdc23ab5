//! Lens distortion: straight lines bend, out or in.

use super::motion::Spot;
use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "lens_distortion",
    label: "Lens distortion",
    help: "Reads the picture at r (1 + k1 r2 + k2 r4 + k3 r6) from its middle, 1 being half its diagonal: above 0 a barrel, below 0 a cushion.",
    space: Space::Light,
    parameters: &[
        Parameter::number("k1", "k1", "By the square of the distance.", [-1.0, 1.0, 0.0], ""),
        Parameter::number("k2", "k2", "By its fourth power.", [-1.0, 1.0, 0.0], ""),
        Parameter::number("k3", "k3", "By its sixth power.", [-1.0, 1.0, 0.0], ""),
        Parameter::number(
            "scale",
            "Scale",
            "How much larger all of it is, to bring its edges out of sight.",
            [0.1, 10.0, 1.0],
            "",
        ),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let bend = ["k1", "k2", "k3"].map(|name| values.number(name));
        let scale = values.number("scale");
        (bend != [0.0; 3] || scale != 1.0)
            .then(|| Arc::new(Lens { bend, scale }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Lens {
    bend: [f64; 3],
    scale: f64,
}

impl Treatment for Lens {
    fn treat(&self, picture: Canvas, _: &Scene<'_>) -> Canvas {
        let (width, height) = (picture.width, picture.height);
        let middle = [0.5 * width as f64, 0.5 * height as f64];
        let half = middle[0].hypot(middle[1]);
        let mut out = Canvas::clear(width, height, picture.space);
        out.bands(|first, mut channels| {
            for index in 0..channels[0].len() {
                let x = ((index % width) as f64 + 0.5 - middle[0]) / half / self.scale;
                let y = ((first + index / width) as f64 + 0.5 - middle[1]) / half / self.scale;
                let square = x * x + y * y;
                let [k1, k2, k3] = self.bend;
                let by = half * (1.0 + square * (k1 + square * (k2 + square * k3)));
                let (u, v) = (middle[0] + x * by, middle[1] + y * by);
                let inside = covered(u, width) * covered(v, height);
                let spot = Spot::of(&picture, u, v);
                for (out, channel) in channels.iter_mut().zip(&picture.channels) {
                    out[index] = if inside > 0.0 { inside * spot.mixed(channel) } else { 0.0 };
                }
            }
        });
        out
    }
}

/// How much of a pixel lies within the picture.
fn covered(place: f64, size: usize) -> f32 {
    ((place + 0.5).clamp(0.0, 1.0) * (size as f64 - place + 0.5).clamp(0.0, 1.0)) as f32
}
