//! A picture as measures look at it: its luma alone, black at 0 and white at 255 whatever its format.

use crate::convert;
use crate::means::means;
use crate::turn;
use signal::{Colour, Depth, Image, Model, PixelFormat, Range};

/// Of green, blue and red, the part in luma (ITU-R BT.709-6, item 3.2), in the order of the planes.
const OF_RGB: [f32; 3] = [0.7152, 0.0722, 0.2126];
/// Pixels across a [`View`]'s small picture, at most: takes of any size are compared at this one.
const ACROSS: usize = 960;

/// The luma of a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Luma {
    width: usize,
    height: usize,
    codes: Vec<f32>,
}

/// A picture at its own size, and as small as all are compared at.
#[derive(Debug, Clone)]
pub struct View<'a> {
    /// Pixel for pixel.
    pub whole: &'a Luma,
    /// At most 960 pixels across: means of blocks.
    pub small: Luma,
}

impl<'a> View<'a> {
    /// Looks at a picture.
    pub fn of(whole: &'a Luma) -> Self {
        let across = whole.width.min(ACROSS);
        let down = (whole.height * across).div_ceil(whole.width.max(1));
        let small = whole.shrunk((across, down));
        Self { whole, small }
    }
}

impl Luma {
    /// The luma of `image`. Floats are looked at as sRGB shows them.
    pub fn of(image: &Image) -> Self {
        if image.format.depth == Depth::F32 {
            return Self::of(&convert::to(image, PixelFormat::RGB8, Colour::SRGB));
        }
        let (scale, black) = levels(image);
        let (width, height) = (image.width as usize, image.height as usize);
        let mut codes = vec![-scale * black; width * height];
        for (plane, weight) in weights(image).iter().enumerate() {
            for (line, out) in image.lines(plane).zip(codes.chunks_exact_mut(width.max(1))) {
                add(line, image.format.depth, weight * scale, out);
            }
        }
        Self { width, height, codes }
    }

    /// The means of blocks of a picture, without looking at it pixel by pixel: what [`Self::shrunk`] makes
    /// of the whole.
    pub fn of_blocks(image: &Image, grid: (usize, usize)) -> Self {
        if image.format.depth == Depth::F32 {
            return Self::of(image).shrunk(grid);
        }
        let (scale, black) = levels(image);
        let unit = (1_u32 << (image.format.depth.bits() - 8)) as f32;
        let (width, height) = (grid.0.min(image.width as usize), grid.1.min(image.height as usize));
        let mut codes = vec![-scale * black; width * height];
        for (plane, weight) in weights(image).iter().enumerate() {
            let blocks = means(image, plane, grid);
            codes
                .iter_mut()
                .zip(blocks)
                .for_each(|(sum, code)| *sum += weight * scale * unit * code);
        }
        Self { width, height, codes }
    }

    /// A picture of these codes, line by line; `None` where they are not as many as its pixels.
    pub fn new((width, height): (usize, usize), codes: Vec<f32>) -> Option<Self> {
        (width.checked_mul(height) == Some(codes.len())).then_some(Self { width, height, codes })
    }

    /// Pixels across and down.
    pub const fn size(&self) -> (usize, usize) {
        (self.width, self.height)
    }

    /// It turned clockwise by 0, 90, 180 or 270 degrees.
    #[must_use]
    pub fn turned(self, degrees: u16) -> Self {
        if degrees == 0 {
            return self;
        }
        let own = [self.width, self.height];
        let [width, height] = turn::size(own, degrees);
        let mut codes = vec![0.0; self.codes.len()];
        turn::turn(&self.codes, own, degrees, &mut codes);
        Self { width, height, codes }
    }

    /// Every code, line by line.
    pub fn codes(&self) -> &[f32] {
        &self.codes
    }

    /// Line `y`.
    pub fn line(&self, y: usize) -> &[f32] {
        &self.codes[y * self.width..][..self.width]
    }

    /// The means of its blocks: at most `grid` of them across and down.
    pub fn shrunk(&self, grid: (usize, usize)) -> Self {
        let (across, down) = (grid.0.min(self.width), grid.1.min(self.height));
        if (across, down) == (self.width, self.height) {
            return self.clone();
        }
        let mut codes = Vec::with_capacity(across * down);
        for block in 0..down {
            let lines = edge(block, self.height, down)..edge(block + 1, self.height, down);
            codes.extend(self.means(lines, across));
        }
        Self { width: across, height: down, codes }
    }

