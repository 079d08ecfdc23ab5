//! Samples as bytes: 16 bits with dither, 24 bits, floats.

use crate::signal::Samples;
use crate::signal::chance::mix;

/// What a sample is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// 16 bits, under a triangular dither of two steps: a function of channel and sample, so that the
    /// same film gives the same bytes.
    Bits16,
    /// 24 bits, rounded to the nearest.
    Bits24,
    /// 32-bit floats, as they are.
    Float32,
}

impl Coding {
    /// Bytes of a sample.
    pub const fn bytes(self) -> usize {
        match self {
            Self::Bits16 => 2,
            Self::Bits24 => 3,
            Self::Float32 => 4,
        }
    }

    /// Writes samples, channels mixed, behind what `out` holds; `at` is the first one's number. How many
    /// were outside full scale and clipped.
    pub(in crate::deliver) fn write(self, samples: &Samples, at: u64, out: &mut Vec<u8>) -> u64 {
        let is_silent = samples.channels().iter().flatten().all(|sample| sample.to_bits() == 0);
        if is_silent && self != Self::Bits16 {
            let bytes = samples.length() * samples.channel_count() * self.bytes();
            out.resize(out.len() + bytes, 0);
            return 0;
        }
        let mut clipped = 0;
        for index in 0..samples.length() {
            for (channel, run) in samples.channels().iter().enumerate() {
                let sample = run[index];
                match self {
                    Self::Float32 => out.extend_from_slice(&sample.to_le_bytes()),
                    Self::Bits24 => {
                        let (whole, outside) = whole(sample, 23, 0.0);
                        out.extend_from_slice(&whole.to_le_bytes()[..3]);
                        clipped += u64::from(outside);
                    }
                    Self::Bits16 => {
                        let (whole, outside) =
                            whole(sample, 15, dither(channel, at + index as u64));
                        out.extend_from_slice(&whole.to_le_bytes()[..2]);
                        clipped += u64::from(outside);
                    }
                }
            }
        }
        clipped
    }
}

/// The whole number of steps next to a sample, clipped, and whether the sample was outside full scale;
/// what is no number is 0.
fn whole(sample: f32, bits: u32, dither: f64) -> (i32, bool) {
    let full = f64::from(1_u32 << bits);
    let scaled = f64::from(sample) * full;
    let whole = (scaled + dither).round_ties_even().clamp(-full, full - 1.0);
    (whole as i32, scaled.round_ties_even().abs() > full)
}

/// Between -1 and 1 step, triangular: the sum of two even ones (Lipshitz, Wannamaker, Vanderkooy,
/// Quantization and Dither, JAES 40(5), 1992).
fn dither(channel: usize, sample: u64) -> f64 {
    let bits = mix(mix(channel as u64 + 1).wrapping_add(sample));
    let even = |bits: u64| (bits & 0xffff_ffff) as f64 / 4_294_967_296.0;
    even(bits) + even(bits >> 32) - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_round_to_24_bits_and_clip() {
        let samples = Samples::from_channels(vec![vec![0.5, -1.0, 1.0, 7.0, f32::NAN]]);
        let mut bytes = Vec::new();
        assert_eq!(Coding::Bits24.write(&samples, 0, &mut bytes), 1);
        let expected = [[0, 0, 0x40], [0, 0, 0x80], [0xff, 0xff, 0x7f], [0xff, 0xff, 0x7f], [0; 3]];
        assert_eq!(bytes, expected.concat());
    }
}
