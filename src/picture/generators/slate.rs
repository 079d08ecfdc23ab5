//! A slate: what stands for a picture that is not there.

use super::{Generator, paint};

pub(super) const GENERATOR: Generator = Generator {
    id: "slate",
    label: "Slate",
    help: "Grey with a red cross: what stands for a picture that is missing.",
    parameters: &[],
    at: super::still,
    make: |_, raster, _| {
        let (width, height) = (f64::from(raster.width), f64::from(raster.height));
        let half = (0.02 * width.min(height)).max(0.5);
        let long = width.hypot(height);
        paint(raster, false, |x, y| {
            let (x, y) = (f64::from(x) + 0.5, f64::from(y) + 0.5);
            let falling = (x * height - y * width).abs() / long;
            let rising = ((width - x) * height - y * width).abs() / long;
            let is_cross = falling.min(rising) < half;
            if is_cross { [0.7, 0.1, 0.1, 1.0] } else { [0.2, 0.2, 0.2, 1.0] }
        })
    },
};
