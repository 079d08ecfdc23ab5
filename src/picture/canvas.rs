//! A whole picture in floats, channel by channel: what filters and masks work on.

use super::grade::{Grade, Space};
use super::{WORKING, kept, light};
use rayon::prelude::*;
use signal::{AlphaMode, Colour, Depth, Image, Model, PixelFormat, Plane, Transfer};

/// A picture of red, green, blue and alpha in floats: in [`Space::Light`] premultiplied, in [`Space::Display`] straight.
#[derive(Debug, PartialEq)]
pub struct Canvas {
    /// Pixels across.
    pub width: usize,
    /// Lines.
    pub height: usize,
    /// What its numbers are.
    pub space: Space,
    /// Red, green, blue and alpha, line after line.
    pub channels: [Vec<f32>; 4],
}

/// Lines that are worked on at a time.
pub(crate) const BAND: usize = 16;

impl Canvas {
    /// A clear picture.
    pub fn clear(width: usize, height: usize, space: Space) -> Self {
        let channels = std::array::from_fn(|_| kept::zeros(width * height));
        Self { width, height, space, channels }
    }

    /// A picture of that size whose numbers are all to be set: what they are is not defined.
    pub(crate) fn unset(width: usize, height: usize, space: Space) -> Self {
        let channels = std::array::from_fn(|_| kept::take(width * height));
        Self { width, height, space, channels }
    }

    /// Pixels in what counts as one: lengths are stated for pictures of 1080 lines.
    pub fn unit(&self) -> f64 {
        self.height as f64 / 1080.0
    }

    /// The pixel in column `x` of line `y`.
    pub fn pixel(&self, x: usize, y: usize) -> [f32; 4] {
        self.channels.each_ref().map(|channel| channel[y * self.width + x])
    }

    /// Line `y`.
    pub fn line(&self, y: usize) -> [&[f32]; 4] {
        self.channels.each_ref().map(|channel| &channel[y * self.width..(y + 1) * self.width])
    }

    /// Does `work` to bands of whole lines, on all threads where they are shared: given the number of the first line, and
    /// red, green, blue and alpha of the lines from there on.
    pub fn bands(&mut self, work: impl Fn(usize, [&mut [f32]; 4]) + Sync) {
        let length = (self.width * BAND).max(1);
        let [red, green, blue, alpha] = &mut self.channels;
        let colours = red.par_chunks_mut(length).zip(green.par_chunks_mut(length));
        let rest = blue.par_chunks_mut(length).zip(alpha.par_chunks_mut(length));
        let bands = colours.zip(rest).enumerate();
        bands.for_each(|(band, ((red, green), (blue, alpha)))| {
            work(band * BAND, [red, green, blue, alpha]);
        });
    }

    /// The same picture in other numbers.
    pub fn turn(&mut self, space: Space) {
        match (std::mem::replace(&mut self.space, space), space) {
            (Space::Light, Space::Display) => self.bands(|_, [red, green, blue, alpha]| {
                for channel in [red, green, blue] {
                    straighten(channel, alpha);
                    light::encode(WORKING.transfer, channel);
                }
            }),
            (Space::Display, Space::Light) => self.bands(|_, [red, green, blue, alpha]| {
                for channel in [red, green, blue] {
                    light::decode(WORKING.transfer, channel);
                    multiply(channel, alpha);
                }
            }),
            _ => {}
        }
    }

    /// Does a grade's operations to what is not clear.
    pub(super) fn grade(&mut self, grade: &Grade) {
        let space = self.space;
        self.bands(|_, [red, green, blue, alpha]| {
            if space == Space::Light {
                for channel in [&mut *red, &mut *green, &mut *blue] {
                    straighten(channel, alpha);
                }
            }
            let mut end = 0;
            for run in alpha.chunk_by(|one, next| (*one > 0.0) == (*next > 0.0)) {
                let start = end;
                end += run.len();
                if run[0] > 0.0 {
                    let seen = [&mut *red, &mut *green, &mut *blue];
                    grade.within(space, seen.map(|channel| &mut channel[start..end]));
                }
            }
            if space == Space::Light {
                [red, green, blue].into_iter().for_each(|channel| multiply(channel, alpha));
            }
        });
    }

    /// As a picture: without a plane of alpha where nothing is clear.
    pub(crate) fn into_image(self) -> Image {
        let is_opaque = self.is_opaque();
        let (colour, alpha) = match self.space {
            Space::Light => {
                (Colour { transfer: Transfer::Linear, ..WORKING }, AlphaMode::Premultiplied)
            }
            Space::Display => (WORKING, AlphaMode::Straight),
        };
        let (width, height) = (self.width, self.height);
        let [red, green, blue, clear] = &self.channels;
        let count = if is_opaque { 3 } else { 4 };
        let planes = [green, blue, red, clear].into_par_iter().take(count);
        Image {
            width: width as u32,
            height: height as u32,
            format: PixelFormat { model: Model::Rgb, alpha: !is_opaque, depth: Depth::F32 },
            colour,
            alpha,
            planes: planes.map(|plane| plane_of(plane, width)).collect(),
        }
    }

    /// Whether nothing of it is clear.
    pub fn is_opaque(&self) -> bool {
        self.channels[3].iter().all(|alpha| *alpha == 1.0)
    }
}

impl Clone for Canvas {
    fn clone(&self) -> Self {
        let channels = self.channels.each_ref().map(|channel| kept::copy(channel));
        Self { width: self.width, height: self.height, space: self.space, channels }
    }
}

impl Drop for Canvas {
    fn drop(&mut self) {
        std::mem::take(&mut self.channels).into_iter().for_each(kept::give);
    }
}

fn plane_of(values: &[f32], width: usize) -> Plane {
    let mut bytes = vec![0; values.len() * 4];
    let (fours, _) = bytes.as_chunks_mut::<4>();
    fours.iter_mut().zip(values).for_each(|(bytes, value)| *bytes = value.to_ne_bytes());
    Plane::packed(bytes, width * 4)
}

/// Colour as if opaque; what is clear keeps its numbers.
pub(super) fn straighten(channel: &mut [f32], alpha: &[f32]) {
    for (value, alpha) in channel.iter_mut().zip(alpha) {
        *value = if *alpha > 0.0 { *value / alpha } else { *value };
    }
}

/// Colour times alpha; light that adds without covering keeps its numbers.
fn multiply(channel: &mut [f32], alpha: &[f32]) {
    for (value, alpha) in channel.iter_mut().zip(alpha) {
        *value = if *alpha > 0.0 { *value * alpha } else { *value };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_that_adds_survives_a_change_of_numbers() {
        let mut canvas = Canvas::clear(2, 1, Space::Light);
        canvas.channels = [vec![0.25, 0.3], vec![0.125, 0.1], vec![0.5, 0.0], vec![0.5, 0.0]];
        let before = canvas.clone();
        canvas.turn(Space::Display);
        canvas.turn(Space::Light);
        for (one, other) in before.channels.iter().zip(&canvas.channels) {
            for (one, other) in one.iter().zip(other) {
                assert!((one - other).abs() < 1e-5, "{one} {other}");
            }
        }
    }
}
