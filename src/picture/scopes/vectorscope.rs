//! The vectorscope: how much of which colour.

use super::board::{Counts, Mark, image_of};
use super::chroma::{chroma, colour};
use super::signal::Signal;
use super::{Scope, Size};
use ::signal::Image;

pub(super) const SCOPE: Scope = Scope {
    id: "vectorscope",
    label: "Vectorscope",
    help: "Cb to the right and Cr up (BT.709), with the colours of bars of 75 and 100 % and the line of skin.",
    draw,
    marks,
    figures: |signal| {
        let mut sums = [0.0_f64; 3];
        for pixel in signal.pixels() {
            let [cb, cr] = chroma(pixel).map(f64::from);
            sums = [sums[0] + cb, sums[1] + cr, sums[2] + cb.hypot(cr)];
        }
        let count = (signal.width() * signal.height()).max(1) as f64;
        vec![("cb", sums[0] / count), ("cr", sums[1] / count), ("chroma", sums[2] / count)]
    },
};

/// How far from the middle 1 of chroma is, as a part of the width.
const SCALE: f32 = 0.95;

/// Where a pair of differences lies, from the left and from above.
pub(super) fn place([cb, cr]: [f32; 2]) -> [f32; 2] {
    [0.5 + SCALE * cb, 0.5 - SCALE * cr]
}

fn draw(signal: &Signal, size: Size) -> Image {
    let side = size.width.min(size.height);
    let size = Size { width: side, height: side };
    let mut counts = Counts::new(size);
    signal.pixels().for_each(|pixel| counts.add(place(chroma(pixel))));
    let per = 1.0 / side as f32;
    let tinted = |(index, bright): (usize, f32)| {
        let [x, y] = [index % side, index / side].map(|at| (at as f32 + 0.5) * per);
        let tint = colour(0.5, [(x - 0.5) / SCALE, (0.5 - y) / SCALE]);
        tint.map(|value| (0.25 + 0.75 * value.clamp(0.0, 1.0)) * bright)
    };
    image_of(size, counts.bright().into_iter().enumerate().map(tinted))
}

/// The primaries and what lies between them.
const BARS: [([f32; 3], &str); 6] = [
    ([1.0, 0.0, 0.0], "R"),
    ([1.0, 1.0, 0.0], "Yl"),
    ([0.0, 1.0, 0.0], "G"),
    ([0.0, 1.0, 1.0], "Cy"),
    ([0.0, 0.0, 1.0], "B"),
    ([1.0, 0.0, 1.0], "Mg"),
];

/// The angle of the line on which skin lies, from Cb to the left up.
const SKIN: f32 = 123.0;

fn marks() -> Vec<Mark> {
    let target = |part: f32| {
        BARS.map(|(colour, label)| {
            let at = place(chroma(colour.map(|value| value * part)));
            Mark::Target { at, label: if part < 1.0 { label } else { "" } }
        })
    };
    let (sine, cosine) = SKIN.to_radians().sin_cos();
    let skin = Mark::Line {
        from: [0.5, 0.5],
        to: place([0.5 * cosine, 0.5 * sine]),
        label: "skin",
    };
    let across = Mark::Line { from: [0.02, 0.5], to: [0.98, 0.5], label: "" };
    let down = Mark::Line { from: [0.5, 0.02], to: [0.5, 0.98], label: "" };
    target(0.75).into_iter().chain(target(1.0)).chain([skin, across, down]).collect()
}
