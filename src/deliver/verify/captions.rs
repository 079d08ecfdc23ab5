//! Captions in a delivery held against the film's: how many, when, and what they say.
//!
//! Streams of timed text, SubRip, WebVTT and SubStation Alpha are read. A time agrees where its nearest frame is
//! the film's; a text does without its marks and the blanks at the ends of its lines.

use super::verdict::{Findings, Kind, Verdict};
use crate::captions;
use crate::deliver::captions::letters;
use crate::ffmpeg::{Input, Medium, Packet, StreamFacts};
use crate::play::Programme;
use crate::workers::Stop;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;
use timeline_format::{Captions, Rate, Ratio, markup};

/// How far ahead the same text is looked for, where cues were lost or added.
const AHEAD: usize = 16;

/// A text for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    frames: Range<i64>,
    text: String,
}

/// Holds the captions in the file at `path` against those of the film, which are counted from the first frame of
/// the programme. What differs is added to the verdict. `must` says that the file should have every one of them;
/// else those are compared that it has.
pub fn verify_captions(
    programme: &dyn Programme,
    path: &Path,
    (film, must): (&[Captions], bool),
    stop: &Stop,
    verdict: &mut Verdict,
) {
    if path.is_dir() {
        return;
    }
    let Ok(input) = Input::open(path, stop) else { return };
    let mut findings = Findings::new(programme);
    let streams = input.streams();
    let picture = streams.iter().find(|stream| stream.medium == Medium::Picture);
    let start = picture.and_then(|it| Ratio::whole(it.start?).times(it.tick));
    let mut left: BTreeSet<usize> = (0..film.len()).collect();
    for stream in streams.iter().filter(|stream| is_known(&stream.codec)) {
        let named = named(stream);
        let Some(index) = meant(stream, film, &left) else {
            let what = format!("it has captions{named} that the film has not");
            findings.add(Kind::Captions, None, what);
            continue;
        };
        left.remove(&index);
        let found = match read(path, stream, start.unwrap_or(Ratio::ZERO), (programme, stop)) {
            Ok(found) => found,
            Err(error) => {
                findings.add(Kind::Unreadable, None, format!("its captions{named}: {error}"));
                continue;
            }
        };
        let wanted = shown(&film[index], &stream.codec, programme.length());
        verdict.cues += wanted.len();
        compare(&wanted, &found, &named, &mut findings);
    }
    for index in left.into_iter().filter(|_| must) {
        let name = words(&film[index].language, &film[index].name);
        findings.add(Kind::Captions, None, format!("it has not the captions{name}"));
    }
    verdict.differences.extend(findings.verdict(path).differences);
}

fn is_known(codec: &str) -> bool {
    matches!(codec, "mov_text" | "subrip" | "webvtt" | "ass" | "text")
}

fn tag<'a>(stream: &'a StreamFacts, name: &str) -> &'a str {
    stream.tags.get(name).map_or("", String::as_str)
}

/// What captions are called, for people, with a blank ahead.
fn words(language: &str, name: &str) -> String {
    let known = [language, name].into_iter().find(|word| !word.is_empty());
    known.map_or_else(String::new, |word| format!(" {word:?}"))
}

fn named(stream: &StreamFacts) -> String {
    let language = Some(tag(stream, "language")).filter(|language| *language != "und");
    words(language.unwrap_or_default(), tag(stream, "title"))
}

/// Which of the film's captions a stream holds: those of its language and its name, of its language, or the
/// first that are left.
fn meant(stream: &StreamFacts, film: &[Captions], left: &BTreeSet<usize>) -> Option<usize> {
    let (language, title) = (tag(stream, "language"), tag(stream, "title"));
    let speaks = |index: &&usize| {
        let own = letters(&film[**index].language);
        own == language || (own.is_empty() && matches!(language, "" | "und"))
    };
    let is_called = |index: &&usize| film[**index].name == title;
    let mut both = left.iter().filter(speaks).filter(is_called);
    both.next().or_else(|| left.iter().find(speaks)).or_else(|| left.first()).copied()
}

/// What the film's captions show: cue by cue; where a file has one text at a time, moment by moment.
fn shown(film: &Captions, codec: &str, length: i64) -> Vec<Said> {
    if codec != "mov_text" {
        let said = film.cues.iter().map(|cue| Said {
            frames: cue.at..cue.end(),
            text: smoothed(&markup::plain(&cue.text)),
        });
        return said.filter(|said| !said.text.is_empty()).collect();
    }
    let cuts: BTreeSet<i64> = film.cues.iter().flat_map(|cue| [cue.at, cue.end()]).collect();
    let cuts: Vec<i64> = cuts.into_iter().map(|cut| cut.clamp(0, length)).collect();
    let moments = cuts.windows(2).filter(|pair| pair[0] < pair[1]).map(|pair| {
        let texts: Vec<_> = film.at(pair[0]).map(|cue| markup::plain(&cue.text)).collect();
        Said { frames: pair[0]..pair[1], text: smoothed(&texts.join("\n")) }
    });
    moments.filter(|said| !said.text.is_empty()).collect()
}

