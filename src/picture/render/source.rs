//! A picture as lines of premultiplied scene-linear light.

use crate::picture::convert::primaries::{self, Matrix3};
use crate::picture::convert::{Lines as _, Reader};
use crate::picture::{WORKING, convert, light};
use crate::signal::{AlphaMode, Image, PixelFormat, Transfer};

/// Red, green, blue, alpha.
pub(super) type Pixel = [f32; 4];

/// A picture's reader and the way to light.
pub(super) struct Light<'a> {
    reader: Reader<'a>,
    transfer: Transfer,
    matrix: Option<Matrix3>,
    alpha: Option<AlphaMode>,
    channels: [Vec<f32>; 4],
    /// The way of 8-bit red, green and blue: the light of every code.
    direct: Option<(&'a Image, Box<[f32; 256]>)>,
}

impl<'a> Light<'a> {
    pub(super) fn of(image: &'a Image) -> Self {
        let width = image.width as usize;
        let matrix = primaries::between(image.colour.primaries, WORKING.primaries);
        let is_direct = image.format == PixelFormat::RGB8 && matrix.is_none();
        Self {
            reader: Reader::new(image),
            transfer: image.colour.transfer,
            matrix,
            alpha: image.format.alpha.then_some(image.alpha),
            channels: std::array::from_fn(|_| vec![1.0; width]),
            direct: is_direct.then(|| (image, table(image))),
        }
    }

    /// Whether there is alpha.
    pub(super) const fn has_alpha(&self) -> bool {
        self.alpha.is_some()
    }

    /// Line `y`.
    pub(super) fn line(&mut self, y: usize, out: &mut [Pixel]) {
        if let Some((image, table)) = &self.direct {
            return look_up(image, table, y, out);
        }
        self.reader.line(y, self.channels.each_mut().map(|channel| &mut channel[..]));
        let [red, green, blue, alpha] = &mut self.channels;
        if self.alpha == Some(AlphaMode::Premultiplied) {
            for channel in [&mut *red, &mut *green, &mut *blue] {
                for (value, alpha) in channel.iter_mut().zip(&*alpha) {
                    *value = if *alpha > 0.0 { *value / alpha } else { *value };
                }
            }
        }
        for channel in [&mut *red, &mut *green, &mut *blue] {
            light::decode(self.transfer, channel);
        }
        if let Some(matrix) = &self.matrix {
            convert::apply(matrix, [red, green, blue]);
        }
        interleave([red, green, blue, alpha], self.alpha, out);
    }
}

/// The light of every 8-bit code of a picture's planes.
fn table(image: &Image) -> Box<[f32; 256]> {
    let codes: [u8; 256] = std::array::from_fn(|code| code as u8);
    let mut light = Box::new([0.0; 256]);
    convert::codes_of(image.format, image.colour, 0).read(&codes, &mut light[..]);
    light::decode(image.colour.transfer, &mut light[..]);
    light
}

fn look_up(image: &Image, table: &[f32; 256], y: usize, out: &mut [Pixel]) {
    let plane = |index: usize| image.planes[index].line(y, image.line_bytes(index));
    let (green, blue, red) = (plane(0), plane(1), plane(2));
    let light = |code: &u8| table[usize::from(*code)];
    for (((out, red), green), blue) in out.iter_mut().zip(red).zip(green).zip(blue) {
        *out = [light(red), light(green), light(blue), 1.0];
    }
}

fn interleave(channels: [&[f32]; 4], mode: Option<AlphaMode>, out: &mut [Pixel]) {
    let [red, green, blue, alpha] = channels.map(|channel| &channel[..out.len()]);
    pulp::Arch::new().dispatch(|| {
        if let Some(mode) = mode {
            let kept = if mode == AlphaMode::Straight { 0.0 } else { 1.0 };
            for (x, out) in out.iter_mut().enumerate() {
                let a = alpha[x];
                let part = if a > 0.0 { a } else { kept };
                *out = [red[x] * part, green[x] * part, blue[x] * part, a];
            }
        } else {
            for (x, out) in out.iter_mut().enumerate() {
                *out = [red[x], green[x], blue[x], 1.0];
            }
        }
    });
}

/// Takes back what the filter's negative lobes did to alpha: below 0 there is none, above 1 the
/// colour stays and alpha is 1.
pub(super) fn hold_alpha(line: &mut [Pixel]) {
    for pixel in line {
        let alpha = pixel[3];
        if alpha < 0.0 {
            *pixel = pixel.map(|value| if value > 0.0 { value } else { 0.0 });
        } else if alpha > 1.0 {
            *pixel = pixel.map(|value| value / alpha);
            pixel[3] = 1.0;
        }
    }
}
