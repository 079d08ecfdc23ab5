//! Captions of a delivery: as packets in the file, or as files beside it.

use super::Error;
use crate::captions::{self, Format};
use crate::ffmpeg::{CaptionCodec, CaptionSettings, Container, Muxer, Packet, Stream};
use std::path::{Path, PathBuf};
use timeline_format::{Captions, Cue, Rate, markup};

/// The captions of a part of a film, counted from its first frame.
pub fn within(all: &Captions, range: std::ops::Range<i64>) -> Captions {
    let mut part = all.clone();
    part.cues.retain_mut(|cue| {
        let (at, end) = (cue.at.max(range.start), cue.end().min(range.end));
        (cue.at, cue.length) = (at - range.start, end - at);
        cue.length > 0
    });
    part
}

/// The file beside a delivery that has its captions: `film.en.srt` of `film.mp4`.
pub fn sidecar(delivered: &Path, all: &Captions, format: &Format) -> PathBuf {
    let stem = delivered.file_stem().unwrap_or_default().to_string_lossy();
    let language = match all.language.as_str() {
        "" => String::new(),
        language => format!(".{language}"),
    };
    delivered.with_file_name(format!("{stem}{language}.{}", format.id))
}

/// Writes captions to a file.
pub fn write(path: &Path, all: &Captions, format: &Format, rate: Rate) -> Result<(), Error> {
    let text = captions::write(all, format, rate, 0..i64::MAX);
    std::fs::write(path, text).map_err(|error| Error::output("write the captions to", path, &error))
}

/// Adds the captions of a delivery to its file, before its header is written.
pub(super) fn add(
    muxer: &mut Muxer,
    container: Container,
    all: &[Captions],
    rate: Rate,
) -> Result<Vec<Stream>, Error> {
    let Some(codec) = container.captions() else {
        let words = "this kind of file holds no captions: have them burned in, or beside it";
        return if all.is_empty() { Ok(Vec::new()) } else { Err(Error::Coding(words.into())) };
    };
    let add = |captions: &Captions| {
        let language = letters(&captions.language).to_owned();
        let settings = CaptionSettings { codec, rate, language, title: captions.name.clone() };
        muxer.add_captions(&settings).map_err(|error| super::file::coding(&error))
    };
    all.iter().map(add).collect()
}

/// Writes every packet of the captions; the container puts them where they belong.
pub(super) fn fill(
    muxer: &mut Muxer,
    streams: &[Stream],
    (container, all, length): (Container, &[Captions], i64),
) -> Result<(), crate::ffmpeg::Error> {
    for (stream, captions) in streams.iter().zip(all) {
        let said = match container.captions() {
            Some(CaptionCodec::Timed) => timed(captions, length),
            _ => plain(captions),
        };
        for (ticks, bytes) in said {
            muxer.write(*stream, &Packet::lasting(&bytes, ticks)?)?;
        }
    }
    Ok(())
}

type Said = (std::ops::Range<i64>, Vec<u8>);

fn plain(all: &Captions) -> Vec<Said> {
    let said = |cue: &Cue| (cue.at..cue.end(), captions::subrip(cue).into_bytes());
    all.cues.iter().map(said).collect()
}

/// Samples of timed text follow each other: where cues are seen at once they are one sample, and where there
/// is none an empty one stands, the last of them at the film's end.
fn timed(captions: &Captions, length: i64) -> Vec<Said> {
    let cuts = captions.cues.iter().flat_map(|cue| [cue.at, cue.end()]).chain([0, length]);
    let mut cuts: Vec<i64> = cuts.filter(|cut| (0..=length).contains(cut)).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut said: Vec<Said> = Vec::new();
    for pair in cuts.windows(2) {
        let texts: Vec<&str> = captions.at(pair[0]).map(|cue| cue.text.as_str()).collect();
        said.push((pair[0]..pair[1], sample(&texts.join("\n"))));
    }
    said
}

/// The most bytes of a text of one sample: its length has two bytes.
const MOST: usize = 60_000;

