//! What a file holds, for the document.

use crate::ffmpeg::{Kind, Medium};
use crate::media::sequence::{Pattern, Sequence, holes};
use crate::media::sounds::Sounds;
use crate::media::still::{self, Still};
use crate::media::video::{Opening, Video};
use crate::media::{Error, exif, hash, origin, tags};
use crate::signal::{AlphaMode, Image};
use std::path::Path;
use timeline_format::media::{Alpha, MediaKind, PictureStream, SoundStream};
use timeline_format::timecode::{self, Counting};
use timeline_format::{Extra, Frames, Media, Rate, Ratio};

/// What the file at `path` holds; a path with `#` in its name stands for a numbered sequence.
///
/// The media's path is the one given, with `/`: to be made relative to the document.
pub fn probe(path: &Path) -> Result<Media, Error> {
    Ok(probe_and_see(path)?.0)
}

/// What the file at `path` holds, and its first picture, which was decoded for that; none of a sound.
pub fn probe_and_see(path: &Path) -> Result<(Media, Option<Image>), Error> {
    probe_by(path, &still::read)
}

/// As [`probe_and_see`]; but the picture of a still is made small while it is read where that is quicker, and
/// is at least `across` pixels across if the still is.
pub fn probe_and_glance(path: &Path, across: u32) -> Result<(Media, Option<Image>), Error> {
    probe_by(path, &|path| still::glance(path, across))
}

/// What reads a still.
type Read<'a> = &'a dyn Fn(&Path) -> Result<Still, Error>;

fn probe_by(path: &Path, read: Read<'_>) -> Result<(Media, Option<Image>), Error> {
    if !path.exists() && Pattern::of(path).is_some() {
        let (media, image) = sequence(path, read)?;
        return Ok((media, Some(image)));
    }
    let (mut media, image) = if is_still(path) {
        let (media, image) = still_media(path, read)?;
        (media, Some(image))
    } else {
        moving(path)?
    };
    media.path = spelled(path);
    media.hash = hash::of_file(path).map_err(|error| Error::new(path, error))?;
    media.origin.extend(origin::of_file(path));
    Ok((media, image))
}

