//! Stills made small while they are read: what lists and sheets show of pictures of any size.
//!
//! A block of 8 by 8 pixels of a JPEG file begins with its mean, and the rest of it is passed over; the lines
//! of a PNG file are added up as they are unpacked. What either leaves is what the means of the whole picture
//! would be, to a code or two. Any other still is none of this module's.

mod bits;
mod huffman;
mod jpeg;
mod lines;
mod scan;

use crate::ffmpeg::{LARGEST, Tags, open_plain};
use crate::signal::{Depth, Model, PixelFormat, Plane, Range};
use std::io::Read as _;
use std::path::Path;
use timeline_format::Ratio;

/// The most bytes of a JPEG file that is read so.
const MOST: u64 = 256 << 20;

/// A small picture.
#[derive(Debug)]
pub(super) struct Small {
    /// Pixels across and down of the still.
    pub(super) whole: (u32, u32),
    /// Pixels across and down of the small picture.
    pub(super) size: (u32, u32),
    /// What the planes are: of 8 bits.
    pub(super) format: PixelFormat,
    /// The planes.
    pub(super) planes: Vec<Plane>,
    /// The colour profile of a JPEG file.
    pub(super) profile: Option<Vec<u8>>,
    /// What its file says of it; `None` where FFmpeg is to be asked.
    pub(super) said: Option<Said>,
}

/// What a file says of its picture beside its size.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    /// Width of a pixel over its height.
    pub(super) aspect: Option<Ratio>,
    /// Colour tags that its other chunks do not say.
    pub(super) tags: Tags,
}

/// The still at `path`, which starts with these bytes, at least `across` pixels across; `None` where it is
/// not read so, or is hardly larger.
pub(super) fn read(path: &Path, start: &[u8], across: u32) -> Option<Small> {
    if start.starts_with(b"\x89PNG") {
        return lines::read(path, across).map(of_lines);
    }
    if !start.starts_with(b"\xff\xd8\xff") {
        return None;
    }
    let mut bytes = Vec::new();
    open_plain(path).ok()?.take(MOST).read_to_end(&mut bytes).ok()?;
    let is_large = |(width, _): (u32, u32)| width.div_ceil(8) >= across;
    super::sketch::of_jpeg(&bytes).filter(|size| is_large(*size) && is_sane(*size))?;
    jpeg::read(&bytes).and_then(of_blocks)
}

/// Whether a picture is of a size that others are read at.
const fn is_sane((width, height): (u32, u32)) -> bool {
    width <= LARGEST && height <= LARGEST
}

fn of_lines(means: lines::Means) -> Small {
    let lines::Means { size, blocks, mut planes, has_alpha, aspect } = means;
    let model = if planes.len() == 1 { Model::Grey } else { Model::Rgb };
    if model == Model::Rgb {
        planes[..3].rotate_left(1);
    }
    let planes = planes.into_iter().map(|plane| Plane::packed(plane, blocks.0 as usize));
    Small {
        whole: size,
        size: blocks,
        format: PixelFormat { model, alpha: has_alpha, depth: Depth::U8 },
        planes: planes.collect(),
        profile: None,
        said: Some(Said { aspect, tags: Tags { range: Some(Range::Full), ..Tags::default() } }),
    }
}

/// Blocks as planes; `None` where their sampling has no format.
fn of_blocks(means: jpeg::Means) -> Option<Small> {
    let first = means.components.first()?;
    let model = match means.components.get(1) {
        None => Model::Grey,
        Some(chroma) => {
            let times = |luma: usize, chroma: usize| match (luma / chroma, luma % chroma) {
                (1, 0) => Some(0),
                (2, 0) => Some(1),
                (4, 0) => Some(2),
                _ => None,
            };
            let across = times(first.sampling.0, chroma.sampling.0)?;
            Model::Yuv { across, down: times(first.sampling.1, chroma.sampling.1)? }
        }
    };
    let format = PixelFormat { model, alpha: false, depth: Depth::U8 };
    let side = |side: usize| u32::try_from(side).ok();
    let size = (side(first.blocks.0)?, side(first.blocks.1)?);
    let mut planes = Vec::new();
    for (nth, component) in means.components.iter().enumerate() {
        let (across, down) = format.plane_size(nth, size.0, size.1);
        if (across as usize, down as usize) != component.blocks {
            return None;
        }
        let codes = component.levels.iter().map(|code| *code as u8);
        planes.push(Plane::packed(codes.collect(), across as usize));
    }
    let whole = (side(means.size.0)?, side(means.size.1)?);
    Some(Small { whole, size, format, planes, profile: means.profile, said: None })
}
