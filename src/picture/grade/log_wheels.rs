//! Log wheels: brightness, contrast and gamma of stops, as a film's printer lights and its stock are set.

use super::luma::saturate;
use super::power::odd_power;
use super::{Operation, Space, Work, cct};
use crate::values::Values;
use signal::{Parameter, wide};
use std::sync::Arc;

/// On light in the code of ACEScct: `y = (x + b 6.25 / 1023 - p) c + p`, `p = 0.5 + pivot / 2`; then
/// `y^(1 / gamma)` between the pivots of black and white, with its sign; then saturation (OpenColorIO,
/// GradingPrimaryTransform, log style). The wheels' fourth number goes to all three colours: it adds to brightness,
/// and multiplies contrast and gamma.
pub(super) const OPERATION: Operation = Operation {
    id: "log_wheels",
    label: "Log wheels",
    help: "Brightness, contrast and gamma of stops rather than of codes: what lies far above white keeps its shape.",
    space: Space::Light,
    parameters: &[
        Parameter::wheel(
            "brightness",
            "Brightness",
            "Printer points: 9.3 are a stop.",
            [-100.0, 100.0, 0.0],
        ),
        Parameter::wheel("contrast", "Contrast", "Stops from the pivot, taken times.", [0.01, 10.0, 1.0]),
        Parameter::wheel("gamma", "Gamma", "How bright the middle is.", [0.2, 5.0, 1.0]),
        Parameter::number("saturation", "Saturation", "How far colours are from grey.", [0.0, 4.0, 1.0], ""),
        Parameter::number("pivot", "Pivot", "The code that contrast leaves, -1 to 1.", [-1.0, 1.0, -0.2], ""),
        Parameter::number("black", "Black pivot", "The code that gamma leaves below.", [-0.5, 0.5, 0.0], ""),
        Parameter::number("white", "White pivot", "The code that gamma leaves above.", [0.6, 1.5, 1.0], ""),
    ],
    prepare: |values| {
        let wheels = Wheels::of(values);
        let is_neutral = wheels.saturation == 1.0 && wheels.colours.iter().all(|it| *it == NEUTRAL);
        (!is_neutral).then(|| Arc::new(wheels) as Arc<dyn Work>)
    },
};

#[derive(Debug, Clone, Copy)]
struct Wheels {
    colours: [Colour; 3],
    saturation: f32,
    pivot: f32,
    black: f32,
    width: f32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Colour {
    add: f32,
    contrast: f32,
    exponent: f32,
}

const NEUTRAL: Colour = Colour { add: 0.0, contrast: 1.0, exponent: 1.0 };

impl Wheels {
    fn of(values: &Values) -> Self {
        let [brightness, contrast, gamma] = ["brightness", "contrast", "gamma"].map(|id| values.four(id));
        let colour = |index: usize| Colour {
            add: ((brightness[index] + brightness[3]) * 6.25 / 1023.0) as f32,
            contrast: (contrast[index] * contrast[3]) as f32,
            exponent: (1.0 / (gamma[index] * gamma[3])) as f32,
        };
        let black = values.number("black") as f32;
        Self {
            colours: [0, 1, 2].map(colour),
            saturation: values.number("saturation") as f32,
            pivot: (0.5 + 0.5 * values.number("pivot")) as f32,
            black,
            width: values.number("white") as f32 - black,
        }
    }

    fn turn(&self, Colour { add, contrast, exponent }: Colour, channel: &mut [f32]) {
        let Self { pivot, black, width, .. } = *self;
        wide(
            #[inline(always)]
            move || {
                for value in channel.iter_mut() {
                    *value = (cct::code(*value) + add - pivot) * contrast + pivot;
                }
                if exponent != 1.0 {
                    let part = 1.0 / width;
                    for value in channel.iter_mut() {
                        *value = odd_power((*value - black) * part, exponent) * width + black;
                    }
                }
            },
        );
    }
}

impl Work for Wheels {
    fn line(&self, mut channels: [&mut [f32]; 3]) {
        for (colour, channel) in self.colours.iter().zip(&mut channels) {
            self.turn(*colour, channel);
        }
        saturate(channels.each_mut().map(|channel| &mut **channel), self.saturation);
        for channel in channels {
            wide(
                #[inline(always)]
                move || channel.iter_mut().for_each(|value| *value = cct::light(*value)),
            );
        }
    }
}
