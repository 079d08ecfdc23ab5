//! Oklab: lightness and two opponent colours in which equal distances look equal.

use crate::{WORKING, light};

/// Oklab of display-coded red, green and blue of BT.709's primaries (B. Ottosson, A perceptual color space for image
/// processing, 2020): lightness from 0 to 1, then green to red, then blue to yellow.
pub(super) fn oklab([red, green, blue]: [&[f32]; 3]) -> Vec<[f64; 3]> {
    let mut planes = [red.to_vec(), green.to_vec(), blue.to_vec()];
    planes.iter_mut().for_each(|plane| light::decode(WORKING.transfer, plane));
    let [red, green, blue] = planes;
    let pixels = red.into_iter().zip(green).zip(blue);
    pixels.map(|((red, green), blue)| of_light([red, green, blue].map(f64::from))).collect()
}

/// Oklab of light.
fn of_light(light: [f64; 3]) -> [f64; 3] {
    const CONES: [[f64; 3]; 3] = [
        [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
        [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
        [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
    ];
    const LAB: [[f64; 3]; 3] = [
        [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
        [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
        [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
    ];
    let sum = |row: [f64; 3], of: [f64; 3]| row[0] * of[0] + row[1] * of[1] + row[2] * of[2];
    let cones = CONES.map(|row| sum(row, light).cbrt());
    LAB.map(|row| sum(row, cones))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_black_and_the_primaries_are_where_they_are_published() {
        let near = |found: [f64; 3], told: [f64; 3]| {
            assert!(
                found.iter().zip(told).all(|(a, b)| (a - b).abs() < 1e-3),
                "{found:?} {told:?}"
            );
        };
        near(of_light([1.0; 3]), [1.0, 0.0, 0.0]);
        near(of_light([0.0; 3]), [0.0; 3]);
        near(of_light([1.0, 0.0, 0.0]), [0.628, 0.225, 0.126]);
        near(of_light([0.0, 1.0, 0.0]), [0.866, -0.234, 0.179]);
        near(of_light([0.0, 0.0, 1.0]), [0.452, -0.032, -0.312]);
        let white = [1.0_f32];
        near(oklab([&white, &white, &white])[0], [1.0, 0.0, 0.0]);
    }
}
