//! A picture as lines of premultiplied scene-linear light, or, where it is opaque, of display-coded values.

use super::direct::Direct;
use crate::convert::primaries::{self, Matrix3};
use crate::convert::{Lines, Reader};
use crate::grade::{Grade, Space};
use crate::{WORKING, convert, light};
use signal::{AlphaMode, Depth, Image, Transfer};

/// A picture's reader and the way to light, with what is done to its colours on it.
pub(super) struct Light<'a> {
    from: From<'a>,
    transfer: Transfer,
    matrix: Option<Matrix3>,
    alpha: Option<AlphaMode>,
    /// Whether the picture is premultiplied light that is not graded.
    is_light_already: bool,
    /// Whether what is read can be anything: floats.
    is_unbounded: bool,
    grade: &'a Grade,
    /// What the grade is given, and what lines are: coded values are given where it begins with them and the picture
    /// has such.
    spaces: [Space; 2],
}

/// Where lines come from.
enum From<'a> {
    /// They are read, or made, in the picture's own code.
    Lines(Box<dyn Lines + 'a>),
    /// They are looked up, in what the grade is given.
    Codes(Direct<'a>),
}

impl<'a> Light<'a> {
    /// Lines of light.
    pub(super) fn of(image: &'a Image, grade: &'a Grade) -> Self {
        Self::to(image, grade, Space::Light)
    }

    /// Lines in `last`: pictures with alpha are of light alone.
    pub(super) fn to(image: &'a Image, grade: &'a Grade, last: Space) -> Self {
        let read = || From::Lines(Box::new(Reader::new(image)));
        let from = |given| Direct::of(image, given).map_or_else(read, From::Codes);
        Self::with(from, image, grade, last)
    }

    /// The same, of lines that are made: `image` says what they are.
    pub(super) fn made(
        reader: Box<dyn Lines + 'a>,
        image: &'a Image,
        grade: &'a Grade,
        last: Space,
    ) -> Self {
        Self::with(|_| From::Lines(reader), image, grade, last)
    }

    fn with(
        from: impl FnOnce(Space) -> From<'a>,
        image: &Image,
        grade: &'a Grade,
        last: Space,
    ) -> Self {
        let matrix = primaries::between(image.colour.primaries, WORKING.primaries);
        let is_like_working =
            matrix.is_none() && light::is_same(image.colour.transfer, WORKING.transfer);
        let last = if image.format.alpha { Space::Light } else { last };
        let given = if is_like_working { grade.begins_in(last) } else { Space::Light };
        let is_linear = matrix.is_none() && image.colour.transfer == Transfer::Linear;
        let is_premultiplied = image.format.alpha && image.alpha == AlphaMode::Premultiplied;
        Self {
            from: from(given),
            transfer: image.colour.transfer,
            matrix,
            is_light_already: is_linear && is_premultiplied && grade.is_empty(),
            alpha: image.format.alpha.then_some(image.alpha),
            is_unbounded: image.format.depth == Depth::F32,
            grade,
            spaces: [given, last],
        }
    }

    /// Whether there is alpha.
    pub(super) const fn has_alpha(&self) -> bool {
        self.alpha.is_some()
    }

    /// Whether alpha may be less than 0 and more than 1.
    pub(super) const fn is_unbounded(&self) -> bool {
        self.is_unbounded
    }

    /// Line `y`; alpha only where there is any.
    pub(super) fn line(&mut self, y: usize, [red, green, blue, alpha]: [&mut [f32]; 4]) {
        let mut channels = [red, green, blue, alpha];
        let is_graded = !self.grade.is_empty();
        match &mut self.from {
            From::Codes(direct) if self.alpha.is_some() && !is_graded => {
                return direct.multiplied(y, channels);
            }
            From::Codes(direct) => direct.line(y, lent(&mut channels)),
            From::Lines(lines) => {
                lines.line(y, lent(&mut channels));
                if self.is_light_already {
                    return;
                }
                self.straighten(lent(&mut channels));
            }
        }
        let [red, green, blue, alpha] = channels;
        let Some(mode) = self.alpha else {
            return self.grade.through(self.spaces, [red, green, blue]);
        };
        if is_graded {
            self.grade_seen([&mut *red, &mut *green, &mut *blue], alpha);
        }
        [red, green, blue].into_iter().for_each(|channel| multiply(channel, alpha, mode));
    }

    /// Lays line `y` over `below`, of which nothing is clear, where that is done at once; whether it is.
    pub(super) fn lay(&self, y: usize, below: [&mut [f32]; 3], opacity: f32) -> bool {
        match &self.from {
            From::Codes(direct) if self.alpha.is_some() && self.grade.is_empty() => {
                direct.lay(y, below, opacity);
                true
            }
            _ => false,
        }
    }

    /// What was read as straight colours, in the space that the grade is given.
    fn straighten(&self, [red, green, blue, alpha]: [&mut [f32]; 4]) {
        if self.alpha == Some(AlphaMode::Premultiplied) {
            for channel in [&mut *red, &mut *green, &mut *blue] {
                divide(channel, alpha);
            }
        }
        if self.spaces[0] == Space::Light {
            self.relight([red, green, blue]);
        }
    }

    /// From the picture's coded values to light.
    fn relight(&self, mut channels: [&mut [f32]; 3]) {
        channels.iter_mut().for_each(|channel| light::decode(self.transfer, channel));
        if let Some(matrix) = &self.matrix {
            convert::apply(matrix, channels);
        }
    }

    /// Grades what is not clear; what is clear becomes light as it is.
    fn grade_seen(&self, mut channels: [&mut [f32]; 3], alpha: &[f32]) {
        let mut end = 0;
        for run in alpha.chunk_by(|one, next| (*one > 0.0) == (*next > 0.0)) {
            let start = end;
            end += run.len();
            let part = channels.each_mut().map(|channel| &mut channel[start..end]);
            if run.first().is_some_and(|alpha| *alpha > 0.0) {
                self.grade.through(self.spaces, part);
            } else if self.spaces[0] == Space::Display {
                self.relight(part);
            }
        }
    }
}

/// The same lines, for a while.
pub(super) fn lent<'b>(channels: &'b mut [&mut [f32]; 4]) -> [&'b mut [f32]; 4] {
    channels.each_mut().map(|channel| &mut **channel)
}

/// Colour that was multiplied, by alpha. What is clear keeps its colour.
fn divide(channel: &mut [f32], alpha: &[f32]) {
    pulp::Arch::new().dispatch(
        #[inline(always)]
        move || {
            for (value, alpha) in channel.iter_mut().zip(alpha) {
                *value = if *alpha > 0.0 { *value / alpha } else { *value };
            }
        },
    );
}

/// Colour by alpha. What is clear keeps its colour, as light that is added, if it came multiplied.
fn multiply(channel: &mut [f32], alpha: &[f32], mode: AlphaMode) {
    let kept = if mode == AlphaMode::Straight { 0.0 } else { 1.0 };
    pulp::Arch::new().dispatch(
        #[inline(always)]
        move || {
            for (value, alpha) in channel.iter_mut().zip(alpha) {
                *value *= if *alpha > 0.0 { *alpha } else { kept };
            }
        },
    );
}
