//! What a person points at: files, folders, numbered sequences, told apart and looked into; and where
//! a file has gone.

use crate::media::sequence::Pattern;
use crate::media::{Error, hash, probe};
use crate::workers::Stop;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use timeline_format::Media;

/// The most files that one look takes in, and how deep folders are searched.
const MOST: usize = 200_000;
const DEEPEST: usize = 32;

/// Endings that are never media.
const JUNK: &[&str] = &[
    "json",
    "txt",
    "md",
    "db",
    "ini",
    "tmp",
    "part",
    "crdownload",
    "roomtone",
    "otio",
    "edl",
    "xml",
    "py",
    "toml",
    "yaml",
    "yml",
    "html",
    "csv",
    "log",
    "zip",
    "safetensors",
    "ckpt",
    "srt",
    "vtt",
    "cube",
    "pdf",
    "lnk",
    "url",
];

/// A run of numbered files of at least so many is a sequence.
const SEQUENCE: usize = 4;

/// What was found: a media and its path (with `#` for a sequence's numbers), or why not.
pub type Found = Result<(PathBuf, Media), Error>;

/// Looks into files and folders, in the order of their names. Numbered pictures of a folder (four or
/// more of one name) are one sequence; a file that was named by itself is a file. Ends early, with
/// what it has, when `stop` is raised.
///
/// # Errors
/// Where a path is not there or cannot be listed, or there are more than 200,000 files.
pub fn scan(paths: &[PathBuf], stop: &Stop) -> Result<Vec<Found>, Error> {
    let mut named = Vec::new();
    for path in paths {
        if path.is_dir() {
            named.extend(files(path)?);
        } else if path.exists() || Pattern::of(path).is_some() {
            named.push(path.clone());
        } else {
            return Err(Error::new(path, "there is no such file or folder"));
        }
    }
    let look = |path: PathBuf| (!stop.is_raised()).then(|| Ok((path.clone(), probe(&path)?)));
    let found = named.into_par_iter().map(look).collect::<Vec<_>>();
    Ok(found.into_iter().flatten().collect())
}

/// Files under `folder` that may be media, in order; numbered pictures as one path with `#`.
///
/// Hidden files, empty files and what is known to be something else are left out; a folder that is
/// reached by two ways is looked into once.
///
/// # Errors
/// Where the folder cannot be listed, or holds more than 200,000 files.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut search = Search::default();
    search.collect(folder, 0).map_err(|error| Error::new(folder, error))?;
    if search.found.len() > MOST {
        return Err(Error::new(folder, format!("it holds more than {MOST} files")));
    }
    search.found.sort();
    Ok(group(search.found))
}

/// Files under `folder` that would be media if anything were in them: what is left of a render or a copy
/// that failed.
///
/// # Errors
/// Where the folder cannot be listed.
pub fn empty_files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut search = Search::default();
    search.collect(folder, 0).map_err(|error| Error::new(folder, error))?;
    search.empty.sort();
    Ok(search.empty)
}

/// A walk through folders.
#[derive(Default)]
struct Search {
    found: Vec<PathBuf>,
    empty: Vec<PathBuf>,
    /// Folders that were looked into, by their real paths.
    seen: BTreeSet<PathBuf>,
}

impl Search {
    fn collect(&mut self, folder: &Path, depth: usize) -> std::io::Result<()> {
        if !self.seen.insert(std::fs::canonicalize(folder)?) {
            return Ok(());
        }
        let entries = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path());
        let mut entries = entries.filter(|path| !is_hidden(path)).collect::<Vec<_>>();
        entries.sort();
        for path in entries {
            let Ok(facts) = std::fs::metadata(&path) else { continue };
            if facts.is_dir() && depth < DEEPEST {
                drop(self.collect(&path, depth + 1));
            } else if facts.is_file() && !is_junk(&path) {
                let of_its_kind = if facts.len() > 0 { &mut self.found } else { &mut self.empty };
                of_its_kind.push(path);
            }
            if self.found.len() > MOST {
                break;
            }
        }
        Ok(())
    }
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    name.is_none_or(|name| name.starts_with('.') || name == "Thumbs.db")
}

fn ending(path: &Path) -> Option<String> {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase())
}

fn is_junk(path: &Path) -> bool {
    ending(path).is_none_or(|ending| JUNK.contains(&ending.as_str()))
}

