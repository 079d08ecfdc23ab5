//! What is wrong with a film: where in the file, where in the film, and what to do.

use crate::timecode::label;
use crate::{Id, Sequence};
use serde::Serialize;

/// One thing that is wrong, told to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// A short name that never changes its meaning: `clip-past-media`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to do about it; empty where the message says it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remedy: String,
    /// Where in the file.
    #[serde(skip_serializing_if = "FilePlace::is_unknown")]
    pub file: FilePlace,
    /// Where in the film.
    #[serde(skip_serializing_if = "FilmPlace::is_unknown")]
    pub film: FilmPlace,
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; the film is made as meant.
    Note,
    /// The film is made, perhaps not as meant.
    Warning,
    /// The film cannot be made as meant.
    Error,
}

/// A place in a film's file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct FilePlace {
    /// A JSON pointer (RFC 6901): `/clips/c1/length`; empty where not known.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pointer: String,
    /// The line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
}

/// A place in a film, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct FilmPlace {
    /// The sequence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence: Option<Id>,
    /// The track or bus.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub track: Option<Id>,
    /// The clip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clip: Option<Id>,
    /// The frame of the sequence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frame: Option<i64>,
    /// The timecode of that frame.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub timecode: String,
}

impl Severity {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl FilePlace {
    /// The place at `pointer`.
    pub fn at(pointer: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), line: None }
    }

    /// Whether nothing is known.
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

impl FilmPlace {
    /// Whether nothing is known.
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }

    /// A sequence.
    pub fn sequence(sequence: Id) -> Self {
        Self { sequence: Some(sequence), ..Self::default() }
    }

    /// A track of this sequence.
    pub fn track(self, track: Id) -> Self {
        Self { track: Some(track), ..self }
    }

    /// A clip of this track.
    pub fn clip(self, clip: Id) -> Self {
        Self { clip: Some(clip), ..self }
    }

    /// A frame of this sequence, with the timecode that `sequence` gives it.
    pub fn frame(self, sequence: &Sequence, frame: i64) -> Self {
        let header = &sequence.header;
        let shown = header.start.saturating_add(frame);
        let timecode = label(shown, header.rate, header.timecode).unwrap_or_default();
        Self { frame: Some(frame), timecode, ..self }
    }
}

impl Problem {
    /// A problem with neither place nor remedy yet.
    pub fn new(code: &'static str, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            remedy: String::new(),
            file: FilePlace::default(),
            film: FilmPlace::default(),
        }
    }

    /// The film cannot be made as meant.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    /// The film is made, perhaps not as meant.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn remedy(self, remedy: impl Into<String>) -> Self {
        Self { remedy: remedy.into(), ..self }
    }

    /// The same, at a place in the film.
    #[must_use]
    pub fn in_film(self, film: FilmPlace) -> Self {
        Self { film, ..self }
    }

    /// The same, at a JSON pointer in the file.
    #[must_use]
    pub fn in_file(self, pointer: impl Into<String>) -> Self {
        Self { file: FilePlace { pointer: pointer.into(), line: self.file.line }, ..self }
    }

    /// The same, at a line of the file, counted from 1.
    #[must_use]
    pub fn on_line(self, line: usize) -> Self {
        Self { file: FilePlace { line: Some(line), ..self.file }, ..self }
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl std::fmt::Display for FilmPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let named = [("sequence", self.sequence), ("track", self.track), ("clip", self.clip)];
        let mut comma = "";
        for (kind, id) in named.into_iter().filter_map(|(kind, id)| Some((kind, id?))) {
            write!(f, "{comma}{kind} {id}")?;
            comma = ", ";
        }
        match self.frame {
            Some(frame) if self.timecode.is_empty() => write!(f, "{comma}frame {frame}"),
            Some(_) => write!(f, "{comma}{}", self.timecode),
            None => Ok(()),
        }
    }
}

/// One line: `error clip-past-media: what is wrong (sequence main, clip c1, 00:00:02:00; line 12
/// /clips/c1): what to do`.
impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}: {}", self.severity.name(), self.code, self.message)?;
        let mut places = Vec::new();
        if !self.film.is_unknown() {
            places.push(self.film.to_string());
        }
        let line = self.file.line.map(|line| format!("line {line}"));
        let pointer = Some(self.file.pointer.clone()).filter(|pointer| !pointer.is_empty());
        let file: Vec<_> = line.into_iter().chain(pointer).collect();
        if !file.is_empty() {
            places.push(file.join(" "));
        }
        if !places.is_empty() {
            write!(f, " ({})", places.join("; "))?;
        }
        if !self.remedy.is_empty() {
            write!(f, ": {}", self.remedy)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_reads_as_one_line() {
        let id = |text| Id::parse(text).unwrap();
        let sequence = Sequence::new("25".parse().unwrap());
        let place = FilmPlace::sequence(id("main")).track(id("v1")).clip(id("c1"));
        let problem = Problem::error("clip-past-media", "needs 12 frames, has 10")
            .remedy("shorten it by 2")
            .in_film(place.frame(&sequence, 50))
            .in_file("/clips/c1")
            .on_line(12);
        assert_eq!(
            problem.to_string(),
            "error clip-past-media: needs 12 frames, has 10 (sequence main, track v1, clip c1, \
             00:00:02:00; line 12 /clips/c1): shorten it by 2"
        );
    }
}