/// A text without blanks at the ends of its lines, and without empty lines.
fn smoothed(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// What a stream says, in frames from the film's first.
fn read(
    path: &Path,
    stream: &StreamFacts,
    start: Ratio,
    (programme, stop): (&dyn Programme, &Stop),
) -> Result<Vec<Said>, crate::ffmpeg::Error> {
    let mut input = Input::open(path, stop)?;
    input.keep_only(stream.index);
    let mut packet = Packet::empty()?;
    let mut found: Vec<Said> = Vec::new();
    while found.len() < captions::MOST_CUES && input.read(&mut packet)? {
        let facts = packet.facts();
        let Some(shown) = facts.shown.filter(|_| facts.stream == stream.index) else { continue };
        let frame = |ticks: i64| frame(ticks, (stream.tick, start), programme.rate());
        let frames = frame(shown)..frame(shown.saturating_add(facts.duration));
        let text = smoothed(&text_of(packet.bytes(), &stream.codec));
        if !text.is_empty() {
            found.push(Said { frames, text });
        }
    }
    found.sort_by_key(|said| (said.frames.start, said.frames.end));
    Ok(found)
}

/// The frame that is nearest to a tick.
fn frame(ticks: i64, (tick, start): (Ratio, Ratio), rate: Rate) -> i64 {
    let seconds = Ratio::whole(ticks).times(tick).and_then(|seconds| seconds.minus(start));
    seconds.and_then(|seconds| rate.frames(seconds)).map_or(i64::MAX, Ratio::round)
}

/// The text of a packet, without marks.
fn text_of(bytes: &[u8], codec: &str) -> String {
    if codec == "mov_text" {
        let length =
            bytes.first_chunk().map_or(0, |length| usize::from(u16::from_be_bytes(*length)));
        let text = bytes.get(2..).unwrap_or_default();
        return String::from_utf8_lossy(&text[..length.min(text.len())]).into_owned();
    }
    let text = String::from_utf8_lossy(bytes);
    let text = match codec {
        "ass" => captions::marked("ass", text.splitn(9, ',').nth(8).unwrap_or_default()),
        "webvtt" => captions::marked("vtt", &text),
        _ => captions::marked("srt", &text),
    };
    markup::plain(&text)
}

/// A text for people, not too long.
fn quoted(text: &str) -> String {
    let line = text.replace('\n', " / ");
    let short: String = line.chars().take(40).collect();
    if short.len() < line.len() { format!("\"{short}...\"") } else { format!("\"{short}\"") }
}

fn compare(wanted: &[Said], found: &[Said], named: &str, findings: &mut Findings) {
    if wanted.len() != found.len() {
        let what =
            format!("its captions{named} have {} cues, and the film {}", found.len(), wanted.len());
        findings.add(Kind::Captions, None, what);
    }
    let mut rest = found;
    for (index, own) in wanted.iter().enumerate() {
        let is_even = wanted.len() - index == rest.len();
        let ahead = rest.iter().take(AHEAD).position(|said| said.text == own.text);
        let at = if is_even { Some(0) } else { ahead };
        let Some((at, said)) = at.and_then(|at| Some((at, rest.get(at)?))) else {
            let what = format!("the cue {} is not in its captions{named}", quoted(&own.text));
            tell(own, what, findings);
            continue;
        };
        rest[..at].iter().for_each(|said| extra(said, named, findings));
        pair(own, said, named, findings);
        rest = &rest[at + 1..];
    }
    rest.iter().for_each(|said| extra(said, named, findings));
}

fn tell(said: &Said, what: String, findings: &mut Findings) {
    findings.add_range(Kind::Captions, Some(said.frames.start), Some(said.frames.end), what);
}

fn extra(said: &Said, named: &str, findings: &mut Findings) {
    let what = format!("its captions{named} say {}, and the film does not", quoted(&said.text));
    tell(said, what, findings);
}

fn pair(own: &Said, said: &Said, named: &str, findings: &mut Findings) {
    if own.text != said.text {
        let (one, other) = (quoted(&said.text), quoted(&own.text));
        tell(own, format!("its captions{named} say {one}, and the film {other}"), findings);
    }
    if own.frames != said.frames {
        let last = |frames: &Range<i64>| format!("frames {} to {}", frames.start, frames.end - 1);
        let text = quoted(&own.text);
        let (one, other) = (last(&said.frames), last(&own.frames));
        let what = format!("the cue {text} is seen in {one} of its captions{named}, not {other}");
        tell(own, what, findings);
    }
}
