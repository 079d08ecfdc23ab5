//! Curves over hue, saturation and luma: what is of one hue, or so colourful, or so bright, is changed.

use super::hsy;
use super::spline::{RUN, Spline};
use super::{Operation, Space, Work};
use crate::values::Values;
use signal::{Parameter, Rest, wide};
use std::sync::Arc;

/// On hue, saturation and luma of display-coded values (OpenColorIO, GradingHueCurveTransform, video style; its
/// curve hue-fx is `hue_hue` here). Gains of luma by hue are as strong as the pixel is colourful.
pub(super) const OPERATION: Operation = Operation {
    id: "hue_curves",
    label: "Hue curves",
    help: "Hues turned, made more or less colourful or bright; saturation by luma and by itself. Over hues: \
           magenta 0, red 1/6, yellow 1/3, green 1/2, cyan 2/3, blue 5/6.",
    space: Space::Display,
    parameters: &[
        round("hue_hue", "Hue by hue", "How far a hue is turned, in parts of the circle.", (0.0, [-0.5, 0.5])),
        round("hue_sat", "Sat by hue", "What the saturation of a hue is taken times.", (1.0, [0.0, 3.0])),
        round("hue_luma", "Luma by hue", "Above 1 a hue is brighter.", (1.0, [0.0, 3.0])),
        level("luma_sat", "Sat by luma", "What saturation is taken times, by how bright it is."),
        diagonal("sat_sat", "Sat by sat", "What saturations become."),
        level("sat_luma", "Luma by sat", "Above 1 what is so colourful is brighter."),
        diagonal("luma_luma", "Luma by luma", "What lumas become."),
    ],
    prepare: |values| {
        let curves = Curves::of(values);
        (curves != Curves::default()).then(|| Arc::new(curves) as Arc<dyn Work>)
    },
};

const fn round(
    id: &'static str,
    label: &'static str,
    help: &'static str,
    (rest, range): (f64, [f64; 2]),
) -> Parameter {
    Parameter::drawn(id, label, help, Rest::Round(rest), range)
}

const fn level(id: &'static str, label: &'static str, help: &'static str) -> Parameter {
    Parameter::drawn(id, label, help, Rest::Level(1.0), [0.0, 3.0])
}

const fn diagonal(id: &'static str, label: &'static str, help: &'static str) -> Parameter {
    Parameter::drawn(id, label, help, Rest::Shaped, [0.0, 2.0])
}

#[derive(Debug, Default, PartialEq)]
struct Curves {
    hue_hue: Option<Spline>,
    hue_sat: Option<Spline>,
    hue_luma: Option<Spline>,
    luma_sat: Option<Spline>,
    sat_sat: Option<Spline>,
    sat_luma: Option<Spline>,
    luma_luma: Option<Spline>,
}

impl Curves {
    fn of(values: &Values) -> Self {
        let of = |id: &str, rest: Rest| Spline::shaped(&values.points(id), rest);
        Self {
            hue_hue: of("hue_hue", Rest::Round(0.0)),
            hue_sat: of("hue_sat", Rest::Round(1.0)),
            hue_luma: of("hue_luma", Rest::Round(1.0)),
            luma_sat: of("luma_sat", Rest::Level(1.0)),
            sat_sat: of("sat_sat", Rest::Shaped),
            sat_luma: of("sat_luma", Rest::Level(1.0)),
            luma_luma: of("luma_luma", Rest::Shaped),
        }
    }

    #[inline(always)]
    fn bend(&self, [hue, saturation, luma]: [&mut [f32]; 3]) {
        let (mut gain, mut hue_luma, mut sums) = ([1.0; RUN], [1.0; RUN], [0.0; RUN]);
        let sums = &mut sums[..hue.len()];
        multiplied(self.hue_sat.as_ref(), hue, &mut gain, sums);
        multiplied(self.hue_luma.as_ref(), hue, &mut hue_luma, sums);
        if let Some(curve) = &self.sat_sat {
            curve.sum(saturation, sums);
            saturation.iter_mut().zip(&*sums).for_each(|(value, sum)| *value = sum.max(0.0));
        }
        multiplied(self.luma_sat.as_ref(), luma, &mut gain, sums);
        saturation.iter_mut().zip(&gain).for_each(|(value, gain)| *value *= gain);
        gain.fill(1.0);
        multiplied(self.sat_luma.as_ref(), saturation, &mut gain, sums);
        if let Some(curve) = &self.luma_luma {
            curve.sum(luma, sums);
            luma.copy_from_slice(sums);
        }
        let by = luma.iter_mut().zip(&*saturation).zip(hue_luma.iter().zip(&gain));
        for ((luma, saturation), (hue_luma, sat_luma)) in by {
            *luma *= (1.0 + (hue_luma - 1.0) * saturation.min(1.0)) * sat_luma;
        }
        if let Some(curve) = &self.hue_hue {
            curve.sum(hue, sums);
            hue.iter_mut().zip(&*sums).for_each(|(hue, turn)| *hue += turn);
        }
    }
}

/// Takes gains times the heights of a curve, if there is one; none is below 0.
#[inline(always)]
fn multiplied(curve: Option<&Spline>, of: &[f32], gains: &mut [f32; RUN], sums: &mut [f32]) {
    let Some(curve) = curve else { return };
    curve.sum(of, sums);
    gains.iter_mut().zip(&*sums).for_each(|(gain, height)| *gain *= height.max(0.0));
}

impl Work for Curves {
    fn line(&self, [red, green, blue]: [&mut [f32]; 3]) {
        wide(
            #[inline(always)]
            move || {
                let mut parts = [[0.0_f32; RUN]; 3];
                let runs = red.chunks_mut(RUN).zip(green.chunks_mut(RUN)).zip(blue.chunks_mut(RUN));
                for ((red, green), blue) in runs {
                    let [hue, saturation, luma] = parts.each_mut().map(|part| &mut part[..red.len()]);
                    for x in 0..red.len() {
                        [hue[x], saturation[x], luma[x]] = hsy::hsy([red[x], green[x], blue[x]]);
                    }
                    self.bend([&mut *hue, &mut *saturation, &mut *luma]);
                    for x in 0..red.len() {
                        [red[x], green[x], blue[x]] = hsy::rgb([hue[x], saturation[x], luma[x]]);
                    }
                }
            },
        );
    }
}
