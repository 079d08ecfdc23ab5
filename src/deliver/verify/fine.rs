//! Pictures in cells of a few pixels: fine enough for slow moves, coarse enough to let rounding go.

use super::thumbnail::scale;
use crate::signal::{Depth, Image, Model};

/// The most cells across: a cell has two pixels of a film up to 1920 wide.
const MOST_ACROSS: u32 = 960;

/// The means of a picture's cells, plane by plane, on the scale of 8-bit codes and about the mean of
/// the plane: a conversion that rounds down moves all codes by a part, as a slow fade does. Every
/// plane has the same cells.
#[derive(Debug, Clone)]
pub(super) struct Fine {
    pub(super) across: usize,
    pub(super) planes: Vec<Vec<f32>>,
    /// The most that rounding puts between the cells of two pictures, plane by plane: the mean square.
    pub(super) rounding: Vec<f64>,
}

impl Fine {
    pub(super) fn of(image: &Image) -> Self {
        let side = 2 * image.width.div_ceil(2 * MOST_ACROSS).max(1) as usize;
        let across = image.width as usize / side;
        let down = image.height as usize / side;
        let cells = |plane| means(image, plane, (across, down), side);
        let planes = 0..image.planes.len();
        let rounding = planes.clone().map(|plane| rounding(image, plane, side)).collect();
        Self { across, planes: planes.map(cells).collect(), rounding }
    }
}

/// How often a plane is halved, across and down.
const fn halvings(image: &Image, plane: usize) -> (u8, u8) {
    match image.format.model {
        Model::Yuv { across, down } if plane == 1 || plane == 2 => (across, down),
        _ => (0, 0),
    }
}

/// Pixels of a plane in a cell, across and down.
fn cell(image: &Image, plane: usize, side: usize) -> (usize, usize) {
    let halved = halvings(image, plane);
    ((side >> halved.0).max(1), (side >> halved.1).max(1))
}

/// Half a code squared for each pixel: what codes are apart of which any part was rounded up in one
/// picture alone.
fn rounding(image: &Image, plane: usize, side: usize) -> f64 {
    let (wide, high) = cell(image, plane, side);
    let code = if image.format.depth == Depth::F32 { 0.0 } else { scale(image.format.depth) };
    0.25 * code * code / (wide * high) as f64
}

fn means(image: &Image, plane: usize, (across, down): (usize, usize), side: usize) -> Vec<f32> {
    let (wide, high) = cell(image, plane, side);
    let depth = image.format.depth;
    let part = (scale(depth) / (wide * high) as f64) as f32;
    let mut cells = vec![0.0; across * down];
    for (y, line) in image.lines(plane).take(down * high).enumerate() {
        add_line(line, depth, wide, &mut cells[y / high * across..][..across]);
    }
    let mean = cells.iter().map(|&sum| f64::from(sum)).sum::<f64>() / cells.len().max(1) as f64;
    cells.iter_mut().for_each(|cell| *cell = (*cell - mean as f32) * part);
    cells
}

fn add_line(line: &[u8], depth: Depth, wide: usize, cells: &mut [f32]) {
    let pixels = line.chunks_exact(wide * depth.bytes());
    for (cell, pixels) in cells.iter_mut().zip(pixels) {
        *cell += match depth {
            Depth::U8 => pixels.iter().map(|&code| f32::from(code)).sum::<f32>(),
            Depth::F32 => {
                let floats = pixels.as_chunks::<4>().0.iter();
                floats.map(|&four| f32::from_ne_bytes(four)).sum()
            }
            _ => {
                let codes = pixels.as_chunks::<2>().0.iter();
                codes.map(|&two| f32::from(u16::from_ne_bytes(two))).sum()
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::{AlphaMode, Colour, PixelFormat, Plane};

    #[test]
    fn cells_of_every_plane_lie_on_each_other() {
        let luma: Vec<u8> = (0..32).map(|at| (at % 8) as u8 * 10).collect();
        let image = Image {
            width: 8,
            height: 4,
            format: PixelFormat::YUV420P8,
            colour: Colour::REC709,
            alpha: AlphaMode::Straight,
            planes: vec![
                Plane::packed(luma, 8),
                Plane::packed((0..8).collect(), 4),
                Plane::packed(vec![9; 8], 4),
            ],
        };
        let fine = Fine::of(&image);
        assert_eq!(fine.planes[0], [-30.0, -10.0, 10.0, 30.0].repeat(2));
        assert_eq!(fine.planes[1], [-3.5, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5]);
    }
}
