//! How a part of a glyph meets what was painted before it: the modes of `COLR`.

use super::sheet::Sheet;
use crate::blend::{self, Blend};
use skrifa::color::CompositeMode;

/// Merges a sheet into the one below, of the same place and size.
pub(super) fn merge(above: &Sheet, below: &mut Sheet, mode: CompositeMode) {
    if let Some(blend) = blend(mode) {
        let below = below.planes.each_mut().map(Vec::as_mut_slice);
        blend::lay(above.planes.each_ref().map(Vec::as_slice), below, 1.0, blend);
        return;
    }
    for index in 0..above.planes[3].len() {
        let [source, backdrop] = [above.planes[3][index], below.planes[3][index]];
        let [own, kept] = shares(mode, source, backdrop);
        for (below, above) in below.planes.iter_mut().zip(&above.planes) {
            below[index] = (above[index] * own + below[index] * kept).min(1.0);
        }
    }
}

/// How much of a source and of its backdrop are seen, by their alphas (Porter and Duff, 1984).
const fn shares(mode: CompositeMode, source: f32, backdrop: f32) -> [f32; 2] {
    let (without_source, without_backdrop) = (1.0 - source, 1.0 - backdrop);
    match mode {
        CompositeMode::Clear => [0.0, 0.0],
        CompositeMode::Src => [1.0, 0.0],
        CompositeMode::Dest => [0.0, 1.0],
        CompositeMode::DestOver => [without_backdrop, 1.0],
        CompositeMode::SrcIn => [backdrop, 0.0],
        CompositeMode::DestIn => [0.0, source],
        CompositeMode::SrcOut => [without_backdrop, 0.0],
        CompositeMode::DestOut => [0.0, without_source],
        CompositeMode::SrcAtop => [backdrop, without_source],
        CompositeMode::DestAtop => [without_backdrop, source],
        CompositeMode::Xor => [without_backdrop, without_source],
        CompositeMode::Plus => [1.0, 1.0],
        _ => [1.0, without_source],
    }
}

/// The blend mode that a mode is, where it is one.
const fn blend(mode: CompositeMode) -> Option<Blend> {
    Some(match mode {
        CompositeMode::SrcOver => Blend::Normal,
        CompositeMode::Screen => Blend::Screen,
        CompositeMode::Overlay => Blend::Overlay,
        CompositeMode::Darken => Blend::Darken,
        CompositeMode::Lighten => Blend::Lighten,
        CompositeMode::ColorDodge => Blend::ColourDodge,
        CompositeMode::ColorBurn => Blend::ColourBurn,
        CompositeMode::HardLight => Blend::HardLight,
        CompositeMode::SoftLight => Blend::SoftLight,
        CompositeMode::Difference => Blend::Difference,
        CompositeMode::Exclusion => Blend::Exclusion,
        CompositeMode::Multiply => Blend::Multiply,
        CompositeMode::HslHue => Blend::Hue,
        CompositeMode::HslSaturation => Blend::Saturation,
        CompositeMode::HslColor => Blend::Colour,
        CompositeMode::HslLuminosity => Blend::Luminosity,
        _ => return None,
    })
}
