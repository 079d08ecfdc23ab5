//! The colour decision list of the ASC: slope, offset, power and saturation.

use super::luma::saturate;
use super::power::power;
use super::{Operation, Space, Work};
use crate::values::Values;
use signal::Parameter;
use signal::wide;
use std::sync::Arc;

/// `y = (x slope + offset)^power` of each colour, then `L + saturation (y - L)` of luma `L` (ASC Color Decision
/// List, version 1.2). With `clamp` both results are held to 0 and 1, as the list says; without, what is below
/// 0 passes unpowered (OpenColorIO, CDL_NO_CLAMP). The wheels' fourth number goes to all three colours: it
/// multiplies slope and power, and adds to offset.
pub(super) const OPERATION: Operation = Operation {
    id: "cdl",
    label: "CDL",
    help: "Slope, offset, power and saturation, as the ASC's colour decision list has them (version 1.2).",
    space: Space::Display,
    parameters: &[
        Parameter::wheel("slope", "Slope", "What values are multiplied by.", [0.0, 10.0, 1.0]),
        Parameter::wheel("offset", "Offset", "What is added to them.", [-2.0, 2.0, 0.0]),
        Parameter::wheel("power", "Power", "What power they are taken to.", [0.01, 10.0, 1.0]),
        Parameter::number(
            "saturation",
            "Saturation",
            "How far colours are from grey.",
            [0.0, 4.0, 1.0],
            "",
        ),
        Parameter::flag("clamp", "Clamp", "Whether results are held to 0 and 1, as the list says."),
    ],
    prepare: |values| {
        let cdl = Cdl::of(values);
        (cdl != NEUTRAL).then(|| Arc::new(cdl) as Arc<dyn Work>)
    },
};

#[derive(Debug, Clone, Copy, PartialEq)]
struct Cdl {
    colours: [Colour; 3],
    saturation: f32,
    clamps: bool,
}

/// What is done to one colour.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Colour {
    slope: f32,
    offset: f32,
    power: f32,
}

const NEUTRAL: Cdl = Cdl {
    colours: [Colour { slope: 1.0, offset: 0.0, power: 1.0 }; 3],
    saturation: 1.0,
    clamps: false,
};

impl Cdl {
    fn of(values: &Values) -> Self {
        let [slope, offset, power] = ["slope", "offset", "power"].map(|id| values.four(id));
        let colour = |index: usize| Colour {
            slope: (slope[index] * slope[3]) as f32,
            offset: (offset[index] + offset[3]) as f32,
            power: (power[index] * power[3]) as f32,
        };
        let saturation = values.number("saturation") as f32;
        Self { colours: [0, 1, 2].map(colour), saturation, clamps: values.flag("clamp") }
    }
}

impl Work for Cdl {
    fn line(&self, mut channels: [&mut [f32]; 3]) {
        for (colour, channel) in self.colours.iter().zip(&mut channels) {
            colour.scale(channel);
            if self.clamps {
                clamp(channel);
            }
            colour.raise(channel);
        }
        saturate(channels.each_mut().map(|channel| &mut **channel), self.saturation);
        if self.clamps {
            channels.into_iter().for_each(clamp);
        }
    }
}

impl Colour {
    fn scale(&self, channel: &mut [f32]) {
        let Self { slope, offset, .. } = *self;
        wide(
            #[inline(always)]
            move || channel.iter_mut().for_each(|value| *value = *value * slope + offset),
        );
    }

    fn raise(&self, channel: &mut [f32]) {
        if self.power == 1.0 {
            return;
        }
        let exponent = self.power;
        wide(
            #[inline(always)]
            move || {
                for value in channel.iter_mut() {
                    let raised = power(*value, exponent);
                    *value = if *value > 0.0 { raised } else { *value };
                }
            },
        );
    }
}

fn clamp(channel: &mut [f32]) {
    wide(
        #[inline(always)]
        move || channel.iter_mut().for_each(|value| *value = value.clamp(0.0, 1.0)),
    );
}
