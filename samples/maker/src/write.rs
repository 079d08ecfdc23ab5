//! Pictures to files.

use crate::finish::{Picture, ordered};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

/// Writes a JPEG of 8 bits and 4:2:0.
pub(crate) fn jpeg(picture: &Picture, quality: u8, path: &Path) -> io::Result<()> {
    let mut encoder = Encoder::new(BufWriter::new(File::create(path)?), quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_optimized_huffman_tables(true);
    let (width, height) = (picture.width as u16, picture.height as u16);
    let codes = picture.eight(|_, _| 0.5);
    encoder.encode(&codes, width, height, ColorType::Rgb).map_err(io::Error::other)
}

/// Writes a PNG of 8 bits, dithered, with text chunks.
pub(crate) fn png(picture: &Picture, texts: &[(&str, String)], path: &Path) -> io::Result<()> {
    let (width, height) = (picture.width as u32, picture.height as u32);
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(path)?), width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::Adaptive);
    for (keyword, text) in texts {
        encoder.add_text_chunk((*keyword).to_owned(), text.clone()).map_err(io::Error::other)?;
    }
    let mut writer = encoder.write_header().map_err(io::Error::other)?;
    writer.write_image_data(&picture.eight(ordered)).map_err(io::Error::other)
}
