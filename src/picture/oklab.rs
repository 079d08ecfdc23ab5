//! Oklab: light as lightness and two differences that are as large as they look (B. Ottosson, A perceptual color space for
//! image processing, 2020).

/// From red, green and blue of BT.709, in light, to how strongly the three kinds of cones answer.
const CONES: [[f64; 3]; 3] = [
    [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
    [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
    [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
];
/// From their cube roots to lightness, a and b.
const LAB: [[f64; 3]; 3] = [
    [0.210_454_255_3, 0.793_617_785, -0.004_072_046_8],
    [1.977_998_495_1, -2.428_592_205, 0.450_593_709_9],
    [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766],
];
const ROOTS: [[f64; 3]; 3] = [
    [1.0, 0.396_337_777_4, 0.215_803_757_3],
    [1.0, -0.105_561_345_8, -0.063_854_172_8],
    [1.0, -0.089_484_177_5, -1.291_485_548],
];
const LIGHT: [[f64; 3]; 3] = [
    [4.076_741_662_1, -3.307_711_591_3, 0.230_969_929_2],
    [-1.268_438_004_6, 2.609_757_401_1, -0.341_319_396_5],
    [-0.004_196_086_3, -0.703_418_614_7, 1.707_614_701],
];

fn times(rows: &[[f64; 3]; 3], of: [f64; 3]) -> [f64; 3] {
    rows.map(|row| row[0] * of[0] + row[1] * of[1] + row[2] * of[2])
}

/// Lightness, a and b of red, green and blue in light.
pub(crate) fn of_light(light: [f64; 3]) -> [f64; 3] {
    times(&LAB, times(&CONES, light).map(f64::cbrt))
}

/// Red, green and blue in light of lightness, a and b.
pub(crate) fn to_light(lab: [f64; 3]) -> [f64; 3] {
    times(&LIGHT, times(&ROOTS, lab).map(|root| root.powi(3)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_has_no_colour_and_every_colour_comes_back() {
        let [lightness, a, b] = of_light([1.0; 3]);
        assert!((lightness - 1.0).abs() < 1e-6 && a.abs() < 1e-6 && b.abs() < 1e-6);
        let [lightness, a, b] = of_light([1.0, 0.0, 0.0]);
        for (found, published) in [(lightness, 0.627_96), (a, 0.224_86), (b, 0.125_85)] {
            assert!((found - published).abs() < 1e-4, "{found} {published}");
        }
        for colour in [[0.2, 0.5, 0.1], [0.9, 0.05, 0.4], [0.01, 0.02, 0.03]] {
            for (back, own) in to_light(of_light(colour)).into_iter().zip(colour) {
                assert!((back - own).abs() < 1e-6, "{colour:?}");
            }
        }
    }
}
