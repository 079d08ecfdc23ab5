//! A glyph's bitmap (`sbix`, `CBDT`) at any size: each pixel is the mean of what it covers, or lies between
//! pixels where the bitmap is the smaller.

use super::sheet::Sheet;
use skrifa::bitmap::{BitmapData, BitmapGlyph, Origin};

/// The most pixels along a side of a bitmap that is read.
const MOST: u32 = 4096;

/// Pixels in display-coded colour, multiplied by alpha.
struct Bitmap {
    width: usize,
    height: usize,
    pixels: Vec<[f32; 4]>,
}

/// A glyph in display-coded colour, where it lies within bounds: at an origin and slanted, for an em of `size`
/// pixels whose units are `scale` pixels each.
pub(super) fn drawn(
    glyph: &BitmapGlyph<'_>,
    (origin, shear): ([f64; 2], f64),
    (size, scale): (f64, f64),
    within: [i64; 4],
) -> Option<Sheet> {
    let bitmap = read(glyph)?;
    let across = size / f64::from(glyph.ppem_x.max(1.0));
    let down = size / f64::from(glyph.ppem_y.max(1.0));
    let beside =
        |bearing: f32, inner: f32, part: f64| f64::from(bearing) * scale + f64::from(inner) * part;
    let left = origin[0] + beside(glyph.bearing_x, glyph.inner_bearing_x, across);
    let above = beside(glyph.bearing_y, glyph.inner_bearing_y, down);
    let top = match glyph.placement_origin {
        Origin::TopLeft => origin[1] - above,
        Origin::BottomLeft => origin[1] - above - bitmap.height as f64 * down,
    };
    let slant = |y: f64| shear * (origin[1] - y);
    let (wide, high) = (bitmap.width as f64 * across, bitmap.height as f64 * down);
    let leans = [slant(top), slant(top + high)];
    let box_of = [
        left + leans[0].min(leans[1]) - across.max(1.0),
        top - down.max(1.0),
        left + wide + leans[0].max(leans[1]) + across.max(1.0),
        top + high + down.max(1.0),
    ];
    let [one, two] = [0, 1].map(|side| (box_of[side].floor() as i64).max(within[side]));
    let [three, four] = [2, 3].map(|side| (box_of[side].ceil() as i64).min(within[side]));
    if one >= three || two >= four {
        return None;
    }
    let mut sheet = Sheet::new([one, two, three, four]);
    let mut row = vec![[0.0; 4]; bitmap.width];
    for y in 0..sheet.height {
        let line = (sheet.top + y as i64) as f64;
        row.fill([0.0; 4]);
        for (index, weight) in taps((line - top) / down, 1.0 / down, bitmap.height) {
            let pixels = &bitmap.pixels[index * bitmap.width..(index + 1) * bitmap.width];
            for (sum, pixel) in row.iter_mut().zip(pixels) {
                (0..4).for_each(|part| sum[part] += pixel[part] * weight);
            }
        }
        let start = left + slant(line + 0.5);
        for x in 0..sheet.width {
            let column = (sheet.left + x as i64) as f64;
            for (index, weight) in taps((column - start) / across, 1.0 / across, bitmap.width) {
                for (plane, value) in sheet.planes.iter_mut().zip(row[index]) {
                    plane[y * sheet.width + x] += value * weight;
                }
            }
        }
    }
    Some(sheet)
}

/// The pixels of a line that make one which begins at `from` and has the length `length`, with their weights.
/// Beyond the line all is clear.
fn taps(from: f64, length: f64, count: usize) -> impl Iterator<Item = (usize, f32)> {
    let reach = length.max(1.0);
    let middle = from + 0.5 * length;
    let ends = [(middle - reach - 0.5).floor(), (middle + reach + 0.5).ceil()];
    let [first, last] = ends.map(|end| end.clamp(0.0, count as f64) as usize);
    (first..last).filter_map(move |index| {
        let weight = share(index as f64, middle, length);
        (weight > 0.0).then_some((index, weight as f32))
    })
}

/// What the pixel from `index` on has of one about `middle`: its part of that, where that is the longer; else
/// by how near their middles are.
fn share(index: f64, middle: f64, length: f64) -> f64 {
    if length < 1.0 {
        return (1.0 - (index + 0.5 - middle).abs()).max(0.0);
    }
    let (from, to) = (middle - 0.5 * length, middle + 0.5 * length);
    ((index + 1.0).min(to) - index.max(from)).max(0.0) / length
}

fn read(glyph: &BitmapGlyph<'_>) -> Option<Bitmap> {
    match glyph.data {
        BitmapData::Png(bytes) => png_of(bytes),
        BitmapData::Bgra(bytes) => {
            let (width, height) = (glyph.width as usize, glyph.height as usize);
            let pixel = |[blue, green, red, alpha]: &[u8; 4]| {
                [*red, *green, *blue, *alpha].map(|code| f32::from(code) / 255.0)
            };
            let pixels: Vec<_> =
                bytes.as_chunks::<4>().0.iter().take(width * height).map(pixel).collect();
            (pixels.len() == width * height).then_some(Bitmap { width, height, pixels })
        }
        BitmapData::Mask(_) => None,
    }
}

/// The pixels of a PNG.
fn png_of(bytes: &[u8]) -> Option<Bitmap> {
    let limits = png::Limits { bytes: 4 * (MOST as usize).pow(2) };
    let mut decoder = png::Decoder::new_with_limits(std::io::Cursor::new(bytes), limits);
    decoder.set_transformations(
        png::Transformations::normalize_to_color8() | png::Transformations::ALPHA,
    );
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = (reader.info().width, reader.info().height);
    if width > MOST || height > MOST {
        return None;
    }
    let mut codes = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut codes).ok()?;
    let codes = codes.get(..frame.buffer_size())?;
    let pixels: Vec<_> = match frame.color_type {
        png::ColorType::Rgba => codes.as_chunks::<4>().0.iter().map(|it| multiplied(*it)).collect(),
        png::ColorType::GrayscaleAlpha => codes
            .as_chunks::<2>()
            .0
            .iter()
            .map(|[grey, a]| multiplied([*grey, *grey, *grey, *a]))
            .collect(),
        _ => return None,
    };
    let (width, height) = (width as usize, height as usize);
    (pixels.len() == width * height).then_some(Bitmap { width, height, pixels })
}

fn multiplied(codes: [u8; 4]) -> [f32; 4] {
    let [red, green, blue, alpha] = codes.map(|code| f32::from(code) / 255.0);
    [red * alpha, green * alpha, blue * alpha, alpha]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_of_what_lies_within_a_line_are_one() {
        for length in [0.1, 0.5, 1.0, 1.7, 9.3] {
            for start in [12.0, 12.25, 20.9] {
                let sum: f32 = taps(start, length, 100).map(|(_, weight)| weight).sum();
                assert!((sum - 1.0).abs() < 1e-5, "{length} {start}: {sum}");
            }
        }
        assert_eq!(taps(-0.5, 1.0, 4).collect::<Vec<_>>(), [(0, 0.5)]);
        assert_eq!(taps(200.0, 3.0, 4).count(), 0);
    }

    #[test]
    fn what_is_no_picture_is_none() {
        for bytes in [&b""[..], b"\x89PNG\r\n\x1a\n", &[0; 64]] {
            assert!(png_of(bytes).is_none());
        }
    }
}
