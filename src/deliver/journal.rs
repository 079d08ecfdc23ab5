//! Which frames of a delivery into a folder are whole, written beside them so that an interrupted one
//! can go on.
//!
//! One line a frame, after its file: number, key, bytes, hash of the bytes. A frame counts as whole only
//! where its file is what the line says, so a line or a file cut short by a crash is a frame to be made.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// The journal's name in the folder; it goes when the delivery is whole.
pub(super) const NAME: &str = ".frames";

/// A frame that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// What decides its pixels.
    pub(super) key: u128,
    /// Bytes of its file.
    pub(super) bytes: u64,
    /// The hash of its file.
    pub(super) hash: u128,
}

/// The frames that an earlier delivery wrote.
pub(super) type Entries = BTreeMap<i64, Entry>;

/// An open journal.
#[derive(Debug)]
pub(super) struct Journal(File);

impl Journal {
    /// Opens the journal of `folder`, and gives what is in it. Where it is of another `stamp`, which is
    /// everything that decides a frame's file besides its key, it is begun anew.
    pub(super) fn open(folder: &Path, stamp: u128) -> io::Result<(Self, Entries)> {
        let path = folder.join(NAME);
        let head = format!("roomtone frames 1 {stamp:032x}");
        let text = fs::read(&path).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let mut lines = text.lines();
        if lines.next() != Some(head.as_str()) {
            let mut file = File::create(&path)?;
            writeln!(file, "{head}")?;
            return Ok((Self(file), Entries::new()));
        }
        let entries: Entries = lines.filter_map(entry).collect();
        let mut file = OpenOptions::new().append(true).open(&path)?;
        if !text.ends_with('\n') {
            writeln!(file)?;
        }
        Ok((Self(file), entries))
    }

    /// Writes down that a frame is whole.
    pub(super) fn note(&mut self, frame: i64, entry: &Entry) -> io::Result<()> {
        let Entry { key, bytes, hash } = entry;
        self.0.write_all(format!("{frame} {key:032x} {bytes} {hash:032x}\n").as_bytes())
    }
}

/// How many frames the journal of `folder` has.
pub(super) fn count(folder: &Path) -> i64 {
    let text = fs::read(folder.join(NAME)).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    text.lines().skip(1).filter_map(entry).collect::<Entries>().len() as i64
}

/// The frame of a line; `None` where the line was cut short.
fn entry(line: &str) -> Option<(i64, Entry)> {
    let words: Vec<_> = line.split(' ').collect();
    let [frame, key, bytes, hash] = words[..] else { return None };
    let long =
        |word: &str| (word.len() == 32).then(|| u128::from_str_radix(word, 16).ok()).flatten();
    let entry = Entry { key: long(key)?, bytes: bytes.parse().ok()?, hash: long(hash)? };
    Some((frame.parse().ok()?, entry))
}

impl Entry {
    /// Of the bytes of a frame's file.
    pub(super) fn of(key: u128, bytes: &[u8]) -> Self {
        Self { key, bytes: bytes.len() as u64, hash: hash(bytes) }
    }

    /// Whether the file at `path` is the one that was written.
    pub(super) fn is_whole(&self, path: &Path) -> bool {
        let sized = fs::metadata(path).is_ok_and(|facts| facts.len() == self.bytes);
        sized && fs::read(path).is_ok_and(|bytes| hash(&bytes) == self.hash)
    }
}

/// The first half of the BLAKE3 hash of `bytes`.
pub(super) fn hash(bytes: &[u8]) -> u128 {
    let mut half = [0; 16];
    half.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
    u128::from_le_bytes(half)
}

/// Removes from `folder` everything but the journal and what `belongs`.
pub(super) fn tidy(folder: &Path, belongs: impl Fn(&Path) -> bool) -> io::Result<()> {
    let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let strangers = entries.iter().map(fs::DirEntry::path);
    for path in strangers.filter(|path| !path.ends_with(NAME) && !belongs(path)) {
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }?;
    }
    Ok(())
}

/// Removes the journal, if there is one: the delivery is whole.
pub(super) fn close(folder: &Path) -> io::Result<()> {
    match fs::remove_file(folder.join(NAME)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_cut_anywhere_gives_only_lines_that_were_whole() {
        let folder = tempfile::tempdir().unwrap();
        let (mut journal, none) = Journal::open(folder.path(), 7).unwrap();
        assert!(none.is_empty());
        let written: Entries = (0..3).map(|frame| (frame, Entry::of(9, &[frame as u8]))).collect();
        for (frame, entry) in &written {
            journal.note(*frame, entry).unwrap();
        }
        drop(journal);
        let path = folder.path().join(NAME);
        let whole = fs::read(&path).unwrap();
        for length in 0..=whole.len() {
            fs::write(&path, &whole[..length]).unwrap();
            let (mut journal, read) = Journal::open(folder.path(), 7).unwrap();
            assert_eq!(count(folder.path()), read.len() as i64);
            assert!(read.iter().all(|(frame, entry)| written.get(frame) == Some(entry)));
            journal.note(5, &Entry::of(1, b"later")).unwrap();
            let (_, again) = Journal::open(folder.path(), 7).unwrap();
            assert_eq!(again.len(), read.len() + 1, "cut at {length}");
        }
        fs::write(&path, &whole).unwrap();
        assert_eq!(Journal::open(folder.path(), 7).unwrap().1, written);
        assert!(Journal::open(folder.path(), 8).unwrap().1.is_empty());
    }
}
