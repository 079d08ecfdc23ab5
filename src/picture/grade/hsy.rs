//! Hue, saturation and luma of display-coded colours, and back (OpenColorIO, RGB_TO_HSY_VID).
//!
//! Hue goes round from 0 to 1: magenta is 0, red a sixth, yellow a third, green a half, cyan two thirds, blue
//! five sixths. Saturation is how far the three are from luma, summed, times 1.25.

use super::luma::luma;

/// What a distance from luma is taken times.
const GAIN: f32 = 1.25;

/// The hue, saturation and luma of a pixel; the hue of what has none is 0.
#[inline(always)]
pub(super) fn hsy([red, green, blue]: [f32; 3]) -> [f32; 3] {
    let luma = luma([red, green, blue]);
    let (least, most) = (red.min(green).min(blue), red.max(green).max(blue));
    let far = most - least;
    let per = if far > 0.0 { 1.0 / far } else { 0.0 };
    let from_green =
        if green == most { 3.0 + (blue - red) * per } else { 5.0 + (red - green) * per };
    let from_red = if red == most { 1.0 + (green - blue) * per } else { from_green };
    let hue = if far > 0.0 { from_red / 6.0 } else { 0.0 };
    [hue, GAIN * spread([red, green, blue], luma), luma]
}

/// The pixel of a hue, a saturation and a luma. Below black hues lie on the other side.
#[inline(always)]
pub(super) fn rgb([hue, saturation, luma]: [f32; 3]) -> [f32; 3] {
    let hue = hue - 1.0 / 6.0 + if luma < 0.0 { 0.5 } else { 0.0 };
    let turn = 6.0 * (hue - hue.floor());
    let red = ((turn - 3.0).abs() - 1.0).clamp(0.0, 1.0);
    let green = (2.0 - (turn - 2.0).abs()).clamp(0.0, 1.0);
    let blue = (2.0 - (turn - 4.0).abs()).clamp(0.0, 1.0);
    let per = luma / super::luma::luma([red, green, blue]);
    let pure = [red * per, green * per, blue * per];
    let gain = saturation / (GAIN * spread(pure, luma)).max(1e-10);
    pure.map(|value| luma + gain * (value - luma))
}

#[inline(always)]
fn spread([red, green, blue]: [f32; 3], luma: f32) -> f32 {
    (red - luma).abs() + (green - luma).abs() + (blue - luma).abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hues_have_their_places_and_colours_come_back() {
        let places = [
            ([1.0, 0.0, 1.0], 0.0),
            ([1.0, 0.0, 0.0], 1.0 / 6.0),
            ([1.0, 1.0, 0.0], 2.0 / 6.0),
            ([0.0, 1.0, 0.0], 3.0 / 6.0),
            ([0.0, 1.0, 1.0], 4.0 / 6.0),
            ([0.0, 0.0, 1.0], 5.0 / 6.0),
        ];
        for (pixel, place) in places {
            assert!((hsy(pixel)[0] - place).abs() < 1e-6, "{pixel:?}");
        }
        for pixel in [[0.2, 0.7, 0.4], [0.9, 0.1, 0.3], [0.5; 3], [0.0; 3], [0.3, 0.2, 0.9]] {
            for (back, value) in rgb(hsy(pixel)).iter().zip(pixel) {
                assert!((back - value).abs() < 1e-5, "{pixel:?}");
            }
        }
    }
}
