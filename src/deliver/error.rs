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
    #[error("stopped at frame {frame} of {frames}")]
    Stopped {
        /// Frames that were coded.
        frame: i64,
        /// Frames of the film.
        frames: i64,
    },
    /// A delivery did not come to its end, and how to go on.
    #[error("{why}; {left}")]
    Unfinished {
        /// Why it ended.
        why: Box<Self>,
        /// What is left of it.
        left: Left,
    },
    /// Another delivery to the same name is at work.
    #[error("another delivery to {} is at work: wait for it, or choose another name", path.display())]
    Busy {
        /// The final name.
        path: PathBuf,
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
        "the disk is full: {} took {} of {frames} frames ({written} bytes); make room there, or \
         deliver to another disk",
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

/// What is left of a delivery that did not come to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// Nothing: a file is coded in one go.
    Nothing,
    /// Frames that are whole.
    Frames {
        /// How many.
        kept: i64,
        /// Where.
        folder: PathBuf,
    },
}

impl std::fmt::Display for Left {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Nothing => f.write_str("nothing is kept of it: the same call starts over"),
            Self::Frames { kept, folder } => write!(
                f,
                "the same call goes on: {kept} finished frames are kept in {}",
                folder.display()
            ),
        }
    }
}

impl Error {
    /// With what is left, where the delivery was stopped or found no room.
    pub(super) fn leaving(self, left: Left) -> Self {
        match (&self, &left) {
            (Self::Stopped { .. } | Self::Full { .. }, _) | (_, Left::Frames { .. }) => {
                Self::Unfinished { why: Box::new(self), left }
            }
            _ => self,
        }
    }

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
