//! Planes of half or a quarter of the size, and back.

use crate::signal::{Depth, Image, Model, PixelFormat, Plane};

/// How many times the sides of a picture are halved: until it has at most 960 pixels across.
pub(super) const fn halvings(width: u32) -> u32 {
    if width <= 1920 { 1 } else { 2 }
}

/// The format of a stand-in: 8 bits.
pub(super) fn format_of(format: PixelFormat) -> Option<PixelFormat> {
    let Model::Yuv { across, down } = format.model else { return None };
    let is_coded = matches!((across, down), (1, 1 | 0) | (0, 0));
    let is_whole = !format.alpha && format.depth != Depth::F32;
    (is_coded && is_whole).then(|| PixelFormat::yuv(across, down, Depth::U8))
}

/// The picture with its sides halved so many times: means of blocks, in 8 bits.
pub(super) fn shrink(image: &Image, halvings: u32, format: PixelFormat) -> Image {
    let (width, height) = (image.width >> halvings, image.height >> halvings);
    let planes = (0..format.planes()).map(|index| {
        let (across, down) = format.plane_size(index, width, height);
        let mut out = Vec::with_capacity((across * down) as usize);
        for y in 0..down as usize {
            line(image, index, y, halvings, across as usize, &mut out);
        }
        Plane::packed(out, across as usize)
    });
    Image { width, height, format, planes: planes.collect(), ..image.clone() }
}

/// Line `y` of the small plane `index`.
fn line(image: &Image, index: usize, y: usize, halvings: u32, across: usize, out: &mut Vec<u8>) {
    let side = 1_usize << halvings;
    let (_, lines) = image.format.plane_size(index, image.width, image.height);
    let mut sums = vec![0_u32; across];
    for row in 0..side {
        let row = (y * side + row).min(lines as usize - 1);
        let bytes = image.planes[index].line(row, image.line_bytes(index));
        if image.format.depth == Depth::U8 {
            add(bytes, side, &mut sums, |sample| u32::from(sample[0]), 1);
        } else {
            add(bytes, side, &mut sums, |two| u32::from(u16::from_ne_bytes([two[0], two[1]])), 2);
        }
    }
    let shift = 2 * halvings + image.format.depth.bits() - 8;
    out.extend(sums.iter().map(|sum| ((sum + (1 << (shift - 1))) >> shift).min(255) as u8));
}

fn add(bytes: &[u8], side: usize, sums: &mut [u32], read: impl Fn(&[u8]) -> u32, size: usize) {
    let mut blocks = bytes.chunks(side * size);
    let mut last = 0;
    for sum in sums {
        let block = blocks.next().unwrap_or_default();
        let samples = block.chunks_exact(size);
        let count = samples.len();
        let mut total = 0;
        for sample in samples {
            last = read(sample);
            total += last;
        }
        *sum += total + last * (side - count) as u32;
    }
}

/// A small picture at the size and in the format of `like`, whose numbers mean the same: each sample
/// stands for its block.
pub(super) fn enlarge(small: &Image, like: &Like) -> Image {
    let planes = (0..like.format.planes()).map(|index| {
        let (across, down) = like.format.plane_size(index, like.width, like.height);
        let (few, lines) = small.format.plane_size(index, small.width, small.height);
        let bytes = across as usize * like.format.depth.bytes();
        let mut out = Vec::with_capacity(bytes * down as usize);
        let mut before = None;
        for y in 0..down {
            let from = (u64::from(y) * u64::from(lines) / u64::from(down)) as usize;
            if before == Some(from) {
                out.extend_from_within(out.len() - bytes..);
                continue;
            }
            before = Some(from);
            let row = small.planes[index].line(from, few as usize);
            widen(row, across as usize, like.format.depth, &mut out);
        }
        Plane::packed(out, bytes)
    });
    let planes = planes.collect();
    let Like { width, height, format, colour, alpha } = *like;
    Image { width, height, format, colour, alpha, planes }
}

fn widen(row: &[u8], across: usize, depth: Depth, out: &mut Vec<u8>) {
    let shift = depth.bits() - 8;
    let step = |x: usize| row[x * row.len() / across];
    if depth != Depth::U8 {
        let wide = (0..across).flat_map(|x| (u16::from(step(x)) << shift).to_ne_bytes());
        return out.extend(wide);
    }
    if across == 2 * row.len() {
        return out.extend(row.iter().flat_map(|sample| [*sample; 2]));
    }
    out.extend((0..across).map(step));
}

/// What a picture is without its samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Like {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) format: PixelFormat,
    pub(super) colour: crate::signal::Colour,
    pub(super) alpha: crate::signal::AlphaMode,
}

impl Like {
    pub(super) const fn of(image: &Image) -> Self {
        let Image { width, height, format, colour, alpha, .. } = *image;
        Self { width, height, format, colour, alpha }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::{AlphaMode, Colour};

    fn image(format: PixelFormat, width: u32, height: u32) -> Image {
        let planes = (0..3).map(|index| {
            let (across, down) = format.plane_size(index, width, height);
            let samples = (0..across * down).map(|at| (at * 7 + index as u32 * 40) % 200);
            let bytes = samples.flat_map(|sample| match format.depth {
                Depth::U8 => vec![sample as u8],
                _ => (sample as u16 * 4).to_ne_bytes().to_vec(),
            });
            Plane::packed(bytes.collect(), across as usize * format.depth.bytes())
        });
        let planes = planes.collect();
        Image { width, height, format, colour: Colour::REC709, alpha: AlphaMode::Straight, planes }
    }

    #[test]
    fn a_block_is_its_mean_and_stands_for_it() {
        for (depth, unit) in [(Depth::U8, 1), (Depth::U10, 4)] {
            let format = PixelFormat::yuv(1, 1, depth);
            let whole = image(format, 16, 8);
            let small = shrink(&whole, 1, PixelFormat::YUV420P8);
            let mean = [0, 7, 16 * 7, 17 * 7].iter().map(|at| at % 200).sum::<u32>();
            assert_eq!(u32::from(small.planes[0].bytes()[0]), (mean + 2) / 4);
            let back = enlarge(&small, &Like::of(&whole));
            assert_eq!((back.width, back.height, back.format), (16, 8, format));
            let first = back.planes[0].line(1, 2 * depth.bytes());
            let read = |at: usize| match depth {
                Depth::U8 => u32::from(first[at]),
                _ => u32::from(u16::from_ne_bytes([first[at * 2], first[at * 2 + 1]])),
            };
            assert_eq!([read(0), read(1)], [(mean + 2) / 4 * unit; 2]);
        }
    }

    #[test]
    fn odd_sizes_are_met() {
        let whole = image(PixelFormat::yuv(1, 1, Depth::U8), 17, 9);
        let small = shrink(&whole, 1, PixelFormat::YUV420P8);
        assert_eq!((small.width, small.height), (8, 4));
        let back = enlarge(&small, &Like::of(&whole));
        assert!((0..3).all(|index| back.lines(index).count() == whole.lines(index).count()));
    }
}
