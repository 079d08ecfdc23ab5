//! The place where a delivery lies before it is whole: hidden, one for each target, held by a lock.
//!
//! The system lets go of the lock when the process ends, however it ends. So what lies in the place and
//! is not locked was left by a delivery that is dead, and what is locked is somebody's: never touched.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

/// How often a place is tried for that others take and leave at the same moment.
const ATTEMPTS: usize = 16;

/// A place that is ours as long as `lock` is open.
#[derive(Debug)]
pub(super) struct Claim {
    /// The file or folder itself.
    pub(super) lock: File,
    /// Whether a dead delivery had left something there.
    pub(super) found: bool,
}

/// Lets go by name: a process that is just being started holds a copy of the open file for a moment.
impl Drop for Claim {
    fn drop(&mut self) {
        drop(self.lock.unlock());
    }
}

/// Why a place cannot be had.
#[derive(Debug)]
pub(super) enum Refused {
    /// A delivery that is alive has it.
    Busy,
    /// The system says so.
    System(io::Error),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

/// Claims `path` for a new, empty file; what a dead delivery left there is removed.
pub(super) fn file(path: &Path) -> Result<Claim, Refused> {
    let mut found = false;
    for _ in 0..ATTEMPTS {
        match OpenOptions::new().write(true).create_new(true).open(path) {
            Ok(lock) => {
                drop(lock.lock());
                if is_at(&lock, path)? {
                    return Ok(Claim { lock, found });
                }
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => found |= remove_left(path)?,
            Err(error) => return Err(error.into()),
        }
    }
    Err(Refused::Busy)
}

/// Claims `path` for a folder: a new one, or the one that a dead delivery left, with what is in it.
pub(super) fn folder(path: &Path) -> Result<Claim, Refused> {
    for _ in 0..ATTEMPTS {
        let found = match fs::create_dir(path) {
            Ok(()) => false,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => true,
            Err(error) => return Err(error.into()),
        };
        let Some(lock) = open_left(path)? else { continue };
        if !lock.metadata()?.is_dir() {
            remove_left(path)?;
            continue;
        }
        match lock.try_lock() {
            Ok(()) if is_at(&lock, path)? => return Ok(Claim { lock, found }),
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Refused::Busy),
            Err(TryLockError::Error(_)) if !found => return Ok(Claim { lock, found }),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
    Err(Refused::Busy)
}

/// Removes what a dead delivery left at `path`; false where there was nothing.
fn remove_left(path: &Path) -> Result<bool, Refused> {
    let Some(left) = open_left(path)? else { return Ok(false) };
    match left.try_lock() {
        Ok(()) if !is_at(&left, path)? => return Ok(false),
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(Refused::Busy),
        Err(TryLockError::Error(error)) => return Err(error.into()),
    }
    if left.metadata()?.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }?;
    Ok(true)
}

/// Opens what lies at `path`, without following a link or waiting for a pipe; `None` where it is gone.
fn open_left(path: &Path) -> io::Result<Option<File>> {
    let flags = libc::O_NOFOLLOW | libc::O_NONBLOCK;
    match OpenOptions::new().read(true).custom_flags(flags).open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether an open file or folder is still the one that lies at `path`.
fn is_at(open: &File, path: &Path) -> io::Result<bool> {
    let open = open.metadata()?;
    match fs::symlink_metadata(path) {
        Ok(found) => Ok((found.dev(), found.ino()) == (open.dev(), open.ino())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn what_is_held_is_busy_and_what_was_left_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".film.part");
        let first = file(&path).unwrap();
        assert!(!first.found);
        assert!(matches!(file(&path), Err(Refused::Busy)));
        assert!(matches!(super::folder(&path), Err(Refused::Busy)));
        drop(first);
        let second = super::folder(&path).unwrap();
        assert!(!second.found, "a file is no folder to go on in");
        fs::write(path.join("a"), "").unwrap();
        assert!(matches!(super::folder(&path), Err(Refused::Busy)));
        drop(second);
        assert!(super::folder(&path).unwrap().found);
        assert!(path.join("a").exists());
        assert!(file(&path).unwrap().found && path.is_file());
    }

    #[test]
    fn a_link_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join(".film.part"), folder.path().join("other"));
        fs::write(&other, "precious").unwrap();
        std::os::unix::fs::symlink(&other, &path).unwrap();
        assert!(matches!(file(&path), Err(Refused::System(_))));
        assert!(matches!(super::folder(&path), Err(Refused::System(_))));
        assert_eq!(fs::read(other).unwrap(), b"precious");
    }

    #[test]
    fn one_at_a_time_has_it_however_many_try() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".film.part");
        let (inside, had) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let contend = || {
            for turn in 0..400 {
                let claimed = if turn % 3 == 0 { super::folder(&path) } else { file(&path) };
                let Ok(claim) = claimed else { continue };
                assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "two have it");
                assert!(is_at(&claim.lock, &path).unwrap());
                inside.fetch_sub(1, Ordering::SeqCst);
                had.fetch_add(1, Ordering::SeqCst);
            }
        };
        rayon::join(|| rayon::join(contend, contend), || rayon::join(contend, contend));
        assert!(had.load(Ordering::SeqCst) > 0);
    }
}
