//! Chromaticity: where colours lie in the CIE's diagram of 1931, and whether within BT.709.

use super::board::{Counts, Mark, image_of};
use super::signal::Signal;
use super::{Scope, Size};
use crate::convert::primaries::{self, Matrix3};
use crate::{WORKING, light};
use ::signal::{Image, Primaries};

pub(super) const SCOPE: Scope = Scope {
    id: "cie",
    label: "CIE xy",
    help: "Where colours lie in the CIE's diagram of 1931, with the triangle of BT.709 and the white D65.",
    draw,
    marks,
    figures: |signal| {
        let (mut sums, mut count) = ([0.0_f64; 2], 0_u32);
        for [x, y] in places(signal) {
            sums = [sums[0] + f64::from(x), sums[1] + f64::from(y)];
            count += 1;
        }
        let count = f64::from(count.max(1));
        vec![("x", sums[0] / count), ("y", sums[1] / count)]
    },
};

/// What is seen of x and of y.
const SEEN: [f32; 2] = [0.8, 0.9];

fn place([x, y]: [f32; 2]) -> [f32; 2] {
    [x / SEEN[0], 1.0 - y / SEEN[1]]
}

/// x and y of every pixel that has light to tell them by.
fn places(signal: &Signal) -> impl Iterator<Item = [f32; 2]> {
    const LEAST: f32 = 1e-3;
    let matrix = primaries::to_xyz(Primaries::Bt709).map(|row| row.map(|it| it as f32));
    let planes = [0, 1, 2].map(|channel| {
        let mut plane = signal.plane(channel).to_vec();
        light::decode(WORKING.transfer, &mut plane);
        plane
    });
    let count = planes[0].len();
    (0..count).filter_map(move |index| {
        let pixel = planes.each_ref().map(|plane| plane[index]);
        let [x, y, z] = matrix.map(|row| row[0] * pixel[0] + row[1] * pixel[1] + row[2] * pixel[2]);
        let sum = x + y + z;
        (sum > LEAST).then(|| [x / sum, y / sum])
    })
}

fn draw(signal: &Signal, size: Size) -> Image {
    let mut counts = Counts::new(size);
    places(signal).for_each(|at| counts.add(place(at)));
    let back = primaries::inverse(primaries::to_xyz(Primaries::Bt709));
    let tinted = |(index, bright): (usize, f32)| {
        let x = SEEN[0] * ((index % size.width) as f32 + 0.5) / size.width as f32;
        let y = SEEN[1] * (1.0 - ((index / size.width) as f32 + 0.5) / size.height as f32);
        tint(&back, [x, y]).map(|value| value * bright)
    };
    image_of(size, counts.bright().into_iter().enumerate().map(tinted))
}

/// The brightest colour of a place, paler where a screen has none.
fn tint(back: &Matrix3, [x, y]: [f32; 2]) -> [f32; 3] {
    let [x, y] = [x, y].map(f64::from);
    let xyz = [x, y, 1.0 - x - y];
    let rgb = back.map(|row| (row[0] * xyz[0] + row[1] * xyz[1] + row[2] * xyz[2]).max(0.0));
    let most = rgb.iter().fold(1e-6_f64, |most, it| most.max(*it));
    rgb.map(|value| (0.2 + 0.8 * (value / most).sqrt()) as f32)
}

fn marks() -> Vec<Mark> {
    let corners = [[0.64, 0.33], [0.30, 0.60], [0.15, 0.06]];
    let line = |one: usize, other: usize| Mark::Line {
        from: place(corners[one]),
        to: place(corners[other]),
        label: if one == 0 { "709" } else { "" },
    };
    let white = Mark::Target { at: place([0.3127, 0.3290]), label: "D65" };
    vec![line(0, 1), line(1, 2), line(2, 0), white]
}