/// A sample of timed text: its length, the text, and where it is bold, italic or underlined (3GPP TS 26.245,
/// 5.17.1.1).
fn sample(text: &str) -> Vec<u8> {
    let (mut plain, parts) = markup::parse(text);
    let end = (0..=MOST.min(plain.len())).rev().find(|at| plain.is_char_boundary(*at));
    plain.truncate(end.unwrap_or(0));
    let mut bytes = (plain.len() as u16).to_be_bytes().to_vec();
    bytes.extend_from_slice(plain.as_bytes());
    let parts: Vec<_> =
        parts.iter().filter(|part| part.range.end <= plain.len()).take(1000).collect();
    if parts.is_empty() {
        return bytes;
    }
    bytes.extend(((10 + 12 * parts.len()) as u32).to_be_bytes());
    bytes.extend(b"styl");
    bytes.extend((parts.len() as u16).to_be_bytes());
    let place = |byte: usize| (plain[..byte].chars().count() as u16).to_be_bytes();
    for part in parts {
        let face = u8::from(part.bold) | u8::from(part.italic) << 1 | u8::from(part.underline) << 2;
        bytes.extend(place(part.range.start));
        bytes.extend(place(part.range.end));
        bytes.extend([0, 1, face, 18, 0xff, 0xff, 0xff, 0xff]);
    }
    bytes
}

/// The three letters of ISO 639-2/T for the languages that are asked for most; those that there are for others.
pub(super) fn letters(language: &str) -> &str {
    const KNOWN: &[(&str, &str)] = &[
        ("ar", "ara"),
        ("bg", "bul"),
        ("ca", "cat"),
        ("cs", "ces"),
        ("da", "dan"),
        ("de", "deu"),
        ("el", "ell"),
        ("en", "eng"),
        ("es", "spa"),
        ("et", "est"),
        ("fa", "fas"),
        ("fi", "fin"),
        ("fr", "fra"),
        ("he", "heb"),
        ("hi", "hin"),
        ("hr", "hrv"),
        ("hu", "hun"),
        ("id", "ind"),
        ("it", "ita"),
        ("ja", "jpn"),
        ("ko", "kor"),
        ("lt", "lit"),
        ("lv", "lav"),
        ("ms", "msa"),
        ("nb", "nob"),
        ("nl", "nld"),
        ("no", "nor"),
        ("pl", "pol"),
        ("pt", "por"),
        ("ro", "ron"),
        ("ru", "rus"),
        ("sk", "slk"),
        ("sl", "slv"),
        ("sr", "srp"),
        ("sv", "swe"),
        ("th", "tha"),
        ("tr", "tur"),
        ("uk", "ukr"),
        ("vi", "vie"),
        ("zh", "zho"),
    ];
    let own = language.split(['-', '_']).next().unwrap_or_default();
    let found =
        KNOWN.iter().find(|(two, _)| two.eq_ignore_ascii_case(own)).map(|(_, three)| *three);
    found.unwrap_or(if own.len() == 3 { own } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use timeline_format::Id;

    fn captions(cues: &[(i64, i64, &str)]) -> Captions {
        let id = Id::parse("q").unwrap();
        let cues = cues.iter().map(|(at, length, text)| Cue::new(id, *at, *length, *text));
        Captions { cues: cues.collect(), language: "en-GB".into(), ..Captions::default() }
    }

    #[test]
    fn samples_of_timed_text_follow_each_other_to_the_end() {
        let said = timed(&captions(&[(2, 4, "a"), (4, 4, "<b>b</b>")]), 12);
        let drawn: Vec<_> = said
            .iter()
            .map(|(ticks, bytes)| {
                let length = usize::from(u16::from_be_bytes([bytes[0], bytes[1]]));
                let text = std::str::from_utf8(&bytes[2..2 + length]).unwrap().to_owned();
                (ticks.start, ticks.end, text, bytes.len() - 2 - length)
            })
            .collect();
        let text = |from, to, text: &str, style| (from, to, text.to_owned(), style);
        let wanted =
            [text(0, 2, "", 0), text(2, 4, "a", 0), text(4, 6, "a\nb", 22), text(6, 8, "b", 22)];
        assert_eq!(drawn[..4], wanted);
        assert_eq!(drawn[4..], [text(8, 12, "", 0)]);
    }

    #[test]
    fn a_part_of_a_film_has_its_part_of_the_captions() {
        let part = within(&captions(&[(0, 5, "a"), (10, 10, "b"), (30, 5, "c")]), 12..31);
        let drawn: Vec<_> = part.cues.iter().map(|cue| (cue.at, cue.length)).collect();
        assert_eq!(drawn, [(0, 8), (18, 1)]);
        let format = captions::find("vtt").unwrap();
        let path = sidecar(Path::new("out/film.mp4"), &part, format);
        assert_eq!(path, Path::new("out/film.en-GB.vtt"));
    }
}
