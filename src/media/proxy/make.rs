//! Making a stand-in: Motion JPEG in QuickTime, one frame for every frame of the original.

use super::name;
use super::shrink::{format_of, halvings, shrink};
use crate::ffmpeg::{
    self, Coded, Container, FileSettings, Muxer, Packet, PictureEncoder, PictureSettings, Stream,
};
use crate::media::{Error, Opening, Pictures, Pursuit};
use crate::signal::Image;
use crate::workers::Stop;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use timeline_format::{Media, Rate};

/// Makes the stand-in of `media`, which lies at `original`, for a film in `folder`; older ones of the
/// same file go. Where it is there already, nothing is done. `None` where it was stopped, or the
/// pictures are of a kind that has none.
///
/// # Errors
/// Where the original cannot be read, or the file cannot be written.
pub fn make(
    original: &Path,
    media: &Media,
    folder: &Path,
    stop: &Stop,
) -> Result<Option<PathBuf>, Error> {
    make_while(original, media, folder, stop, &mut |_, _| true)
}

/// The same, where `go_on` is asked before each frame: it gets the frame's number and how many there are,
/// may wait, and ends it with false.
///
/// # Errors
/// As those of [`make`].
pub fn make_while(
    original: &Path,
    media: &Media,
    folder: &Path,
    stop: &Stop,
    go_on: &mut dyn FnMut(i64, i64) -> bool,
) -> Result<Option<PathBuf>, Error> {
    let place = name::place(original, folder);
    let place = place.ok_or_else(|| Error::new(original, "there is no such file"))?;
    if place.is_file() {
        return Ok(Some(place));
    }
    let parent = place.parent().unwrap_or(folder);
    std::fs::create_dir_all(parent).map_err(|error| Error::new(parent, error))?;
    let part = place.with_extension(format!("{}.part", std::process::id()));
    let written = write(original, media, &part, stop, go_on);
    let whole = matches!(written, Ok(true));
    if !whole {
        drop(std::fs::remove_file(&part));
        return written.map(|_| None);
    }
    std::fs::rename(&part, &place).map_err(|error| Error::new(&place, error))?;
    name::tidy(&place);
    Ok(Some(place))
}

/// Writes every frame; false where it was stopped or there is nothing to be made.
fn write(
    original: &Path,
    media: &Media,
    part: &Path,
    stop: &Stop,
    go_on: &mut dyn FnMut(i64, i64) -> bool,
) -> Result<bool, Error> {
    let opening = Opening { budget: 0, threads: 1, stop: stop.clone() };
    let mut pictures = Pictures::open_with(original, media, &opening)?;
    let count = pictures.count();
    let mut writer = None;
    let mut held = None;
    for n in 0..count {
        if stop.is_raised() || !go_on(n, count) {
            return Ok(false);
        }
        let mut found = None;
        let pursuit = Pursuit::of(n);
        while !pictures.step(pursuit, &mut |number, image| {
            found = found.take().or_else(|| (number == n).then_some(image));
        })? {
            if stop.is_raised() {
                return Ok(false);
            }
        }
        held = found.or(held);
        let Some(image) = &held else { continue };
        let writer = match &mut writer {
            Some(writer) => writer,
            none => match Writer::open(part, image)? {
                Some(opened) => none.insert(opened),
                None => return Ok(false),
            },
        };
        writer.write(image).map_err(|error| Error::said(part, &error))?;
    }
    let Some(writer) = writer else { return Ok(false) };
    writer.finish().map_err(|error| Error::said(part, &error))?;
    Ok(true)
}

struct Writer {
    encoder: PictureEncoder,
    muxer: Muxer,
    stream: Stream,
    halvings: u32,
    format: crate::signal::PixelFormat,
    packets: Vec<Packet>,
}

impl Writer {
    /// A file for pictures like `image`; `None` where those have no stand-in.
    fn open(part: &Path, image: &Arc<Image>) -> Result<Option<Self>, Error> {
        let halvings = halvings(image.width);
        let (width, height) = (image.width >> halvings, image.height >> halvings);
        let Some(format) = format_of(image.format).filter(|_| width > 1 && height > 1) else {
            return Ok(None);
        };
        let file = File::create(part).map_err(|error| Error::new(part, error))?;
        let options = [
            ("strict", "unofficial"),
            ("flags", "+qscale"),
            ("global_quality", "472"),
            ("huffman", "default"),
        ];
        let options = options.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let settings = PictureSettings {
            encoder: "mjpeg",
            width,
            height,
            rate: Rate::FILM,
            format,
            colour: image.colour,
            options: BTreeMap::from(options),
            threads: 1,
            tag: None,
        };
        let said = |error: ffmpeg::Error| Error::said(part, &error);
        let encoder = PictureEncoder::open(&settings).map_err(said)?;
        let file_settings = FileSettings {
            container: Container::Mov,
            fast_start: false,
            rate: Rate::FILM,
            sample_rate: None,
            tags: BTreeMap::new(),
        };
        let mut muxer = Muxer::new(Box::new(file), part, &file_settings).map_err(said)?;
        let stream = muxer.add_picture(&encoder, None).map_err(said)?;
        muxer.start().map_err(said)?;
        Ok(Some(Self { encoder, muxer, stream, halvings, format, packets: Vec::new() }))
    }

    fn write(&mut self, image: &Image) -> Result<(), ffmpeg::Error> {
        let small = shrink(image, self.halvings, self.format);
        self.encoder.send(&small, Coded::Freely, &mut self.packets)?;
        self.flush()
    }

    fn finish(mut self) -> Result<(), ffmpeg::Error> {
        self.encoder.finish(&mut self.packets)?;
        self.flush()?;
        self.muxer.finish()
    }

    fn flush(&mut self) -> Result<(), ffmpeg::Error> {
        for packet in self.packets.drain(..) {
            self.muxer.write(self.stream, &packet)?;
        }
        Ok(())
    }
}
