//! Paint: strokes of a round brush, laid over the picture.

use crate::brush::{POINT, POINTS, Strokes};
use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::{Kind, Parameter};
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "paint",
    label: "Paint",
    help: "Strokes of a round brush in one colour, whose width goes with pressure.",
    space: Space::Display,
    parameters: &[
        Parameter::list(
            "strokes",
            "Strokes",
            "Points in order, three numbers each: across, down, in parts of the picture, and pressure from 0 to 1; a pressure below 0 begins a new stroke there.",
            POINT * POINTS,
            "",
        ),
        Parameter::number("size", "Size", "How wide the brush is at full pressure, in pixels of a picture of 1080 lines.", [0.5, 2000.0, 20.0], "px"),
        Parameter::number("hardness", "Hardness", "How much of the brush is full: 0 soft to the middle, 1 to the edge.", [0.0, 1.0, 0.7], ""),
        Parameter {
            id: "colour",
            label: "Colour",
            help: "Red, green, blue and how much they cover.",
            kind: Kind::Four { default: [1.0, 1.0, 1.0, 1.0], unit: "" },
        },
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let points: Vec<[f64; POINT]> = values.numbers("strokes").as_chunks::<POINT>().0.to_vec();
        let (size, hardness) = (values.number("size"), values.number("hardness"));
        let colour = values.four("colour").map(|value| value as f32);
        (!points.is_empty()).then(|| Arc::new(Paint { points, size, hardness, colour }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Paint {
    points: Vec<[f64; POINT]>,
    size: f64,
    hardness: f64,
    colour: [f32; 4],
}

impl Treatment for Paint {
    fn treat(&self, mut picture: Canvas, _: &Scene<'_>) -> Canvas {
        let (width, strokes) = (picture.width, self.strokes(&picture));
        let colour = self.colour;
        picture.bands(|line, [red, green, blue, _]| {
            let lines = red.len() / width.max(1);
            let near = strokes.near(line as f64, (line + lines) as f64);
            if near.is_empty() {
                return;
            }
            for place in 0..red.len() {
                let at = [(place % width) as f64 + 0.5, (line + place / width) as f64 + 0.5];
                let covers = strokes.cover(&near, at) * colour[3];
                if covers > 0.0 {
                    for (channel, colour) in [&mut *red, &mut *green, &mut *blue].into_iter().zip(colour) {
                        channel[place] += covers * (colour - channel[place]);
                    }
                }
            }
        });
        picture
    }
}

impl Paint {
    fn strokes(&self, picture: &Canvas) -> Strokes {
        let half = 0.5 * self.size * picture.unit();
        let placed = |[x, y, pressure]: &[f64; POINT]| {
            [x * picture.width as f64, y * picture.height as f64, half * pressure.clamp(-1.0, 1.0)]
        };
        Strokes::of(&self.points.iter().map(placed).collect::<Vec<_>>(), self.hardness)
    }
}