fn is_picture(path: &Path) -> bool {
    let pictures = ["png", "jpg", "jpeg", "webp", "tif", "tiff", "exr", "dpx", "bmp", "tga"];
    ending(path).is_some_and(|ending| pictures.contains(&ending.as_str()))
}

/// Files in their order, runs of numbered pictures as one pattern.
fn group(files: Vec<PathBuf>) -> Vec<PathBuf> {
    let numbered = |path: &PathBuf| Pattern::of_file(path).filter(|_| is_picture(path));
    let numbered = files.iter().map(numbered).collect::<Vec<_>>();
    let mut widths = BTreeMap::<_, BTreeSet<_>>::new();
    for (pattern, number) in numbered.iter().flatten() {
        let is_padded = number.checked_ilog10().map_or(1, |log| log as usize + 1) < pattern.digits;
        widths
            .entry(pattern.clone().with_digits(1))
            .or_default()
            .insert((is_padded, pattern.digits));
    }
    let patterns = numbered.into_iter().map(|found| {
        let (pattern, _) = found?;
        let digits = digits_of(pattern.digits, widths.get(&pattern.clone().with_digits(1))?);
        Some(pattern.with_digits(digits).path())
    });
    let patterns = patterns.collect::<Vec<_>>();
    let mut counts = BTreeMap::new();
    for pattern in patterns.iter().flatten() {
        *counts.entry(pattern.clone()).or_insert(0) += 1;
    }
    let is_run = |pattern: &PathBuf| counts.get(pattern).is_some_and(|count| *count >= SEQUENCE);
    let named = files.into_iter().zip(patterns);
    let mut grouped = named
        .map(|(file, pattern)| pattern.filter(|pattern| is_run(pattern)).unwrap_or(file))
        .collect::<Vec<_>>();
    grouped.sort();
    grouped.dedup();
    grouped
}

/// The digits of the pattern that a number of `width` digits belongs to, where these widths are
/// found, with zeros before the number or without: 10000 belongs to 0001, and 12 to 9.
fn digits_of(width: usize, found: &BTreeSet<(bool, usize)>) -> usize {
    if found.contains(&(true, width)) {
        return width;
    }
    let padded = found.iter().rev().find(|(is_padded, digits)| *is_padded && *digits < width);
    padded.or_else(|| found.first()).map_or(width, |(_, digits)| (*digits).min(width))
}

/// Finds what has become of `lost` under `folder`: the file of the same content, else of the same
/// name. Of several of the same name, the first in order.
pub fn find(lost: &Media, folder: &Path) -> Result<Option<PathBuf>, Error> {
    let candidates = files(folder)?;
    let name = Path::new(&lost.path).file_name();
    let named = candidates.iter().filter(|path| path.file_name() == name);
    let others = candidates.iter().filter(|path| path.file_name() != name);
    let same = named
        .clone()
        .chain(others)
        .find(|path| !lost.hash.is_empty() && content(path).is_some_and(|hash| hash == lost.hash));
    Ok(same.or_else(|| named.clone().next()).cloned())
}

/// The hash of a file, or of the first of a sequence.
fn content(path: &Path) -> Option<String> {
    let first = Pattern::of(path).filter(|_| !path.exists()).and_then(|pattern| {
        let numbers = pattern.numbers().ok()?;
        Some(pattern.file(*numbers.first()?))
    });
    hash::of_file(first.as_deref().unwrap_or(path)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_pictures_are_one_sequence_and_a_few_are_files() {
        let files = |names: &[&str]| names.iter().map(PathBuf::from).collect::<Vec<_>>();
        let found = group(files(&["a/b.0001.png", "a/b.0002.png", "a/b.0003.png", "a/b.0005.png"]));
        assert_eq!(found, files(&["a/b.####.png"]));
        let grown = ["b.8.png", "b.9.png", "b.10.png", "b.11.png", "c.099.png", "c.100.png"];
        let more = ["c.0998.png", "c.0999.png", "c.1000.png", "c.10000.png", "c.98.png"];
        let found = group(files(&[&grown[..], &more[..]].concat()));
        let left = ["b.#.png", "c.####.png", "c.099.png", "c.100.png", "c.98.png"];
        assert_eq!(found, files(&left));
        let some = files(&["take-1.png", "take-2.png", "wind-1.wav", "wind-2.wav"]);
        assert_eq!(group(some.clone()), some);
    }
}
