//! Colour bars.

use super::{Generator, paint};

/// White, yellow, cyan, green, magenta, red, blue, as bits of red, green and blue.
const BARS: [u8; 7] = [0b111, 0b110, 0b011, 0b010, 0b101, 0b100, 0b001];

pub(super) const GENERATOR: Generator = Generator {
    id: "bars",
    label: "Bars",
    help: "Seven bars at 75 %, over a ramp and a strip of black, white and grey.",
    parameters: &[],
    at: super::still,
    make: |_, raster, _| {
        let (width, height) = (f64::from(raster.width), f64::from(raster.height));
        paint(raster, false, |x, y| {
            let (x, y) = ((f64::from(x) + 0.5) / width, (f64::from(y) + 0.5) / height);
            let bits = BARS[((x * 7.0) as usize).min(6)];
            let bar = |bit: u8| if bits & bit == 0 { 0.0 } else { 0.75 };
            let [red, green, blue] = match y {
                ..0.7 => [bar(0b100), bar(0b010), bar(0b001)],
                0.7..0.8 => [x as f32; 3],
                _ => [[0.0, 1.0, 0.0, 0.5][((x * 4.0) as usize).min(3)]; 3],
            };
            [red, green, blue, 1.0]
        })
    },
};
