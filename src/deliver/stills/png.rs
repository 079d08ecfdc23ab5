//! A picture as PNG (W3C, third edition), with what its numbers mean: cICP, and sRGB where it is.

use png::chunk::ChunkType;
use png::{BitDepth, ColorType, Compression, Filter, SrgbRenderingIntent};

use super::numbers;
use crate::signal::{AlphaMode, Colour, Depth, Image, Model, PixelFormat, Plane};
use crate::signal::{Primaries, Range, Transfer};

/// Compression that takes about as long as making the picture.
const COMPRESSION: Compression = Compression::Fast;

pub(super) fn encode(image: &Image) -> Result<Vec<u8>, String> {
    let depth = match image.format.depth {
        Depth::U8 => BitDepth::Eight,
        Depth::U16 => BitDepth::Sixteen,
        other => return Err(format!("PNG has 8 or 16 bits, not {other:?}")),
    };
    let (colour, order): (_, &[usize]) = match (image.format.model, image.format.alpha) {
        (Model::Grey, false) => (ColorType::Grayscale, &[0]),
        (Model::Grey, true) => (ColorType::GrayscaleAlpha, &[0, 1]),
        (Model::Rgb, false) => (ColorType::Rgb, &[2, 0, 1]),
        (Model::Rgb, true) => (ColorType::Rgba, &[2, 0, 1, 3]),
        (Model::Yuv { .. }, _) => return Err("PNG holds RGB or grey".into()),
    };
    write(image, depth, colour, order).map_err(|error| error.to_string())
}

fn write(
    image: &Image,
    depth: BitDepth,
    colour: ColorType,
    order: &[usize],
) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, image.width, image.height);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    encoder.set_compression(COMPRESSION);
    encoder.set_filter(Filter::Adaptive);
    if is_srgb(image.colour) {
        encoder.set_source_srgb(SrgbRenderingIntent::RelativeColorimetric);
    }
    let mut writer = encoder.write_header()?;
    writer.write_chunk(ChunkType(*b"cICP"), &code_points(image.colour))?;
    writer.write_image_data(&samples(image, order))?;
    writer.finish()?;
    Ok(file)
}

fn is_srgb(colour: Colour) -> bool {
    (colour.primaries, colour.transfer, colour.range)
        == (Primaries::Bt709, Transfer::Srgb, Range::Full)
}

/// Primaries, transfer, matrix (always RGB) and range by their numbers in ITU-T H.273.
fn code_points(colour: Colour) -> [u8; 4] {
    let primaries = match colour.primaries {
        Primaries::Bt709 => 1,
        Primaries::Bt601Pal => 5,
        Primaries::Bt601Ntsc => 6,
        Primaries::Bt2020 => 9,
        Primaries::P3D65 => 12,
    };
    let transfer = match colour.transfer {
        Transfer::Bt709 => 1,
        Transfer::Gamma22 => 4,
        Transfer::Gamma28 => 5,
        Transfer::Linear => 8,
        Transfer::Srgb => 13,
        Transfer::Pq => 16,
        Transfer::Hlg => 18,
    };
    [primaries, transfer, 0, u8::from(colour.range == Range::Full)]
}

/// The samples, mixed and with the high byte first; colour as if opaque, as PNG has it.
fn samples(image: &Image, order: &[usize]) -> Vec<u8> {
    let (width, height) = (image.width as usize, image.height as usize);
    let bytes = image.format.depth.bytes();
    let mut mixed = vec![0_u8; width * height * order.len() * bytes];
    let most = (1_u32 << image.format.depth.bits().min(16)) - 1;
    for (y, row) in mixed.chunks_exact_mut(width * order.len() * bytes).enumerate() {
        let mut lines: Vec<_> = order.iter().map(|&plane| numbers(image, plane, y)).collect();
        if image.format.alpha && image.alpha == AlphaMode::Premultiplied {
            divide_by_alpha(&mut lines, most);
        }
        for (channel, line) in lines.iter().enumerate() {
            let places = row.chunks_exact_mut(bytes).skip(channel).step_by(order.len());
            for (place, &number) in places.zip(line) {
                match place {
                    [one] => *one = number as u8,
                    two => two.copy_from_slice(&number.to_be_bytes()),
                }
            }
        }
    }
    mixed
}

