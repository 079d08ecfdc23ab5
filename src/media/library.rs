//! A folder of media: what is in it, and where a file has gone.

use crate::media::sequence::Pattern;
use crate::media::{Error, hash, probe};
use crate::workers::Stop;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use timeline_format::Media;

/// The most files that are looked at, and how deep folders are searched.
const MOST: usize = 100_000;
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

/// The fewest numbered files of one name that make a sequence.
const SEQUENCE: usize = 3;

/// Files under `folder` that may be media, in order; numbered pictures as one path with `#`.
///
/// Hidden files, empty files and what is known to be something else are left out.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    collect(folder, 0, &mut found).map_err(|error| Error::new(folder, error))?;
    found.sort();
    Ok(group(found))
}

fn collect(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        if name.is_none_or(|name| name.starts_with('.') || name == "Thumbs.db") {
            continue;
        }
        let Ok(facts) = std::fs::metadata(&path) else { continue };
        if facts.is_dir() && depth < DEEPEST {
            drop(collect(&path, depth + 1, found));
        } else if facts.is_file() && facts.len() > 0 && !is_junk(&path) && found.len() < MOST {
            found.push(path);
        }
    }
    Ok(())
}

fn is_junk(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_none_or(|ending| JUNK.contains(&ending.as_str()))
}

fn is_picture(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let pictures = ["png", "jpg", "jpeg", "webp", "tif", "tiff", "exr", "dpx", "bmp", "tga"];
    ending.is_some_and(|ending| pictures.contains(&ending.as_str()))
}

fn group(files: Vec<PathBuf>) -> Vec<PathBuf> {
    let pattern = |path: &PathBuf| {
        let (pattern, _) = Pattern::of_file(path).filter(|_| is_picture(path))?;
        Some(pattern.path())
    };
    let mut counts = BTreeMap::new();
    for pattern in files.iter().filter_map(pattern) {
        *counts.entry(pattern).or_insert(0) += 1;
    }
    let mut grouped = files
        .into_iter()
        .map(|path| match pattern(&path) {
            Some(pattern) if counts[&pattern] >= SEQUENCE => pattern,
            _ => path,
        })
        .collect::<Vec<_>>();
    grouped.sort();
    grouped.dedup();
    grouped
}

/// Looks into every file under `folder`: what could be read, and what not and why. The order is
/// that of the names. Ends early, with what it has, when `stop` is raised.
pub fn scan(folder: &Path, stop: &Stop) -> Result<(Vec<Media>, Vec<Error>), Error> {
    let looked =
        files(folder)?.into_par_iter().map(|path| (!stop.is_raised()).then(|| probe(&path)));
    let (mut media, mut errors) = (Vec::new(), Vec::new());
    for found in looked.collect::<Vec<_>>().into_iter().flatten() {
        match found {
            Ok(found) => media.push(found),
            Err(error) => errors.push(error),
        }
    }
    Ok((media, errors))
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
