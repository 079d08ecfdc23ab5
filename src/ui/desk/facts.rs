//! What there is to know of a media: what its file holds, and where it came from.

use timeline_format::media::{ColourTags, MediaKind};
use timeline_format::{Frames, Media};

/// What is asked first of where a media came from.
const FIRST: [&str; 3] = ["prompt", "seed", "model"];

/// What a media is called.
pub(in crate::ui) fn name_of(media: &Media) -> &str {
    if media.name.is_empty() {
        media.path.rsplit('/').next().unwrap_or(&media.path)
    } else {
        &media.name
    }
}

/// What a kind of media is called.
pub(in crate::ui) const fn kind_of(media: &Media) -> &'static str {
    match media.kind {
        MediaKind::Video => "video",
        MediaKind::Still => "still",
        MediaKind::Sequence => "numbered pictures",
        MediaKind::Sound => "sound",
    }
}

/// How long a media lasts, in seconds; 0 where it has no length.
pub(super) fn seconds_of(media: &Media) -> f64 {
    let length = media.length.map_or(0.0, Frames::to_f64);
    match (media.kind, &media.sound, media.rate) {
        (MediaKind::Sound, Some(sound), _) => length / f64::from(sound.rate.max(1)),
        (_, _, Some(rate)) => length / rate.ratio().to_f64(),
        _ => 0.0,
    }
}

/// A media in a few words: its size, how long it is, its rate.
pub(in crate::ui) fn words_of(media: &Media) -> String {
    let size = media.picture.as_ref().map(|it| format!("{}x{}", it.width, it.height));
    let rate = media.rate.map(|rate| format!("{rate} fps"));
    let words: Vec<String> = [size, length_of(media), rate].into_iter().flatten().collect();
    words.join(", ")
}

fn length_of(media: &Media) -> Option<String> {
    let length = media.length?;
    let seconds = seconds_of(media);
    Some(match media.kind {
        MediaKind::Sound => format!("{seconds:.1} s"),
        _ if seconds > 0.0 => format!("{length} frames ({seconds:.1} s)"),
        _ => format!("{length} frames"),
    })
}

/// Everything that is known of a media, by name.
pub(in crate::ui) fn facts_of(media: &Media) -> Vec<(String, String)> {
    let picture = media.picture.as_ref();
    let stated = [
        ("File", Some(media.path.clone())),
        ("Size", picture.map(|it| format!("{}x{}", it.width, it.height))),
        ("Rate", media.rate.map(|rate| format!("{rate} fps"))),
        ("Length", length_of(media)),
        ("Colour", picture.map(|it| colour_of(&it.colour)).filter(|words| !words.is_empty())),
        ("Alpha", picture.and_then(|it| it.alpha).map(|alpha| format!("{alpha:?}").to_lowercase())),
        (
            "Sound",
            media.sound.as_ref().map(|it| format!("{} Hz, {} channels", it.rate, it.channels)),
        ),
        ("Lacks", Some(media.holes.clone()).filter(|holes| !holes.is_empty())),
    ];
    let stated = stated.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let mut origin: Vec<_> = media.origin.clone().into_iter().collect();
    origin.sort_by_key(|(name, _)| FIRST.iter().position(|it| it == name).unwrap_or(FIRST.len()));
    stated.chain(origin).collect()
}

fn colour_of(tags: &ColourTags) -> String {
    let names = [&tags.primaries, &tags.transfer, &tags.matrix, &tags.range];
    let stated: Vec<&str> =
        names.into_iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let guessed = if tags.guessed { " (guessed)" } else { "" };
    if stated.is_empty() { String::new() } else { format!("{}{guessed}", stated.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use timeline_format::media::SoundStream;

    #[test]
    fn a_prompt_comes_before_what_else_a_file_says_of_itself() {
        let mut media = Media::new(MediaKind::Sound, "sounds/rain.wav");
        media.length = Some(Frames::whole(72_000));
        media.sound = Some(SoundStream { rate: 48_000, channels: 2, ..SoundStream::default() });
        for (name, value) in [("cfg", "7"), ("seed", "42"), ("prompt", "rain on tin")] {
            media.origin.insert(name.to_owned(), value.to_owned());
        }
        let facts = facts_of(&media);
        let names: Vec<&str> = facts.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["File", "Length", "Sound", "prompt", "seed", "cfg"]);
        assert_eq!((name_of(&media), words_of(&media)), ("rain.wav", "1.5 s".to_owned()));
    }
}
