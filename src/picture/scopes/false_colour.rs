//! False colour: how many stops from middle grey each part of a picture lies.

use super::board::image_of;
use super::signal::{Signal, luma};
use super::{Scope, Size};
use crate::light::decode_exact;
use ::signal::Image;

pub(super) const SCOPE: Scope = Scope {
    id: "false_colour",
    label: "False colour",
    help: "Stops from 18 % grey as colours: blue is dark, green the middle, pink skin, yellow bright, red clipped.",
    draw,
    marks: Vec::new,
    figures: |signal| {
        let names = ["black", "dark", "low", "middle", "skin", "high", "bright", "clipped"];
        let mut counts = [0_u32; 8];
        for pixel in signal.pixels() {
            counts[band(luma(pixel))] += 1;
        }
        let all = f64::from(counts.iter().sum::<u32>().max(1));
        names.into_iter().zip(counts.map(|count| f64::from(count) / all)).collect()
    },
};

/// Where bands end, in stops of light from 18 % grey, the last at white.
const ENDS: [f64; 7] = [-6.0, -4.0, -0.5, 0.5, 1.25, 2.0, 2.45];

/// What a band is drawn in; none: as grey.
const TINTS: [Option<[f32; 3]>; 8] = [
    Some([0.35, 0.1, 0.5]),
    Some([0.1, 0.25, 0.85]),
    None,
    Some([0.2, 0.75, 0.25]),
    Some([0.95, 0.6, 0.65]),
    None,
    Some([0.95, 0.9, 0.2]),
    Some([0.95, 0.15, 0.1]),
];

/// The band of a coded luma.
fn band(luma: f32) -> usize {
    let stops = (decode_exact(f64::from(luma.max(0.0))).max(1e-9) / 0.18).log2();
    ENDS.iter().position(|end| stops < *end).unwrap_or(ENDS.len())
}

fn draw(signal: &Signal, _: Size) -> Image {
    let size = Size { width: signal.width().max(1), height: signal.height().max(1) };
    let table: Vec<usize> = (0..=1023).map(|code| band(code as f32 / 1023.0)).collect();
    let tinted = |pixel: [f32; 3]| {
        let luma = luma(pixel).clamp(0.0, 1.0);
        TINTS[table[(luma * 1023.0 + 0.5) as usize]].unwrap_or([luma; 3])
    };
    image_of(size, signal.pixels().map(tinted))
}
