//! What a still's EXIF says: which way is up, and what its maker wrote.

use crate::media::{chunks, floats};
use exif::{Context, Exif, In, Reader, Tag, Value};
use std::path::Path;

/// The most bytes of a TIFF or WebP file that are searched for EXIF, which may lie anywhere there.
const MOST: u64 = 64 << 20;
/// The same of a JPEG file, at whose start it lies (EXIF 2.32, 4.5.4).
const AHEAD: u64 = 1 << 20;

fn read(path: &Path) -> Option<Exif> {
    let start = super::still::start(path, 16);
    if start.starts_with(b"\x89PNG") {
        return Reader::new().read_raw(chunks::exif_of_png(path)?).ok();
    }
    let most = if start.starts_with(b"\xff\xd8\xff") { AHEAD } else { MOST };
    if most == MOST && !is_tiff_or_webp(&start) {
        return None;
    }
    let bytes = super::still::start(path, most);
    Reader::new().read_from_container(&mut std::io::Cursor::new(bytes)).ok()
}

/// Whether a file that starts with these bytes may hold EXIF anywhere.
fn is_tiff_or_webp(start: &[u8]) -> bool {
    let is_webp = start.starts_with(b"RIFF") && start.get(8..12) == Some(b"WEBP");
    is_webp || start.starts_with(b"II*\0") || start.starts_with(b"MM\0*")
}

/// Whether the colours are stated to be sRGB (EXIF 2.32, 4.6.5, tag 40961).
pub(super) fn is_srgb(path: &Path) -> bool {
    let exif = read(path);
    let field = exif.as_ref().and_then(|exif| exif.get_field(Tag::ColorSpace, In::PRIMARY));
    field.and_then(|field| field.value.get_uint(0)) == Some(1)
}

/// Whether a TIFF file states that its colours are multiplied by its alpha (TIFF 6.0, section 18).
pub(super) fn has_associated_alpha(path: &Path, start: &[u8]) -> bool {
    if !start.starts_with(b"II*\0") && !start.starts_with(b"MM\0*") {
        return false;
    }
    let exif = read(path);
    let extra = Tag(Context::Tiff, 338);
    let field = exif.as_ref().and_then(|exif| exif.get_field(extra, In::PRIMARY));
    field.and_then(|field| field.value.get_uint(0)) == Some(u32::from(floats::ASSOCIATED))
}

/// Degrees clockwise to turn the picture for viewing (EXIF 2.32, 4.6.4, tag 274); mirrored
/// pictures are only turned.
pub(super) fn rotation(path: &Path) -> u16 {
    let exif = read(path);
    let field = exif.as_ref().and_then(|exif| exif.get_field(Tag::Orientation, In::PRIMARY));
    match field.and_then(|field| field.value.get_uint(0)) {
        Some(3 | 4) => 180,
        Some(5 | 6) => 90,
        Some(7 | 8) => 270,
        _ => 0,
    }
}

/// The texts that generators write: the comment, the description, the software; a graph where cameras have
/// their make and model.
pub(super) fn texts(path: &Path) -> Vec<(&'static str, String)> {
    let Some(exif) = read(path) else { return Vec::new() };
    let fields = [
        ("parameters", Tag::UserComment),
        ("description", Tag::ImageDescription),
        ("software", Tag::Software),
        ("model", Tag::Model),
        ("make", Tag::Make),
    ];
    let found = fields.into_iter().filter_map(|(name, tag)| {
        let field = exif.get_field(tag, In::PRIMARY)?;
        let text = match &field.value {
            Value::Ascii(lines) => String::from_utf8_lossy(lines.first()?).into_owned(),
            Value::Undefined(bytes, _) | Value::Byte(bytes) => comment(bytes)?,
            _ => return None,
        };
        let text = text.trim_matches(['\0', ' ']).to_owned();
        let is_said = !text.is_empty() && (name != "make" || text.starts_with("workflow:"));
        is_said.then_some((name, text))
    });
    found.collect()
}

/// A user comment: eight bytes that name its characters, then these (EXIF 2.32, 4.6.5). Texts in
/// UTF-16 are taken in the byte order that gives letters.
fn comment(bytes: &[u8]) -> Option<String> {
    let (code, text) = bytes.split_at_checked(8)?;
    if !code.starts_with(b"UNICODE") {
        return Some(String::from_utf8_lossy(text).into_owned());
    }
    let pairs = || text.chunks_exact(2).map(|pair| [pair[0], pair[1]]);
    let is_big =
        pairs().filter(|pair| pair[0] == 0).count() >= pairs().filter(|p| p[1] == 0).count();
    let from = if is_big { u16::from_be_bytes } else { u16::from_le_bytes };
    let units = pairs().map(from).collect::<Vec<_>>();
    Some(String::from_utf16_lossy(&units))
}
