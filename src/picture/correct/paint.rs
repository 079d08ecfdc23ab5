//! Paint: strokes of a round brush, laid over the picture.

use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::{Kind, Parameter};
use std::sync::Arc;

/// Numbers of a point: its place across and down in parts of the picture, and how hard the brush is pressed.
const POINT: usize = 3;
/// Points of all strokes, at most.
const POINTS: usize = 4096;

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

/// A piece of a stroke, in pixels: where it begins and ends, and half its width there.
type Piece = ([f64; 3], [f64; 3]);

impl Treatment for Paint {
    fn treat(&self, mut picture: Canvas, _: &Scene<'_>) -> Canvas {
        let (width, pieces) = (picture.width, self.pieces(&picture));
        let colour = self.colour;
        picture.bands(|line, [red, green, blue, _]| {
            let lines = red.len() / width.max(1);
            let (top, bottom) = (line as f64, (line + lines) as f64);
            let near: Vec<&Piece> = pieces
                .iter()
                .filter(|(a, b)| a[1].min(b[1]) - a[2].max(b[2]) <= bottom && a[1].max(b[1]) + a[2].max(b[2]) >= top)
                .collect();
            if near.is_empty() {
                return;
            }
            for place in 0..red.len() {
                let at = [(place % width) as f64 + 0.5, (line + place / width) as f64 + 0.5];
                let covers = near.iter().map(|piece| self.cover(piece, at)).fold(0.0, f64::max) as f32 * colour[3];
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
    fn pieces(&self, picture: &Canvas) -> Vec<Piece> {
        let half = 0.5 * self.size * picture.unit();
        let placed = |[x, y, pressure]: [f64; 3]| {
            [x * picture.width as f64, y * picture.height as f64, half * pressure.abs().min(1.0)]
        };
        let dot = |point: &[f64; 3]| (placed(*point), placed(*point));
        let first = self.points.first().map(dot);
        let rest = self.points.windows(2).map(|pair| {
            if pair[1][2] < 0.0 { dot(&pair[1]) } else { (placed(pair[0]), placed(pair[1])) }
        });
        first.into_iter().chain(rest).collect()
    }

    /// How much of a pixel a piece covers.
    fn cover(&self, (from, to): &Piece, at: [f64; 2]) -> f64 {
        let way = [to[0] - from[0], to[1] - from[1]];
        let long = way[0] * way[0] + way[1] * way[1];
        let along = (at[0] - from[0]) * way[0] + (at[1] - from[1]) * way[1];
        let part = if long > 0.0 { (along / long).clamp(0.0, 1.0) } else { 0.0 };
        let radius = from[2] + part * (to[2] - from[2]);
        let away = (at[0] - from[0] - part * way[0]).hypot(at[1] - from[1] - part * way[1]);
        let soft = (radius * (1.0 - self.hardness)).max(1.0);
        let cover = ((radius + 0.5 - away) / soft).clamp(0.0, 1.0);
        if soft > 1.0 { cover * cover * (3.0 - 2.0 * cover) } else { cover }
    }
}
