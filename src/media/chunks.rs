//! The texts and the EXIF in a PNG file's chunks, and the XMP packet in any still.

use crate::ffmpeg::open_plain;
use crate::media::stated;
use std::io::{BufReader, Cursor, Read as _};
use std::path::Path;

/// The most bytes of text, of EXIF, or of a file that is searched for XMP.
const MOST: usize = 4 << 20;

/// The most chunks of a file that are gone along.
const CHUNKS: usize = 1 << 20;

/// Bytes of the sum behind a chunk.
const CHECK: usize = 4;

/// What a PNG file begins with.
const SIGNATURE: &[u8; 8] = b"\x89PNG\r\n\x1a\n";
/// The header of a picture of one grey pixel, and the start of that.
const PIXEL: [&[u8]; 2] = [
    b"\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU",
    b"\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q",
];

/// `tEXt`, `zTXt` and `iTXt` chunks (PNG, third edition, 11.3.3), also those after the picture.
pub(super) fn of_png(path: &Path) -> Vec<(String, String)> {
    read_png(path).unwrap_or_default()
}

/// The EXIF of a PNG file (PNG, third edition, 11.3.4.5): of its chunk, as it is.
pub(super) fn exif_of_png(path: &Path) -> Option<Vec<u8>> {
    let chunk = walk(path, &[b"eXIf"])?.into_iter().next()?;
    chunk.get(8..chunk.len() - CHECK).map(<[u8]>::to_vec)
}

/// The chunks of some kinds of a PNG file, whole, in order: what lies between is passed over and not read.
fn walk(path: &Path, kinds: &[&[u8; 4]]) -> Option<Vec<Vec<u8>>> {
    let mut file = BufReader::with_capacity(64, open_plain(path).ok()?);
    let mut start = [0; 8];
    file.read_exact(&mut start).ok()?;
    if &start != SIGNATURE {
        return None;
    }
    let (mut found, mut left) = (Vec::new(), MOST);
    for _ in 0..CHUNKS {
        let mut head = [0; 8];
        if file.read_exact(&mut head).is_err() {
            break;
        }
        let [a, b, c, d, kind @ ..] = head;
        let length = u32::from_be_bytes([a, b, c, d]) as usize + CHECK;
        if !kinds.contains(&&kind) || length > left {
            file.seek_relative(length as i64).ok()?;
            continue;
        }
        left -= length;
        let mut chunk = head.to_vec();
        (&mut file).take(length as u64).read_to_end(&mut chunk).ok()?;
        if chunk.len() < 8 + length {
            break;
        }
        found.push(chunk);
    }
    Some(found)
}

/// The texts, read as those of a picture of one pixel.
fn read_png(path: &Path) -> Option<Vec<(String, String)>> {
    let texts = walk(path, &[b"tEXt", b"zTXt", b"iTXt"])?;
    let all = [SIGNATURE.to_vec(), PIXEL[0].to_vec(), texts.concat(), PIXEL[1].to_vec()].concat();
    let limits = png::Limits { bytes: stated::MOST };
    let reader = png::Decoder::new_with_limits(Cursor::new(all), limits).read_info().ok()?;
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
    if super::still::start(path, 8) == SIGNATURE {
        return None;
    }
    packet(&super::still::start(path, MOST as u64))
}

/// The XMP packet in some bytes.
pub(super) fn packet(bytes: &[u8]) -> Option<String> {
    let find = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).position(|at| at == word);
    let start = find(bytes, b"<x:xmpmeta")?;
    let end = find(&bytes[start..], b"</x:xmpmeta>")?;
    Some(String::from_utf8_lossy(&bytes[start..start + end]).into_owned())
}
