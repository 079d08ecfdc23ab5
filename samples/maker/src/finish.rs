//! From scene-linear light to a finished picture: lens, film, grade, grain. One idea for the whole
//! film: cool shadows, warm lights.

use crate::canvas::Canvas;
use crate::noise::{Random, cell};
use crate::vector::{Vector, vector};

/// How a picture is finished.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Finish {
    /// Factor on light.
    pub(crate) exposure: f32,
    /// Part of the light that the lens spreads.
    pub(crate) bloom: f32,
    /// Darkening of the corners, 0 to 1.
    pub(crate) vignette: f32,
    /// 1 leaves the strength of colours.
    pub(crate) saturation: f32,
    /// Deviation of the grain, in 8-bit code values.
    pub(crate) grain: f32,
    /// Added to grain's seed.
    pub(crate) seed: u32,
}

impl Finish {
    pub(crate) const PLAIN: Self =
        Self { exposure: 1.0, bloom: 0.08, vignette: 0.3, saturation: 1.0, grain: 1.1, seed: 1 };
}

/// A finished picture: sRGB code values, 16 bits deep, red, green, blue.
#[derive(Debug, Clone)]
pub(crate) struct Picture {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) codes: Vec<u16>,
}

impl Picture {
    /// Adds so many codes of 255 to every pixel, by its column and line.
    pub(crate) fn add(&mut self, codes: impl Fn(usize, usize) -> f32) {
        for (index, value) in self.codes.iter_mut().enumerate() {
            let (column, line) = (index / 3 % self.width, index / 3 / self.width);
            let sum = f32::from(*value) + codes(column, line) * 257.0;
            *value = sum.clamp(0.0, 65_535.0) as u16;
        }
    }
}

/// Develops a picture.
pub(crate) fn finish(mut canvas: Canvas, how: Finish) -> Picture {
    canvas.bloom(how.bloom);
    canvas.change(|x, y, light| {
        let edge = (x * x * 0.32 + y * y * 0.55).min(1.6);
        let shade = 1.0 - how.vignette * edge;
        grade((light * (how.exposure * shade)).map(film), how.saturation)
    });
    let (width, height) = (canvas.width, canvas.height);
    let mut codes = Vec::with_capacity(canvas.pixels.len() * 3);
    for (index, light) in canvas.pixels.iter().enumerate() {
        let (column, line) = ((index % width) as i32, (index / width) as i32);
        let mut random = Random::new(cell(column, line, how.seed));
        let signal = light.map(encode);
        let tone = signal.luminance();
        let grain = random.normal() * how.grain / 255.0 * (0.55 + 1.8 * tone * (1.0 - tone));
        for value in [signal.x, signal.y, signal.z] {
            codes.push(((value + grain).clamp(0.0, 1.0) * 65_535.0) as u16);
        }
    }
    Picture { width, height, codes }
}

/// A film's curve from light to display light: a toe, a straight part, a shoulder (the rational fit
/// of K. Narkowicz, "ACES Filmic Tone Mapping Curve", 2016).
fn film(x: f32) -> f32 {
    let x = x.max(0.0) * 0.8;
    (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14)
}

fn grade(light: Vector, saturation: f32) -> Vector {
    let tone = light.luminance().clamp(0.0, 1.0).sqrt();
    let cool = vector(0.86, 0.99, 1.13);
    let warm = vector(1.06, 1.0, 0.91);
    let tinted = light.times(cool.mix(warm, tone)) + vector(0.0010, 0.0017, 0.0028);
    Vector::grey(tinted.luminance()).mix(tinted, saturation).map(|value| value.clamp(0.0, 1.0))
}

/// IEC 61966-2-1.
fn encode(light: f32) -> f32 {
    if light <= 0.003_130_8 { 12.92 * light } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}

impl Picture {
    /// Eight bits, rounded with `threshold` (0 to 1) for each pixel.
    pub(crate) fn eight(&self, threshold: impl Fn(usize, usize) -> f32) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.codes.len());
        for (index, pixel) in self.codes.chunks_exact(3).enumerate() {
            let threshold = threshold(index % self.width, index / self.width);
            for code in pixel {
                out.push((f32::from(*code) * (255.0 / 65_535.0) + threshold).min(255.0) as u8);
            }
        }
        out
    }
}

/// The threshold of an 8 by 8 ordered dither (Bayer, 1973): fine, and small once packed.
pub(crate) fn ordered(column: usize, line: usize) -> f32 {
    let (x, y) = (column & 7, line & 7);
    let mixed = x ^ y;
    let mut rank = 0;
    for bit in 0..3 {
        rank |= ((mixed >> bit) & 1) << (5 - 2 * bit);
        rank |= ((y >> bit) & 1) << (4 - 2 * bit);
    }
    (rank as f32 + 0.5) / 64.0
}
