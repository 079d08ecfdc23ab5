//! Tonal zones: shadows, midtones and highlights, each with a wheel of its own and soft joins.

use super::bend::Bend;
use super::ends::{End, s_contrast};
use super::{Operation, Space, Work};
use crate::values::Values;
use signal::Parameter;
use signal::wide;
use std::sync::Arc;

/// Curves whose slope is a broken line, midtones first, then highlights, whites, shadows and blacks, of each
/// colour and then of all, and the contrast last: the zones of OpenColorIO's GradingToneTransform, video style. A curve lies on the diagonal where its
/// zone begins and at its pivot, so that black and white stay, whatever a wheel says. Its slope at the pivot is
/// the value, or 2 less the value: of the two that which is not above 1; where the other is meant, the curve
/// is taken backwards. Blacks and whites turn about the place where they begin, which the highlights and shadows
/// of all colours move with them.
pub(super) const OPERATION: Operation = Operation {
    id: "zones",
    label: "Tonal zones",
    help: "Blacks, shadows, midtones, highlights and whites by themselves, softly joined: cool the one, warm the \
           other.",
    space: Space::Display,
    parameters: &[
        Parameter::wheel("shadows", "Shadows", "Above 1 the dark is brighter.", [0.2, 1.8, 1.0]),
        Parameter::wheel(
            "midtones",
            "Midtones",
            "Above 1 the middle is brighter.",
            [0.1, 1.9, 1.0],
        ),
        Parameter::wheel(
            "highlights",
            "Highlights",
            "Above 1 lights are brighter.",
            [0.2, 1.8, 1.0],
        ),
        Parameter::wheel("blacks", "Blacks", "Above 1 black is brighter.", [0.1, 1.9, 1.0]),
        Parameter::wheel("whites", "Whites", "Above 1 white is brighter.", [0.1, 1.9, 1.0]),
        Parameter::number(
            "s_contrast",
            "S-contrast",
            "Above 1 darks and lights are apart in the middle; black and white stay.",
            [0.01, 1.99, 1.0],
            "",
        ),
        place("shadows_start", "Shadows from", "Where shadows begin, from above.", 0.6),
        place("shadows_pivot", "Shadows to", "Where they end: what is there stays.", 0.0),
        place("midtones_centre", "Midtones at", "The middle of the midtones.", 0.4),
        place("midtones_width", "Midtones wide", "From where they begin to where they end.", 0.7),
        place("highlights_start", "Lights from", "Where highlights begin, from below.", 0.2),
        place("highlights_pivot", "Lights to", "Where they end: what is there stays.", 1.0),
        place("blacks_start", "Blacks from", "Where blacks begin, from above.", 0.4),
        place("blacks_width", "Blacks wide", "How far down they go on to bend.", 0.4),
        place("whites_start", "Whites from", "Where whites begin, from below.", 0.5),
        place("whites_width", "Whites wide", "How far up they go on to bend.", 0.5),
    ],
    prepare: |values| {
        let zones = Zones(std::array::from_fn(|colour| curves(values, colour)));
        let is_neutral = zones.0.iter().all(Vec::is_empty);
        (!is_neutral).then(|| Arc::new(zones) as Arc<dyn Work>)
    },
};

const fn place(
    id: &'static str,
    label: &'static str,
    help: &'static str,
    default: f64,
) -> Parameter {
    Parameter::number(id, label, help, [-0.5, 1.5, default], "")
}

/// The curves of red, of green and of blue, in the order in which they are taken.
#[derive(Debug)]
struct Zones([Vec<Curve>; 3]);

#[derive(Debug, Clone, Copy)]
enum Curve {
    Middle(Bend<6>),
    Forth(Bend<3>),
    Back(Bend<3>),
    End(End),
    Contrast(Bend<5>),
}

/// Places nearer than this are apart by it.
const NEAREST: f32 = 0.01;

/// The curves of one colour: its own, then those of all.
fn curves(values: &Values, colour: usize) -> Vec<Curve> {
    let wheel = |id: &str| {
        let numbers = values.four(id);
        [numbers[colour] as f32, numbers[3] as f32].into_iter().filter(|value| *value != 1.0)
    };
    let middle = wheel("midtones").map(|value| Curve::Middle(midtones(values, value)));
    let lights = wheel("highlights").map(|value| highlights(values, value));
    let darks = wheel("shadows").map(|value| shadows(values, value));
    let whites = wheel("whites").map(|value| Curve::End(whites(values, value)));
    let blacks = wheel("blacks").map(|value| Curve::End(blacks(values, value)));
    let contrast = Some(values.number("s_contrast") as f32).filter(|value| *value != 1.0);
    let contrast = contrast.map(|value| Curve::Contrast(s_contrast(value)));
    middle.chain(lights).chain(whites).chain(darks).chain(blacks).chain(contrast).collect()
}

