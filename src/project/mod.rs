//! Films on disk: open, save whole, keep older versions.

mod error;
mod save;

pub use error::Error;
pub use save::save;

use std::path::Path;
use timeline_format::{Problem, Timeline};

/// Opens the film at `path`: the film, and what is wrong with its file and with itself.
///
/// # Errors
/// Where the file cannot be read, or holds no film.
pub fn open(path: &Path) -> Result<(Timeline, Vec<Problem>), Error> {
    let failed = |source| Error::io("open", path, source);
    let size = std::fs::metadata(path).map_err(failed)?.len();
    if size > timeline_format::read::MOST_BYTES as u64 {
        let source = timeline_format::ReadError::TooLarge(size as usize);
        return Err(Error::Film { path: path.to_owned(), source });
    }
    let bytes = std::fs::read(path).map_err(failed)?;
    let read = timeline_format::read(&bytes);
    read.map_err(|source| Error::Film { path: path.to_owned(), source })
}
