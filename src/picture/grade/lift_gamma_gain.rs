//! Lift, gamma and gain: the three wheels of a video grade.

use super::luma::saturate;
use super::power::odd_power;
use super::{Operation, Space, Work};
use crate::values::Values;
use signal::Parameter;
use signal::wide;
use std::sync::Arc;

/// `y = k (x + offset + lift)` with `k = 1 / (1 / gain + lift)`, so that white goes to gain whatever the lift;
/// then `y^(1 / gamma)` with its sign; then saturation (OpenColorIO, GradingPrimaryTransform, video style, black
/// 0 and white 1). The wheels' fourth number goes to all three colours: it adds to lift and offset, and
/// multiplies gamma and gain.
pub(super) const OPERATION: Operation = Operation {
    id: "lift_gamma_gain",
    label: "Lift, gamma, gain",
    help: "The three wheels of a video grade: lift moves black, gamma the middle, gain white.",
    space: Space::Display,
    parameters: &[
        Parameter::wheel("lift", "Lift", "How far black is lifted; white stays.", [-0.9, 2.0, 0.0]),
        Parameter::wheel("gamma", "Gamma", "How bright the middle is.", [0.01, 10.0, 1.0]),
        Parameter::wheel("gain", "Gain", "How bright white is; black stays.", [0.01, 10.0, 1.0]),
        Parameter::wheel("offset", "Offset", "What is added to everything.", [-2.0, 2.0, 0.0]),
        Parameter::number(
            "saturation",
            "Saturation",
            "How far colours are from grey.",
            [0.0, 4.0, 1.0],
            "",
        ),
    ],
    prepare: |values| {
        let wheels = Wheels::of(values);
        (wheels != NEUTRAL).then(|| Arc::new(wheels) as Arc<dyn Work>)
    },
};

#[derive(Debug, Clone, Copy, PartialEq)]
struct Wheels {
    colours: [Colour; 3],
    saturation: f32,
}

/// What is done to one colour: `((x + add) factor)^exponent`.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Colour {
    add: f32,
    factor: f32,
    exponent: f32,
}

const NEUTRAL: Wheels =
    Wheels { colours: [Colour { add: 0.0, factor: 1.0, exponent: 1.0 }; 3], saturation: 1.0 };

/// The least that `1 / gain + lift` may be: a lift that takes white down to black has no slope.
const LEAST: f64 = 0.01;

impl Wheels {
    fn of(values: &Values) -> Self {
        let [lift, gamma, gain, offset] =
            ["lift", "gamma", "gain", "offset"].map(|id| values.four(id));
        let colour = |index: usize| {
            let lift = lift[index] + lift[3];
            let gain = gain[index] * gain[3];
            Colour {
                add: (offset[index] + offset[3] + lift) as f32,
                factor: (1.0 / (1.0 / gain + lift).max(LEAST)) as f32,
                exponent: (1.0 / (gamma[index] * gamma[3])) as f32,
            }
        };
        let saturation = values.number("saturation") as f32;
        Self { colours: [0, 1, 2].map(colour), saturation }
    }
}

impl Work for Wheels {
    fn line(&self, mut channels: [&mut [f32]; 3]) {
        for (colour, channel) in self.colours.iter().zip(&mut channels) {
            colour.turn(channel);
        }
        saturate(channels, self.saturation);
    }
}

impl Colour {
    fn turn(&self, channel: &mut [f32]) {
        let Self { add, factor, exponent } = *self;
        if exponent == 1.0 {
            return wide(
                #[inline(always)]
                move || channel.iter_mut().for_each(|value| *value = (*value + add) * factor),
            );
        }
        wide(
            #[inline(always)]
            move || {
                for value in channel.iter_mut() {
                    *value = odd_power((*value + add) * factor, exponent);
                }
            },
        );
    }
}
