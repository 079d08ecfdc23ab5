//! One picture from a file: PNG, JPEG, WebP, TIFF and the like through FFmpeg; OpenEXR and TIFF of
//! floats by themselves.

use crate::ffmpeg::{self, Decoder, Input, Kind, Medium, Packet, open_plain};
use crate::media::small::{Said, Small};
use crate::media::{Error, exif, floats, openexr, small, stated};
use crate::signal::{AlphaMode, Depth, Image, Transfer};
use crate::workers::Stop;
use std::io::Read as _;
use std::path::Path;
use timeline_format::Ratio;

/// A still and what its file says of it.
#[derive(Debug)]
pub(super) struct Still {
    pub(super) image: Image,
    /// Pixels across and down in its file: the picture may be smaller.
    pub(super) size: (u32, u32),
    /// Width of a pixel over its height, if it is stated.
    pub(super) aspect: Option<Ratio>,
    /// Whether any of its colour tags are a guess.
    pub(super) guessed: bool,
}

impl Still {
    const fn whole(image: Image, aspect: Option<Ratio>, guessed: bool) -> Self {
        let size = (image.width, image.height);
        Self { image, size, aspect, guessed }
    }
}

/// Reads the picture in the file at `path` at least `across` pixels across: small, where that is quicker.
pub(super) fn glance(path: &Path, across: u32) -> Result<Still, Error> {
    quick(path, across).map_or_else(|| read(path), Ok)
}

/// The picture made small while it is read; `None` where it must be read whole.
pub(super) fn quick(path: &Path, across: u32) -> Option<Still> {
    let start = start(path, 16);
    let small = small::read(path, &start, across)?;
    let said = match small.said {
        Some(said) => said,
        None => said_of(path, &small)?,
    };
    let tags = stated::of_still(path, &start, said.tags, small.profile.as_deref());
    let (colour, guessed) = tags.settle(small.format.model, small.whole.1, Kind::Still);
    let image = Image {
        width: small.size.0,
        height: small.size.1,
        format: small.format,
        colour,
        alpha: AlphaMode::Straight,
        planes: small.planes,
    };
    Some(Still { image, size: small.whole, aspect: said.aspect, guessed })
}

/// What FFmpeg says of a file; `None` where that is something else than what was read.
fn said_of(path: &Path, small: &Small) -> Option<Said> {
    let input = Input::open(path, &Stop::new()).ok()?;
    let stream = input.streams().into_iter().find(|stream| stream.medium == Medium::Picture)?;
    let stated = stream.format.map(|format| (format.model, format.alpha));
    let is_it = stated == Some((small.format.model, small.format.alpha))
        && (stream.width, stream.height) == small.whole;
    is_it.then_some(Said { aspect: stream.pixel_aspect, tags: stream.colour })
}

/// Reads the picture in the file at `path`.
pub(super) fn read(path: &Path) -> Result<Still, Error> {
    let start = start(path, 16);
    if openexr::is_one(&start) {
        let image = openexr::read(path)?;
        return Ok(Still::whole(image, None, false));
    }
    if let Some(image) = floats::read(path, &start) {
        return Ok(Still::whole(image?, None, true));
    }
    decode(path, &start)
}

fn decode(path: &Path, start: &[u8]) -> Result<Still, Error> {
    let failed = |error: ffmpeg::Error| Error::said(path, &error);
    let mut input = Input::open(path, &Stop::new()).map_err(failed)?;
    let stream = input.streams().into_iter().find(|stream| stream.medium == Medium::Picture);
    let stream = stream.ok_or_else(|| Error::new(path, "it has no picture"))?;
    input.keep_only(stream.index);
    let mut decoder = Decoder::open(&input, stream.index, 1).map_err(failed)?;
    let mut packet = Packet::empty().map_err(failed)?;
    loop {
        let more = input.read(&mut packet).map_err(failed)?;
        decoder.send(more.then_some(&packet)).map_err(failed)?;
        if let Some(frame) = decoder.receive().map_err(failed)? {
            let icc = frame.colour_profile();
            let mut tags = stated::of_still(path, start, frame.tags(), icc.as_deref());
            let mut image = frame.into_image(Kind::Still).map_err(failed)?;
            let guessed = tags.settle(image.format.model, image.height, Kind::Still).1;
            if image.format.depth == Depth::F32 {
                tags.transfer = tags.transfer.or(Some(Transfer::Linear));
            }
            image.colour = tags.settle(image.format.model, image.height, Kind::Still).0;
            if image.format.alpha && exif::has_associated_alpha(path, start) {
                image.alpha = AlphaMode::Premultiplied;
            }
            return Ok(Still::whole(image, stream.pixel_aspect, guessed));
        }
        if !more {
            return Err(Error::new(path, "no picture in it can be decoded"));
        }
    }
}

/// The first bytes of the plain file at `path`, as many as there are up to `count`.
pub(super) fn start(path: &Path, count: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Ok(file) = open_plain(path) {
        drop(file.take(count).read_to_end(&mut bytes));
    }
    bytes
}
