//! One picture as the bytes of one file.

mod exr;
mod png;

use std::path::Path;

use super::presets::PictureCodec;
use crate::picture::convert;
use crate::signal::{AlphaMode, Colour, Depth, Image, Model, PixelFormat, Plane};

/// The file of a picture; its format and colour are those of the preset.
pub(super) fn encode(codec: PictureCodec, image: &Image) -> Result<Vec<u8>, String> {
    match codec {
        PictureCodec::Exr => exr::encode(image),
        _ => png::encode(image),
    }
}

/// The PNG of a picture, sRGB, of 8 bits a channel, or of 16 where it is `deep`.
pub(super) fn png_of(image: &Image, deep: bool) -> Result<Vec<u8>, String> {
    let depth = if deep { Depth::U16 } else { Depth::U8 };
    let format = PixelFormat { model: Model::Rgb, alpha: image.format.alpha, depth };
    png::encode(&convert::to(image, format, Colour::SRGB))
}

/// What the names of its files end in.
pub(super) const fn extension(codec: PictureCodec) -> &'static str {
    match codec {
        PictureCodec::Exr => "exr",
        _ => "png",
    }
}

/// Reads a picture that was written here.
pub(super) fn decode(path: &Path) -> Result<Image, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("exr") => exr::decode(&bytes),
        _ => png::decode(&bytes),
    }
}

/// Line `y` of plane `index` as numbers from 0 to `2^bits - 1`.
fn numbers(image: &Image, index: usize, y: usize) -> Vec<u16> {
    let line = image.planes[index].line(y, image.line_bytes(index));
    match image.format.depth {
        Depth::U8 => line.iter().map(|&byte| u16::from(byte)).collect(),
        _ => line.chunks_exact(2).map(|two| u16::from_ne_bytes([two[0], two[1]])).collect(),
    }
}

/// Line `y` of plane `index` as floats.
fn floats(image: &Image, index: usize, y: usize) -> Vec<f32> {
    let line = image.planes[index].line(y, image.line_bytes(index));
    line.chunks_exact(4)
        .map(|four| f32::from_ne_bytes([four[0], four[1], four[2], four[3]]))
        .collect()
}

/// Float colour multiplied by its alpha, as OpenEXR has it.
pub(super) fn premultiplied(image: &Image) -> Image {
    let last = image.planes.len() - 1;
    let is_done = image.alpha == AlphaMode::Premultiplied || !image.format.alpha;
    if is_done || image.format.depth != Depth::F32 {
        return image.clone();
    }
    let multiply = |index: usize| {
        let lines = (0..image.height as usize).flat_map(|y| {
            let pairs = floats(image, index, y).into_iter().zip(floats(image, last, y));
            pairs.flat_map(|(value, alpha)| (value * alpha).to_ne_bytes()).collect::<Vec<_>>()
        });
        Plane::packed(lines.collect(), image.line_bytes(index))
    };
    let mut planes: Vec<_> = (0..last).map(multiply).collect();
    planes.push(image.planes[last].clone());
    Image { alpha: AlphaMode::Premultiplied, planes, ..image.clone() }
}