fn divide_by_alpha(lines: &mut [Vec<u16>], most: u32) {
    let Some((alpha, colours)) = lines.split_last_mut() else { return };
    for colour in colours {
        for (number, &alpha) in colour.iter_mut().zip(&*alpha) {
            let alpha = u32::from(alpha);
            let straight = (u32::from(*number) * most + alpha / 2).checked_div(alpha);
            *number = straight.map_or(*number, |straight| straight.min(most) as u16);
        }
    }
}

/// Reads a PNG of 8 or 16 bits.
pub(super) fn decode(bytes: &[u8]) -> Result<Image, String> {
    let wrong = |error: png::DecodingError| error.to_string();
    let decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    let mut reader = decoder.read_info().map_err(wrong)?;
    let mut mixed = vec![0; reader.output_buffer_size().ok_or("it is too large")?];
    let info = reader.next_frame(&mut mixed).map_err(wrong)?;
    let (model, alpha, order): (_, _, &[usize]) = match info.color_type {
        ColorType::Grayscale => (Model::Grey, false, &[0]),
        ColorType::GrayscaleAlpha => (Model::Grey, true, &[0, 1]),
        ColorType::Rgb => (Model::Rgb, false, &[1, 2, 0]),
        ColorType::Rgba => (Model::Rgb, true, &[1, 2, 0, 3]),
        ColorType::Indexed => return Err("its colours are indexed".into()),
    };
    let depth = match info.bit_depth {
        BitDepth::Eight => Depth::U8,
        BitDepth::Sixteen => Depth::U16,
        _ => return Err("it has less than 8 bits".into()),
    };
    let format = PixelFormat { model, alpha, depth };
    let planes = order.iter().map(|&channel| plane(&mixed, info.width, channel, format)).collect();
    let (width, height) = (info.width, info.height);
    let (colour, alpha) = (Colour::SRGB, AlphaMode::Straight);
    Ok(Image { width, height, format, colour, alpha, planes })
}

/// One channel of mixed samples, in the machine's byte order.
fn plane(mixed: &[u8], width: u32, channel: usize, format: PixelFormat) -> Plane {
    let bytes = format.depth.bytes();
    let samples = mixed.chunks_exact(bytes).skip(channel).step_by(format.planes());
    let data = samples.flat_map(|sample| match *sample {
        [high, low] => u16::from_be_bytes([high, low]).to_ne_bytes().to_vec(),
        _ => sample.to_vec(),
    });
    Plane::packed(data.collect(), width as usize * bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(alpha: AlphaMode) -> Image {
        let plane = |numbers: [u16; 2]| {
            Plane::packed(numbers.iter().flat_map(|number| number.to_ne_bytes()).collect(), 4)
        };
        Image {
            width: 2,
            height: 1,
            format: PixelFormat { model: Model::Rgb, alpha: true, depth: Depth::U16 },
            colour: Colour::SRGB,
            alpha,
            planes: vec![
                plane([2000, 20]),
                plane([3000, 30]),
                plane([1000, 10]),
                plane([65_535, 0]),
            ],
        }
    }

    #[test]
    fn a_png_holds_the_numbers_and_what_they_mean() {
        let file = encode(&image(AlphaMode::Straight)).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&file)).read_info().unwrap();
        let mut read = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut read).unwrap();
        let numbers: Vec<_> =
            read.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
        assert_eq!(numbers, [1000, 2000, 3000, 65_535, 10, 20, 30, 0]);
        let info = reader.info();
        assert!(info.srgb.is_some());
        let points = info.coding_independent_code_points.unwrap();
        assert_eq!((points.color_primaries, points.transfer_function), (1, 13));
        assert!(points.is_video_full_range_image);
        assert!(decode(&file).unwrap().same_as(&image(AlphaMode::Straight)));
    }

    #[test]
    fn premultiplied_colour_is_divided() {
        let mut lines = vec![vec![1000, 7], vec![32_768, 0]];
        divide_by_alpha(&mut lines, 65_535);
        assert_eq!(lines[0], [2000, 7]);
    }
}
