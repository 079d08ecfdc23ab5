//! Look-up tables and fonts of a film: files that are read once for as long as they do not change.

use super::fonts::file_at;
use super::place::path_at;
use super::shelf::{Unread, lock};
use crate::picture::lut::{Lut, MOST_BYTES};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

/// The most tables that are kept.
const MOST: usize = 64;

/// The tables beside a film.
#[derive(Debug)]
pub(super) struct Tables {
    folder: PathBuf,
    unread: Unread,
    kept: Mutex<BTreeMap<String, Kept>>,
}

#[derive(Debug, Clone)]
struct Kept {
    edition: Edition,
    table: Option<Arc<Lut>>,
}

/// What a file is known by: its size, and when it was changed.
type Edition = Option<(u64, SystemTime)>;

impl Tables {
    /// The tables of a film that lies in `folder`.
    pub(super) fn new(folder: &Path, unread: Unread) -> Self {
        Self { folder: folder.to_owned(), unread, kept: Mutex::default() }
    }

    /// What the file at `path` says; `None`, and a line in the list of what is unread, where it is no table.
    pub(super) fn table(&self, path: &str) -> Option<Arc<Lut>> {
        let edition = path_at(path, &self.folder).and_then(|path| edition_of(&path));
        if let Some(kept) = lock(&self.kept).get(path)
            && kept.edition == edition
        {
            return kept.table.clone();
        }
        let read = read(path, &self.folder);
        let table = read.inspect_err(|why| self.unread.tell_file(path, why)).ok().map(Arc::new);
        let mut kept = lock(&self.kept);
        if kept.len() >= MOST {
            kept.pop_first();
        }
        kept.insert(path.to_owned(), Kept { edition, table: table.clone() });
        table
    }

    /// The whole path of the font's file at `path`; `None`, and a line in the list of what is unread, where it
    /// is no font.
    pub(super) fn font(&self, path: &str) -> Option<String> {
        let found = file_at(path, &self.folder);
        found.inspect_err(|why| self.unread.tell_file(path, why)).ok()
    }
}

fn edition_of(path: &Path) -> Edition {
    let facts = std::fs::metadata(path).ok()?;
    Some((facts.len(), facts.modified().ok()?))
}

/// Reads the table at `path`, from `folder`.
///
/// # Errors
/// Says in words why it is none: no local file, missing, too large, not what its ending says.
pub(super) fn read(path: &str, folder: &Path) -> Result<Lut, String> {
    let place = path_at(path, folder).ok_or("a film reads local files only")?;
    let facts = std::fs::metadata(&place).map_err(|error| error.to_string())?;
    if !facts.is_file() {
        return Err("it is no file".to_owned());
    }
    let file = std::fs::File::open(&place).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    let most = MOST_BYTES as u64 + 1;
    file.take(most).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    Lut::read(path, &bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_folders_are_no_tables() {
        for path in ["http://a/b.cube", "file:///a.cube", "", "a\0.cube", "concat:a|b.cube"] {
            assert_eq!(read(path, Path::new("/")), Err("a film reads local files only".to_owned()));
        }
        assert!(read("/", Path::new("/")).is_err());
        assert!(read("no/such.cube", Path::new("/")).is_err());
    }
}
