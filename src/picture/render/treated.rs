//! A picture with its effects: whole, in floats, each operation where its masks let it.

use super::source::Light;
use crate::canvas::Canvas;
use crate::convert::{self, Options};
use crate::effects::{Doing, Effects, Plate, Stage};
use crate::filter::{Scene, Wants};
use crate::grade::{Grade, Space};
use crate::masks::{Masks, Matte};
use crate::plan::Plan;
use crate::turn;
use rayon::prelude::*;
use signal::{Image, Plane};
use std::sync::Arc;

/// A source, and others of its media: how far away each is, and its picture.
pub(super) struct Source<'a> {
    pub(super) image: &'a Image,
    /// Degrees clockwise that they are to be turned.
    pub(super) turn: u16,
    pub(super) around: Vec<(i64, &'a Image)>,
    /// Gives another picture, of so many columns and lines.
    pub(super) open: &'a dyn Fn(Other<'_>, [u32; 2]) -> Arc<Image>,
}

/// Another picture that effects work with.
pub(super) enum Other<'a> {
    /// A frame of a media, stretched.
    Plate(&'a Plate),
    /// What lies below.
    Below(&'a Arc<Plan>),
}

impl Source<'_> {
    fn other(&self, other: Other<'_>, like: &Canvas, space: Space) -> Canvas {
        let image = (self.open)(other, [like.width as u32, like.height as u32]);
        let mut canvas = canvas_of(&image, 0);
        canvas.turn(space);
        canvas
    }

    /// The frames around within a reach, in the numbers that a filter asks for.
    fn within(&self, [before, after]: [i64; 2], space: Space) -> Vec<(i64, Canvas)> {
        let near = self.around.iter().filter(|(away, _)| (-before..=after).contains(away));
        let canvas = |(away, image): &(i64, &Image)| {
            let mut canvas = canvas_of(image, self.turn);
            canvas.turn(space);
            (*away, canvas)
        };
        near.map(canvas).collect()
    }

    fn draw(&self, masks: &Masks, picture: &Canvas) -> Matte {
        masks.draw_with(picture, &|plate| self.other(Other::Plate(plate), picture, Space::Display))
    }
}

/// What effects make of a picture.
pub(super) fn treated(source: &Source<'_>, effects: &Effects) -> Image {
    let mut canvas = canvas_of(source.image, source.turn);
    let before = effects.over.map(|_| canvas.clone());
    let mut touched = effects.is_masked().then(|| Matte::even(canvas.width, canvas.height, 0.0));
    for stage in &effects.stages {
        let matte;
        (canvas, matte) = done(stage, canvas, effects, source);
        if let (Some(touched), Some(matte)) = (&mut touched, matte) {
            let both = touched.values.iter_mut().zip(&matte.values);
            both.for_each(|(touched, here)| *touched = touched.max(*here));
        }
    }
    match (before, effects.over) {
        (Some(before), Some(mix)) => {
            canvas.turn(Space::Light);
            let left = &effects.left;
            let matte = (!left.is_empty()).then(|| source.draw(left, &before));
            lay(&before, &mut canvas, matte.as_ref(), mix as f32);
        }
        _ if !effects.left.is_empty() => {
            canvas.turn(Space::Light);
            let matte = source.draw(&effects.left, &canvas);
            cut(&mut canvas, &matte);
        }
        _ => {}
    }
    let made = canvas.into_image();
    match touched {
        Some(touched) if source.turn == 0 && !made.format.alpha => {
            with_untouched(source.image, &made, &touched)
        }
        _ => made,
    }
}

/// A stage done, and where it was; `None` where that is everywhere.
fn done(
    stage: &Stage,
    mut canvas: Canvas,
    effects: &Effects,
    source: &Source<'_>,
) -> (Canvas, Option<Matte>) {
    if let Doing::Filter { filter, .. } = &stage.doing {
        canvas.turn(filter.space);
    }
    let matte = (!stage.masks.is_empty()).then(|| source.draw(&stage.masks, &canvas));
    let before = (matte.is_some() || stage.mix < 1.0).then(|| canvas.clone());
    let mut after = match &stage.doing {
        Doing::Grade(grade) => {
            canvas.grade(grade);
            canvas
        }
        Doing::Filter { filter, values, treatment } => {
            let near = source.within((filter.reach)(values), filter.space);
            let frame = if filter.moves { effects.frame } else { 0 };
            let scene = Scene { frame, around: &near, matte: matte.as_ref() };
            let other = match (treatment.wants(), &stage.plate, &effects.below) {
                (Wants::Below, _, Some(below)) => Some(Other::Below(below)),
                (Wants::Media(_), Some(plate), _) => Some(Other::Plate(plate)),
                _ => None,
            };
            match other.map(|other| source.other(other, &canvas, filter.space)) {
                Some(other) => treatment.beside(canvas, &other, &scene),
                None => treatment.treat(canvas, &scene),
            }
        }
    };
    if let Some(before) = before {
        let matte = matte.as_ref().filter(|_| !stage.sees_masks());
        lay(&before, &mut after, matte, stage.mix as f32);
    }
    (after, matte)
}

