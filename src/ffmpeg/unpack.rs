//! Pictures whose numbers are interleaved, shifted or of odd depths, taken apart into planes.

use super::frame::Frame;
use super::pixel::{Known, Part, Way};
use crate::signal::{Depth, Image, Plane, Range};

/// Fills the planes of `image`, whose format is that of `known`; `None` where lines are missing.
pub(super) fn planes(frame: &Frame, known: &Known, image: &mut Image) -> Option<()> {
    image.planes = match known.way {
        Way::Palette => through_palette(frame, known, image)?,
        Way::Bits { inverted } => vec![bits(frame, known, image, inverted)?],
        Way::Share | Way::Unpack => (0..known.format.planes())
            .map(|index| plane(frame, known, image, index))
            .collect::<Option<_>>()?,
    };
    Some(())
}

fn plane(frame: &Frame, known: &Known, image: &Image, index: usize) -> Option<Plane> {
    let part = known.parts[index];
    let (width, height) = image.format.plane_size(index, image.width, image.height);
    let stride = image.line_bytes(index);
    let mut bytes = Vec::with_capacity(stride * height as usize);
    let is_alpha = image.format.alpha && index + 1 == image.format.planes();
    let full = is_alpha || image.colour.range == Range::Full;
    let number = Number { part, big_endian: known.big_endian, to: image.format.depth, full };
    for y in 0..height {
        number.take(frame.line(known, part.plane, y)?, width as usize, &mut bytes)?;
    }
    Some(Plane::packed(bytes, stride))
}

/// How a number is read and what it becomes.
struct Number {
    part: Part,
    big_endian: bool,
    to: Depth,
    full: bool,
}

impl Number {
    /// Appends `count` numbers of `line`; `None` if it is too short.
    fn take(&self, line: &[u8], count: usize, out: &mut Vec<u8>) -> Option<()> {
        let Part { step, offset, shift, depth, .. } = self.part;
        if shift == 0 && depth == 8 && self.to == Depth::U8 {
            let chunks = line.get(offset..)?.chunks(step).take(count);
            let before = out.len();
            out.extend(chunks.map(|chunk| chunk[0]));
            return (out.len() - before == count).then_some(());
        }
        for at in (0..count).map(|x| x * step + offset) {
            let value = self.read(line, at)?;
            match self.to {
                Depth::U8 => out.push(value as u8),
                Depth::F32 => out.extend_from_slice(&value.to_ne_bytes()),
                Depth::U10 | Depth::U12 | Depth::U16 => {
                    out.extend_from_slice(&(value as u16).to_ne_bytes());
                }
            }
        }
        Some(())
    }

    /// The number at byte `at`: FFmpeg's rule is one byte up to 8 bits, two up to 16, else four.
    fn read(&self, line: &[u8], at: usize) -> Option<u32> {
        let Part { shift, depth, .. } = self.part;
        let raw = match (shift + depth, self.big_endian) {
            (0..=8, big) => u32::from(*line.get(at + usize::from(big))?),
            (9..=16, true) => u32::from(u16::from_be_bytes(*line.get(at..)?.first_chunk()?)),
            (9..=16, false) => u32::from(u16::from_le_bytes(*line.get(at..)?.first_chunk()?)),
            (_, true) => u32::from_be_bytes(*line.get(at..)?.first_chunk()?),
            (_, false) => u32::from_le_bytes(*line.get(at..)?.first_chunk()?),
        };
        let value = (u64::from(raw) >> shift) & ((1 << depth) - 1);
        Some(self.stretch(value))
    }

    /// The same value in the bits of the plane: limited range is shifted, full range is stretched
    /// so that white stays white.
    fn stretch(&self, value: u64) -> u32 {
        let (from, to) = (self.part.depth, self.to.bits());
        if from == to {
            value as u32
        } else if self.full {
            let (top, white) = ((1_u64 << from) - 1, (1_u64 << to) - 1);
            ((value * white + top / 2) / top) as u32
        } else {
            (value << (to - from)) as u32
        }
    }
}

/// Colours by number: the palette's entries are 32-bit numbers, alpha red green blue from the top.
fn through_palette(frame: &Frame, known: &Known, image: &Image) -> Option<Vec<Plane>> {
    let entries = frame.palette()?.chunks_exact(4);
    let colours = entries.map(|entry| {
        let [blue, green, red, alpha] = u32::from_ne_bytes(*entry.first_chunk()?).to_le_bytes();
        Some([green, blue, red, alpha])
    });
    let colours = colours.collect::<Option<Vec<_>>>()?;
    let size = image.width as usize * image.height as usize;
    let mut planes = [const { Vec::new() }; 4].map(|_: Vec<u8>| Vec::with_capacity(size));
    for y in 0..image.height {
        for number in frame.line(known, 0, y)? {
            let colour = colours[usize::from(*number)];
            planes.iter_mut().zip(colour).for_each(|(plane, value)| plane.push(value));
        }
    }
    Some(planes.map(|plane| Plane::packed(plane, image.width as usize)).into())
}

fn bits(frame: &Frame, known: &Known, image: &Image, inverted: bool) -> Option<Plane> {
    let width = image.width as usize;
    let mut bytes = Vec::with_capacity(width * image.height as usize);
    for y in 0..image.height {
        let line = frame.line(known, 0, y)?;
        let bit = |x: usize| Some(line.get(x / 8)? >> (7 - x % 8) & 1 == 1);
        for x in 0..width {
            bytes.push(if bit(x)? == inverted { 0 } else { 255 });
        }
    }
    Some(Plane::packed(bytes, width))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::fn_params_excessive_bools, reason = "the fields of a test's number, in order")]
    fn number(part: Part, big_endian: bool, to: Depth, full: bool) -> Number {
        Number { part, big_endian, to, full }
    }

    #[test]
    fn numbers_are_read_in_both_byte_orders_and_any_shift() {
        let part = Part { plane: 0, step: 2, offset: 0, shift: 6, depth: 10 };
        let mut out = Vec::new();
        number(part, false, Depth::U10, false).take(&[0xC0, 0xFF, 0x40, 0], 2, &mut out).unwrap();
        assert_eq!(out, [1023_u16, 1].map(u16::to_ne_bytes).concat());
        let part = Part { step: 6, offset: 2, shift: 0, depth: 16, plane: 0 };
        let mut out = Vec::new();
        number(part, true, Depth::U16, true).take(&[0, 1, 2, 3, 4, 5], 1, &mut out).unwrap();
        assert_eq!(out, 0x0203_u16.to_ne_bytes());
        assert!(number(part, true, Depth::U16, true).take(&[0; 3], 1, &mut out).is_none());
    }

    #[test]
    fn odd_depths_keep_black_and_white_where_their_range_has_them() {
        let part = |depth| Part { plane: 0, step: 2, offset: 0, shift: 0, depth };
        assert_eq!(number(part(9), false, Depth::U10, true).stretch(511), 1023);
        assert_eq!(number(part(9), false, Depth::U10, false).stretch(470), 940);
        assert_eq!(number(part(14), false, Depth::U16, false).stretch(16 << 6), 16 << 8);
        assert_eq!(number(part(5), false, Depth::U8, true).stretch(31), 255);
    }
}
