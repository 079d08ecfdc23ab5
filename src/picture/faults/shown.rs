//! Where a fault is, drawn over the picture: the picture in grey, heat in red, a frame around the region.

use crate::flow::sample;
use crate::measures::Luma;
use signal::{AlphaMode, Colour, Image, PixelFormat, Plane};

/// Pixels across the picture, at most.
const ACROSS: usize = 1280;

/// A picture of where in `image` something is.
pub fn shown(image: &Image, region: Option<[f64; 4]>, heat: Option<&Luma>) -> Image {
    let width = ACROSS.min(image.width as usize).max(1);
    let height = (image.height as usize * width).div_ceil(image.width.max(1) as usize).max(1);
    let grey = Luma::of_blocks(image, (width, height));
    let edge = region.map(|[left, top, right, bottom]| {
        let at = |part: f64, size: usize| ((part * size as f64) as usize).min(size - 1);
        [at(left, width), at(top, height), at(right, width), at(bottom, height)]
    });
    let mut planes = [0, 1, 2].map(|_| Vec::with_capacity(width * height));
    for y in 0..height {
        for x in 0..width {
            let [green, blue, red] =
                pixel(grey.line(y)[x], heat_at(heat, (x, y), (width, height)), is_edge(edge, x, y));
            planes[0].push(green);
            planes[1].push(blue);
            planes[2].push(red);
        }
    }
    let planes = planes.map(|bytes| Plane::packed(bytes, width)).into();
    let (width, height) = (width as u32, height as u32);
    Image {
        width,
        height,
        format: PixelFormat::RGB8,
        colour: Colour::SRGB,
        alpha: AlphaMode::Straight,
        planes,
    }
}

fn pixel(grey: f32, heat: f32, is_edge: bool) -> [u8; 3] {
    if is_edge {
        return [208, 0, 255];
    }
    let dark = 0.6 * grey.clamp(0.0, 255.0);
    let cold = dark * (1.0 - 0.7 * heat);
    [cold as u8, cold as u8, (dark + (255.0 - dark) * heat) as u8]
}

fn heat_at(heat: Option<&Luma>, (x, y): (usize, usize), (width, height): (usize, usize)) -> f32 {
    let Some(heat) = heat else { return 0.0 };
    let size = heat.size();
    let across = (x as f32 + 0.5) / width as f32 * size.0 as f32 - 0.5;
    let down = (y as f32 + 0.5) / height as f32 * size.1 as f32 - 0.5;
    (sample(heat.codes(), size, across, down) / 255.0).clamp(0.0, 1.0)
}

fn is_edge(edge: Option<[usize; 4]>, x: usize, y: usize) -> bool {
    let Some([left, top, right, bottom]) = edge else { return false };
    let (within_x, within_y) = ((left..=right).contains(&x), (top..=bottom).contains(&y));
    let near = |at: usize, edge: usize| at.abs_diff(edge) < 2;
    within_y && (near(x, left) || near(x, right)) || within_x && (near(y, top) || near(y, bottom))
}
