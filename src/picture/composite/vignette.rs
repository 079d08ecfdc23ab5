//! Vignette: a lens gives less light to the corners.

use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "vignette",
    label: "Vignette",
    help: "Darker corners: the fourth power of the cosine of the angle at which light comes in, as in a lens.",
    space: Space::Light,
    parameters: &[
        super::spin_blur::CENTRE,
        Parameter::number(
            "angle",
            "Field of view",
            "Across the diagonal: the wider, the darker the corners.",
            [0.0, 170.0, 70.0],
            "°",
        ),
        Parameter::number("amount", "Amount", "How much of it: below 0 the corners get lighter.", [-2.0, 2.0, 1.0], ""),
        Parameter::number(
            "roundness",
            "Roundness",
            "1 is a circle, 0 is as wide and as high as the picture.",
            [0.0, 1.0, 1.0],
            "",
        ),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let [angle, amount, roundness] =
            ["angle", "amount", "roundness"].map(|name| values.number(name));
        let (centre, slope) = (values.point("centre"), (0.5 * angle.to_radians()).tan());
        (angle > 0.0 && amount != 0.0)
            .then(|| Arc::new(Vignette { centre, slope, amount, roundness }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Vignette {
    centre: [f64; 2],
    slope: f64,
    amount: f64,
    roundness: f64,
}

impl Treatment for Vignette {
    fn treat(&self, mut picture: Canvas, _: &Scene<'_>) -> Canvas {
        let (width, height) = (picture.width as f64, picture.height as f64);
        let half = 0.5 * width.hypot(height);
        let own = [0.5 * width, 0.5 * height].map(|side| side * std::f64::consts::SQRT_2);
        let size = own.map(|side| side + (half - side) * self.roundness);
        let columns = picture.width;
        picture.bands(|first, mut channels| {
            for index in 0..channels[0].len() {
                let x = (index % columns) as f64 + 0.5 - self.centre[0] * width;
                let y = (first + index / columns) as f64 + 0.5 - self.centre[1] * height;
                let square = (x / size[0]).powi(2) + (y / size[1]).powi(2);
                let cosine = 1.0 / (1.0 + square * self.slope * self.slope);
                let by = (1.0 + self.amount * (cosine * cosine - 1.0)).max(0.0) as f32;
                channels[..3].iter_mut().for_each(|channel| channel[index] *= by);
            }
        });
        picture
    }
}
