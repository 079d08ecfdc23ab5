//! A traced picture, its noise smoothed where one surface goes on (the edge-avoiding wavelets of
//! Dammertz and others, 2010).

use super::{Camera, Scene, Tree, seen};
use crate::canvas::{Canvas, Size};
use crate::noise::Random;
use crate::vector::Vector;
use rayon::prelude::*;

/// What is known of a pixel.
#[derive(Debug, Clone, Copy)]
struct Pixel {
    light: Vector,
    colour: Vector,
    normal: Vector,
    distance: f32,
}

/// Renders `scene` with `samples` paths a pixel.
pub(crate) fn render(scene: &Scene, camera: &Camera, size: Size, samples: u32) -> Canvas {
    let Size { width, height } = size;
    let empty =
        Pixel { light: Vector::ZERO, colour: Vector::ZERO, normal: Vector::ZERO, distance: 0.0 };
    let tree = Tree::new(&scene.things);
    let mut pixels = vec![empty; width * height];
    pixels.par_chunks_mut(width).enumerate().for_each(|(line, row)| {
        for (column, pixel) in row.iter_mut().enumerate() {
            *pixel = look((scene, &tree), camera, size, (column, line), samples);
        }
    });
    pixels = calmed(&pixels, size);
    for (round, reach) in [1, 2, 4, 8].into_iter().enumerate() {
        pixels = smoothed(&pixels, size, reach, 0.5_f32.powi(round as i32));
    }
    let pixels = pixels.iter().map(|pixel| pixel.light.times(pixel.colour)).collect();
    Canvas { width, height, pixels }
}

fn look(
    (scene, tree): (&Scene, &Tree),
    camera: &Camera,
    size: Size,
    at: (usize, usize),
    samples: u32,
) -> Pixel {
    let mut random = Random::new((at.1 * 16_384 + at.0) as u32);
    let (width, height) = (size.width as f32, size.height as f32);
    let mut sum =
        Pixel { light: Vector::ZERO, colour: Vector::ZERO, normal: Vector::ZERO, distance: 0.0 };
    for _ in 0..samples {
        let column = at.0 as f32 + 0.5 + 0.8 * (random.unit() - random.unit());
        let line = at.1 as f32 + 0.5 + 0.8 * (random.unit() - random.unit());
        let (x, y) = ((2.0 * column - width) / height, (height - 2.0 * line) / height);
        let ray = camera.ray(x, y, &mut random);
        let found = seen(scene, tree, ray, &mut random);
        sum.light += found.light;
        sum.colour += found.colour;
        sum.normal += found.normal;
        sum.distance += found.distance.min(50.0);
    }
    let part = 1.0 / samples as f32;
    let colour = (sum.colour * part).map(|value| value.max(0.02));
    let light = sum.light * part;
    let divided = crate::vector::vector(light.x / colour.x, light.y / colour.y, light.z / colour.z);
    Pixel { light: divided, colour, normal: sum.normal * part, distance: sum.distance * part }
}

/// Pixels brighter than all their neighbours, brought down to them.
fn calmed(pixels: &[Pixel], size: Size) -> Vec<Pixel> {
    let mut out = pixels.to_vec();
    for line in 1..size.height - 1 {
        for column in 1..size.width - 1 {
            let mut most = 0.0_f32;
            for near in [-1_isize, 0, 1] {
                let row = line.saturating_add_signed(near) * size.width + column;
                most = most.max(pixels[row - 1].light.luminance());
                most = most.max(pixels[row + 1].light.luminance());
                most = if near == 0 { most } else { most.max(pixels[row].light.luminance()) };
            }
            let pixel = &mut out[line * size.width + column];
            pixel.light = pixel.light * (most / pixel.light.luminance().max(1e-6)).min(1.0);
        }
    }
    out
}

fn smoothed(pixels: &[Pixel], size: Size, reach: i32, strength: f32) -> Vec<Pixel> {
    let Size { width, height } = size;
    let weights = [0.375_f32, 0.25, 0.0625];
    let mut out = pixels.to_vec();
    out.par_chunks_mut(width).enumerate().for_each(|(line, row)| {
        for (column, pixel) in row.iter_mut().enumerate() {
            let here = pixels[line * width + column];
            let tone = here.light.luminance();
            let (mut sum, mut total) = (Vector::ZERO, 0.0);
            for down in -2_i32..=2 {
                for across in -2_i32..=2 {
                    let x = (column as i32 + across * reach).clamp(0, width as i32 - 1) as usize;
                    let y = (line as i32 + down * reach).clamp(0, height as i32 - 1) as usize;
                    let there = pixels[y * width + x];
                    let bend = here.normal - there.normal;
                    let step = (here.distance - there.distance) / (0.02 * here.distance + 0.01);
                    let other = there.light.luminance();
                    let contrast = (tone - other) / (strength * 0.8 * (tone.max(other)) + 0.002);
                    let weight = weights[across.unsigned_abs() as usize]
                        * weights[down.unsigned_abs() as usize]
                        * (-bend.dot(bend) * 40.0 - step * step - contrast * contrast).exp();
                    sum += there.light * weight;
                    total += weight;
                }
            }
            pixel.light = sum * (1.0 / total.max(1e-6));
        }
    });
    out
}
