//! Why a file was not read.

use crate::ffmpeg;
use std::path::Path;

/// A file that was not read: which, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {why}")]
pub struct Error {
    /// The file.
    pub path: String,
    /// Why, for people.
    pub why: String,
}

impl Error {
    /// The error of the file at `path`.
    pub fn new(path: &Path, why: impl std::fmt::Display) -> Self {
        Self { path: path.display().to_string(), why: why.to_string() }
    }

    /// FFmpeg's error on the file at `path`.
    pub(super) fn said(path: &Path, error: &ffmpeg::Error) -> Self {
        Self::new(path, &error.said)
    }
}
