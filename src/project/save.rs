//! Saves a film whole: at any moment there is the old film or the new one.

use super::Error;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use timeline_format::Timeline;

/// Saves `film` at `path`: its text goes to a file beside, to the disk, and under the name.
///
/// # Errors
/// Where the file system says no; what was there is there still.
pub fn save(path: &Path, film: &Timeline) -> Result<(), Error> {
    let text = timeline_format::write(film);
    if std::fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    let beside = beside(path);
    let failed = |source| Error::io("save", path, source);
    let mut file = File::create(&beside).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
    std::fs::rename(&beside, path).map_err(failed)
}

fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.new"))
}
