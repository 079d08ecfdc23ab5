//! A correction of what is of one hue, so colourful and so bright: skin, a sky, a coat.

use super::hsy::{hsy, rgb};
use super::qualifier::Qualifier;
use super::{Operation, Space, Work};
use crate::values::Values;
use signal::{Parameter, wide};
use std::sync::Arc;

/// Within the matte of a [`Qualifier`] hues are turned, saturation is taken times, and all colours are; what is
/// meant by half becomes half of it.
pub(super) const OPERATION: Operation = Operation {
    id: "qualify",
    label: "Qualifier",
    help: "Turns, colours and brightens only what is of one hue, so colourful and so bright.",
    space: Space::Display,
    parameters: &[
        part("hue", "Hue", "The hue that is meant: magenta 0, red 1/6, yellow 1/3, green 1/2.", 0.17),
        part("hue_width", "Hue width", "How wide the hues about it are; 1 is all.", 0.12),
        part("hue_soft", "Hue edge", "How far its edge goes on beyond.", 0.05),
        part("sat_least", "Sat from", "The least saturation.", 0.1),
        part("sat_most", "Sat to", "The most.", 1.0),
        part("sat_soft", "Sat edge", "How far its edges go on beyond.", 0.1),
        part("luma_least", "Luma from", "The least luma.", 0.0),
        part("luma_most", "Luma to", "The most.", 1.0),
        part("luma_soft", "Luma edge", "How far its edges go on beyond.", 0.1),
        Parameter::flag("invert", "Invert", "Whether everything else is meant."),
        Parameter::number("turn", "Turn", "How far hues are turned.", [-180.0, 180.0, 0.0], "°"),
        Parameter::number("saturation", "Saturation", "What it is taken times.", [0.0, 4.0, 1.0], ""),
        Parameter::number("gain", "Gain", "What all colours are taken times.", [0.0, 4.0, 1.0], ""),
        Parameter::choice("show", "Show", "The result; the matte; or what is meant, on grey.", SHOWN),
    ],
    prepare: |values| {
        let of = |id: &str| values.number(id) as f32;
        let shown = SHOWN.iter().position(|it| *it == values.word("show")).unwrap_or(0);
        let [turn, saturation, gain] = [of("turn") / 360.0, of("saturation"), of("gain")];
        let is_neutral = shown == 0 && turn == 0.0 && saturation == 1.0 && gain == 1.0;
        let qualifier = qualifier_of(values);
        let invert = values.flag("invert");
        let work = Correction { qualifier, invert, turn, saturation, gain, shown };
        (!is_neutral).then(|| Arc::new(work) as Arc<dyn Work>)
    },
};

/// What may be shown.
const SHOWN: &[&str] = &["result", "matte", "meant"];

const fn part(
    id: &'static str,
    label: &'static str,
    help: &'static str,
    default: f64,
) -> Parameter {
    Parameter::number(id, label, help, [0.0, 1.0, default], "")
}

/// The qualifier that values state.
pub(super) fn qualifier_of(values: &Values) -> Qualifier {
    let of = |id: &str| values.number(id) as f32;
    let open = |most: f32| if most >= 1.0 { 1e3 } else { most };
    let (width, least) = (of("hue_width"), |id: &str| if of(id) <= 0.0 { -1e3 } else { of(id) });
    Qualifier {
        hue: of("hue"),
        hue_width: [if width >= 1.0 { 2.0 } else { width }, of("hue_soft")],
        saturation: [least("sat_least"), open(of("sat_most")), of("sat_soft")],
        luma: [least("luma_least"), open(of("luma_most")), of("luma_soft")],
    }
}

#[derive(Debug, Clone, Copy)]
struct Correction {
    qualifier: Qualifier,
    invert: bool,
    turn: f32,
    saturation: f32,
    gain: f32,
    shown: usize,
}

impl Correction {
    #[inline(always)]
    fn at(&self, pixel: [f32; 3]) -> [f32; 3] {
        let matte = self.qualifier.at(pixel);
        let matte = if self.invert { 1.0 - matte } else { matte };
        if self.shown == 1 {
            return [matte; 3];
        }
        let [hue, saturation, luma] = hsy(pixel);
        let corrected = rgb([hue + self.turn, saturation * self.saturation, luma]);
        let corrected = corrected.map(|value| value * self.gain);
        if self.shown == 2 {
            return corrected.map(|value| 0.18 + matte * (value - 0.18));
        }
        let mixed = |channel: usize| pixel[channel] + matte * (corrected[channel] - pixel[channel]);
        let mixed = [mixed(0), mixed(1), mixed(2)];
        if matte > 0.0 { mixed } else { pixel }
    }
}

impl Work for Correction {
    fn line(&self, [red, green, blue]: [&mut [f32]; 3]) {
        let own = *self;
        wide(
            #[inline(always)]
            move || {
                let pixels = red.iter_mut().zip(green.iter_mut()).zip(blue.iter_mut());
                for ((red, green), blue) in pixels {
                    [*red, *green, *blue] = own.at([*red, *green, *blue]);
                }
            },
        );
    }
}
