//! Pictures made small: means over blocks, which no codec changes by much.

pub(super) use crate::picture::means::scale;

use crate::picture::means::means;
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
        Self { planes: (0..image.planes.len()).map(|plane| means(image, plane, GRID)).collect() }
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
