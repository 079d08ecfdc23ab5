//! Saves a film whole: at any moment, whatever happens, there is the old film or the new one.

use super::{Error, beside, versions};
use std::fs::{File, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use timeline_format::Timeline;

/// How many older versions of a film are kept unless one asks for another number.
pub const VERSIONS: usize = 10;

/// A step of saving, before it is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Create,
    Write,
    Sync,
    Keep,
    Rename,
    SyncFolder,
    Prune,
}

/// Saves `film` at `path` and keeps the last [`VERSIONS`] versions: see [`save_keeping`].
///
/// # Errors
/// Where the file system says no; what was there is there still.
pub fn save(path: &Path, film: &Timeline) -> Result<(), Error> {
    save_keeping(path, film, VERSIONS)
}

/// Saves `film` at `path`: its text goes to a new file beside, from there to the disk, and only
/// then under the film's name. What was there becomes the newest of at most `versions` older ones.
/// A film that is there already, byte for byte, is left alone.
///
/// # Errors
/// Where the file system says no; what was there is there still.
pub fn save_keeping(path: &Path, film: &Timeline, versions: usize) -> Result<(), Error> {
    replace(path, timeline_format::write(film).as_bytes(), versions, &mut |_| Ok(()))
}

/// Puts `text` whole under the name `path`: another program's cut, a list. No version is kept.
///
/// # Errors
/// Where the file system says no; what was there is there still.
pub fn write_whole(path: &Path, text: &[u8]) -> Result<(), Error> {
    replace(path, text, 0, &mut |_| Ok(()))
}

/// Puts `text` under the name `path`, telling `before` of every step ahead of it.
pub(super) fn replace(
    path: &Path,
    text: &[u8],
    keep: usize,
    before: &mut dyn FnMut(Step) -> io::Result<()>,
) -> Result<(), Error> {
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if std::fs::read(&target).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let failed = |source| Error::io("save", path, source);
    sweep(&target);
    let new = beside(&target, &format!("saving-{}-{:x}", std::process::id(), hash(text)));
    let written = write(&new, &target, text, before).and_then(|file| {
        before(Step::Keep)?;
        if keep > 0 && target.exists() {
            versions::keep(&target)?;
        }
        before(Step::Rename)?;
        std::fs::rename(&new, &target)?;
        drop(file);
        before(Step::SyncFolder)?;
        sync_folder(&target)
    });
    if let Err(error) = written {
        let left = std::fs::remove_file(&new).err();
        let gone = left.is_none_or(|left| left.kind() == io::ErrorKind::NotFound);
        return Err(if gone { failed(error) } else { Error::io("save", &new, error) });
    }
    before(Step::Prune).and_then(|()| versions::prune(&target, keep)).map_err(failed)
}

/// Writes a new file through to the disk, with the permissions of the film that it will replace.
/// It is locked while it is written, so that no other save sweeps it away.
fn write(
    new: &Path,
    target: &Path,
    text: &[u8],
    before: &mut dyn FnMut(Step) -> io::Result<()>,
) -> io::Result<File> {
    before(Step::Create)?;
    let mut file = File::create(new)?;
    file.try_lock().map_err(io::Error::from)?;
    if let Some(permissions) = permissions(target) {
        file.set_permissions(permissions)?;
    }
    before(Step::Write)?;
    file.write_all(text)?;
    before(Step::Sync)?;
    file.sync_all()?;
    Ok(file)
}

fn permissions(target: &Path) -> Option<Permissions> {
    std::fs::metadata(target).ok().map(|metadata| metadata.permissions())
}

/// Removes what a save that was killed left behind: new files that nobody holds.
fn sweep(target: &Path) {
    let prefix = beside(target, "saving-");
    let (Some(folder), Some(prefix)) = (target.parent(), prefix.file_name()) else { return };
    let prefix = prefix.to_string_lossy().into_owned();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_ours = entry.file_name().to_string_lossy().starts_with(&prefix);
        let is_left = is_ours && File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
        if is_left {
            drop(std::fs::remove_file(entry.path()));
        }
    }
}

fn hash(text: &[u8]) -> u32 {
    let hash = blake3::hash(text);
    u32::from_le_bytes(std::array::from_fn(|index| hash.as_bytes()[index]))
}

/// Makes the folder's list of names last through a power cut.
pub(super) fn sync_folder(of: &Path) -> io::Result<()> {
    let folder: PathBuf = of
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .map_or_else(|| ".".into(), Path::to_owned);
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
