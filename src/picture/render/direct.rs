//! The shortest way to light: every 8-bit code of red, green and blue is looked up.

use crate::convert;
use crate::convert::primaries;
use crate::grade::Space;
use crate::{WORKING, light};
use signal::{AlphaMode, Depth, Image, Model, PixelFormat, by_eight};

/// What every 8-bit code of a picture's planes becomes.
pub(super) struct Direct<'a> {
    image: &'a Image,
    colours: Box<[f32; 256]>,
}

impl<'a> Direct<'a> {
    /// The way of `image` to light or to its coded values, if its codes can be looked up: alpha is straight then.
    pub(super) fn of(image: &'a Image, given: Space) -> Option<Self> {
        let PixelFormat { model, alpha, depth } = image.format;
        let is_plain = model == Model::Rgb && depth == Depth::U8;
        let is_straight = !alpha || image.alpha == AlphaMode::Straight;
        let keeps_primaries =
            primaries::between(image.colour.primaries, WORKING.primaries).is_none();
        let is_direct = is_plain && is_straight && keeps_primaries;
        is_direct.then(|| Self { image, colours: table(image, given) })
    }

    /// Line `y` of red, green, blue and, where there is any, alpha.
    pub(super) fn line(&self, y: usize, [red, green, blue, alpha]: [&mut [f32]; 4]) {
        for (plane, channel) in [green, blue, red].into_iter().enumerate() {
            let (codes, table) = (self.codes(plane, y), &*self.colours);
            by_eight(
                #[inline(always)]
                move || look_up(channel, codes, table),
            );
        }
        if self.image.format.alpha {
            self.alpha(y, alpha);
        }
    }

    /// The same, of a picture with alpha, colours times alpha.
    pub(super) fn multiplied(&self, y: usize, [red, green, blue, alpha]: [&mut [f32]; 4]) {
        self.alpha(y, alpha);
        let alpha = &*alpha;
        for (plane, channel) in [green, blue, red].into_iter().enumerate() {
            let (codes, table) = (self.codes(plane, y), &*self.colours);
            by_eight(
                #[inline(always)]
                move || look_up_times(channel, codes, table, alpha),
            );
        }
    }

    /// Lays line `y` of a picture with alpha, `opacity` of it, over `below`, of which nothing is clear: as
    /// [`Self::multiplied`] and [`crate::blend::lay_on_opaque`] do it, without a line in between.
    pub(super) fn lay(&self, y: usize, below: [&mut [f32]; 3], opacity: f32) {
        let [green, blue, red, alpha] = [0, 1, 2, 3].map(|plane| self.codes(plane, y));
        let mut row =
            Row { codes: [red, green, blue], table: &self.colours, alpha, below, opacity };
        #[cfg(target_arch = "x86_64")]
        {
            let laid = super::sixteen::lay(&mut row);
            row.skip(laid);
        }
        by_eight(
            #[inline(always)]
            move || row.lay_plainly(),
        );
    }

    fn alpha(&self, y: usize, out: &mut [f32]) {
        let Image { format, colour, .. } = self.image;
        convert::codes_of(*format, *colour, 3).read(self.codes(3, y), out);
    }

    fn codes(&self, plane: usize, y: usize) -> &'a [u8] {
        self.image.planes[plane].line(y, self.image.line_bytes(plane))
    }
}

/// A row of codes with their alpha, and what it is laid over.
pub(super) struct Row<'a> {
    /// Codes of red, green and blue.
    pub(super) codes: [&'a [u8]; 3],
    /// What each code is.
    pub(super) table: &'a [f32; 256],
    /// Codes of alpha.
    pub(super) alpha: &'a [u8],
    /// What is below, of which nothing is clear.
    pub(super) below: [&'a mut [f32]; 3],
    /// How much of the row counts.
    pub(super) opacity: f32,
}

impl Row<'_> {
    /// Goes on behind so many pixels.
    fn skip(&mut self, count: usize) {
        self.codes = self.codes.map(|codes| &codes[count..]);
        self.alpha = &self.alpha[count..];
        self.below = self.below.each_mut().map(|below| &mut std::mem::take(below)[count..]);
    }

    #[inline(always)]
    fn lay_plainly(&mut self) {
        for (below, codes) in self.below.iter_mut().zip(self.codes) {
            lay_over(below, codes, self.table, self.alpha, self.opacity);
        }
    }
}

/// A channel of codes over what is below.
#[inline(always)]
fn lay_over(below: &mut [f32], codes: &[u8], table: &[f32; 256], alpha: &[u8], opacity: f32) {
    for ((below, code), alpha) in below.iter_mut().zip(codes).zip(alpha) {
        let alpha = f32::from(*alpha) * ALPHA;
        let light = table[usize::from(*code)] * alpha;
        *below = light * opacity + *below * (1.0 - alpha * opacity);
    }
}

/// A code of alpha.
pub(super) const ALPHA: f32 = 1.0 / 255.0;

/// What codes are in a table. (A function, as its arguments are known to lie apart: what a closure holds is not.)
#[inline(always)]
fn look_up(values: &mut [f32], codes: &[u8], table: &[f32; 256]) {
    for (value, code) in values.iter_mut().zip(codes) {
        *value = table[usize::from(*code)];
    }
}

/// The same, times alpha.
#[inline(always)]
fn look_up_times(values: &mut [f32], codes: &[u8], table: &[f32; 256], alpha: &[f32]) {
    for ((value, code), alpha) in values.iter_mut().zip(codes).zip(alpha) {
        *value = table[usize::from(*code)] * alpha;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blend::{self, Blend};
    use crate::render::line::Line;
    use signal::{Colour, Plane};

    /// Not a multiple of sixteen.
    const WIDTH: usize = 16 * 5 + 3;

    fn picture() -> Image {
        let codes =
            |plane: usize| (0..WIDTH).map(|x| ((x * 37 + plane * 91) % 256) as u8).collect();
        Image {
            width: WIDTH as u32,
            height: 1,
            format: PixelFormat { model: Model::Rgb, alpha: true, depth: Depth::U8 },
            colour: Colour::SRGB,
            alpha: AlphaMode::Straight,
            planes: (0..4).map(|plane| Plane::packed(codes(plane), WIDTH)).collect(),
        }
    }

    #[test]
    fn codes_that_are_laid_at_once_give_the_bits_of_a_line_in_between() {
        let image = picture();
        let direct = Direct::of(&image, Space::Light).unwrap();
        let below: Vec<f32> = (0..WIDTH).map(|x| x as f32 / 60.0 - 0.1).collect();
        for opacity in [1.0, 0.3] {
            let mut at_once = [(); 3].map(|()| below.clone());
            direct.lay(0, at_once.each_mut().map(|channel| &mut channel[..]), opacity);
            let mut line = Line::new(WIDTH);
            direct.multiplied(0, line.shown_mut());
            let mut laid = [(); 4].map(|()| below.clone());
            let channels = laid.each_mut().map(|channel| &mut channel[..]);
            blend::lay_on_opaque(line.shown(), channels, opacity, Blend::Normal);
            assert_eq!(at_once[..], laid[..3], "{opacity}");
        }
    }
}
