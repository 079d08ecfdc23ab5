//! A logarithmic code for light: equal steps are equal stops, but for a straight toe (Academy S-2016-001, ACEScct).

use super::power::{binary_log, two_to};

/// The light where the toe ends, and its code.
const BREAK: [f32; 2] = [0.007_812_5, 0.155_251_14];
/// The slope of the toe, and the code of no light.
const TOE: [f32; 2] = [10.540_237_7, 0.072_905_534];
/// Stops that 1 has room for, and the stop of code 0.
const STOPS: [f32; 2] = [17.52, 9.72];

/// The code of light.
#[inline(always)]
pub(super) fn code(light: f32) -> f32 {
    let logarithm = (binary_log(light.max(BREAK[0])) + STOPS[1]) / STOPS[0];
    if light <= BREAK[0] { TOE[0] * light + TOE[1] } else { logarithm }
}

/// The light of a code.
#[inline(always)]
pub(super) fn light(code: f32) -> f32 {
    let power = two_to(code * STOPS[0] - STOPS[1]);
    if code <= BREAK[1] { (code - TOE[1]) / TOE[0] } else { power }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_comes_back_and_grey_has_its_code() {
        assert!((code(0.18) - 0.413_588_4).abs() < 1e-6);
        assert!((code(0.0) - 0.072_905_53).abs() < 1e-7);
        for step in -20..400 {
            let x = step as f32 * 0.01;
            assert!((light(code(x)) - x).abs() < 2e-6 * x.abs().max(1.0), "{x}");
        }
    }
}
