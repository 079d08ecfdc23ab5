//! From the text of a film to its [`Timeline`], and a list of what was wrong with it.
//!
//! Two passes: [`survey`] finds the records and proves that reading them is safe; then each record
//! is read by itself. A record that cannot be read costs that record: it is kept as it was in
//! [`Timeline::extra`] (under the name of its table, or as text in `unreadable`) and written back,
//! a clip's place is held by a gap of its length, and a problem says so.

mod error;
mod film;
mod items;
mod kept;
mod plain;
mod problems;
mod record;
mod sequences;
mod survey;

pub use error::ReadError;
pub(crate) use film::TABLES;
pub(crate) use items::MOST_FRAMES;
pub(crate) use kept::UNREADABLE;

use crate::{FORMAT, Problem, Timeline, upgrade};
use film::Film;
use problems::Problems;
use serde_json::Value;
use std::borrow::Cow;
use survey::{Member, survey};

/// The largest file that is read, in bytes.
pub const MOST_BYTES: usize = 1 << 30;

/// Reads a film from the bytes of its file.
///
/// The problems are those of reading; [`crate::check`] finds what is wrong with the film itself.
///
/// # Errors
/// Where the bytes are no text, no JSON, no film, or a film that needs a newer reader.
pub fn read(bytes: &[u8]) -> Result<(Timeline, Vec<Problem>), ReadError> {
    let text = decode(bytes)?;
    let members = survey(text)?;
    let header = Header::of(&members.members)?;
    if header.format >= FORMAT {
        let problems = Problems::new(text, true);
        return Ok(Film::new(problems, &header).read(members));
    }
    let new = upgrade(text, header.format)?;
    let members = survey(&new)?;
    let problems = Problems::new(&new, false);
    Ok(Film::new(problems, &header).read(members))
}

fn upgrade(text: &str, from: u64) -> Result<String, ReadError> {
    let failed = |what: String| ReadError::Upgrade { from, what };
    let film: Value = serde_json::from_str(text).map_err(|error| failed(error.to_string()))?;
    let film = upgrade::to_current(film, from).map_err(failed)?;
    Ok(film.to_string())
}

fn decode(bytes: &[u8]) -> Result<&str, ReadError> {
    if bytes.len() > MOST_BYTES {
        return Err(ReadError::TooLarge(bytes.len()));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let good = &bytes[..error.valid_up_to()];
        ReadError::NotText(good.iter().filter(|byte| **byte == b'\n').count() + 1)
    })
}

/// What a film says of its own format.
struct Header {
    format: u64,
    min_reader: u64,
}

impl Header {
    fn of(members: &[Member<'_>]) -> Result<Self, ReadError> {
        let number = |name: &str| {
            let member = members.iter().find(|member| member.key == name)?;
            Some(member.text.parse::<u64>().map_err(|error| {
                ReadError::NotAFilm(format!(
                    "its {name} is {}, which is {error}",
                    brief(member.text)
                ))
            }))
        };
        let Some(format) = number("format").transpose()? else {
            let is_otio = members.iter().any(|member| member.key == "OTIO_SCHEMA");
            let hint = if is_otio {
                "it is an OpenTimelineIO file: import it"
            } else {
                "it states no format"
            };
            return Err(ReadError::NotAFilm(hint.to_owned()));
        };
        let min_reader = number("min_reader").transpose()?.unwrap_or(format);
        if min_reader > FORMAT {
            return Err(ReadError::Newer { needed: min_reader, ours: FORMAT });
        }
        Ok(Self { format, min_reader })
    }
}

/// At most 40 characters of `text`.
fn brief(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(40) {
        Some((end, _)) => Cow::Owned(format!("{}...", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests;
