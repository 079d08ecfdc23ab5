//! What is not saved yet, kept beside the film: a program that is killed loses nothing that was on screen
//! a moment before.
//!
//! While a film is edited, a thread writes its newest state, whole, to a hidden neighbour of the film. That
//! file says which saved version the edits began from, so that it is never taken for newer than a film that
//! was saved since, and how many edits it holds. It goes when the film is saved or left on purpose.

use super::save::replace;
use super::{Error, beside};
use crate::workers::{self, Worker};
use crossbeam::channel::{Receiver, Sender, bounded};
use crossbeam::queue::ArrayQueue;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;
use timeline_format::read::MOST_BYTES;
use timeline_format::{ReadError, Timeline};

/// What the file says of itself, in its first line.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    /// The version of this layout.
    recovery: u32,
    /// The hash of the saved film that the edits began from; empty where there was none.
    of: String,
    /// How many edits were made since.
    edits: u64,
    /// What the last of them was.
    last: String,
}

/// Edits that were never saved.
#[derive(Debug)]
pub struct Recovered {
    /// The film with them.
    pub timeline: Timeline,
    /// How many.
    pub edits: u64,
    /// What the last of them was.
    pub last: String,
    /// When they were written, where the system tells.
    pub written: Option<SystemTime>,
    /// Whether they began from the film as it is saved now.
    pub follows: bool,
}

/// What is to be done next with the file.
enum Wish {
    Keep { film: Arc<Timeline>, edits: u64, last: String, of: String },
    Forget,
}

/// Keeps the newest state of a film that is edited.
#[derive(Debug)]
pub struct Autosave {
    next: Arc<ArrayQueue<Wish>>,
    of: String,
    /// Dropped before the worker is waited for: it does what was wished last, and ends.
    told: Option<Sender<()>>,
    _worker: Worker<()>,
    _lock: File,
}

impl std::fmt::Debug for Wish {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Keep { edits, .. } => write!(f, "keep {edits} edits"),
            Self::Forget => f.write_str("forget"),
        }
    }
}

impl Autosave {
    /// Begins to keep what is done to the film at `path`.
    ///
    /// # Errors
    /// Where another program edits the film, or nothing can be written beside it.
    pub fn start(path: &Path) -> Result<Self, Error> {
        let failed = |source| Error::io("keep what is not saved of", path, source);
        let lock = File::create(beside(path, "lock")).map_err(failed)?;
        lock.try_lock().map_err(|error| match error {
            std::fs::TryLockError::WouldBlock => Error::Open { path: path.to_owned() },
            std::fs::TryLockError::Error(source) => failed(source),
        })?;
        let next = Arc::new(ArrayQueue::new(1));
        let (told, heard) = bounded(1);
        let (file, wishes) = (beside(path, "recovery"), Arc::clone(&next));
        let worker = workers::start("autosave", move |_| serve(&file, &wishes, &heard));
        let worker = worker.map_err(failed)?;
        Ok(Self { next, of: hash_of(path), told: Some(told), _worker: worker, _lock: lock })
    }

    /// Keeps a film after `edits` edits, of which `last` was the last. It never waits.
    pub fn keep(&self, film: Arc<Timeline>, edits: u64, last: &str) {
        self.wish(Wish::Keep { film, edits, last: last.to_owned(), of: self.of.clone() });
    }

    /// The film at `path` was saved: there is nothing more to keep than what comes now.
    pub fn saved(&mut self, path: &Path) {
        self.of = hash_of(path);
        self.forget();
    }

    /// Nothing is to be kept: what is not saved was given up on purpose.
    pub fn forget(&self) {
        self.wish(Wish::Forget);
    }

    fn wish(&self, wish: Wish) {
        drop(self.next.force_push(wish));
        if let Some(told) = &self.told {
            told.try_send(()).unwrap_or_default();
        }
    }
}

impl Drop for Autosave {
    fn drop(&mut self) {
        self.told = None;
    }
}

fn serve(file: &Path, wishes: &ArrayQueue<Wish>, heard: &Receiver<()>) {
    loop {
        let ended = heard.recv().is_err();
        while let Some(wish) = wishes.pop() {
            match wish {
                Wish::Forget => drop(std::fs::remove_file(file)),
                Wish::Keep { film, edits, last, of } => {
                    let header = Header { recovery: 1, of, edits, last };
                    drop(write(file, &header, &film));
                }
            }
        }
        if ended {
            return;
        }
    }
}

fn write(file: &Path, header: &Header, film: &Timeline) -> Result<(), Error> {
    let mut text = serde_json::to_string(header).unwrap_or_default();
    text.push('\n');
    text.push_str(&timeline_format::write(film));
    replace(file, text.as_bytes(), 0, &mut |_| Ok(()))
}

fn hash_of(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap_or_default();
    if bytes.is_empty() { String::new() } else { blake3::hash(&bytes).to_hex().to_string() }
}

