//! Between display-coded values and light: transfer functions on lines of floats.
//!
//! Light is relative: 1 is the white of SDR video. BT.709 and sRGB share one curve (see
//! [`super::WORKING`]); PQ is scaled so that 203 cd/m2 is 1, and HLG so that its 75 % signal is 1
//! (ITU-R BT.2408, section 2.1: the level of graphics white), without a system gamma and without
//! tone mapping: what is brighter than white clips where the output does.

use super::fused::fused;
use signal::Transfer;
use std::sync::LazyLock;

/// BT.709's constants to full precision (H.273, equation for transfer 1).
const ALPHA: f64 = 1.099_296_826_809_442;
/// The light at which its power starts.
const BETA: f64 = 0.018_053_968_510_807;
/// The coded value there.
const KNEE: f64 = 4.5 * BETA;
/// Coded values above this take the slow, exact way.
const TOP: f64 = 1.25;

/// Whether two transfers are one to this program.
pub(crate) fn is_same(one: Transfer, other: Transfer) -> bool {
    let is_video = |transfer| matches!(transfer, Transfer::Bt709 | Transfer::Srgb);
    one == other || (is_video(one) && is_video(other))
}

/// Light of a BT.709 coded value.
pub(crate) fn decode_exact(value: f64) -> f64 {
    let power = |value: f64| ((value + ALPHA - 1.0) / ALPHA).powf(1.0 / 0.45);
    if value < KNEE { value / 4.5 } else { power(value) }
}

/// The BT.709 coded value of light.
pub(crate) fn encode_exact(light: f64) -> f64 {
    let power = |light: f64| ALPHA * light.powf(0.45) - (ALPHA - 1.0);
    if light < BETA { light * 4.5 } else { power(light) }
}

/// Turns coded values into light, in place.
pub(crate) fn decode(transfer: Transfer, values: &mut [f32]) {
    match transfer {
        Transfer::Bt709 | Transfer::Srgb => decode_video(values),
        Transfer::Linear => {}
        _ => values.iter_mut().for_each(|value| *value = decode_slowly(transfer, *value)),
    }
}

/// Turns light into coded values, in place.
pub(crate) fn encode(transfer: Transfer, values: &mut [f32]) {
    match transfer {
        Transfer::Bt709 | Transfer::Srgb => encode_video(values),
        Transfer::Linear => {}
        _ => values.iter_mut().for_each(|value| *value = encode_slowly(transfer, *value)),
    }
}

fn decode_video(values: &mut [f32]) {
    let curve = &*DECODE;
    for values in values.chunks_mut(256) {
        let above = Above::of(values, TOP as f32, decode_exact);
        pulp::Arch::new().dispatch(Decode(values, curve));
        above.put(values);
    }
}

fn encode_video(values: &mut [f32]) {
    let curve = &*ENCODE;
    for values in values.chunks_mut(256) {
        let above = Above::of(values, 1.57, encode_exact);
        pulp::Arch::new().dispatch(Encode(values, curve));
        above.put(values);
    }
}

/// Decoding, whose loop is compiled whole for each vector unit.
struct Decode<'a>(&'a mut [f32], &'a Curve);

impl pulp::WithSimd for Decode<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        for value in self.0 {
            let (low, high) = (*value * (1.0 / 4.5), self.1.at::<S>(*value));
            *value = if *value < KNEE as f32 { low } else { high };
        }
    }
}

/// Encoding, like [`Decode`].
struct Encode<'a>(&'a mut [f32], &'a Curve);

impl pulp::WithSimd for Encode<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        for value in self.0 {
            let light = if *value > 0.0 { *value } else { 0.0 };
            let (low, high) = (*value * 4.5, self.1.at::<S>(light.sqrt()));
            *value = if *value < BETA as f32 { low } else { high };
        }
    }
}

/// The few values beyond a polynomial's interval, by the formula itself.
struct Above(Vec<(usize, f32)>);

impl Above {
    fn of(values: &[f32], top: f32, exact: fn(f64) -> f64) -> Self {
        let count = |any: u32, value: &f32| any | u32::from(*value > top);
        let any = pulp::Arch::new().dispatch(
            #[inline(always)]
            || values.iter().fold(0, count),
        );
        if any == 0 {
            return Self(Vec::new());
        }
        let above = values.iter().enumerate().filter(|(_, value)| **value > top);
        Self(above.map(|(index, value)| (index, exact(f64::from(*value)) as f32)).collect())
    }

    fn put(self, values: &mut [f32]) {
        self.0.into_iter().for_each(|(index, value)| values[index] = value);
    }
}

/// A curve as a polynomial about the middle of its interval.
struct Curve {
    middle: f32,
    scale: f32,
    terms: [f32; Self::TERMS],
}

static DECODE: LazyLock<Curve> = LazyLock::new(|| Curve::of(decode_exact, KNEE, TOP));
/// Over the root of light, which is nearly straight.
static ENCODE: LazyLock<Curve> =
    LazyLock::new(|| Curve::of(|root| encode_exact(root * root), BETA.sqrt(), 1.2535));

impl Curve {
    const TERMS: usize = 13;

