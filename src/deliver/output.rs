//! The target: a hidden file or folder beside it, `.NAME.part`, renamed when it is whole.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::claim::{self, Claim, Refused};
use super::{Error, journal};

/// A delivery in the making. Dropped before it is kept, it removes what was written, except frames that
/// are whole.
#[derive(Debug)]
pub(super) struct Output {
    target: PathBuf,
    hidden: PathBuf,
    force: bool,
    shape: Shape,
    kept: bool,
    claim: Claim,
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    File,
    Folder,
}

impl Output {
    /// Makes the hidden file beside `target`, empty, and opens it.
    pub(super) fn file(target: &Path, force: bool) -> Result<(Self, File), Error> {
        let output = Self::new(target, force, Shape::File)?;
        let file = output.claim.lock.try_clone().map_err(|error| cannot_write(target, &error))?;
        Ok((output, file))
    }

    /// Makes the hidden folder beside `target`, or goes on in the one that a dead delivery left.
    pub(super) fn folder(target: &Path, force: bool) -> Result<Self, Error> {
        Self::new(target, force, Shape::Folder)
    }

    fn new(target: &Path, force: bool, shape: Shape) -> Result<Self, Error> {
        let Some(name) = target.file_name() else {
            let said = "it names no file".to_owned();
            return Err(Error::Output { tried: "write to".into(), path: target.into(), said });
        };
        let mut hidden_name = OsString::from(".");
        hidden_name.push(name);
        hidden_name.push(".part");
        let hidden = folder_of(target).join(hidden_name);
        check_target(target, force, shape)?;
        let claimed = match shape {
            Shape::File => claim::file(&hidden),
            Shape::Folder => claim::folder(&hidden),
        };
        let claim = claimed.map_err(|refused| match refused {
            Refused::Busy => Error::Busy { path: target.into() },
            Refused::System(error) => cannot_write(target, &error),
        })?;
        Ok(Self { target: target.into(), hidden, force, shape, kept: false, claim })
    }

    /// Whether a delivery that died had left something here.
    pub(super) const fn was_left(&self) -> bool {
        self.claim.found
    }

    /// Where it is written now.
    pub(super) fn hidden(&self) -> &Path {
        &self.hidden
    }

    /// Where it will be.
    pub(super) fn target(&self) -> &Path {
        &self.target
    }

    /// Syncs it and gives it its name.
    pub(super) fn keep(mut self) -> Result<(), Error> {
        let synced = if self.shape == Shape::Folder {
            sync_folder(&self.hidden)
        } else {
            sync(&self.hidden)
        };
        synced.map_err(|error| Error::output("finish writing", &self.target, &error))?;
        check_target(&self.target, self.force, self.shape)?;
        if self.shape == Shape::Folder {
            journal::close(&self.hidden)
                .map_err(|error| Error::output("finish writing", &self.target, &error))?;
        }
        self.rename().map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => Error::Exists { path: self.target.clone() },
            _ => Error::output("give the finished delivery its name", &self.target, &error),
        })?;
        self.kept = true;
        sync(folder_of(&self.target))
            .map_err(|error| Error::output("sync the folder of", &self.target, &error))
    }

    fn rename(&self) -> std::io::Result<()> {
        if self.shape == Shape::Folder && self.target.exists() {
            let mut aside = self.hidden.clone().into_os_string();
            aside.push(".old");
            fs::rename(&self.target, &aside)?;
            if let Err(error) = fs::rename(&self.hidden, &self.target) {
                fs::rename(&aside, &self.target)?;
                return Err(error);
            }
            return fs::remove_dir_all(aside);
        }
        if self.force || self.shape == Shape::Folder {
            return fs::rename(&self.hidden, &self.target);
        }
        match fs::hard_link(&self.hidden, &self.target) {
            Ok(()) => fs::remove_file(&self.hidden),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
            Err(_) => fs::rename(&self.hidden, &self.target),
        }
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if self.kept || (self.shape == Shape::Folder && journal::count(&self.hidden) > 0) {
            return;
        }
        let removed = if self.shape == Shape::Folder {
            fs::remove_dir_all(&self.hidden)
        } else {
            fs::remove_file(&self.hidden)
        };
        drop(removed);
    }
}