/// What was never saved of the film at `path`; `None` where nothing was left.
///
/// # Errors
/// Where something was left that cannot be read, or is no film.
pub fn recovered(path: &Path) -> Result<Option<Recovered>, Error> {
    let file = beside(path, "recovery");
    let failed = |source| Error::io("recover", &file, source);
    let facts = match std::fs::metadata(&file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        facts => facts.map_err(failed)?,
    };
    let no_film = |source| Error::Film { path: file.clone(), source };
    if facts.len() > MOST_BYTES as u64 {
        return Err(no_film(ReadError::TooLarge(
            usize::try_from(facts.len()).unwrap_or(usize::MAX),
        )));
    }
    let bytes = std::fs::read(&file).map_err(failed)?;
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let header: Header = serde_json::from_slice(&bytes[..end])
        .map_err(|error| failed(std::io::Error::new(ErrorKind::InvalidData, error)))?;
    let (timeline, _) = timeline_format::read(&bytes[end..]).map_err(no_film)?;
    Ok(Some(Recovered {
        timeline,
        edits: header.edits,
        last: header.last,
        written: facts.modified().ok(),
        follows: header.of == hash_of(path),
    }))
}

/// Puts what was left aside under a name of its own, as the film was saved by another way since; that name.
///
/// # Errors
/// Where the file system says no.
pub fn set_aside(path: &Path, recovered: &Recovered) -> Result<PathBuf, Error> {
    let name = free_name(path, "recovered", "roomtone");
    super::save(&name, &recovered.timeline)?;
    let file = beside(path, "recovery");
    std::fs::remove_file(&file).map_err(|source| Error::io("put aside", &file, source))?;
    Ok(name)
}

/// Puts what was left and cannot be read aside, as it is, where nothing is written over it; its new name.
///
/// # Errors
/// Where the file system says no: it is where it was.
pub fn set_unreadable_aside(path: &Path) -> Result<PathBuf, Error> {
    let (file, name) = (beside(path, "recovery"), free_name(path, "unreadable", "recovery"));
    let failed = |source| Error::io("put aside", &file, source);
    std::fs::rename(&file, &name).map_err(failed)?;
    super::save::sync_folder(&name).map_err(failed)?;
    Ok(name)
}

/// A name beside the film that nothing has yet.
fn free_name(path: &Path, what: &str, extension: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let named = |number: u32| path.with_file_name(format!("{stem}-{what}-{number}.{extension}"));
    (1..10_000).map(named).find(|name| !name.exists()).unwrap_or_else(|| named(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use timeline_format::Rate;
    use timeline_format::sequence::Raster;

    fn film(title: &str) -> Arc<Timeline> {
        Arc::new(crate::project::beginning(
            Raster { width: 64, height: 36 },
            Rate::FILM,
            48_000,
            title,
        ))
    }

    #[test]
    fn what_was_not_saved_comes_back_and_what_was_saved_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.roomtone");
        super::super::save(&path, &film("saved")).unwrap();
        let mut autosave = Autosave::start(&path).unwrap();
        for edit in 1..=20 {
            autosave.keep(film(&edit.to_string()), edit, "Trim");
        }
        drop(autosave);
        let found = recovered(&path).unwrap().unwrap();
        assert_eq!((found.timeline.settings.title.as_str(), found.edits), ("20", 20));
        assert!(found.follows && found.last == "Trim" && found.written.is_some());

        autosave = Autosave::start(&path).unwrap();
        super::super::save(&path, &found.timeline).unwrap();
        autosave.saved(&path);
        drop(autosave);
        assert!(recovered(&path).unwrap().is_none());
    }

    #[test]
    fn a_film_that_was_saved_since_is_not_taken_for_older() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.roomtone");
        super::super::save(&path, &film("old")).unwrap();
        let autosave = Autosave::start(&path).unwrap();
        autosave.keep(film("edited"), 3, "Roll");
        drop(autosave);
        super::super::save(&path, &film("saved elsewhere")).unwrap();
        let found = recovered(&path).unwrap().unwrap();
        assert!(!found.follows);
        let aside = set_aside(&path, &found).unwrap();
        assert_eq!(crate::project::open(&aside).unwrap().0.settings.title, "edited");
        assert!(recovered(&path).unwrap().is_none());
    }

    #[test]
    fn what_cannot_be_read_is_put_aside_as_it_is_each_time_under_another_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.roomtone");
        let mut names = Vec::new();
        for bytes in [b"not a film".as_slice(), b"{\"recovery\":1"] {
            std::fs::write(beside(&path, "recovery"), bytes).unwrap();
            assert!(recovered(&path).is_err());
            let name = set_unreadable_aside(&path).unwrap();
            assert_eq!(std::fs::read(&name).unwrap(), bytes);
            assert!(recovered(&path).unwrap().is_none());
            names.push(name);
        }
        assert_ne!(names[0], names[1]);
        assert!(set_unreadable_aside(&path).is_err());
    }

    #[test]
    fn a_film_is_edited_in_one_place_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.roomtone");
        super::super::save(&path, &film("one")).unwrap();
        let first = Autosave::start(&path).unwrap();
        let refused = Autosave::start(&path).unwrap_err().to_string();
        assert!(refused.contains("open in another window"), "{refused}");
        drop(first);
        assert!(Autosave::start(&path).is_ok());
    }
}
