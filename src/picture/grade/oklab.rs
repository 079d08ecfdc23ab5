//! Lines of display-coded colour as Oklab.

use crate::oklab::of_light;
use crate::{WORKING, light};

/// Oklab of display-coded red, green and blue of BT.709's primaries: lightness from 0 to 1, then green to red, then blue to yellow.
pub(super) fn oklab([red, green, blue]: [&[f32]; 3]) -> Vec<[f64; 3]> {
    let mut planes = [red.to_vec(), green.to_vec(), blue.to_vec()];
    planes.iter_mut().for_each(|plane| light::decode(WORKING.transfer, plane));
    let [red, green, blue] = planes;
    let pixels = red.into_iter().zip(green).zip(blue);
    pixels.map(|((red, green), blue)| of_light([red, green, blue].map(f64::from))).collect()
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
