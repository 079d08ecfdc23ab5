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

    fn alpha(&self, y: usize, out: &mut [f32]) {
        let Image { format, colour, .. } = self.image;
        convert::codes_of(*format, *colour, 3).read(self.codes(3, y), out);
    }

    fn codes(&self, plane: usize, y: usize) -> &'a [u8] {
        self.image.planes[plane].line(y, self.image.line_bytes(plane))
    }
}

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
