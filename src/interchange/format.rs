//! What a format is, what its reader and writer are told, and what they give back.

use super::Note;
use timeline_format::sequence::Raster;
use timeline_format::{Id, Media, Rate, Timeline};

/// A format of other programs.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name in commands.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// Extensions of its files, without the dot, in small letters.
    pub extensions: &'static [&'static str],
    /// From bytes to a film.
    pub read: Option<Read>,
    /// From a film to text.
    pub write: Option<Write>,
}

/// Reads a cut. Any bytes give a film or an error, never a panic.
pub type Read = fn(&[u8], &ImportOptions<'_>) -> Result<Imported, Error>;

/// Writes a film as a cut.
pub type Write = fn(&Timeline, &ExportOptions) -> Result<Exported, Error>;

/// Looks for a media by its path in a cut.
pub type Look<'a> = dyn Fn(&str) -> Option<Media> + 'a;

/// What a cut does not say of itself.
#[derive(Clone, Copy)]
pub struct ImportOptions<'a> {
    /// The frame rate of the cut, where the artist states it; else it is read or inferred.
    pub rate: Option<Rate>,
    /// The size of the picture.
    pub raster: Raster,
    /// Samples a second.
    pub sound: u32,
    /// The folder that media are to be found in, relative to the film: it goes before the relative
    /// paths of the cut, and stands in for the folders of absolute ones. Empty: paths stay.
    pub media: &'a str,
    /// Looks for a media by the path that the cut gives (decoded, with `/`, `#` for the digits of
    /// a numbered sequence) and says what was found; its own path is where.
    pub look: Option<&'a Look<'a>>,
    /// Where new ids come from.
    pub seed: u64,
}

impl Default for ImportOptions<'_> {
    fn default() -> Self {
        let raster = Raster { width: 1920, height: 1080 };
        Self { rate: None, raster, sound: 48_000, media: "", look: None, seed: 0 }
    }
}

impl std::fmt::Debug for ImportOptions<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImportOptions")
            .field("rate", &self.rate)
            .field("raster", &self.raster)
            .field("sound", &self.sound)
            .field("media", &self.media)
            .field("look", &self.look.is_some())
            .field("seed", &self.seed)
            .finish()
    }
}

/// What the writer is told.
#[derive(Debug, Clone, Default)]
pub struct ExportOptions {
    /// The sequence that is written; the film's main one if absent.
    pub sequence: Option<Id>,
    /// The folder, with `/`, that goes before relative media paths. Empty: they stay relative.
    pub media: String,
}

/// A film that was read.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The film.
    pub timeline: Timeline,
    /// What it could not hold as the cut says it.
    pub notes: Vec<Note>,
}

/// A cut that was written.
#[derive(Debug, Clone)]
pub struct Exported {
    /// The text of the file.
    pub text: String,
    /// What the format cannot say.
    pub notes: Vec<Note>,
}

/// Why a cut was not read or written at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The bytes are not of the format.
    #[error("line {line}, column {column}: {what}")]
    Form {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
        /// What is wrong there.
        what: String,
    },
    /// The bytes are of the format, and no cut can be made of them.
    #[error("{0}")]
    Meaning(String),
    /// The film has no such sequence.
    #[error("the film has no sequence {0}: name one of its own")]
    NoSequence(Id),
}
