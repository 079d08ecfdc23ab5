//! What a still says of itself before any of it is decoded: its size, and where it came from.

use crate::media::{Error, origin, probe, stated, still};
use std::path::Path;
use timeline_format::Media;
use timeline_format::media::{MediaKind, PictureStream};

/// The most bytes of a JPEG file in which its size is looked for: profiles and previews lie before it.
const MOST: u64 = 4 << 20;

/// What the file at `path` says that it holds: of PNG and JPEG without decoding them, so that a hundred
/// large ones are told at once, and of anything else as [`probe`] finds it. Whether the picture itself is
/// whole is not known.
///
/// # Errors
/// Where it is no media.
pub fn sketch(path: &Path) -> Result<Media, Error> {
    let Some((width, height)) = size_of(path) else { return probe(path) };
    let picture = PictureStream { width, height, ..PictureStream::default() };
    let name = path.to_string_lossy().replace('\\', "/");
    let origin = origin::of_file(path);
    Ok(Media { picture: Some(picture), origin, ..Media::new(MediaKind::Still, &name) })
}

fn size_of(path: &Path) -> Option<(u32, u32)> {
    let start = still::start(path, 4);
    if start.starts_with(b"\x89PNG") {
        return stated::open_png(path).map(|png| png.info().size());
    }
    if start.starts_with(b"\xff\xd8\xff") { of_jpeg(&still::start(path, MOST)) } else { None }
}

/// The size in the frame header of a JPEG file (ITU-T T.81, B.2.2): the first marker SOF, past the
/// segments before it.
pub(super) fn of_jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let two = |at: usize| Some(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
    let mut at = 2;
    loop {
        let [0xff, marker] = two(at)?.to_be_bytes() else { return None };
        let is_filling = marker == 0xff;
        let is_frame = (0xc0..=0xcf).contains(&marker) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if is_frame {
            return Some((two(at + 7)?.into(), two(at + 5)?.into()));
        }
        at += if is_filling { 1 } else { 2 + usize::from(two(at + 2)?) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_of_a_jpeg_lies_in_its_frame_header() {
        let segment = |marker: u8, body: &[u8]| {
            let length = (body.len() as u16 + 2).to_be_bytes();
            [&[0xff, marker], &length[..], body].concat()
        };
        let frame = segment(0xc2, &[8, 0x08, 0x70, 0x0f, 0x00, 3]);
        let file =
            [&[0xff, 0xd8][..], &segment(0xe0, &[7; 30]), &segment(0xc4, &[0; 9]), &[0xff], &frame];
        assert_eq!(of_jpeg(&file.concat()), Some((3840, 2160)));
        for broken in
            [&[][..], &[0xff, 0xd8], &[0xff, 0xd8, 0xff, 0xe0, 0xff], &[0xff, 0xd8, 1, 2, 3]]
        {
            assert_eq!(of_jpeg(broken), None, "{broken:?}");
        }
    }
}
