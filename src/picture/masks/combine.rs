//! Masks put together, each by its own way with those before it.

use super::{Matte, Shape, named};
use crate::canvas::Canvas;
use crate::effects::Plate;
use crate::grade::Space;
use crate::values::{Moment, Values};
use signal::{Kind, Parameter};
use timeline_format::{Id, Mask};

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
    Parameter::number(
        "denoise",
        "Denoise",
        "Specks and holes that are no wider than twice this go, in pixels of a picture of 1080 lines.",
        [0.0, 100.0, 0.0],
        "px",
    ),
    Parameter::number(
        "grow",
        "Grow",
        "How much larger it gets, below 0 smaller, in pixels of a picture of 1080 lines.",
        [-200.0, 200.0, 0.0],
        "px",
    ),
    Parameter::number(
        "blur",
        "Blur",
        "Standard deviation of a softness all over it, in pixels of a picture of 1080 lines.",
        [0.0, 500.0, 0.0],
        "px",
    ),
    Parameter::number(
        "clean_black",
        "Clean black",
        "What counts less than this counts for nothing.",
        [0.0, 1.0, 0.0],
        "",
    ),
    Parameter::number(
        "clean_white",
        "Clean white",
        "What counts more than this counts whole.",
        [0.0, 1.0, 1.0],
        "",
    ),
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
    /// The frame of a media that it is taken from.
    plate: Option<Plate>,
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

    /// Those that are taken from a media: which, and how many frames later than the source.
    pub(crate) fn ask(&mut self, find: &dyn Fn(Id, i64) -> Plate) {
        for step in &mut self.0 {
            let is_media = |parameter: &&Parameter| parameter.kind == Kind::Media;
            let named = step.shape.parameters.iter().find(is_media);
            let media = named.and_then(|it| Id::parse(step.values.word(it.id)));
            let offset = step.values.number("offset").round() as i64;
            step.plate = media.map(|media| find(media, offset));
        }
    }

    /// The frames of media that they are taken from.
    pub(crate) fn plates(&self) -> impl Iterator<Item = &Plate> {
        self.0.iter().filter_map(|step| step.plate.as_ref())
    }

    /// The same, to be changed.
    pub(crate) fn plates_mut(&mut self) -> impl Iterator<Item = &mut Plate> {
        self.0.iter_mut().filter_map(|step| step.plate.as_mut())
    }

    /// All of them together, in a picture; those that are taken from a media cover nothing.
    pub fn draw(&self, picture: &Canvas) -> Matte {
        self.draw_with(picture, &|_| Canvas::clear(picture.width, picture.height, Space::Display))
    }

    /// All of them together, in a picture: `open` gives the frames of media, as large as it.
    pub(crate) fn draw_with(&self, picture: &Canvas, open: &dyn Fn(&Plate) -> Canvas) -> Matte {
        let is_taken =
            |step: &Step| matches!(step.common.word("combine"), "subtract" | "intersect");
        let ground = f32::from(u8::from(self.0.first().is_none_or(is_taken)));
        let mut sum = Matte::even(picture.width, picture.height, ground);
        for step in &self.0 {
            let mut matte = match &step.plate {
                Some(plate) => (step.shape.draw)(&step.values, &open(plate)),
                None => (step.shape.draw)(&step.values, picture),
            };
            refine(&mut matte, &step.common, picture.unit());
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
    Some(Step { shape, common, values, plate: None })
}

/// Cleans, grows and softens a matte, in this order.
fn refine(matte: &mut Matte, common: &Values, unit: f64) {
    let length = |name: &str| common.number(name) * unit;
    matte.denoise(length("denoise"));
    matte.grow(length("grow"));
    matte.blur(length("blur"));
    matte.clean(common.number("clean_black") as f32, common.number("clean_white") as f32);
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