fn cannot_write(target: &Path, error: &std::io::Error) -> Error {
    Error::output("write into the folder", folder_of(target), error)
}

/// Refuses to replace what was not asked for, or what is no delivery of this kind.
fn check_target(path: &Path, force: bool, shape: Shape) -> Result<(), Error> {
    let Ok(found) = fs::symlink_metadata(path) else { return Ok(()) };
    if !force {
        return Err(Error::Exists { path: path.into() });
    }
    let refuse = |said: &str| {
        Err(Error::Output { tried: "replace".into(), path: path.into(), said: said.into() })
    };
    match (shape, found.is_dir()) {
        (Shape::File, true) => refuse("it is a folder"),
        (Shape::Folder, false) => refuse("it is a file, and numbered frames need a folder"),
        (Shape::Folder, true) if !holds_frames_alone(path) => {
            refuse("the folder holds more than delivered frames; choose another name")
        }
        _ => Ok(()),
    }
}

/// The folder that a path lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

fn sync(path: &Path) -> std::io::Result<()> {
    File::open(path)?.sync_all()
}

fn sync_folder(path: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(path)? {
        sync(&entry?.path())?;
    }
    sync(path)
}

/// Whether a folder holds nothing but numbered pictures and a sound, as a delivery writes them.
fn holds_frames_alone(path: &Path) -> bool {
    let Ok(entries) = fs::read_dir(path) else { return false };
    entries.into_iter().all(|entry| {
        let name = entry.map(|entry| entry.file_name()).unwrap_or_default();
        name.to_str().is_some_and(is_frame_or_sound)
    })
}

fn is_frame_or_sound(name: &str) -> bool {
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    let number = stem.rsplit('.').next().unwrap_or_default();
    let numbered = number.len() >= 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    extension == "wav" || (numbered && (extension == "png" || extension == "exr"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    fn names(path: &Path) -> Vec<String> {
        let entries = fs::read_dir(path).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_gets_its_name_when_it_is_kept() {
        let folder = folder();
        let target = folder.path().join("film.mp4");
        let (output, mut file) = Output::file(&target, false).unwrap();
        file.write_all(b"whole").unwrap();
        assert!(!target.exists());
        output.keep().unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"whole");
        assert_eq!(names(folder.path()), ["film.mp4"]);
    }

    #[test]
    fn a_file_that_is_not_kept_leaves_nothing() {
        let folder = folder();
        drop(Output::file(&folder.path().join("film.mp4"), false).unwrap());
        drop(Output::folder(&folder.path().join("frames"), false).unwrap());
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn nothing_is_replaced_unless_asked() {
        let folder = folder();
        let target = folder.path().join("film.mp4");
        fs::write(&target, "before").unwrap();
        assert!(matches!(Output::file(&target, false), Err(Error::Exists { .. })));
        let (output, _) = Output::file(&target, true).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"before");
        output.keep().unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"");
    }

    #[test]
    fn what_appears_meanwhile_is_not_replaced() {
        let folder = folder();
        let target = folder.path().join("film.mp4");
        let (output, _) = Output::file(&target, false).unwrap();
        fs::write(&target, "another's").unwrap();
        assert!(matches!(output.keep(), Err(Error::Exists { .. })));
        assert_eq!(names(folder.path()), ["film.mp4"]);
        assert_eq!(fs::read(&target).unwrap(), b"another's");
    }

    #[test]
    fn a_folder_of_other_things_is_never_replaced() {
        let folder = folder();
        let target = folder.path().join("frames");
        fs::create_dir(&target).unwrap();
        fs::write(target.join("film.0001.png"), "").unwrap();
        fs::write(target.join("film.wav"), "").unwrap();
        Output::folder(&target, true).unwrap().keep().unwrap();
        assert!(names(&target).is_empty());
        fs::write(target.join("diary.txt"), "dear").unwrap();
        let refused = Output::folder(&target, true).unwrap_err().to_string();
        assert!(refused.contains("holds more than delivered frames"), "{refused}");
        assert_eq!(names(&target), ["diary.txt"]);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let folder = folder();
        let said = Output::file(&folder.path().join("gone/film.mp4"), false).unwrap_err();
        assert!(said.to_string().contains("gone"), "{said}");
    }
}
