//! A picture as lines of premultiplied scene-linear light.

use crate::picture::convert::primaries::{self, Matrix3};
use crate::picture::convert::{Lines as _, Reader};
use crate::picture::{WORKING, convert, light};
use crate::signal::{AlphaMode, Image, PixelFormat, Transfer};

/// A picture's reader and the way to light.
pub(super) struct Light<'a> {
    reader: Reader<'a>,
    transfer: Transfer,
    matrix: Option<Matrix3>,
    alpha: Option<AlphaMode>,
    /// The way of 8-bit red, green and blue: the light of every code.
    direct: Option<(&'a Image, Box<[f32; 256]>)>,
}

impl<'a> Light<'a> {
    pub(super) fn of(image: &'a Image) -> Self {
        let matrix = primaries::between(image.colour.primaries, WORKING.primaries);
        let is_direct = image.format == PixelFormat::RGB8 && matrix.is_none();
        Self {
            reader: Reader::new(image),
            transfer: image.colour.transfer,
            matrix,
            alpha: image.format.alpha.then_some(image.alpha),
            direct: is_direct.then(|| (image, table(image))),
        }
    }

    /// Whether there is alpha.
    pub(super) const fn has_alpha(&self) -> bool {
        self.alpha.is_some()
    }

    /// Line `y`; alpha only where there is any.
    pub(super) fn line(&mut self, y: usize, [red, green, blue, alpha]: [&mut [f32]; 4]) {
        if let Some((image, table)) = &self.direct {
            return look_up(image, table, y, [green, blue, red]);
        }
        self.reader.line(y, [&mut *red, &mut *green, &mut *blue, &mut *alpha]);
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
            convert::apply(matrix, [&mut *red, &mut *green, &mut *blue]);
        }
        if let Some(mode) = self.alpha {
            [red, green, blue].into_iter().for_each(|channel| multiply(channel, alpha, mode));
        }
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
