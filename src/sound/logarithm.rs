//! Logarithms and powers of two for whole rows of numbers: the same bits on every machine, fast enough
//! for the real-time thread.

use std::f64::consts::{LN_2, LOG2_E, SQRT_2};

/// 2 to the 52: numbers of this size have no fraction, and their last bits are a whole number. So many
/// are turned into another at once, which conversions are not.
const WHOLE: f64 = (1_u64 << 52) as f64;

/// The logarithm to base 2 of numbers above 0, right to 2e-9; the least number there is for 0.
///
/// The series of the area tangent around the square root of 2 (Abramowitz and Stegun, 4.1.27).
#[inline(always)]
pub(super) fn log2(value: f64) -> f64 {
    let bits = value.max(f64::MIN_POSITIVE).to_bits();
    let exponent = f64::from_bits((bits >> 52) | WHOLE.to_bits()) - (WHOLE + 1023.0);
    let mantissa = f64::from_bits((bits & ((1 << 52) - 1)) | (1023 << 52));
    let is_high = mantissa > SQRT_2;
    let mantissa = if is_high { mantissa * 0.5 } else { mantissa };
    let exponent = if is_high { exponent + 1.0 } else { exponent };
    let t = (mantissa - 1.0) / (mantissa + 1.0);
    let square = t * t;
    let series = 1.0 / 9.0 + square / 11.0;
    let series = 1.0 / 5.0 + square * (1.0 / 7.0 + square * series);
    let series = 1.0 + square * (1.0 / 3.0 + square * series);
    exponent + 2.0 * LOG2_E * t * series
}

/// Two to the power of `value`, right to 1e-8 of itself; held to exponents of -1000 to 1000.
///
/// The series of the exponential function within half an octave (Abramowitz and Stegun, 4.2.1).
#[inline(always)]
pub(super) fn exp2(value: f64) -> f64 {
    let value = value.clamp(-1000.0, 1000.0);
    let lifted = value + 1.5 * WHOLE;
    let whole = lifted - 1.5 * WHOLE;
    let x = (value - whole) * LN_2;
    let series = 1.0 / 120.0 + x * (1.0 / 720.0 + x / 5040.0);
    let series = 0.5 + x * (1.0 / 6.0 + x * (1.0 / 24.0 + x * series));
    let series = 1.0 + x * (1.0 + x * series);
    series * f64::from_bits(lifted.to_bits().wrapping_add(1023) << 52)
}

/// Decibels in one octave of amplitude: `20 log10(2)`.
pub(super) const OCTAVE: f64 = 6.020_599_913_279_624;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_what_the_library_says() {
        for step in -60_000..60_000_i32 {
            let exponent = f64::from(step) * 0.001;
            let value = exponent.exp2();
            assert!((log2(value) - exponent).abs() < 2e-9, "{exponent}");
            assert!((exp2(exponent) / value - 1.0).abs() < 1e-8, "{exponent}");
        }
        assert_eq!(exp2(0.0), 1.0);
        assert_eq!(log2(1.0), 0.0);
        assert!(log2(0.0) < -1000.0);
    }
}