fn spelled(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Whether the first bytes are those of a format that holds one picture.
fn is_still(path: &Path) -> bool {
    let start = still::start(path, 16);
    let starts = [
        &b"\x89PNG"[..],
        b"\xff\xd8\xff",
        b"II*\0",
        b"MM\0*",
        b"\x76\x2f\x31\x01",
        b"BM",
        b"SDPX",
        b"XPDS",
        b"8BPS",
        b"qoif",
        b"\0\0\0\x0cjP  ",
        b"\xff\x4f\xff\x51",
        b"P5",
        b"P6",
        b"P7",
        b"PF",
        b"Pf",
    ];
    let webp = start.starts_with(b"RIFF") && start.get(8..12) == Some(b"WEBP");
    webp || starts.iter().any(|known| start.starts_with(known))
}

fn still_media(path: &Path, read: Read<'_>) -> Result<(Media, Image), Error> {
    let still = read(path)?;
    let picture = PictureStream { rotation: exif::rotation(path), ..picture_of(&still) };
    let media = Media { picture: Some(picture), ..Media::new(MediaKind::Still, "") };
    Ok((media, still.image))
}

fn picture_of(still: &Still) -> PictureStream {
    let Image { format, colour, alpha, .. } = still.image;
    let (width, height) = still.size;
    PictureStream {
        width,
        height,
        pixel_aspect: aspect(still.aspect),
        rotation: 0,
        fields: None,
        alpha: format.alpha.then_some(match alpha {
            AlphaMode::Straight => Alpha::Straight,
            AlphaMode::Premultiplied => Alpha::Premultiplied,
        }),
        colour: tags::spell(colour, still.guessed),
        extra: Extra::new(),
    }
}

/// A pixel's shape, unless it is square.
fn aspect(aspect: Option<Ratio>) -> Option<Ratio> {
    aspect.filter(|aspect| *aspect > Ratio::ZERO && *aspect != Ratio::ONE)
}

fn sequence(path: &Path, read: Read<'_>) -> Result<(Media, Image), Error> {
    let files = Sequence::open(path, 0, None)?;
    let numbers = files.numbers();
    let first = Pattern::of(path).map(|pattern| pattern.file(numbers[0]));
    let first = first.ok_or_else(|| Error::new(path, "it has no run of # in its name"))?;
    let (of_first, image) = still_media(&first, read)?;
    let media = Media {
        path: spelled(path),
        kind: MediaKind::Sequence,
        length: Some(Frames::whole(files.count() as i64)),
        first_number: Some(numbers[0]),
        holes: holes(numbers),
        hash: hash::of_file(&first).map_err(|error| Error::new(&first, error))?,
        origin: origin::of_file(&first),
        ..of_first
    };
    Ok((media, image))
}

fn moving(path: &Path) -> Result<(Media, Option<Image>), Error> {
    let sound = Sounds::open_file(path).ok();
    let heard = sound.as_ref().map(|sound| SoundStream {
        rate: sound.rate(),
        channels: u16::try_from(sound.channels()).unwrap_or(u16::MAX),
        samples: Some(sound.length()),
        extra: Extra::new(),
    });
    let opening = Opening { threads: 1, ..Opening::default() };
    match (Video::open(path, &opening), heard) {
        (Ok(mut video), sound) => {
            let media = Media { sound, ..Media::new(MediaKind::Video, "") };
            let (media, image) = video_media(&mut video, media)?;
            Ok((media, Some(image)))
        }
        (Err(_), Some(sound)) => {
            let length = sound.samples.map(Frames::whole);
            let media = Media { length, sound: Some(sound), ..Media::new(MediaKind::Sound, "") };
            Ok((media, None))
        }
        (Err(error), None) => Err(error),
    }
}

fn video_media(video: &mut Video, media: Media) -> Result<(Media, Image), Error> {
    let (picture, image) = picture_stream(video)?;
    let (index, stream) = (video.index(), video.stream());
    let constant = index.constant_rate(&stream.rates);
    let rate = constant.or_else(|| index.average_rate()).unwrap_or(Rate::FILM);
    let length = match constant {
        Some(_) => Some(Frames::whole(index.count() as i64)),
        None => Ratio::whole(index.span()).times(index.tick()).and_then(|time| rate.frames(time)),
    };
    let length = length.map(|length| Frames::whole(length.round().max(1)));
    let mut said = video.input().tags();
    let streams = video.input().streams();
    let others = streams.iter().filter(|stream| stream.medium != Medium::Cover);
    let timecode = others.chain([stream]).find_map(|stream| stream.tags.get("timecode").cloned());
    let timecode = timecode
        .or_else(|| said.get("timecode").cloned())
        .or_else(|| video.timecode().map(str::to_owned));
    let start = timecode.and_then(|text| start_frame(&text, rate)).unwrap_or(0);
    said.extend(stream.tags.clone());
    let media = Media {
        rate: Some(rate),
        length,
        start,
        picture: Some(picture),
        origin: origin::of_tags(&said),
        ..media
    };
    Ok((media, image))
}

fn picture_stream(video: &mut Video) -> Result<(PictureStream, Image), Error> {
    let image = video.frame(0)?;
    let stream = video.stream();
    let (fields, stated) = video.said();
    let (_, guessed) = stated.settle(image.format.model, image.height, Kind::Video);
    let picture = PictureStream {
        width: image.width,
        height: image.height,
        pixel_aspect: aspect(stream.pixel_aspect),
        rotation: stream.rotation,
        fields,
        alpha: image.format.alpha.then_some(Alpha::Straight),
        colour: tags::spell(image.colour, guessed),
        extra: Extra::new(),
    };
    Ok((picture, Image::clone(&image)))
}

/// The frame that a start timecode labels; drop-frame where it has a `;`.
fn start_frame(text: &str, rate: Rate) -> Option<i64> {
    let drop = text.contains(';') && timecode::has_drop_frame(rate);
    let counting = if drop { Counting::Drop } else { Counting::NonDrop };
    timecode::parse(&text.replace(';', if drop { ";" } else { ":" }), rate, counting).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_timecode_is_a_frame() {
        let rate = |text: &str| text.parse().unwrap();
        assert_eq!(start_frame("01:00:00:00", rate("25")), Some(90_000));
        assert_eq!(start_frame("00:01:00;02", rate("30000/1001")), Some(1800));
        assert_eq!(start_frame("00:00:01;00", rate("24")), Some(24));
        assert_eq!(start_frame("nonsense", rate("24")), None);
    }
}
