//! The texts in a PNG file's chunks, and the XMP packet in any still.

use std::path::Path;

/// The most bytes of text that are taken from a file.
const MOST: usize = 4 << 20;

/// `tEXt`, `zTXt` and `iTXt` chunks (PNG, third edition, 11.3.3), also those after the picture.
pub(super) fn of_png(path: &Path) -> Vec<(String, String)> {
    read_png(path).unwrap_or_default()
}

fn read_png(path: &Path) -> Option<Vec<(String, String)>> {
    if !super::still::start(path, 8).starts_with(b"\x89PNG") {
        return None;
    }
    let mut reader = super::stated::open_png(path)?;
    drop(reader.finish());
    let info = reader.info();
    let plain = info.uncompressed_latin1_text.iter();
    let mut texts =
        plain.map(|chunk| (chunk.keyword.clone(), chunk.text.clone())).collect::<Vec<_>>();
    for chunk in &info.compressed_latin1_text {
        let mut chunk = chunk.clone();
        if chunk.decompress_text_with_limit(MOST).is_ok() {
            texts.extend(chunk.get_text().ok().map(|text| (chunk.keyword.clone(), text)));
        }
    }
    for chunk in &info.utf8_text {
        let mut chunk = chunk.clone();
        if chunk.decompress_text_with_limit(MOST).is_ok() {
            texts.extend(chunk.get_text().ok().map(|text| (chunk.keyword.clone(), text)));
        }
    }
    Some(texts)
}

/// The XMP packet of a JPEG, WebP or TIFF file, found by its wrapping in the file's first part.
pub(super) fn xmp(path: &Path) -> Option<String> {
    let bytes = super::still::start(path, MOST as u64);
    let find = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).position(|at| at == word);
    let start = find(&bytes, b"<x:xmpmeta")?;
    let end = find(&bytes[start..], b"</x:xmpmeta>")?;
    Some(String::from_utf8_lossy(&bytes[start..start + end]).into_owned())
}
