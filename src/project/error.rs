//! Why a film was not opened or saved.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use timeline_format::ReadError;

/// Why a film was not opened or saved; the film on disk is as it was.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file system said no.
    #[error("cannot {action} {path}: {source}{hint}", path = path.display(), hint = hint(source))]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file holds no film.
    #[error("cannot open {path}: {source}", path = path.display())]
    Film {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: ReadError,
    },
    /// A film that is edited elsewhere.
    #[error("{path} is open in another window: edits here are not kept until they are saved", path = path.display())]
    Open {
        /// The film.
        path: PathBuf,
    },
    /// A media that cannot be named in a film.
    #[error("cannot bring in {path}: {why}", path = path.display())]
    Media {
        /// Its file.
        path: PathBuf,
        /// Why not.
        why: &'static str,
    },
}

impl Error {
    pub(super) fn io(action: &'static str, path: &Path, source: std::io::Error) -> Self {
        Self::Io { action, path: path.to_owned(), source }
    }
}

fn hint(error: &std::io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "; the film on disk is as it was: free some space, or save it elsewhere"
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "; the film on disk is as it was: save it in a folder that you may write to"
        }
        ErrorKind::NotFound => "; is the name right, and is the disk there?",
        _ => "",
    }
}
