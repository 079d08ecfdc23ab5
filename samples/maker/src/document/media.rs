//! What the film is made of, as a probe finds it.

use super::{id, rate};
use crate::canvas::Size;
use crate::pictures::{CURTAIN, HALF, LARGE, RAIN, TAKES, TRACED};
use timeline_format::media::{ColourTags, MediaKind, PictureStream, SoundStream};
use timeline_format::{Extra, Frames, Id, Media};

pub(super) fn all() -> Vec<(Id, Media)> {
    let mut all = Vec::new();
    for (name, size) in [
        ("coast-moon", LARGE),
        ("coast-morning", LARGE),
        ("desk", TRACED),
        ("one-window", TRACED),
        ("street", LARGE),
        ("sunlit-wall", TRACED),
    ] {
        let path = format!("{name}.jpg");
        all.push((
            id(name),
            Media { picture: Some(jpeg(size)), ..Media::new(MediaKind::Still, path) },
        ));
    }
    for (index, seed) in TAKES.into_iter().enumerate() {
        let name = format!("roofs-{}", index + 1);
        all.push((id(&name), take(&format!("{name}.png"), seed)));
    }
    all.push((id("curtain"), curtain()));
    all.push((id("rain"), rain()));
    for (name, seconds) in [("wind", 24), ("room-tone", 24)] {
        all.push((id(name), sound(&format!("{name}.ogg"), samples(seconds))));
    }
    all.push((id("living-room"), sound("living-room.flac", samples(6) / 10)));
    all
}

fn picture(size: Size, colour: ColourTags) -> PictureStream {
    let (width, height) = (size.width as u32, size.height as u32);
    PictureStream { width, height, colour, ..PictureStream::default() }
}

fn tags(transfer: &str, matrix: &str, range: &str, guessed: bool) -> ColourTags {
    ColourTags {
        primaries: "bt709".to_owned(),
        transfer: transfer.to_owned(),
        matrix: matrix.to_owned(),
        range: range.to_owned(),
        guessed,
        extra: Extra::new(),
    }
}

/// JPEG's own matrix (JFIF), read as sRGB.
fn jpeg(size: Size) -> PictureStream {
    picture(size, tags("srgb", "bt601", "full", true))
}

fn take(path: &str, seed: u32) -> Media {
    let prompt =
        "roofs before sunrise, hill behind hill in the mist, a few windows lit, birds".to_owned();
    let origin = [
        ("prompt", prompt),
        ("seed", seed.to_string()),
        ("model", "sample-maker skyline".to_owned()),
        ("sampler", "even".to_owned()),
        ("steps", "4".to_owned()),
        ("software", "sample-maker".to_owned()),
    ];
    Media {
        picture: Some(picture(TRACED, tags("srgb", "rgb", "full", false))),
        origin: origin.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
        ..Media::new(MediaKind::Still, path)
    }
}

fn curtain() -> Media {
    Media {
        rate: Some(rate(25)),
        length: Some(Frames::whole(i64::from(CURTAIN))),
        first_number: Some(1),
        picture: Some(jpeg(HALF)),
        ..Media::new(MediaKind::Sequence, "curtain/curtain-####.jpg")
    }
}

fn rain() -> Media {
    let samples = i64::from(RAIN) * i64::from(crate::sounds::RATE) / 25;
    Media {
        rate: Some(rate(25)),
        length: Some(Frames::whole(i64::from(RAIN))),
        picture: Some(picture(
            Size { width: 1280, height: 720 },
            tags("bt709", "bt709", "limited", false),
        )),
        sound: Some(stereo(samples)),
        ..Media::new(MediaKind::Video, "rain.mp4")
    }
}

/// The samples of so many seconds.
fn samples(seconds: i64) -> i64 {
    seconds * i64::from(crate::sounds::RATE)
}

fn sound(path: &str, samples: i64) -> Media {
    Media {
        length: Some(Frames::whole(samples)),
        sound: Some(stereo(samples)),
        ..Media::new(MediaKind::Sound, path)
    }
}

fn stereo(samples: i64) -> SoundStream {
    SoundStream {
        rate: crate::sounds::RATE,
        channels: 2,
        samples: Some(samples),
        ..SoundStream::default()
    }
}
