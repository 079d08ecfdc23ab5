//! Masks put together, each by its own way with those before it.

use super::seen::{coded, luma};
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
        "refine",
        "Refine",
        "How far its edge is drawn to edges of the picture, in pixels of a picture of 1080 lines.",
        [0.0, 200.0, 0.0],
        "px",
    ),
    Parameter::number(
        "contrast",
        "Edge contrast",
        "Which difference of luma is an edge to which it is drawn.",
        [0.001, 1.0, 0.05],
        "",
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
    Parameter::number(
        "shutter",
        "Shutter",
        "How long the shutter is open while keyframes move it: 180 is half a frame, 0 no motion blur.",
        [0.0, 720.0, 0.0],
        "°",
    ),
];

/// Moments of an open shutter at which a mask that moves is drawn: what it covers is their mean.
const MOMENTS: usize = 8;

/// Masks at a moment, in order.
#[derive(Debug, Clone, Default)]
pub struct Masks(Vec<Step>);

/// A mask with its values.
#[derive(Debug, Clone)]
struct Step {
    shape: &'static Shape,
    common: Values,
    values: Values,
    /// Its own values while the shutter is open, where they change.
    moving: Vec<Values>,
    /// The frame of a media that it is taken from.
    plate: Option<Plate>,
}

impl Masks {
    /// What a list of masks comes to at a moment: those that are bypassed, or that nobody here knows, are left out.
    pub fn of<'a>(masks: impl IntoIterator<Item = &'a Mask>, moment: Moment) -> Self {
        Self::running(masks, moment, 1.0)
    }

    /// The same where a frame of the sequence is `pace` frames of the source, which counts while the shutter is open.
    pub fn running<'a>(
        masks: impl IntoIterator<Item = &'a Mask>,
        moment: Moment,
        pace: f64,
    ) -> Self {
        let working = masks.into_iter().filter(|mask| !mask.bypass);
        Self(working.filter_map(|mask| step(mask, moment, pace)).collect())
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every mask's name, its values of all masks, and its own: at the moment, then while the shutter is open.
    pub fn steps(
        &self,
    ) -> impl Iterator<Item = (&'static str, &Values, impl Iterator<Item = &Values>)> {
        self.0.iter().map(|step| (step.shape.id, &step.common, step.own()))
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
                Some(plate) => step.drawn(&open(plate)),
                None => step.drawn(picture),
            };
            refine(&mut matte, &step.common, picture);
            lay(&mut sum, &matte, &step.common);
        }
        sum
    }
}

impl Step {
    fn own(&self) -> impl Iterator<Item = &Values> {
        std::iter::once(&self.values).chain(&self.moving)
    }

    /// What it covers, before it is refined.
    fn drawn(&self, picture: &Canvas) -> Matte {
        let draw = |values: &Values| (self.shape.draw)(values, picture);
        let [first, others @ ..] = &self.moving[..] else { return draw(&self.values) };
        let mut sum = draw(first);
        for values in others {
            let matte = draw(values);
            sum.values.iter_mut().zip(&matte.values).for_each(|(sum, value)| *sum += value);
        }
        let part = 1.0 / self.moving.len() as f32;
        sum.values.iter_mut().for_each(|value| *value *= part);
        sum
    }
}

fn step(mask: &Mask, moment: Moment, pace: f64) -> Option<Step> {
    let shape = named(&mask.kind)?;
    let given = |id: &str| mask.values.get(id);
    let common = Values::resolve(COMMON, moment, given);
    let at = |moment: Moment| Values::resolve(shape.parameters, moment, given);
    let values = at(moment);
    let open = common.number("shutter") / 360.0;
    let moving = if open > 0.0 { during(open, moment, pace, at) } else { Vec::new() };
    let moving = if moving.iter().all(|it| *it == values) { Vec::new() } else { moving };
    Some(Step { shape, common, values, moving, plate: None })
}

/// What values are while a shutter is open for a part of a frame, about its middle.
fn during(open: f64, moment: Moment, pace: f64, at: impl Fn(Moment) -> Values) -> Vec<Values> {
    let Moment { clip, content } = moment;
    let away = |nth: usize| ((nth as f64 + 0.5) / MOMENTS as f64 - 0.5) * open;
    let moment = |away: f64| Moment { clip: clip + away, content: content + away * pace };
    (0..MOMENTS).map(|nth| at(moment(away(nth)))).collect()
}

/// Cleans a matte, grows it, draws it to the edges of a picture, and softens it, in this order.
fn refine(matte: &mut Matte, common: &Values, picture: &Canvas) {
    let length = |name: &str| common.number(name) * picture.unit();
    matte.denoise(length("denoise"));
    matte.grow(length("grow"));
    let refine = length("refine");
    if refine > 0.0 {
        let guide = coded(picture, |colour, _| luma(colour));
        matte.guide(&guide, refine, common.number("contrast"));
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use timeline_format::parameter::{Curve, Ease, Follow, Key};
    use timeline_format::{Frames, Param, Value};

    /// An ellipse that goes from left to right in ten frames.
    fn moving(shutter: f64, follow: Follow) -> Mask {
        let key = |at: i64, x: f64| Key {
            at: Frames::whole(at),
            value: Value::Vector(vec![x, 0.5]),
            ease: Ease::Linear,
        };
        let keys = vec![key(0, 0.0), key(10, 1.0)];
        let mut mask = Mask::new(Id::parse("m").unwrap(), "ellipse");
        let way = Param::Animated(Curve { keys, follow });
        mask.values.insert("centre".into(), way);
        mask.values.insert("size".into(), Param::point(0.3, 0.3));
        mask.values.insert("shutter".into(), Param::number(shutter));
        mask
    }

    fn drawn(mask: &Mask, at: f64, pace: f64) -> Matte {
        let moment = Moment { clip: at, content: at * pace };
        let picture = Canvas::clear(200, 100, Space::Light);
        Masks::running([mask], moment, pace).draw(&picture)
    }

    #[test]
    fn a_mask_that_moves_is_the_mean_of_eight_moments_of_its_way() {
        for (follow, pace) in [(Follow::Clip, 1.0), (Follow::Content, 0.5)] {
            let blurred = drawn(&moving(180.0, follow), 5.0, pace);
            let still = moving(0.0, follow);
            let each: Vec<Matte> = (0..8)
                .map(|nth| drawn(&still, 5.0 + (f64::from(nth) + 0.5) / 16.0 - 0.25, pace))
                .collect();
            for (index, found) in blurred.values.iter().enumerate() {
                let mean = each.iter().map(|it| it.values[index]).sum::<f32>() / 8.0;
                assert!((found - mean).abs() < 1e-6, "{index}: {found} {mean}");
            }
            assert!(blurred != drawn(&still, 5.0, pace));
            let steps = Masks::running([&moving(180.0, follow)], Moment::default(), pace);
            assert_eq!(steps.steps().map(|(.., own)| own.count()).sum::<usize>(), 9);
        }
    }

    #[test]
    fn a_mask_that_is_still_is_as_sharp_with_an_open_shutter() {
        let mut mask = moving(360.0, Follow::Clip);
        mask.values.insert("centre".into(), Param::point(0.5, 0.5));
        let open = drawn(&mask, 5.0, 1.0);
        mask.values.insert("shutter".into(), Param::number(0.0));
        assert_eq!(open, drawn(&mask, 5.0, 1.0));
        assert_eq!(
            Masks::of([&mask], Moment::default())
                .steps()
                .map(|(.., own)| own.count())
                .sum::<usize>(),
            1
        );
    }
}
