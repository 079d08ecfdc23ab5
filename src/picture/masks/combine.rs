//! Masks put together, each by its own way with those before it.

use super::{Matte, Shape, named};
use crate::picture::canvas::Canvas;
use crate::picture::values::{Moment, Values};
use crate::signal::Parameter;
use timeline_format::Mask;

/// What every mask has besides its own parameters.
pub const COMMON: &[Parameter] = &[
    Parameter::choice(
        "combine",
        "Combine",
        "How it goes with the masks before it: adds to them, takes away, leaves what both have, or what one of them has.",
        &["add", "subtract", "intersect", "exclude"],
    ),
    Parameter::flag("invert", "Invert", "What is outside counts."),
    Parameter::number("opacity", "Opacity", "How much it counts, 0 to 1.", [0.0, 1.0, 1.0], ""),
];

/// Masks at a moment, in order.
#[derive(Debug, Clone, Default)]
pub struct Masks(Vec<Step>);

/// A mask with its values.
#[derive(Debug, Clone)]
struct Step {
    shape: &'static Shape,
    common: Values,
    values: Values,
}

impl Masks {
    /// What a list of masks comes to at a moment: those that are bypassed, or that nobody here knows, are left out.
    pub fn of<'a>(masks: impl IntoIterator<Item = &'a Mask>, moment: Moment) -> Self {
        let working = masks.into_iter().filter(|mask| !mask.bypass);
        Self(working.filter_map(|mask| step(mask, moment)).collect())
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every mask's name, its values of all masks, and its own.
    pub fn steps(&self) -> impl Iterator<Item = (&'static str, &Values, &Values)> {
        self.0.iter().map(|step| (step.shape.id, &step.common, &step.values))
    }

    /// All of them together, in a picture.
    pub fn draw(&self, picture: &Canvas) -> Matte {
        let is_taken =
            |step: &Step| matches!(step.common.word("combine"), "subtract" | "intersect");
        let ground = f32::from(u8::from(self.0.first().is_none_or(is_taken)));
        let mut sum = Matte::even(picture.width, picture.height, ground);
        for step in &self.0 {
            let matte = (step.shape.draw)(&step.values, picture);
            lay(&mut sum, &matte, &step.common);
        }
        sum
    }
}

fn step(mask: &Mask, moment: Moment) -> Option<Step> {
    let shape = named(&mask.kind)?;
    let given = |id: &str| mask.values.get(id);
    let common = Values::resolve(COMMON, moment, given);
    let values = Values::resolve(shape.parameters, moment, given);
    Some(Step { shape, common, values })
}

fn lay(sum: &mut Matte, matte: &Matte, common: &Values) {
    let (invert, opacity) = (common.flag("invert"), common.number("opacity") as f32);
    let together: fn(f32, f32) -> f32 = match common.word("combine") {
        "subtract" => |below, it| below * (1.0 - it),
        "intersect" => |below, it| below * it,
        "exclude" => |below, it| below + it - 2.0 * below * it,
        _ => |below, it| below + it - below * it,
    };
    for (below, it) in sum.values.iter_mut().zip(&matte.values) {
        let it = opacity * if invert { 1.0 - it } else { *it };
        *below = together(*below, it);
    }
}