/// Steeper below the centre and flatter above, or the other way; black and white stay.
fn midtones(values: &Values, value: f32) -> Bend<6> {
    let width = (values.number("midtones_width") as f32).clamp(NEAREST, 0.95);
    let (least, most) = (0.51 * width, 1.0 - 0.51 * width);
    let centre = (values.number("midtones_centre") as f32).clamp(least, most);
    let from = centre - 0.5 * width;
    let at = [0.0, from, from + 0.25 * width, from + 0.75 * width, from + width, 1.0];
    let by = 0.9 * (value - 1.0);
    let slopes = [1.0, 1.0 + 0.4 * by, 1.0 + by, 1.0 - by, 1.0 - 0.4 * by, 1.0];
    Bend::meeting(at, slopes, if centre <= 0.5 { 4 } else { 1 })
}

fn shadows(values: &Values, value: f32) -> Curve {
    let pivot = values.number("shadows_pivot") as f32;
    let start = (values.number("shadows_start") as f32).max(pivot + NEAREST);
    let slope = if value > 1.0 { 2.0 - value } else { value };
    let bend = between(pivot, start, slope, 1.0);
    if value > 1.0 { Curve::Back(bend) } else { Curve::Forth(bend) }
}

fn highlights(values: &Values, value: f32) -> Curve {
    let pivot = values.number("highlights_pivot") as f32;
    let start = (values.number("highlights_start") as f32).min(pivot - NEAREST);
    let slope = if value > 1.0 { 2.0 - value } else { value };
    let bend = between(start, pivot, 1.0, slope);
    if value > 1.0 { Curve::Forth(bend) } else { Curve::Back(bend) }
}

fn whites(values: &Values, value: f32) -> End {
    let start = values.number("whites_start") as f32;
    let end = start + (values.number("whites_width") as f32).max(NEAREST);
    let all = values.four("highlights")[3] as f32;
    let moved = |x: f32| if all == 1.0 { x } else { highlights(values, all).at(x) };
    End::white(value, moved(start), (moved(end) - moved(start)).max(1e-4))
}

fn blacks(values: &Values, value: f32) -> End {
    let start = values.number("blacks_start") as f32;
    let end = start - (values.number("blacks_width") as f32).max(NEAREST);
    let all = values.four("shadows")[3] as f32;
    let moved = |x: f32| if all == 1.0 { x } else { shadows(values, all).at(x) };
    End::black(value, moved(start), (moved(start) - moved(end)).max(1e-4))
}

/// From the diagonal to the diagonal, with a slope at either end and one knot half way.
fn between(from: f32, to: f32, first: f32, last: f32) -> Bend<3> {
    Bend::meeting([from, 0.5 * (from + to), to], [first, 1.0, last], 1)
}

impl Work for Zones {
    fn line(&self, channels: [&mut [f32]; 3]) {
        for (curves, channel) in self.0.iter().zip(channels) {
            curves.iter().for_each(|curve| curve.bend(channel));
        }
    }
}

impl Curve {
    fn at(self, x: f32) -> f32 {
        let mut value = [x];
        self.bend(&mut value);
        value[0]
    }

    fn bend(self, channel: &mut [f32]) {
        match self {
            Self::End(end) => end.bend(channel),
            Self::Contrast(bend) => wide(
                #[inline(always)]
                move || channel.iter_mut().for_each(|value| *value = bend.forth(*value)),
            ),
            Self::Middle(bend) => wide(
                #[inline(always)]
                move || channel.iter_mut().for_each(|value| *value = bend.forth(*value)),
            ),
            Self::Forth(bend) => wide(
                #[inline(always)]
                move || channel.iter_mut().for_each(|value| *value = bend.forth(*value)),
            ),
            Self::Back(bend) => wide(
                #[inline(always)]
                move || channel.iter_mut().for_each(|value| *value = bend.back(*value)),
            ),
        }
    }
}
