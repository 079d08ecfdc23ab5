//! The last versions of a film, in a hidden folder beside it.

use super::save::{VERSIONS, replace, sync_folder};
use super::{Error, beside};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use timeline_format::{Problem, Timeline};

/// An older version of a film.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Counts up; the newest version has the greatest.
    pub number: u64,
    /// Where it lies.
    pub path: PathBuf,
    /// When it was saved, where the system tells.
    pub saved: Option<SystemTime>,
    /// Its size in bytes.
    pub size: u64,
}

/// The kept versions of the film at `path`, newest first.
///
/// # Errors
/// Where the folder is there and cannot be read.
pub fn versions(path: &Path) -> Result<Vec<Version>, Error> {
    list(path).map_err(|source| Error::io("list the versions of", path, source))
}

/// Brings an older version of the film at `path` back; what is there now becomes a version.
///
/// # Errors
/// Where the version holds no film, or the file system says no.
pub fn restore(path: &Path, version: &Version) -> Result<(Timeline, Vec<Problem>), Error> {
    let opened = super::open(&version.path)?;
    let failed = |source| Error::io("restore", &version.path, source);
    let text = std::fs::read(&version.path).map_err(failed)?;
    replace(path, &text, VERSIONS, &mut |_| Ok(()))?;
    Ok(opened)
}

fn folder(path: &Path) -> PathBuf {
    beside(path, "versions")
}

fn list(path: &Path) -> io::Result<Vec<Version>> {
    let entries = match std::fs::read_dir(folder(path)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_suffix(".roomtone")?.parse().ok());
        if let Some(number) = number {
            let metadata = entry.metadata()?;
            let (saved, size) = (metadata.modified().ok(), metadata.len());
            found.push(Version { number, path: entry.path(), saved, size });
        }
    }
    found.sort_by_key(|version| std::cmp::Reverse(version.number));
    Ok(found)
}

/// Keeps the film that is at `path` as its newest version: as a second name where the disk knows
/// such, else as a copy.
pub(super) fn keep(path: &Path) -> io::Result<()> {
    let folder = folder(path);
    std::fs::create_dir_all(&folder)?;
    let mut number = list(path)?.first().map_or(1, |newest| newest.number + 1);
    loop {
        let version = folder.join(format!("{number:06}.roomtone"));
        match std::fs::hard_link(path, &version) {
            Ok(()) => return sync_folder(&version),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(_) => {
                let copying = folder.join(format!("{number:06}.copying"));
                std::fs::copy(path, &copying)?;
                std::fs::File::open(&copying)?.sync_all()?;
                std::fs::rename(&copying, &version)?;
                return sync_folder(&version);
            }
        }
    }
}

/// Removes all but the newest `keep` versions.
pub(super) fn prune(path: &Path, keep: usize) -> io::Result<()> {
    for version in list(path)?.into_iter().skip(keep) {
        std::fs::remove_file(&version.path)?;
    }
    Ok(())
}
