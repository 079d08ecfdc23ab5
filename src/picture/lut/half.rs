//! A curve with an entry for every half float: no number is out of its domain, and the dark has as many as the light.

use super::Formula;
use signal::wide;

/// How many half floats there are.
pub(super) const ENTRIES: usize = 65_536;
/// The greatest half float that is a number.
pub(super) const MOST: f32 = 65_504.0;
/// The code of that.
const LAST: u32 = 0x7bff;
/// The least half float with all of its digits, 2^-14.
const NORMAL: f32 = 6.103_515_625e-5;
/// What is between the exponents of a single and of a half float.
const EXPONENT: u32 = 112 << 23;

/// A curve over all half floats, straight between neighbours.
#[derive(Debug)]
pub(super) struct HalfCurves(pub(super) [Vec<f32>; 3]);

/// The number that a half float's bits say; what is none, or has no end, is held to what there is.
pub(super) fn number_of(bits: u16) -> f32 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let code = u32::from(bits & 0x7fff);
    if code > 0x7c00 { 0.0 } else { sign * magnitude(code.min(LAST)) }
}

/// The number without its sign.
#[inline(always)]
fn magnitude(code: u32) -> f32 {
    let small = code as f32 * (NORMAL / 1024.0);
    let normal = f32::from_bits((code << 13).wrapping_add(EXPONENT));
    if code < 0x400 { small } else { normal }
}

/// The half float at or below a number that has no sign and is at most [`MOST`].
#[inline(always)]
fn code_below(number: f32) -> u32 {
    let small = (number * (1024.0 / NORMAL)) as u32;
    let normal = number.to_bits().wrapping_sub(EXPONENT) >> 13;
    if number < NORMAL { small } else { normal.min(LAST) }
}

impl Formula for HalfCurves {
    fn line(&self, channels: [&mut [f32]; 3]) {
        for (heights, channel) in self.0.iter().zip(channels) {
            wide(
                #[inline(always)]
                move || channel.iter_mut().for_each(|value| *value = at(heights, *value)),
            );
        }
    }

    fn feed(&self, hasher: &mut blake3::Hasher) {
        for height in self.0.iter().flatten() {
            hasher.update(&height.to_bits().to_le_bytes());
        }
    }

    fn words(&self) -> String {
        "every half float".to_owned()
    }
}

/// The height of a curve at a number; at what is none, that at 0.
#[inline(always)]
fn at(heights: &[f32], number: f32) -> f32 {
    let size = if number.is_nan() { 0.0 } else { number.abs().min(MOST) };
    let code = code_below(size).min(LAST - 1);
    let sign = usize::from(number < 0.0) << 15;
    let [low, high] = [magnitude(code), magnitude(code + 1)];
    let part = (size - low) / (high - low);
    let [left, right] = [heights[sign | code as usize], heights[sign | (code as usize + 1)]];
    left + part * (right - left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_their_halves_and_lie_between_them() {
        assert_eq!(number_of(0x3c00), 1.0);
        assert_eq!(number_of(0xc000), -2.0);
        assert_eq!(number_of(0x0001), 5.960_464_5e-8);
        assert_eq!([number_of(0x7c00), number_of(0xfc00), number_of(0x7e00)], [MOST, -MOST, 0.0]);
        for code in 0..LAST {
            let (here, next) = (magnitude(code), magnitude(code + 1));
            assert!(here < next);
            assert_eq!([code_below(here), code_below(0.5 * (here + next))], [code; 2]);
        }
        let same: Vec<f32> = (0..=u16::MAX).map(number_of).collect();
        for number in [0.0_f32, -0.3, 1e-7, 0.123_456, 700.3, -65_504.0, 1e9] {
            let held = number.clamp(-MOST, MOST);
            assert!((at(&same, number) - held).abs() <= 1e-6 * held.abs(), "{number}");
        }
        assert_eq!(at(&same, f32::NAN), 0.0);
    }
}