    /// The means of blocks beside each other in some lines.
    fn means(&self, lines: std::ops::Range<usize>, across: usize) -> impl Iterator<Item = f32> {
        let edges = move |block: usize| {
            edge(block, self.width, across)..edge(block + 1, self.width, across)
        };
        let mut sums = vec![0.0_f32; across];
        for line in lines.clone().map(|y| self.line(y)) {
            for (block, sum) in sums.iter_mut().enumerate() {
                *sum += line[edges(block)].iter().sum::<f32>();
            }
        }
        let high = lines.len();
        let means = sums.into_iter().enumerate();
        means.map(move |(block, sum)| sum / (high * edges(block).len()).max(1) as f32)
    }
}

/// The first pixel of a block.
const fn edge(block: usize, size: usize, blocks: usize) -> usize {
    (block * size).div_ceil(blocks)
}

/// What each plane has of the luma.
fn weights(image: &Image) -> &'static [f32] {
    if image.format.model == Model::Rgb { &OF_RGB } else { &[1.0] }
}

/// From a code to the scale of 0 to 255, and the code of black (ITU-R BT.709-6, item 5.5).
fn levels(image: &Image) -> (f32, f32) {
    let bits = image.format.depth.bits();
    match image.colour.range {
        Range::Full => (255.0 / ((1_u32 << bits) - 1) as f32, 0.0),
        Range::Limited => {
            let unit = (1_u32 << (bits - 8)) as f32;
            (255.0 / (219.0 * unit), 16.0 * unit)
        }
    }
}

fn add(line: &[u8], depth: Depth, weight: f32, out: &mut [f32]) {
    if depth == Depth::U8 {
        out.iter_mut().zip(line).for_each(|(sum, code)| *sum += weight * f32::from(*code));
    } else {
        let codes = line.as_chunks::<2>().0.iter().map(|code| u16::from_ne_bytes(*code));
        out.iter_mut().zip(codes).for_each(|(sum, code)| *sum += weight * f32::from(code));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use signal::{AlphaMode, Plane};

    fn flat(format: PixelFormat, colour: Colour, codes: [u16; 3]) -> Luma {
        let planes = codes.map(|code| match format.depth {
            Depth::U8 => Plane::packed(vec![code as u8; 16], 4),
            _ => Plane::packed(code.to_ne_bytes().repeat(16), 8),
        });
        let (planes, alpha) = (planes.into(), AlphaMode::Straight);
        Luma::of(&Image { width: 4, height: 4, format, colour, alpha, planes })
    }

    #[test]
    fn black_and_white_are_0_and_255_in_any_format() {
        let yuv = |depth| PixelFormat::yuv(0, 0, depth);
        for (format, colour, black, white) in [
            (PixelFormat::RGB8, Colour::SRGB, [0; 3], [255; 3]),
            (yuv(Depth::U8), Colour::REC709, [16, 128, 128], [235, 128, 128]),
            (yuv(Depth::U10), Colour::REC709, [64, 512, 512], [940, 512, 512]),
        ] {
            for (codes, expected) in [(black, 0.0), (white, 255.0)] {
                let luma = flat(format, colour, codes);
                assert!(luma.codes().iter().all(|code| (code - expected).abs() < 1e-3));
            }
        }
        let green = flat(PixelFormat::RGB8, Colour::SRGB, [255, 0, 0]);
        assert!((green.codes()[0] - 0.7152 * 255.0).abs() < 1e-3);
    }

    #[test]
    fn blocks_of_a_picture_are_those_of_its_luma() {
        for (format, colour) in [
            (PixelFormat::RGB8, Colour::SRGB),
            (PixelFormat::yuv(0, 0, Depth::U10), Colour::REC709),
        ] {
            let (width, height) = (37, 21);
            let planes = (0..3_u32).map(|plane| {
                let codes = (0..width * height).map(|at| ((at * 7 + plane * 31) % 230) as u16);
                let bytes = codes.flat_map(|code| match format.depth {
                    Depth::U8 => vec![code as u8],
                    _ => (code * 4).to_ne_bytes().to_vec(),
                });
                Plane::packed(bytes.collect(), width as usize * format.depth.bytes())
            });
            let (planes, alpha) = (planes.collect(), AlphaMode::Straight);
            let image = Image { width, height, format, colour, alpha, planes };
            for grid in [(8, 6), (5, 40), (400, 300)] {
                let (whole, blocks) =
                    (Luma::of(&image).shrunk(grid), Luma::of_blocks(&image, grid));
                assert_eq!(whole.size(), blocks.size());
                let pairs = whole.codes().iter().zip(blocks.codes());
                assert!(pairs.into_iter().all(|(a, b)| (a - b).abs() < 1e-2));
            }
        }
    }

    #[test]
    fn a_block_is_its_mean() {
        let luma = Luma::new((5, 2), (0..10).map(|code| code as f32).collect()).unwrap();
        assert_eq!(luma.shrunk((2, 1)).codes(), [3.5, 6.0]);
        assert_eq!(luma.shrunk((9, 9)), luma);
        assert_eq!(Luma::new((5, 3), vec![0.0; 10]), None);
    }
}
