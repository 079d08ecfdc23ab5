//! The parade: red, green and blue of every column, beside each other.

use super::board::{image_of, levels};
use super::signal::{Signal, spread};
use super::waveform::counted;
use super::{Scope, Size};
use ::signal::Image;

pub(super) const SCOPE: Scope = Scope {
    id: "parade",
    label: "RGB parade",
    help: "Red, green and blue of every column, beside each other: display codes in percent.",
    draw,
    marks: levels,
    figures: |signal| {
        let names = [
            ["red_least", "red_mean", "red_most"],
            ["green_least", "green_mean", "green_most"],
            ["blue_least", "blue_mean", "blue_most"],
        ];
        let of = |(channel, names): (usize, [&'static str; 3])| {
            names.into_iter().zip(spread(signal.plane(channel)))
        };
        names.into_iter().enumerate().flat_map(of).collect()
    },
};

/// What each of the three is drawn in.
const TINTS: [[f32; 3]; 3] = [[1.0, 0.3, 0.28], [0.3, 0.95, 0.35], [0.4, 0.55, 1.0]];

fn draw(signal: &Signal, size: Size) -> Image {
    let part = Size { width: size.width / 3, height: size.height };
    let parts = [0, 1, 2].map(|channel| {
        counted(signal.plane(channel), signal.width(), part).bright()
    });
    let pixel = |index: usize| {
        let (x, y) = (index % size.width, index / size.width);
        let channel = (x / part.width).min(2);
        let column = x - channel * part.width;
        let bright = if column < part.width { parts[channel][y * part.width + column] } else { 0.0 };
        TINTS[channel].map(|tint| tint * bright)
    };
    image_of(size, (0..size.width * size.height).map(pixel))
}
