//! Powers of many numbers at a time.
//!
//! `x^p` is `2^(p log2 x)`, both by polynomials (S. L. Moshier, Cephes, logf and exp2f), without a branch: the
//! loop around it is compiled for whole vectors. Off by less than two parts in a million for results from 1e-6
//! to 16.

/// `base` to the power of `exponent`; 0 where `base` is not above 0.
#[inline(always)]
pub(crate) fn power(base: f32, exponent: f32) -> f32 {
    let raised = two_to(exponent * binary_log(base));
    if base > 0.0 { raised } else { 0.0 }
}

/// The power of the number without its sign, with its sign.
#[inline(always)]
pub(crate) fn odd_power(base: f32, exponent: f32) -> f32 {
    power(base.abs(), exponent).copysign(base)
}

/// The bits of the root of a half: mantissas are taken from there to the root of two.
const ROOT_OF_HALF: i32 = 0x3f35_04f3;

/// Cephes logf: `(ln(1 + t) - t + t^2 / 2) / t^3`, the highest power first.
const LOG: [f32; 9] = [
    7.037_683_629_2e-2,
    -1.151_461_031_0e-1,
    1.167_699_874_0e-1,
    -1.242_014_084_6e-1,
    1.424_932_278_7e-1,
    -1.666_805_766_5e-1,
    2.000_071_476_5e-1,
    -2.499_999_399_3e-1,
    3.333_333_117_4e-1,
];

/// Cephes exp2f: `(2^t - 1) / t` about 0, the highest power first.
const EXP: [f32; 6] = [
    1.535_336_188_319_5e-4,
    1.339_887_440_266_574e-3,
    9.618_437_357_674_64e-3,
    5.550_332_471_162_809e-2,
    2.402_264_791_363_012e-1,
    6.931_472_028_550_421e-1,
];

#[inline(always)]
fn series<const N: usize>(terms: [f32; N], at: f32) -> f32 {
    let mut sum = terms[0];
    for term in &terms[1..] {
        sum = sum * at + term;
    }
    sum
}

/// The logarithm to the base of 2 of a number above 0.
#[inline(always)]
pub(crate) fn binary_log(x: f32) -> f32 {
    let bits = x.to_bits().cast_signed();
    let exponent = bits.wrapping_sub(ROOT_OF_HALF) >> 23;
    let t = f32::from_bits(bits.wrapping_sub(exponent << 23).cast_unsigned()) - 1.0;
    let log = t - 0.5 * t * t + t * t * t * series(LOG, t);
    exponent as f32 + log * std::f32::consts::LOG2_E
}

/// Added to a number, it leaves the nearest whole one in the lowest bits: 1.5 times 2^23.
const ROUND: f32 = 12_582_912.0;

/// 2 to the power of a number.
#[inline(always)]
pub(crate) fn two_to(x: f32) -> f32 {
    let held = x.clamp(-126.0, 126.0);
    let rounded = held + ROUND;
    let t = held - (rounded - ROUND);
    let scale = f32::from_bits((rounded.to_bits() << 23).wrapping_add(1.0_f32.to_bits()));
    (1.0 + t * series(EXP, t)) * scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_those_of_double_precision() {
        for exponent in [0.1, 0.45, 1.0, 1.0 / 1.2, 2.2, 4.0] {
            for step in 1..40_000 {
                let base = step as f32 * 5e-5;
                let exact = f64::from(base).powf(f64::from(exponent));
                let error = (f64::from(power(base, exponent)) - exact).abs();
                assert!(error <= 1e-8 + 2e-6 * exact, "{base} to {exponent}: {error}");
            }
        }
    }

    #[test]
    fn what_is_not_above_nothing_has_no_power_but_keeps_its_sign() {
        for base in [0.0, -0.0, -1.0, f32::NAN, f32::NEG_INFINITY] {
            assert_eq!(power(base, 2.2), 0.0);
        }
        assert_eq!(odd_power(0.0, 0.5), 0.0);
        assert!((odd_power(-0.25, 0.5) + 0.5).abs() < 1e-6);
        assert!(power(65_504.0, 4.0).is_finite() && power(f32::MAX, 10.0).is_finite());
    }
}