    /// The polynomial through `curve` at the Chebyshev nodes of an interval.
    fn of(curve: impl Fn(f64) -> f64, from: f64, to: f64) -> Self {
        let (middle, half) = (0.5 * (from + to), 0.5 * (to - from));
        let count = Self::TERMS as f64;
        let angle = |node: usize| std::f64::consts::PI * (node as f64 + 0.5) / count;
        let mut terms = [0.0; Self::TERMS];
        let (mut before, mut chebyshev) = ([0.0; Self::TERMS], [0.0; Self::TERMS]);
        chebyshev[0] = 1.0;
        for order in 0..Self::TERMS {
            let sum: f64 = (0..Self::TERMS)
                .map(|node| {
                    curve(middle + half * angle(node).cos()) * (order as f64 * angle(node)).cos()
                })
                .sum();
            let weight = sum * if order == 0 { 1.0 } else { 2.0 } / count;
            for (term, part) in terms.iter_mut().zip(chebyshev) {
                *term += weight * part;
            }
            let factor = if order == 0 { 1.0 } else { 2.0 };
            let next = std::array::from_fn(|power| {
                factor * if power == 0 { 0.0 } else { chebyshev[power - 1] } - before[power]
            });
            before = chebyshev;
            chebyshev = next;
        }
        let terms = terms.map(|term| term as f32);
        Self { middle: middle as f32, scale: (1.0 / half) as f32, terms }
    }

    #[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
    #[inline(always)]
    fn at<S: pulp::Simd>(&self, value: f32) -> f32 {
        let x = (value - self.middle) * self.scale;
        let mut sum = self.terms[Self::TERMS - 1];
        for term in self.terms[..Self::TERMS - 1].iter().rev() {
            sum = fused::<S>(sum, x, *term);
        }
        sum
    }
}

fn decode_slowly(transfer: Transfer, value: f32) -> f32 {
    let value = f64::from(value);
    let power = |gamma: f64| value.abs().powf(gamma).copysign(value);
    let light = match transfer {
        Transfer::Gamma22 => power(2.2),
        Transfer::Gamma28 => power(2.8),
        Transfer::Pq => pq_light(value.clamp(0.0, 1.0)) * (10_000.0 / 203.0),
        Transfer::Hlg => hlg_light(value.max(0.0)) / hlg_light(0.75),
        Transfer::Linear => value,
        Transfer::Bt709 | Transfer::Srgb => decode_exact(value),
    };
    light as f32
}

fn encode_slowly(transfer: Transfer, light: f32) -> f32 {
    let light = f64::from(light);
    let root = |gamma: f64| light.abs().powf(1.0 / gamma).copysign(light);
    let value = match transfer {
        Transfer::Gamma22 => root(2.2),
        Transfer::Gamma28 => root(2.8),
        Transfer::Pq => pq_code((light * (203.0 / 10_000.0)).clamp(0.0, 1.0)),
        Transfer::Hlg => hlg_code(light.max(0.0) * hlg_light(0.75)),
        Transfer::Linear => light,
        Transfer::Bt709 | Transfer::Srgb => encode_exact(light),
    };
    value as f32
}

/// SMPTE ST 2084, equation 4.1: the part of 10,000 cd/m2.
fn pq_light(code: f64) -> f64 {
    let root = code.powf(32.0 / 2523.0);
    let top = (root - 3424.0 / 4096.0).max(0.0);
    (top / (2413.0 / 128.0 - 2392.0 / 128.0 * root)).powf(16384.0 / 2610.0)
}

/// SMPTE ST 2084, equation 5.1.
fn pq_code(light: f64) -> f64 {
    let power = light.powf(2610.0 / 16384.0);
    let top = 3424.0 / 4096.0 + 2413.0 / 128.0 * power;
    (top / (1.0 + 2392.0 / 128.0 * power)).powf(2523.0 / 32.0)
}

/// ARIB STD-B67: scene light, 0 to 1.
fn hlg_light(code: f64) -> f64 {
    if code <= 0.5 { code * code / 3.0 } else { (((code - HLG.2) / HLG.0).exp() + HLG.1) / 12.0 }
}

fn hlg_code(light: f64) -> f64 {
    if light <= 1.0 / 12.0 {
        (3.0 * light).sqrt()
    } else {
        HLG.0 * (12.0 * light - HLG.1).ln() + HLG.2
    }
}

/// The constants a, b and c of HLG.
const HLG: (f64, f64, f64) = (0.178_832_77, 0.284_668_92, 0.559_910_73);

#[cfg(test)]
mod tests {
    use super::*;

    fn worst(approximate: fn(&mut [f32]), exact: fn(f64) -> f64, most: f64) -> f64 {
        let values: Vec<f32> =
            (-1000..=100_000).map(|index| (f64::from(index) * most / 1e5) as f32).collect();
        let mut out = values.clone();
        approximate(&mut out);
        let error = |(value, out): (&f32, &f32)| (exact(f64::from(*value)) - f64::from(*out)).abs();
        values.iter().zip(&out).map(error).fold(0.0, f64::max)
    }

    #[test]
    fn fast_curves_are_the_formulas() {
        assert!(worst(decode_video, decode_exact, 1.25) < 1e-6);
        assert!(worst(encode_video, encode_exact, 1.57) < 1.5e-6);
        assert!(worst(decode_video, decode_exact, 8.0) < 1e-5);
        assert!(worst(encode_video, encode_exact, 8.0) < 1e-6);
    }

    #[test]
    fn every_transfer_comes_back() {
        for transfer in [
            Transfer::Bt709,
            Transfer::Gamma22,
            Transfer::Gamma28,
            Transfer::Linear,
            Transfer::Pq,
            Transfer::Hlg,
        ] {
            let codes: Vec<f32> = (0..=255).map(|code| code as f32 / 255.0).collect();
            let mut back = codes.clone();
            decode(transfer, &mut back);
            encode(transfer, &mut back);
            for (code, back) in codes.iter().zip(&back) {
                assert!((code - back).abs() < 2e-5, "{transfer:?} {code} {back}");
            }
        }
    }
}
