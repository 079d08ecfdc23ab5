//! Zebra: stripes over what is clipped.

use super::board::image_of;
use super::signal::Signal;
use super::{Scope, Size};
use ::signal::Image;

pub(super) const SCOPE: Scope = Scope {
    id: "zebra",
    label: "Zebra",
    help: "Red stripes where a colour is at white or above, blue ones where all are at black or below.",
    draw,
    marks: Vec::new,
    figures: |signal| {
        let count = (signal.width() * signal.height()).max(1) as f64;
        let share = |is_it: fn([f32; 3]) -> bool| {
            signal.pixels().filter(|pixel| is_it(*pixel)).count() as f64 / count
        };
        vec![("clipped", share(is_clipped)), ("crushed", share(is_crushed))]
    },
};

/// Whether a colour is at white, to half a code of 8 bits.
fn is_clipped(pixel: [f32; 3]) -> bool {
    pixel.iter().any(|value| *value >= 254.5 / 255.0)
}

fn is_crushed(pixel: [f32; 3]) -> bool {
    pixel.iter().all(|value| *value <= 0.5 / 255.0)
}

fn draw(signal: &Signal, _: Size) -> Image {
    let size = Size { width: signal.width().max(1), height: signal.height().max(1) };
    let striped = |(index, pixel): (usize, [f32; 3])| {
        let is_stripe = ((index % size.width + index / size.width) / 4).is_multiple_of(2);
        match (is_stripe, is_clipped(pixel), is_crushed(pixel)) {
            (true, true, _) => [0.95, 0.15, 0.1],
            (true, _, true) => [0.15, 0.3, 0.95],
            _ => pixel,
        }
    };
    image_of(size, signal.pixels().enumerate().map(striped))
}
