//! Contrast: how far lights and darks are apart, about a pivot of light that stays.

use super::power::odd_power;
use super::{Operation, Space, Work};
use signal::Parameter;
use signal::wide;
use std::sync::Arc;

/// Light `p |x / p|^contrast` with its sign, `p = 0.18 · 2^pivot` (OpenColorIO, GradingPrimaryTransform,
/// linear style).
pub(super) const OPERATION: Operation = Operation {
    id: "contrast",
    label: "Contrast",
    help: "How many times as many stops lights and darks are apart, about a pivot that stays as it is.",
    space: Space::Light,
    parameters: &[
        Parameter::number(
            "contrast",
            "Contrast",
            "Stops from the pivot are taken so many times; 1 leaves them.",
            [0.01, 4.0, 1.0],
            "",
        ),
        Parameter::number(
            "pivot",
            "Pivot",
            "The light that stays as it is, in stops from 18 % grey.",
            [-8.0, 8.0, 0.0],
            "stops",
        ),
    ],
    prepare: |values| {
        let contrast = values.number("contrast") as f32;
        let pivot = (0.18 * values.number("pivot").exp2()) as f32;
        (contrast != 1.0).then(|| Arc::new(Contrast { contrast, pivot }) as Arc<dyn Work>)
    },
};

#[derive(Debug)]
struct Contrast {
    contrast: f32,
    pivot: f32,
}

impl Work for Contrast {
    fn line(&self, channels: [&mut [f32]; 3]) {
        let (contrast, pivot, part) = (self.contrast, self.pivot, 1.0 / self.pivot);
        for channel in channels {
            wide(
                #[inline(always)]
                move || {
                    for value in channel.iter_mut() {
                        *value = pivot * odd_power(*value * part, contrast);
                    }
                },
            );
        }
    }
}
