//! Vibrance: saturation for what has little of it, so that what is colourful already is not overdone.

use super::luma::luma;
use super::{Operation, Space, Work};
use signal::{Parameter, wide};
use std::sync::Arc;

/// Colour `L + (1 + v (1 - sgn(v) s)) (x - L)` of luma `L`, `s` being the greatest of red, green and blue less the
/// least (as ffmpeg's filter `vibrance`, alternate).
pub(super) const OPERATION: Operation = Operation {
    id: "vibrance",
    label: "Vibrance",
    help: "More colour where there is little, and less change where there is much.",
    space: Space::Display,
    parameters: &[Parameter::number(
        "vibrance",
        "Vibrance",
        "Above 0 what is pale gains colour; below 0 it loses it first.",
        [-2.0, 2.0, 0.0],
        "",
    )],
    prepare: |values| {
        let by = values.number("vibrance") as f32;
        (by != 0.0).then(|| Arc::new(Vibrance(by)) as Arc<dyn Work>)
    },
};

#[derive(Debug)]
struct Vibrance(f32);

impl Work for Vibrance {
    fn line(&self, [red, green, blue]: [&mut [f32]; 3]) {
        let (by, per) = (self.0, self.0.signum());
        wide(
            #[inline(always)]
            move || {
                let pixels = red.iter_mut().zip(green.iter_mut()).zip(blue.iter_mut());
                for ((red, green), blue) in pixels {
                    let luma = luma([*red, *green, *blue]);
                    let far = red.max(*green).max(*blue) - red.min(*green).min(*blue);
                    let factor = 1.0 + by * (1.0 - per * far.min(1.0));
                    for value in [red, green, blue] {
                        *value = luma + factor * (*value - luma);
                    }
                }
            },
        );
    }
}
