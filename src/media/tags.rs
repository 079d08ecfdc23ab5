//! Colour tags as the document spells them.

use crate::signal::{Colour, Matrix, Primaries, Range, Transfer};
use timeline_format::Extra;
use timeline_format::media::ColourTags;

/// The document's words for what the numbers mean.
pub(super) fn spell(colour: Colour, guessed: bool) -> ColourTags {
    let primaries = match colour.primaries {
        Primaries::Bt709 => "bt709",
        Primaries::Bt601Ntsc => "bt601-525",
        Primaries::Bt601Pal => "bt601-625",
        Primaries::Bt2020 => "bt2020",
        Primaries::P3D65 => "p3-d65",
    };
    let transfer = match colour.transfer {
        Transfer::Bt709 => "bt709",
        Transfer::Srgb => "srgb",
        Transfer::Gamma22 => "gamma22",
        Transfer::Gamma28 => "gamma28",
        Transfer::Linear => "linear",
        Transfer::Pq => "pq",
        Transfer::Hlg => "hlg",
    };
    let matrix = match colour.matrix {
        Matrix::Rgb => "rgb",
        Matrix::Bt709 => "bt709",
        Matrix::Bt601 => "bt601",
        Matrix::Bt2020 => "bt2020-ncl",
    };
    let range = match colour.range {
        Range::Full => "full",
        Range::Limited => "limited",
    };
    let [primaries, transfer, matrix, range] =
        [primaries, transfer, matrix, range].map(str::to_owned);
    ColourTags { primaries, transfer, matrix, range, guessed, extra: Extra::new() }
}
