//! Glyphs that have colours of their own, emoji above all: paint graphs (`COLR`) and bitmaps (`sbix`, `CBDT`).
//!
//! Such a glyph is put together in display-coded colour, as whoever drew its font saw it and as every other
//! program shows it; then it becomes light, and is laid as light like all else.

mod bitmap;
mod brush;
mod graph;
mod merge;
mod sheet;

use super::outlines::{Place, REACH};
use super::shape::{Face, Glyph, Laid};
use crate::light;
use signal::Transfer;
use skrifa::bitmap::{BitmapFormat, BitmapStrikes};
use skrifa::instance::{NormalizedCoord, Size};
use skrifa::raw::TableProvider as _;
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

pub(super) use sheet::Sheet;

/// Whether a font has glyphs in colour.
pub(super) fn is_coloured(bytes: &[u8], index: u32) -> bool {
    FontRef::from_index(bytes, index)
        .is_ok_and(|font| font.colr().is_ok() || font.sbix().is_ok() || font.cbdt().is_ok())
}

/// Whether a glyph has colours of its own.
pub(super) fn has(face: &Face, font: &FontRef<'_>, glyph: &Glyph) -> bool {
    let id = GlyphId::new(glyph.id);
    face.is_coloured
        && (font.color_glyphs().get(id).is_some() || picture_of(font, glyph.size, id).is_some())
}

/// The bitmap of a glyph that suits a size best.
fn picture_of<'a>(
    font: &FontRef<'a>,
    size: f32,
    id: GlyphId,
) -> Option<skrifa::bitmap::BitmapGlyph<'a>> {
    [BitmapFormat::Sbix, BitmapFormat::Cbdt].into_iter().find_map(|format| {
        BitmapStrikes::with_format(font, format)?.glyph_for_size(Size::new(size), id)
    })
}

/// Draws the glyphs of a text that have colours and for which `is_shown` is true onto a sheet, in light.
/// `text` is the light of what a font paints in the colour of the text.
pub(super) fn draw(
    laid: &Laid,
    place: Place,
    is_shown: impl Fn(usize) -> bool,
    text: [f32; 4],
    sheet: &mut Sheet,
) {
    let mut text = [text[0], text[1], text[2]];
    light::encode(Transfer::Bt709, &mut text);
    for (index, face) in laid.fonts.iter().enumerate().filter(|(_, face)| face.is_coloured) {
        let Ok(font) = FontRef::from_index(face.data.data.as_ref(), face.data.index) else {
            continue;
        };
        let own = laid.glyphs.iter().filter(|glyph| glyph.font == index && is_shown(glyph.byte));
        for glyph in own {
            if let Some(mut drawn) = one(face, &font, glyph, place, (text, sheet)) {
                drawn.lighten();
                sheet.lay(&drawn);
            }
        }
    }
}

/// A glyph in display-coded colour; `None` where it has none, or lies beside the sheet.
fn one(
    face: &Face,
    font: &FontRef<'_>,
    glyph: &Glyph,
    place: Place,
    (text, sheet): ([f32; 3], &Sheet),
) -> Option<Sheet> {
    let (id, size) = (GlyphId::new(glyph.id), f64::from(glyph.size) * place.scale);
    let origin = place.of(f64::from(glyph.x), f64::from(glyph.y));
    if !sheet.is_near(origin, size * REACH) {
        return None;
    }
    let shear = f64::from(glyph.skew).to_radians().tan();
    let units = f64::from(font.head().ok()?.units_per_em().max(1));
    let scale = size / units;
    if let Some(coloured) = font.color_glyphs().get(id) {
        let map = [scale, 0.0, scale * shear, -scale, origin[0], origin[1]];
        let coords: Vec<_> =
            face.coords.iter().map(|bits| NormalizedCoord::from_bits(*bits)).collect();
        return graph::drawn(font, (&coloured, &coords), (map, text), sheet.bounds());
    }
    let bitmap = picture_of(font, size as f32, id)?;
    bitmap::drawn(&bitmap, (origin, shear), (size, scale), sheet.bounds())
}
