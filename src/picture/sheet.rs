//! A contact sheet: pictures beside each other, small.

use super::convert;
use crate::signal::{Colour, Image, PixelFormat, Plane};

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
    let height = (u64::from(width) * u64::from(first.height)).div_ceil(first.width.into()) as u32;
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
    use crate::signal::AlphaMode;

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
    }
}
