//! Why there is no delivery.

use std::path::{Path, PathBuf};
use timeline_format::timecode::{self, Counting};

use crate::ffmpeg;
use crate::play::{Failed, Programme};

/// Why a delivery was not made. Nothing lies under the final name unless it did before.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A picture that a file of pictures cannot hold.
    #[error("the picture was not written: {0}")]
    Picture(String),
    /// Somebody asked to stop.
    #[error("stopped at frame {frame} of {frames}; nothing was kept")]
    Stopped {
        /// Frames that were coded.
        frame: i64,
        /// Frames of the film.
        frames: i64,
    },
    /// Something has the final name, and overwriting was not asked for.
    #[error("{} is there already; choose another name, or --force to replace it", path.display())]
    Exists {
        /// What is there.
        path: PathBuf,
    },
    /// The target cannot be written.
    #[error("cannot {tried} {}: {said}", path.display())]
    Output {
        /// What was tried.
        tried: String,
        /// On what.
        path: PathBuf,
        /// What the system said.
        said: String,
    },
    /// No room is left.
    #[error(
        "the disk is full: {} took {} of {frames} frames ({written} bytes) and was removed; make \
         room there, or deliver to another disk",
        path.display(), frame
    )]
    Full {
        /// The target.
        path: PathBuf,
        /// Bytes that were written.
        written: u64,
        /// Frames that were coded.
        frame: i64,
        /// Frames of the film.
        frames: i64,
    },
    /// This film and this preset do not go together, or the preset contradicts itself.
    #[error("the preset {preset} cannot deliver this film: {why}")]
    Unsuitable {
        /// The preset's name.
        preset: String,
        /// Why, and what to do.
        why: String,
    },
    /// A frame or a length of sound could not be made.
    #[error("at {timecode} (frame {frame}): {why}")]
    Film {
        /// The frame, counted from the start of the delivery.
        frame: i64,
        /// Its label.
        timecode: String,
        /// Why.
        why: String,
    },
    /// An encoder or the container refused.
    #[error("{0}")]
    Coding(String),
}

impl Error {
    /// The error of an input or output call on `path`.
    pub(super) fn output(tried: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::Output { tried: tried.to_owned(), path: path.to_owned(), said: error.to_string() }
    }

    /// The error of writing to `path`.
    pub(super) fn writing(path: &Path, error: &std::io::Error) -> Self {
        let code = error.raw_os_error().unwrap_or(libc::EIO);
        Self::of_code(path, -code, "write", &error.to_string())
    }

    /// The error of writing a container at `path`.
    pub(super) fn container(path: &Path, error: &ffmpeg::Error) -> Self {
        Self::of_code(path, error.code, &error.tried, &error.said)
    }

    fn of_code(path: &Path, code: i32, tried: &str, said: &str) -> Self {
        if code == -libc::ENOSPC || code == -libc::EDQUOT {
            return Self::Full { path: path.to_owned(), written: 0, frame: 0, frames: 0 };
        }
        Self::Output { tried: tried.to_owned(), path: path.to_owned(), said: said.to_owned() }
    }

    /// The error of a frame that could not be made.
    pub(super) fn of_film(programme: &dyn Programme, frame: i64, failed: &Failed) -> Self {
        let (start, rate) = (programme.start(), programme.rate());
        let label = timecode::label(start + frame, rate, Counting::NonDrop).unwrap_or_default();
        Self::Film { frame, timecode: label, why: failed.to_string() }
    }

    /// With how far it came, where it is that the disk is full.
    pub(super) fn with_progress(self, to: &Path, frame: i64, frames: i64, written: u64) -> Self {
        match self {
            Self::Full { .. } => Self::Full { path: to.to_owned(), written, frame, frames },
            other => other,
        }
    }
}
