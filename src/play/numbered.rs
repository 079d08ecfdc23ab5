//! Which of a folder's files are takes: a run of numbered pictures is one take that moves, or as many
//! takes that stand still.

use super::look::GLANCE;
use crate::edit::KIN;
use crate::media::sequence::Pattern;
use crate::media::{Error, library, probe_and_glance};
use crate::picture::measures::{Likeness, Luma};
use crate::signal::Image;
use crate::workers::Stop;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use std::path::{Path, PathBuf};
use timeline_format::Media;

/// What numbered pictures of a folder are taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numbered {
    /// Looked into: pictures that follow from each other are the frames of one take. Those that were
    /// made from different seeds, or look different, are takes.
    #[default]
    Told,
    /// The frames of one take.
    Frames,
    /// Takes.
    Takes,
}

/// The takes in files and folders, in the order of their names; numbered frames as one path with `#`.
/// A path that was named by itself is one take. Files with nothing in them come last: they were to be
/// takes.
///
/// # Errors
/// Where a path is not there or a folder cannot be listed.
pub fn takes_in(paths: &[PathBuf], numbered: Numbered, stop: &Stop) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let files = library::files(path)?;
            let runs = files.into_par_iter().map(|file| apart(file, numbered, stop));
            found.extend(runs.collect::<Result<Vec<_>, Error>>()?.into_iter().flatten());
            found.extend(library::empty_files(path)?);
        } else if path.exists() || Pattern::of(path).is_some() {
            found.push(path.clone());
        } else {
            return Err(Error::new(path, "there is no such file or folder"));
        }
    }
    Ok(found)
}

/// The takes that a file of a folder is: itself, or each picture of a run.
fn apart(file: PathBuf, numbered: Numbered, stop: &Stop) -> Result<Vec<PathBuf>, Error> {
    let Some(pattern) = Pattern::of(&file).filter(|_| !file.exists()) else {
        return Ok(vec![file]);
    };
    let numbers = pattern.numbers()?;
    let is_one = match numbered {
        Numbered::Frames => true,
        Numbered::Takes => false,
        Numbered::Told => stop.is_raised() || is_film(&pattern, &numbers),
    };
    if is_one {
        return Ok(vec![file]);
    }
    Ok(numbers.into_iter().map(|number| pattern.file(number)).collect())
}

/// Whether the first two pictures of a run, and two in its middle, follow from each other.
fn is_film(pattern: &Pattern, numbers: &[i64]) -> bool {
    let middle = numbers.len() / 2;
    let pairs = [numbers.get(..2), numbers.get(middle..middle + 2)];
    let file = |number: i64| pattern.file(number);
    let follow = |pair: &[i64]| follow(&file(pair[0]), &file(pair[1])).unwrap_or(true);
    pairs.into_iter().flatten().all(follow)
}

/// Whether two pictures are frames of one film; `None` where one cannot be read.
fn follow(one: &Path, other: &Path) -> Option<bool> {
    let see = |path: &Path| probe_and_glance(path, GLANCE).ok();
    let (one, other) = (see(one)?, see(other)?);
    let seed = |seen: &(Media, Option<Image>)| seen.0.origin.get("seed").cloned();
    if seed(&one).is_some() && seed(&one) != seed(&other) {
        return Some(false);
    }
    let likeness = |image: &Image| Likeness::of(&Luma::of(image));
    Some(likeness(one.1.as_ref()?).distance(likeness(other.1.as_ref()?)) <= KIN)
}
