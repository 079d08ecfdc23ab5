//! Files of captions, one a format.

use std::path::Path;
use timeline_format::Problem;
use timeline_format::caption::{CueAlign, CuePlace};

crate::signal::catalogue! {
    /// Every format, in menu order.
    pub ALL: FORMAT: Format = srt vtt ass
}

mod marked;

/// A format of captions.
#[derive(Debug)]
pub struct Format {
    /// Its name, and the ending of its files.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// Other endings of files that it reads.
    pub also: &'static [&'static str],
    /// What a file says, and what of it could not be read.
    pub read: fn(&str) -> (Vec<Spoken>, Vec<Problem>),
    /// The text of a file, in a language.
    pub write: fn(&[Spoken], &str) -> String,
}

/// A cue as files have it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Spoken {
    /// From this millisecond.
    pub from: i64,
    /// To this one.
    pub to: i64,
    /// What is written, with the document's marks.
    pub text: String,
    /// Who speaks.
    pub speaker: String,
    /// How its lines stand.
    pub align: CueAlign,
    /// How high it is.
    pub place: CuePlace,
    /// Settings that nothing here understands.
    pub settings: String,
}

/// The format called `id`.
pub fn find(id: &str) -> Option<&'static Format> {
    ALL.iter().find(|format| format.id == id).copied()
}

/// The format in which a file is written, by its ending.
pub fn of_path(path: &Path) -> Option<&'static Format> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    find(&ending)
}

/// The format that reads a file, by its ending.
pub fn reader_of(path: &Path) -> Option<&'static Format> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    let reads = |format: &&&Format| format.also.contains(&ending.as_str());
    find(&ending).or_else(|| ALL.iter().find(reads).copied())
}

/// Hours, minutes, seconds and thousandths in milliseconds: `00:01:02,500`, or without the hours.
fn milliseconds(text: &str) -> Option<i64> {
    let (whole, part) = text.trim().split_once([',', '.'])?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty();
    if !digits(part) || !whole.split(':').all(digits) || whole.len() > 12 {
        return None;
    }
    let thousandths: String = part.chars().chain("000".chars()).take(3).collect();
    let numbers: Vec<i64> =
        whole.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let seconds = match numbers[..] {
        [minutes, seconds] => minutes * 60 + seconds,
        [hours, minutes, seconds] => (hours * 60 + minutes) * 60 + seconds,
        _ => return None,
    };
    Some(seconds * 1000 + thousandths.parse::<i64>().ok()?)
}

/// A moment as `HH:MM:SS`, and its thousandths behind `point`.
fn stamp(milliseconds: i64, point: char) -> String {
    let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!("{hours:02}:{minutes:02}:{:02}{point}{rest:03}", seconds % 60)
}

/// A line that says from when to when, and what stands behind that.
fn span(line: &str) -> Option<(i64, i64, &str)> {
    let (from, rest) = line.split_once("-->")?;
    let rest = rest.trim_start();
    let (to, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    Some((milliseconds(from)?, milliseconds(to)?, behind.trim()))
}

/// Blank lines would end a cue: a blank that is none stands there.
fn unbroken(text: &str) -> String {
    let line =
        |line: &'_ str| if line.trim().is_empty() { "\u{a0}".to_owned() } else { line.to_owned() };
    text.trim_matches('\n').split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// The other way.
fn rebroken(text: &str) -> String {
    let line = |line: &'_ str| if line == "\u{a0}" { String::new() } else { line.to_owned() };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// A cue that ends before it begins is told, and left out.
fn backwards(line: usize) -> Problem {
    let words = format!("the cue of line {line} ends before it begins: it is left out");
    Problem::warning("cue-backwards", words)
}
