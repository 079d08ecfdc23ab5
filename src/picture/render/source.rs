//! A picture as lines of premultiplied scene-linear light, or, where it is opaque, of display-coded values.

use crate::convert::primaries::{self, Matrix3};
use crate::convert::{Lines, Reader};
use crate::grade::{Grade, Space};
use crate::{WORKING, convert, light};
use signal::{AlphaMode, Image, PixelFormat, Transfer};

/// A picture's reader and the way to light, with what is done to its colours on it.
pub(super) struct Light<'a> {
    reader: Box<dyn Lines + 'a>,
    transfer: Transfer,
    matrix: Option<Matrix3>,
    alpha: Option<AlphaMode>,
    /// Whether the picture is premultiplied light that is not graded.
    is_light_already: bool,
    grade: &'a Grade,
    /// What the grade is given, and what lines are: coded values are given where it begins with them and the picture
    /// has such.
    spaces: [Space; 2],
    /// The way of 8-bit red, green and blue: what every code becomes.
    direct: Option<(&'a Image, Box<[f32; 256]>)>,
}

impl<'a> Light<'a> {
    /// Lines of light.
    pub(super) fn of(image: &'a Image, grade: &'a Grade) -> Self {
        Self::to(image, grade, Space::Light)
    }

    /// Lines in `last`: pictures with alpha are of light alone.
    pub(super) fn to(image: &'a Image, grade: &'a Grade, last: Space) -> Self {
        Self::made(Box::new(Reader::new(image)), image, grade, last)
    }

    /// The same, of lines that are made: `image` says what they are.
    pub(super) fn made(
        reader: Box<dyn Lines + 'a>,
        image: &'a Image,
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
        let is_direct = image.format == PixelFormat::RGB8 && matrix.is_none();
        Self {
            reader,
            transfer: image.colour.transfer,
            matrix,
            is_light_already: is_linear && is_premultiplied && grade.is_empty(),
            alpha: image.format.alpha.then_some(image.alpha),
            grade,
            spaces: [given, last],
            direct: is_direct.then(|| (image, table(image, given))),
        }
    }

    /// Whether there is alpha.
    pub(super) const fn has_alpha(&self) -> bool {
        self.alpha.is_some()
    }

    /// Line `y`; alpha only where there is any.
    pub(super) fn line(&mut self, y: usize, [red, green, blue, alpha]: [&mut [f32]; 4]) {
        if let Some((image, table)) = &self.direct {
            look_up(image, table, y, [&mut *green, &mut *blue, &mut *red]);
            return self.grade.through(self.spaces, [red, green, blue]);
        }
        self.reader.line(y, [&mut *red, &mut *green, &mut *blue, &mut *alpha]);
        if self.is_light_already {
            return;
        }
        if self.alpha == Some(AlphaMode::Premultiplied) {
            for channel in [&mut *red, &mut *green, &mut *blue] {
                for (value, alpha) in channel.iter_mut().zip(&*alpha) {
                    *value = if *alpha > 0.0 { *value / alpha } else { *value };
                }
            }
        }
        if self.spaces[0] == Space::Light {
            self.relight([&mut *red, &mut *green, &mut *blue]);
        }
        let Some(mode) = self.alpha else {
            return self.grade.through(self.spaces, [red, green, blue]);
        };
        self.grade_seen([&mut *red, &mut *green, &mut *blue], alpha);
        [red, green, blue].into_iter().for_each(|channel| multiply(channel, alpha, mode));
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

/// What every 8-bit code of a picture's planes is: its light, or its coded value.
fn table(image: &Image, given: Space) -> Box<[f32; 256]> {
    let codes: [u8; 256] = std::array::from_fn(|code| code as u8);
    let mut light = Box::new([0.0; 256]);
    convert::codes_of(image.format, image.colour, 0).read(&codes, &mut light[..]);
    if given == Space::Light {
        light::decode(image.colour.transfer, &mut light[..]);
    }
    light
}

fn look_up(image: &Image, table: &[f32; 256], y: usize, channels: [&mut [f32]; 3]) {
    for (index, channel) in channels.into_iter().enumerate() {
        let codes = image.planes[index].line(y, image.line_bytes(index));
        pulp::Arch::new().dispatch(|| {
            for (value, code) in channel.iter_mut().zip(codes) {
                *value = table[usize::from(*code)];
            }
        });
    }
}

/// Colour by alpha. What is clear keeps its colour, as light that is added, if it came multiplied.
fn multiply(channel: &mut [f32], alpha: &[f32], mode: AlphaMode) {
    let kept = if mode == AlphaMode::Straight { 0.0 } else { 1.0 };
    pulp::Arch::new().dispatch(|| {
        for (value, alpha) in channel.iter_mut().zip(alpha) {
            *value *= if *alpha > 0.0 { *alpha } else { kept };
        }
    });
}
