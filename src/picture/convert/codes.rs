//! Between code values in planes and floats, a line at a time.
//!
//! Floats are 0 to 1 from black to white, chroma -0.5 to 0.5 about none. Loops are plain; they are
//! compiled for the machine's vector unit by `dispatch`.

use signal::{Depth, Range};

/// What a plane's codes mean: `code = value * scale + offset`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Codes {
    /// The numbers in the plane.
    pub(crate) depth: Depth,
    /// Codes from 0 to 1.
    pub(crate) scale: f32,
    /// The code of 0.
    pub(crate) offset: f32,
}

impl Codes {
    /// Those of a plane (H.273 section 8.3, equations 26 to 40).
    pub(crate) fn of(depth: Depth, range: Range, is_chroma: bool) -> Self {
        if depth == Depth::F32 {
            return Self { depth, scale: 1.0, offset: 0.0 };
        }
        let bits = depth.bits();
        let step = (1_u32 << (bits - 8)) as f32;
        let most = ((1_u32 << bits) - 1) as f32;
        let (scale, offset) = match (range, is_chroma) {
            (Range::Limited, false) => (219.0 * step, 16.0 * step),
            (Range::Limited, true) => (224.0 * step, 128.0 * step),
            (Range::Full, false) => (most, 0.0),
            (Range::Full, true) => (most, 128.0 * step),
        };
        Self { depth, scale, offset }
    }

    /// Reads a line of samples.
    pub(crate) fn read(&self, bytes: &[u8], out: &mut [f32]) {
        let (depth, scale, offset) = (self.depth, 1.0 / self.scale, self.offset);
        pulp::Arch::new().dispatch(
            #[inline(always)]
            move || match depth {
                Depth::U8 => {
                    for (out, code) in out.iter_mut().zip(bytes) {
                        *out = (f32::from(*code) - offset) * scale;
                    }
                }
                Depth::F32 => {
                    for (out, code) in out.iter_mut().zip(bytes.as_chunks::<4>().0) {
                        *out = f32::from_ne_bytes(*code);
                    }
                }
                Depth::U10 | Depth::U12 | Depth::U16 => {
                    for (out, code) in out.iter_mut().zip(bytes.as_chunks::<2>().0) {
                        *out = (f32::from(u16::from_ne_bytes(*code)) - offset) * scale;
                    }
                }
            },
        );
    }

    /// Writes a line of samples, each with a part of a code from `dither` (-0.5 to 0.5, repeating)
    /// added before it is rounded to the nearest code, and held to the codes that there are. What is
    /// no number is the least.
    pub(crate) fn write(&self, values: &[f32], dither: &[f32; 8], bytes: &mut [u8]) {
        let most =
            if self.depth == Depth::F32 { 1.0 } else { ((1_u64 << self.depth.bits()) - 1) as f32 };
        let bias = std::array::from_fn(|index| dither[index & 7] + self.offset);
        let (depth, scale) = (self.depth, self.scale);
        pulp::Arch::new().dispatch(Write { depth, scale, bias, most, values, bytes });
    }
}

/// Samples that are written at a time.
const RUN: usize = 64;

/// Writing, whose loops are compiled whole for each vector unit.
struct Write<'a> {
    depth: Depth,
    scale: f32,
    bias: [f32; RUN],
    most: f32,
    values: &'a [f32],
    bytes: &'a mut [u8],
}

impl Write<'_> {
    /// Writes codes of `N` bytes.
    #[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
    #[inline(always)]
    fn codes<const N: usize>(self, code: impl Fn(u32) -> [u8; N]) {
        let Self { scale, bias, most, values, bytes, .. } = self;
        let outs = bytes.as_chunks_mut::<N>().0.chunks_mut(RUN);
        for (outs, values) in outs.zip(values.chunks(RUN)) {
            for ((out, value), bias) in outs.iter_mut().zip(values).zip(&bias) {
                *out = code(rounded(value * scale + bias, most));
            }
        }
    }
}

impl pulp::WithSimd for Write<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        match self.depth {
            Depth::U8 => self.codes(|code| [code as u8]),
            Depth::U10 | Depth::U12 | Depth::U16 => self.codes(|code| (code as u16).to_ne_bytes()),
            Depth::F32 => {
                for (out, value) in self.bytes.as_chunks_mut::<4>().0.iter_mut().zip(self.values) {
                    *out = value.to_ne_bytes();
                }
            }
        }
    }
}

/// The nearest whole number within 0 and `most` (halves to even): adding 2^23 leaves it in the low
/// bits of the float.
#[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
#[inline(always)]
pub(crate) fn rounded(value: f32, most: f32) -> u32 {
    let value = if value > 0.0 { value } else { 0.0 };
    let value = if value < most { value } else { most };
    (value + 8_388_608.0).to_bits() & 0x007f_ffff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_comes_back_with_and_without_dither() {
        for depth in [Depth::U8, Depth::U10, Depth::U12, Depth::U16] {
            for (range, is_chroma) in [
                (Range::Full, false),
                (Range::Full, true),
                (Range::Limited, false),
                (Range::Limited, true),
            ] {
                let codes = Codes::of(depth, range, is_chroma);
                let count = 1_usize << depth.bits();
                let bytes: Vec<u8> = (0..count)
                    .flat_map(|code| (code as u32).to_ne_bytes()[..depth.bytes()].to_vec())
                    .collect();
                let mut values = vec![0.0; count];
                codes.read(&bytes, &mut values);
                let mut back = vec![0; bytes.len()];
                codes.write(&values, &[0.0; 8], &mut back);
                assert_eq!(bytes, back, "{codes:?}");
                let edge = if depth == Depth::U16 { 0.48 } else { 0.492 };
                codes.write(&values, &[edge; 8], &mut back);
                assert_eq!(bytes, back, "{codes:?}");
            }
        }
    }

    #[test]
    fn what_is_no_code_is_held() {
        let codes = Codes::of(Depth::U8, Range::Full, false);
        let mut bytes = [9; 5];
        codes.write(&[-3.0, f32::NAN, f32::INFINITY, 7.0, 0.5], &[0.0; 8], &mut bytes);
        assert_eq!(bytes, [0, 0, 255, 255, 128]);
    }
}
