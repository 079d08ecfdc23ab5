//! What a person points at: files, folders, numbered sequences, told apart and looked into.

use super::sequence::Pattern;
use super::{Error, probe};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use timeline_format::Media;

/// The most files that one look takes in.
const MOST_FILES: usize = 200_000;
/// How deep folders are looked into.
const DEEPEST: usize = 16;
/// A run of numbered files of at least so many is a sequence.
const FEWEST: usize = 4;

/// What was found: a media and its path (with `#` for a sequence's numbers), or why not.
pub type Found = Result<(PathBuf, Media), Error>;

/// Looks into files and folders. Numbered pictures of a folder (four or more of one name) are one
/// sequence; a file that was named by itself is a file. Hidden files are passed over.
///
/// # Errors
/// Where a path is not there, or there are more than 200,000 files.
pub fn scan(paths: &[PathBuf]) -> Result<Vec<Found>, Error> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let mut files = Vec::new();
            list(path, 0, &mut files)?;
            files.sort();
            found.extend(grouped(&files).into_iter().map(look_into));
        } else if path.exists() || Pattern::of(path).is_some() {
            found.push(look_into(path.clone()));
        } else {
            return Err(Error::new(path, "there is no such file or folder"));
        }
    }
    Ok(found)
}

fn look_into(path: PathBuf) -> Found {
    let media = probe(&path)?;
    Ok((path, media))
}

fn list(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let failed = |error: std::io::Error| Error::new(folder, error);
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        if name.is_none_or(|name| name.starts_with('.')) {
            continue;
        }
        if path.is_dir() && depth < DEEPEST {
            list(&path, depth + 1, files)?;
        } else if path.is_file() {
            files.push(path);
        }
        if files.len() > MOST_FILES {
            return Err(Error::new(folder, format!("it holds more than {MOST_FILES} files")));
        }
    }
    Ok(())
}

/// Files in their order, runs of numbered pictures as one pattern.
fn grouped(files: &[PathBuf]) -> Vec<PathBuf> {
    let pattern = |file: &PathBuf| {
        let (sequence, _) = Pattern::of_file(file).filter(|_| is_picture(file))?;
        Some(sequence.path())
    };
    let patterns: Vec<_> = files.iter().map(pattern).collect();
    let mut counts = BTreeMap::new();
    for pattern in patterns.iter().flatten() {
        *counts.entry(pattern).or_insert(0) += 1;
    }
    let mut seen = BTreeSet::new();
    let mut paths = Vec::new();
    for (file, pattern) in files.iter().zip(&patterns) {
        match pattern {
            Some(path) if counts.get(path).is_some_and(|count| *count >= FEWEST) => {
                if seen.insert(path.clone()) {
                    paths.push(path.clone());
                }
            }
            _ => paths.push(file.clone()),
        }
    }
    paths
}

fn is_picture(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let known = ["png", "jpg", "jpeg", "webp", "tif", "tiff", "exr", "bmp", "dpx"];
    extension.is_some_and(|extension| known.contains(&extension.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_pictures_are_one_sequence_and_a_few_are_files() {
        let files = |names: &[&str]| names.iter().map(PathBuf::from).collect::<Vec<_>>();
        let found =
            grouped(&files(&["a/b.0001.png", "a/b.0002.png", "a/b.0003.png", "a/b.0005.png"]));
        assert_eq!(found, files(&["a/b.####.png"]));
        let some = files(&["take-1.png", "take-2.png", "wind-1.wav", "wind-2.wav"]);
        assert_eq!(grouped(&some), some);
    }
}
