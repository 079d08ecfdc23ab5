//! TIFF pictures of floating-point numbers: taken to be scene-linear, as programs write them.

use crate::ffmpeg::{LARGEST, open_plain};
use crate::media::Error;
use crate::signal::{AlphaMode, Colour, Depth, Image, Model, PixelFormat, Plane, Transfer};
use std::io::BufReader;
use std::path::Path;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;

/// The most bytes of a picture.
const MOST: usize = 1 << 30;

/// The number of a tag whose samples are floats (TIFF 6.0, section 19).
const FLOAT: u16 = 3;

/// The number of an extra channel that is alpha with the colours multiplied by it (section 18).
pub(super) const ASSOCIATED: u16 = 1;

/// Reads the first picture of a TIFF file; `None` where it is none, or holds no floats.
pub(super) fn read(path: &Path, start: &[u8]) -> Option<Result<Image, Error>> {
    if !start.starts_with(b"II*\0") && !start.starts_with(b"MM\0*") {
        return None;
    }
    let mut limits = Limits::default();
    limits.decoding_buffer_size = MOST;
    let file = BufReader::new(open_plain(path).ok()?);
    let mut decoder = Decoder::new(file).ok()?.with_limits(limits);
    let formats = decoder.find_tag_unsigned_vec::<u16>(Tag::SampleFormat).ok()??;
    let is_float = !formats.is_empty() && formats.iter().all(|format| *format == FLOAT);
    is_float.then(|| picture(&mut decoder).map_err(|why| Error::new(path, why)))
}

fn picture(decoder: &mut Decoder<BufReader<std::fs::File>>) -> Result<Image, String> {
    let words = |error: tiff::TiffError| error.to_string();
    let (width, height) = decoder.dimensions().map_err(words)?;
    if !(1..=LARGEST).contains(&width) || !(1..=LARGEST).contains(&height) {
        return Err(format!(
            "a picture of {width}x{height} is too large: {LARGEST} a side at most"
        ));
    }
    let channels = decoder.find_tag_unsigned::<u16>(Tag::SamplesPerPixel).map_err(words)?;
    let channels = usize::from(channels.unwrap_or(1));
    let extra = decoder.find_tag_unsigned_vec::<u16>(Tag::ExtraSamples).map_err(words)?;
    let samples = floats(decoder.read_image().map_err(words)?)?;
    if !(1..=4).contains(&channels) || samples.len() < width as usize * height as usize * channels {
        return Err(format!(
            "{channels} channels of floats, or planes that lie apart, are not read"
        ));
    }
    let colours = if channels < 3 { vec![0] } else { vec![1, 2, 0] };
    let alpha = (channels % 2 == 0).then_some(channels - 1);
    let order = colours.into_iter().chain(alpha);
    let associated = extra.is_some_and(|extra| extra.first() == Some(&ASSOCIATED));
    Ok(Image {
        width,
        height,
        format: PixelFormat {
            model: if channels < 3 { Model::Grey } else { Model::Rgb },
            alpha: alpha.is_some(),
            depth: Depth::F32,
        },
        colour: Colour { transfer: Transfer::Linear, ..Colour::SRGB },
        alpha: if associated { AlphaMode::Premultiplied } else { AlphaMode::Straight },
        planes: order.map(|at| plane(&samples, channels, at, width as usize)).collect(),
    })
}

fn floats(result: DecodingResult) -> Result<Vec<f32>, String> {
    match result {
        DecodingResult::F16(samples) => {
            Ok(samples.into_iter().map(exr::prelude::f16::to_f32).collect())
        }
        DecodingResult::F32(samples) => Ok(samples),
        DecodingResult::F64(samples) => {
            Ok(samples.into_iter().map(|sample| sample as f32).collect())
        }
        _ => Err("its samples are not the floats that it says".to_owned()),
    }
}

fn plane(samples: &[f32], channels: usize, at: usize, width: usize) -> Plane {
    let pixels = samples.chunks_exact(channels);
    let bytes = pixels.flat_map(|pixel| pixel[at].to_ne_bytes()).collect();
    Plane::packed(bytes, width * 4)
}
