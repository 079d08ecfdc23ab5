//! What a still's own chunks say of its colours, where its decoder does not tell.

use crate::ffmpeg::{Tags, open_plain};
use crate::media::{exif, profile};
use crate::signal::{Primaries, Range, Transfer};
use std::path::Path;

/// The most bytes of a PNG file's chunks that are kept.
pub(super) const MOST: usize = 16 << 20;

/// Bytes of a PNG file that are read at a time.
const PART: usize = 1 << 18;

/// An open PNG file whose chunks before the picture were read.
pub(super) type Png = png::Reader<std::io::BufReader<std::fs::File>>;

/// Reads the chunks before the picture of a PNG file, if it is one.
pub(super) fn open_png(path: &Path) -> Option<Png> {
    let file = open_plain(path).ok()?;
    let (limits, file) =
        (png::Limits { bytes: MOST }, std::io::BufReader::with_capacity(PART, file));
    png::Decoder::new_with_limits(file, limits).read_info().ok()
}

/// The tags of a still: what its decoder said, and where that is nothing, what its chunks, its ICC
/// `profile` or its EXIF say. What FFmpeg tells of TIFF files is made up, and not heeded. Red, green and blue in a still are full range.
pub(super) fn of_still(path: &Path, start: &[u8], decoded: Tags, icc: Option<&[u8]>) -> Tags {
    let is_tiff = start.starts_with(b"II*\0") || start.starts_with(b"MM\0*");
    let decoded = if is_tiff { Tags::default() } else { decoded };
    let is_png = start.starts_with(b"\x89PNG");
    let png = if is_png { open_png(path).map(|reader| of_png(reader.info())) } else { None };
    let of_profile = || {
        icc.and_then(profile::understand).map(|(primaries, transfer)| Tags {
            primaries: Some(primaries),
            transfer: Some(transfer),
            ..Tags::default()
        })
    };
    let of_exif = || exif::is_srgb(path).then(srgb);
    let found = png
        .flatten()
        .or_else(of_profile)
        .or_else(|| if icc.is_none() && !is_png { of_exif() } else { None })
        .unwrap_or_default();
    Tags {
        primaries: found.primaries.or(decoded.primaries),
        transfer: found.transfer.or(decoded.transfer),
        range: found.range.or(decoded.range),
        ..decoded
    }
}

fn srgb() -> Tags {
    Tags { primaries: Some(Primaries::Bt709), transfer: Some(Transfer::Srgb), ..Tags::default() }
}

/// The chunks in the order in which they count (PNG, third edition, 4.3): cICP, iCCP, sRGB, then
/// gAMA and cHRM.
fn of_png(info: &png::Info<'_>) -> Option<Tags> {
    if let Some(points) = info.coding_independent_code_points {
        let (primaries, transfer) = (points.color_primaries, points.transfer_function);
        let range = if points.is_video_full_range_image { Range::Full } else { Range::Limited };
        let tags = Tags::from_code_points(primaries.into(), transfer.into());
        return Some(Tags { range: Some(range), ..tags });
    }
    let full = |tags: Tags| Tags { range: Some(Range::Full), ..tags };
    if let Some(profile) = &info.icc_profile {
        let (primaries, transfer) = profile::understand(profile)?;
        let tags = Tags { primaries: Some(primaries), transfer: Some(transfer), ..Tags::default() };
        return Some(full(tags));
    }
    if info.srgb.is_some() {
        return Some(full(srgb()));
    }
    let gamma = info.gama_chunk.map(png::ScaledFloat::into_value);
    let colours = info.chrm_chunk.map(|chunk| chromaticities(&chunk));
    let tags = Tags {
        primaries: colours.flatten(),
        transfer: gamma.and_then(of_gamma),
        ..Tags::default()
    };
    (tags != Tags::default()).then(|| full(tags))
}

/// The transfer of a stated gamma, which is the power from light to numbers.
fn of_gamma(gamma: f32) -> Option<Transfer> {
    let known =
        [(1.0 / 2.2, Transfer::Gamma22), (1.0 / 2.8, Transfer::Gamma28), (1.0, Transfer::Linear)];
    known.into_iter().find(|(known, _)| (gamma - known).abs() < 0.002).map(|(_, transfer)| transfer)
}

fn chromaticities(chunk: &png::SourceChromaticities) -> Option<Primaries> {
    let known = [
        (Primaries::Bt709, [0.64, 0.33, 0.30, 0.60, 0.15, 0.06]),
        (Primaries::P3D65, [0.68, 0.32, 0.265, 0.69, 0.15, 0.06]),
        (Primaries::Bt2020, [0.708, 0.292, 0.17, 0.797, 0.131, 0.046]),
    ];
    let said = [chunk.red, chunk.green, chunk.blue].map(|(x, y)| [x.into_value(), y.into_value()]);
    let near = |space: &&(Primaries, [f32; 6])| {
        space.1.iter().zip(said.as_flattened()).all(|(a, b)| (a - b).abs() < 0.002)
    };
    known.iter().find(near).map(|(primaries, _)| *primaries)
}
