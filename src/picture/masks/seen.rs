//! Masks by what is in a picture: every pixel's display-coded colour, and ranges with soft ends.

use super::Matte;
use crate::canvas::{Canvas, straighten};
use crate::grade::Space;
use crate::{WORKING, light};
use rayon::prelude::*;

/// A matte from every pixel's display-coded colour and alpha.
pub(crate) fn coded(picture: &Canvas, cover: impl Fn([f32; 3], f32) -> f32 + Sync) -> Matte {
    let width = picture.width.max(1);
    let mut matte = Matte::even(picture.width, picture.height, 0.0);
    matte.values.par_chunks_mut(width).enumerate().for_each(|(y, line)| {
        let [red, green, blue, alpha] = picture.line(y);
        let mut colours = [red.to_vec(), green.to_vec(), blue.to_vec()];
        if picture.space == Space::Light {
            for channel in &mut colours {
                straighten(channel, alpha);
                light::encode(WORKING.transfer, channel);
            }
        }
        let [red, green, blue] = &colours;
        let all = red.iter().zip(green).zip(blue).zip(alpha);
        for (value, (((red, green), blue), alpha)) in line.iter_mut().zip(all) {
            *value = cover([*red, *green, *blue], *alpha).clamp(0.0, 1.0);
        }
    });
    matte
}

/// BT.709's luma.
pub(crate) fn luma([red, green, blue]: [f32; 3]) -> f32 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// 1 from `low` to `high`, and straight down to 0 over `soft` beyond each.
pub(super) fn within(value: f32, [low, high]: [f32; 2], soft: f32) -> f32 {
    let outside = (low - value).max(value - high).max(0.0);
    if outside <= 0.0 { 1.0 } else { (1.0 - outside / soft.max(1e-6)).max(0.0) }
}