/// Of two pictures the second where a matte is 1, and the first, to the bit, where it is 0.
fn lay(before: &Canvas, after: &mut Canvas, matte: Option<&Matte>, mix: f32) {
    let width = after.width;
    let is_cut = after.space == Space::Display && after.channels[3] != before.channels[3];
    after.bands(|line, channels| {
        let start = line * width;
        let part = |index: usize| mix * matte.map_or(1.0, |matte| matte.values[start + index]);
        if is_cut {
            return lay_straight(before.channels.each_ref().map(|it| &it[start..]), channels, part);
        }
        for (channel, before) in channels.into_iter().zip(&before.channels) {
            let both = channel.iter_mut().zip(&before[start..]);
            for (index, (after, before)) in both.enumerate() {
                let part = part(index);
                *after = if part == 1.0 { *after } else { before + (*after - before) * part };
            }
        }
    });
}

/// The same for straight colours whose alphas differ: each counts as much as it is seen.
fn lay_straight(
    before: [&[f32]; 4],
    [red, green, blue, alpha]: [&mut [f32]; 4],
    part: impl Fn(usize) -> f32,
) {
    for index in 0..alpha.len() {
        let part = part(index);
        let seen = [before[3][index] * (1.0 - part), alpha[index] * part];
        let all = seen[0] + seen[1];
        for (channel, before) in [&mut *red, &mut *green, &mut *blue].into_iter().zip(before) {
            let (was, is) = (before[index], channel[index]);
            channel[index] = match part {
                0.0 => was,
                1.0 => is,
                _ if all > 0.0 => (was * seen[0] + is * seen[1]) / all,
                _ => was + (is - was) * part,
            };
        }
        alpha[index] = if part == 1.0 { alpha[index] } else { all };
    }
}

fn cut(canvas: &mut Canvas, matte: &Matte) {
    let width = canvas.width;
    canvas.bands(|line, channels| {
        for channel in channels {
            let part = &matte.values[line * width..];
            channel.iter_mut().zip(part).for_each(|(value, part)| *value *= part);
        }
    });
}

/// A picture with a grade, in premultiplied light.
pub(super) fn graded(image: &Image, grade: &Grade) -> Image {
    lit(image, grade).into_image()
}

/// A picture in premultiplied light, turned upright.
fn canvas_of(image: &Image, turn: u16) -> Canvas {
    upright(lit(image, &Grade::default()), turn)
}

fn lit(image: &Image, grade: &Grade) -> Canvas {
    let (width, height) = (image.width as usize, image.height as usize);
    let mut canvas = Canvas::unset(width, height, Space::Light);
    canvas.bands(|first, channels| {
        let mut light = Light::of(image, grade);
        let [red, green, blue, alpha] = channels.map(|channel| channel.chunks_exact_mut(width));
        let lines = red.zip(green).zip(blue.zip(alpha));
        for (line, ((red, green), (blue, alpha))) in lines.enumerate() {
            if !light.has_alpha() {
                alpha.fill(1.0);
            }
            light.line(first + line, [red, green, blue, alpha]);
        }
    });
    canvas
}

fn upright(canvas: Canvas, degrees: u16) -> Canvas {
    if degrees == 0 {
        return canvas;
    }
    let own = [canvas.width, canvas.height];
    let [across, down] = turn::size(own, degrees);
    let mut turned = Canvas::unset(across, down, canvas.space);
    for (out, channel) in turned.channels.iter_mut().zip(&canvas.channels) {
        turn::turn(channel, own, degrees, out);
    }
    turned
}

/// What was made, in the numbers of its source, and where nothing was touched the source's own.
fn with_untouched(source: &Image, made: &Image, touched: &Matte) -> Image {
    let options = Options { shared: true, ..Options::default() };
    let like = convert::with(made, source.format, source.colour, options);
    let planes = (0..like.planes.len()).map(|index| plane_of(source, &like, index, touched));
    Image { planes: planes.collect(), alpha: source.alpha, ..source.clone() }
}

fn plane_of(source: &Image, made: &Image, index: usize, touched: &Matte) -> Plane {
    let (width, height) = source.format.plane_size(index, source.width, source.height);
    let step = [source.width.div_ceil(width), source.height.div_ceil(height)];
    let (bytes, stride) = (source.format.depth.bytes(), made.line_bytes(index));
    let mut out = vec![0; stride * height as usize];
    out.par_chunks_mut(stride.max(1)).enumerate().for_each(|(y, out)| {
        let [own, made] = [source, made].map(|image| image.planes[index].line(y, stride));
        out.copy_from_slice(own);
        let is_touched: Vec<bool> =
            (0..width as usize).map(|x| is_near(touched, [x, y], step)).collect();
        let mut end = 0;
        for run in is_touched.chunk_by(|one, next| one == next) {
            let start = end;
            end += run.len() * bytes;
            if run[0] {
                out[start..end].copy_from_slice(&made[start..end]);
            }
        }
    });
    Plane::packed(out, stride)
}

/// Whether a pixel that a sample stands for is touched.
fn is_near(touched: &Matte, [x, y]: [usize; 2], step: [u32; 2]) -> bool {
    let [across, down] = step.map(|step| step as usize);
    let lines = y * down..((y + 1) * down).min(touched.height);
    lines.into_iter().any(|line| {
        let columns = x * across..((x + 1) * across).min(touched.width);
        touched.line(line)[columns].iter().any(|part| *part > 0.0)
    })
}
