//! Why a text gives no film at all.

/// Why a text gives no film at all. A fault of one record is a [`crate::Problem`] instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The file is too big to be a film.
    #[error("the file has {0} bytes; a film has at most {most}", most = super::MOST_BYTES)]
    TooLarge(usize),
    /// The file is no text.
    #[error(
        "line {0} is not UTF-8 text: this is no film, or it was damaged; take an older version"
    )]
    NotText(usize),
    /// Two people's work was merged and git left the choice to a person.
    #[error(
        "line {0} holds a mark of an unfinished merge: choose a side there, then open it again"
    )]
    Conflict(usize),
    /// The text is not well formed.
    #[error("line {line}, column {column}: {what}; mend the text there, or take an older version")]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
        /// What is wrong.
        what: String,
    },
    /// Values lie too deep in each other.
    #[error("line {0}: values lie more than {most} deep in each other", most = super::survey::DEEPEST)]
    TooDeep(usize),
    /// There are too many values.
    #[error("it holds more than {most} values", most = super::survey::MOST_VALUES)]
    TooMany,
    /// It is something else.
    #[error("this is no film: {0}")]
    NotAFilm(String),
    /// A newer program wrote it, and says that this one cannot read it.
    #[error(
        "the film needs a reader of format {needed} or newer and this program reads format {ours}: \
         open it with a newer version of the program"
    )]
    Newer {
        /// The least format that reads it.
        needed: u64,
        /// The format of this program.
        ours: u64,
    },
    /// An old film could not be brought up to date.
    #[error("the film has the old format {from} and could not be brought up to date: {what}")]
    Upgrade {
        /// The format that it has.
        from: u64,
        /// What was in the way.
        what: String,
    },
}

impl ReadError {
    pub(super) fn syntax(text: &str, at: usize, what: &str) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line_from = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before[line_from..].chars().count() + 1;
        Self::Syntax { line: line_of(text, at), column, what: what.to_owned() }
    }

    pub(super) fn conflict(text: &str, at: usize) -> Self {
        Self::Conflict(line_of(text, at))
    }

    pub(super) fn too_deep(text: &str, at: usize) -> Self {
        Self::TooDeep(line_of(text, at))
    }
}

/// The line of the byte at `at`, from 1.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    let before = &text.as_bytes()[..at.min(text.len())];
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}
