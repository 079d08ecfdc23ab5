//! Flicker taken out: the light and colour of the whole picture, and of each place, held to what they are in the frames
//! around.

use super::levels::{BLACK, Levels};
use crate::canvas::Canvas;
use crate::filter::{Filter, Scene, Treatment};
use crate::flow::sample;
use crate::grade::Space;
use signal::Parameter;
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "deflicker",
    label: "Deflicker",
    help: "The light and colour of the whole picture, then of each of 20 by 12 places, held to a parabola through the frames around, never across a cut: trembling goes, a ramp stays.",
    space: Space::Display,
    parameters: &[
        Parameter::setting("frames", "Frames", "Frames before and after that are looked at.", [1.0, 8.0, 4.0], "frames"),
        Parameter::number("amount", "Amount", "How much of the trembling is taken out.", [0.0, 1.0, 1.0], ""),
        Parameter::number("most", "Most", "The most by which a place is changed besides the whole picture, in stops of code values; 0: the whole picture alone.", [0.0, 2.0, 0.15], "stops"),
    ],
    moves: false,
    reach: |values| [values.number("frames") as i64; 2],
    prepare: |values| {
        let (amount, most) = (values.number("amount") as f32, values.number("most"));
        (amount > 0.0).then(|| Arc::new(Deflicker { amount, most }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Deflicker {
    amount: f32,
    most: f64,
}

impl Treatment for Deflicker {
    fn treat(&self, mut picture: Canvas, scene: &Scene<'_>) -> Canvas {
        let Some(own) = Levels::of(&picture) else { return picture };
        let others = scene.around.iter().filter_map(|(away, other)| Some((*away, Levels::of(other)?)));
        let others: Vec<(i64, Levels)> = others.collect();
        let Some(gains) = own.steadied(&others, self.most) else { return picture };
        let (size, width, height) = (own.size(), picture.width, picture.height);
        picture.bands(|line, [red, green, blue, _]| {
            for (channel, gains) in [red, green, blue].into_iter().zip(&gains) {
                for (place, value) in channel.iter_mut().enumerate() {
                    let (x, y) = (place % width, line + place / width);
                    let across = (x as f32 + 0.5) / width as f32 * size.0 as f32 - 0.5;
                    let down = (y as f32 + 0.5) / height as f32 * size.1 as f32 - 0.5;
                    let gain = (self.amount * sample(gains, size, across, down)).exp2();
                    *value = (*value + BLACK) * gain - BLACK;
                }
            }
        });
        picture
    }
}
