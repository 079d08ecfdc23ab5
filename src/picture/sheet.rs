//! A contact sheet: pictures beside each other, small.

use super::convert;
use signal::{Colour, Image, PixelFormat, Plane};

/// Pixels between pictures, and around them.
const MARGIN: u32 = 8;
/// The grey of the sheet, as a code value.
const PAPER: u8 = 24;

/// `pictures` in rows of `columns`, each `width` pixels wide and as high as the first asks; sRGB,
/// 8 bits. A pixel is the mean of the pixels under it. `None` without pictures or columns.
pub fn contact_sheet(pictures: &[Image], columns: u32, width: u32) -> Option<Image> {
    let first = pictures.first()?;
    let columns = columns.min(pictures.len() as u32);
    if columns == 0 || width == 0 {
        return None;
    }
    let height = height_of(first, width);
    let rows = (pictures.len() as u32).div_ceil(columns);
    let size = [columns * (width + MARGIN) + MARGIN, rows * (height + MARGIN) + MARGIN];
    let mut planes = vec![vec![PAPER; size[0] as usize * size[1] as usize]; 3];
    for (index, picture) in pictures.iter().enumerate() {
        let picture = convert::to(picture, PixelFormat::RGB8, Colour::SRGB);
        let (column, row) = (index as u32 % columns, index as u32 / columns);
        let corner = [MARGIN + column * (width + MARGIN), MARGIN + row * (height + MARGIN)];
        for (plane, sheet) in planes.iter_mut().enumerate() {
            shrink(&picture, plane, sheet, size[0], corner, [width, height]);
        }
    }
    let stride = size[0] as usize;
    Some(Image {
        width: size[0],
        height: size[1],
        format: PixelFormat::RGB8,
        colour: Colour::SRGB,
        alpha: first.alpha,
        planes: planes.into_iter().map(|plane| Plane::packed(plane, stride)).collect(),
    })
}

/// A picture as a contact sheet has it: `width` pixels across, sRGB, 8 bits. `None` where it has no
/// pixels, or is to have none.
pub fn miniature(picture: &Image, width: u32) -> Option<Image> {
    if width == 0 || picture.width == 0 || picture.height == 0 {
        return None;
    }
    let height = height_of(picture, width);
    let picture = convert::to(picture, PixelFormat::RGB8, Colour::SRGB);
    let planes = (0..3).map(|plane| {
        let mut small = vec![PAPER; width as usize * height as usize];
        shrink(&picture, plane, &mut small, width, [0, 0], [width, height]);
        Plane::packed(small, width as usize)
    });
    let planes = planes.collect();
    let (format, colour, alpha) = (PixelFormat::RGB8, Colour::SRGB, picture.alpha);
    Some(Image { width, height, format, colour, alpha, planes })
}

/// One picture above another of the same width and format, as 8-bit RGB.
pub fn above(top: &Image, bottom: &Image) -> Image {
    let [top, bottom] =
        [top, bottom].map(|image| convert::to(image, PixelFormat::RGB8, Colour::SRGB));
    let planes = (0..3).map(|plane| {
        let lines = top.lines(plane).chain(bottom.lines(plane));
        let width = top.width as usize;
        let bytes =
            lines.flat_map(|line| (0..width).map(|x| line.get(x).copied().unwrap_or(PAPER)));
        Plane::packed(bytes.collect(), width)
    });
    let planes = planes.collect();
    Image { height: top.height + bottom.height, planes, ..top.clone() }
}

/// How high a picture of this width is in the shape of `picture`.
fn height_of(picture: &Image, width: u32) -> u32 {
    (u64::from(width) * u64::from(picture.height)).div_ceil(picture.width.into()) as u32
}

fn shrink(
    picture: &Image,
    plane: usize,
    sheet: &mut [u8],
    stride: u32,
    corner: [u32; 2],
    size: [u32; 2],
) {
    for y in 0..size[1] {
        let (top, bottom) = under(y, size[1], picture.height);
        for x in 0..size[0] {
            let (left, right) = under(x, size[0], picture.width);
            let lines =
                (top..bottom).map(|y| picture.planes[plane].line(y, picture.width as usize));
            let sum: u64 =
                lines.flat_map(|line| &line[left..right]).map(|&code| u64::from(code)).sum();
            let count = ((bottom - top) * (right - left)) as u64;
            let place = (corner[1] + y) * stride + corner[0] + x;
            sheet[place as usize] = ((sum + count / 2) / count) as u8;
        }
    }
}

/// The source's pixels under pixel `at` of `size`, at least one.
fn under(at: u32, size: u32, source: u32) -> (usize, usize) {
    let edge = |at: u32| (u64::from(at) * u64::from(source) / u64::from(size)) as usize;
    let start = edge(at).min(source as usize - 1);
    (start, edge(at + 1).max(start + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use signal::AlphaMode;

    fn flat(code: u8, width: u32, height: u32) -> Image {
        let plane = || Plane::packed(vec![code; (width * height) as usize], width as usize);
        let (format, colour) = (PixelFormat::RGB8, Colour::SRGB);
        Image {
            width,
            height,
            format,
            colour,
            alpha: AlphaMode::Straight,
            planes: vec![plane(), plane(), plane()],
        }
    }

    #[test]
    fn pictures_lie_in_rows_with_paper_between() {
        let sheet =
            contact_sheet(&[flat(10, 8, 4), flat(200, 4, 4), flat(90, 16, 8)], 2, 4).unwrap();
        assert_eq!((sheet.width, sheet.height), (2 * 12 + 8, 2 * 10 + 8));
        let at = |x: usize, y: usize| sheet.planes[0].line(y, 32)[x];
        assert_eq!([at(0, 0), at(8, 8), at(20, 9), at(8, 18), at(21, 19)], [24, 10, 200, 90, 24]);
        assert!(contact_sheet(&[], 2, 4).is_none());
        let stacked = above(&flat(10, 4, 2), &flat(20, 4, 1));
        assert_eq!((stacked.height, stacked.planes[1].bytes()[7..9].to_vec()), (3, vec![10, 20]));
        let small = miniature(&flat(90, 16, 8), 4).unwrap();
        assert_eq!((small.width, small.height, small.planes[2].bytes()), (4, 2, &[90; 8][..]));
    }
}
