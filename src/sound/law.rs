//! Gains of fades and of panning.

use super::logarithm::exp2;
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, LOG2_10};
use timeline_format::FadeShape;
use timeline_format::mix::PanLaw;

/// The gain of a fade where `x`, 0 to 1, of it has passed: right to 1e-8 of itself, and quick for a whole row.
#[inline(always)]
pub fn fade(shape: FadeShape, x: f64) -> f64 {
    let x = x.clamp(0.0, 1.0);
    match shape {
        FadeShape::EqualPower => quarter_sine(x),
        FadeShape::EqualGain => x,
        FadeShape::Smooth => x * x * (3.0 - 2.0 * x),
        FadeShape::Exponential => exp2((x - 1.0) * (3.0 * LOG2_10)),
    }
}

/// The sine of `x` quarters of a turn, `x` from 0 to 1: its series (Abramowitz and Stegun, 4.3.65), right to
/// 1e-13.
#[inline(always)]
fn quarter_sine(x: f64) -> f64 {
    const TERMS: [f64; 8] = [
        -1.0 / 6.0,
        1.0 / 120.0,
        -1.0 / 5_040.0,
        1.0 / 362_880.0,
        -1.0 / 39_916_800.0,
        1.0 / 6_227_020_800.0,
        -1.0 / 1_307_674_368_000.0,
        1.0 / 355_687_428_096_000.0,
    ];
    let angle = x * FRAC_PI_2;
    let square = angle * angle;
    let mut sum = 0.0;
    for term in TERMS.iter().rev() {
        sum = (sum + term) * square;
    }
    angle + angle * sum
}

/// The gains of left and right at `position`, -1 left to 1 right, of material with one channel.
pub fn pan(law: PanLaw, position: f64) -> [f64; 2] {
    let right = position.clamp(-1.0, 1.0).midpoint(1.0);
    let power = [(right * FRAC_PI_2).cos().max(0.0), (right * FRAC_PI_2).sin()];
    let gain = [1.0 - right, right];
    match law {
        PanLaw::EqualPower => power,
        PanLaw::EqualGain => gain,
        PanLaw::Compromise => [(power[0] * gain[0]).sqrt(), (power[1] * gain[1]).sqrt()],
        PanLaw::Balance => [(2.0 * gain[0]).min(1.0), (2.0 * gain[1]).min(1.0)],
    }
}

/// The gains of the left and the right channels of material with several: [`pan`] over its own value
/// at the centre, so that the centre leaves them as they are and a mono sound that was spread to two
/// channels moves as if it were still one.
pub fn balance(law: PanLaw, position: f64) -> [f64; 2] {
    if position == 0.0 {
        return [1.0, 1.0];
    }
    let (here, centre) = (pan(law, position), pan(law, 0.0));
    [here[0] / centre[0], here[1] / centre[1]]
}

/// The gains of left, centre and right at `position` for material with one channel where there is a
/// loudspeaker in the centre: equal power between the two nearest (Pulkki, Virtual Sound Source
/// Positioning Using Vector Base Amplitude Panning, JAES 45(6), 1997, in one plane).
pub fn pan_over_centre(position: f64) -> [f64; 3] {
    let angle = position.clamp(-1.0, 1.0).abs() * 2.0 * FRAC_PI_4;
    let (side, centre) = (angle.sin(), angle.cos().max(0.0));
    if position < 0.0 { [side, centre, 0.0] } else { [0.0, centre, side] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pan_laws_keep_what_they_promise() {
        for step in -10..=10 {
            let at = f64::from(step) / 10.0;
            let [left, right] = pan(PanLaw::EqualPower, at);
            assert!((left * left + right * right - 1.0).abs() < 1e-12);
            let [left, right] = pan(PanLaw::EqualGain, at);
            assert!((left + right - 1.0).abs() < 1e-12);
            let [left, middle, right] = pan_over_centre(at);
            assert!((left * left + middle * middle + right * right - 1.0).abs() < 1e-12);
        }
        for (law, centre) in [
            (PanLaw::EqualPower, -3.0103),
            (PanLaw::Compromise, -4.5154),
            (PanLaw::EqualGain, -6.0206),
            (PanLaw::Balance, 0.0),
        ] {
            let [left, right] = pan(law, 0.0);
            assert!((20.0 * left.log10() - centre).abs() < 1e-4);
            assert!((left - right).abs() < 1e-15);
            assert!((pan(law, -1.0)[0] - 1.0).abs() < 1e-15 && pan(law, -1.0)[1].abs() < 1e-15);
        }
    }

    #[test]
    fn two_fades_keep_power_or_level() {
        for step in 0..100 {
            let x = (f64::from(step) + 0.5) / 100.0;
            let both = |shape| (fade(shape, x), fade(shape, 1.0 - x));
            let (rise, fall) = both(FadeShape::EqualPower);
            assert!((rise * rise + fall * fall - 1.0).abs() < 1e-12);
            for shape in [FadeShape::EqualGain, FadeShape::Smooth] {
                let (rise, fall) = both(shape);
                assert!((rise + fall - 1.0).abs() < 1e-12);
            }
        }
        assert!((fade(FadeShape::Exponential, 0.0) - 0.001).abs() < 1e-10);
    }
}
