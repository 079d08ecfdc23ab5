//! Pictures made small: means over blocks, which no codec changes by much.

use crate::signal::{Depth, Image};

/// Blocks across and down, at most.
const GRID: (usize, usize) = (64, 36);

/// The means of a picture's blocks, plane by plane, on the scale of 8-bit codes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Thumbnail {
    pub(super) planes: Vec<Vec<f32>>,
}

impl Thumbnail {
    pub(super) fn of(image: &Image) -> Self {
        Self { planes: (0..image.planes.len()).map(|plane| means(image, plane)).collect() }
    }

    /// The root of the mean square difference of a plane's blocks, in 8-bit codes.
    pub(super) fn distance(&self, other: &Self, plane: usize) -> f64 {
        let (Some(a), Some(b)) = (self.planes.get(plane), other.planes.get(plane)) else {
            return 0.0;
        };
        let squares: f64 = a.iter().zip(b).map(|(a, b)| f64::from(a - b).powi(2)).sum();
        (squares / a.len().max(1) as f64).sqrt()
    }
}

fn means(image: &Image, plane: usize) -> Vec<f32> {
    let (width, height) = image.format.plane_size(plane, image.width, image.height);
    let (width, height) = (width as usize, height as usize);
    let (across, down) = (GRID.0.min(width), GRID.1.min(height));
    let mut sums = vec![0.0_f64; across * down];
    for y in 0..height {
        let row = &mut sums[y * down / height * across..][..across];
        let line = image.planes[plane].line(y, image.line_bytes(plane));
        add_line(line, image.format.depth, width, row);
    }
    let scale = scale(image.format.depth);
    let lines = |block: usize| edge(block + 1, height, down) - edge(block, height, down);
    let columns = |block: usize| edge(block + 1, width, across) - edge(block, width, across);
    sums.iter()
        .enumerate()
        .map(|(place, sum)| {
            let count = lines(place / across) * columns(place % across);
            (sum * scale / count.max(1) as f64) as f32
        })
        .collect()
}

/// The first pixel of a block.
const fn edge(block: usize, size: usize, blocks: usize) -> usize {
    (block * size).div_ceil(blocks)
}

/// From codes to the scale of 8-bit codes.
pub(super) fn scale(depth: Depth) -> f64 {
    match depth {
        Depth::F32 => 255.0,
        depth => 1.0 / f64::from(1_u32 << (depth.bits() - 8)),
    }
}

fn add_line(line: &[u8], depth: Depth, width: usize, row: &mut [f64]) {
    let blocks = row.len();
    for (block, sum) in row.iter_mut().enumerate() {
        let (from, to) = (edge(block, width, blocks), edge(block + 1, width, blocks));
        *sum += match depth {
            Depth::U8 => line[from..to].iter().map(|&code| u64::from(code)).sum::<u64>() as f64,
            Depth::F32 => line[4 * from..4 * to]
                .chunks_exact(4)
                .map(|four| f64::from(f32::from_ne_bytes([four[0], four[1], four[2], four[3]])))
                .sum(),
            _ => line[2 * from..2 * to]
                .chunks_exact(2)
                .map(|two| u64::from(u16::from_ne_bytes([two[0], two[1]])))
                .sum::<u64>() as f64,
        };
    }
}

/// The likeness of two pictures' first planes in dB: `10 log10(peak^2 / mean square error)`;
/// `None` where they are equal.
pub(super) fn psnr(a: &Image, b: &Image) -> Option<f64> {
    let depth = a.format.depth;
    let lines = a.lines(0).zip(b.lines(0));
    let error: f64 = lines.map(|(a, b)| squares(a, b, depth)).sum();
    let mean = error / (f64::from(a.width) * f64::from(a.height)).max(1.0);
    let peak = match depth {
        Depth::F32 => 1.0,
        depth => f64::from((1_u32 << depth.bits()) - 1),
    };
    (mean > 0.0).then(|| 10.0 * (peak * peak / mean).log10())
}

/// The sum of the squares of two lines' differences, in codes.
fn squares(a: &[u8], b: &[u8], depth: Depth) -> f64 {
    match depth {
        Depth::U8 => {
            let of = |(&a, &b): (&u8, &u8)| u64::from(a.abs_diff(b)).pow(2);
            a.iter().zip(b).map(of).sum::<u64>() as f64
        }
        Depth::F32 => {
            let float = |four: &[u8]| f32::from_ne_bytes([four[0], four[1], four[2], four[3]]);
            let of = |(a, b): (&[u8], &[u8])| f64::from(float(a) - float(b)).powi(2);
            a.chunks_exact(4).zip(b.chunks_exact(4)).map(of).sum()
        }
        _ => {
            let code = |two: &[u8]| u16::from_ne_bytes([two[0], two[1]]);
            let of = |(a, b): (&[u8], &[u8])| u64::from(code(a).abs_diff(code(b))).pow(2);
            a.chunks_exact(2).zip(b.chunks_exact(2)).map(of).sum::<u64>() as f64
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::{AlphaMode, Colour, PixelFormat, Plane};

    fn image(codes: impl Fn(usize) -> u8) -> Image {
        let plane = |count: usize| (0..count).map(&codes).collect::<Vec<_>>();
        Image {
            width: 100,
            height: 50,
            format: PixelFormat::YUV420P8,
            colour: Colour::REC709,
            alpha: AlphaMode::Straight,
            planes: vec![
                Plane::packed(plane(5000), 100),
                Plane::packed(plane(1250), 50),
                Plane::packed(plane(1250), 50),
            ],
        }
    }

    #[test]
    fn means_of_blocks_keep_the_mean() {
        let thumbnail = Thumbnail::of(&image(|_| 77));
        assert_eq!(thumbnail.planes[0], vec![77.0; 64 * 36]);
        assert_eq!(thumbnail.planes[1].len(), 50 * 25);
        let other = Thumbnail::of(&image(|_| 80));
        assert_eq!(thumbnail.distance(&other, 0), 3.0);
    }

    #[test]
    fn likeness_is_in_decibels() {
        let (a, b) = (image(|_| 100), image(|_| 110));
        assert_eq!(psnr(&a, &a), None);
        assert!((psnr(&a, &b).unwrap() - 28.1308).abs() < 1e-4);
    }
}
