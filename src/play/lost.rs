//! Media that are not where the film says, and where they are now.

use super::place::path_of;
use crate::media::sequence::Pattern;
use crate::media::{self, library};
use crate::workers::Stop;
use std::path::{Path, PathBuf};
use timeline_format::{Id, Media, Timeline};

/// The media of `film`, whose document lies in `folder`, that are not where it says.
pub fn missing_media(film: &Timeline, folder: &Path) -> Vec<Id> {
    let lost = film.media.iter().filter(|(_, media)| !is_there(media, folder));
    lost.map(|(id, _)| *id).collect()
}

fn is_there(media: &Media, folder: &Path) -> bool {
    let Some(path) = path_of(media, folder) else { return false };
    path.exists() || Pattern::of(&path).is_some_and(|pattern| has_any(&pattern))
}

fn has_any(pattern: &Pattern) -> bool {
    pattern.numbers().is_ok_and(|numbers| !numbers.is_empty())
}

/// Where lost media lie under `within`: the file of the same content, else of the same name. Ends early,
/// with what it has, when `stop` is raised.
///
/// # Errors
/// Where the folder cannot be searched.
pub fn found_media(
    film: &Timeline,
    lost: &[Id],
    within: &Path,
    stop: &Stop,
) -> Result<Vec<(Id, PathBuf)>, media::Error> {
    let mut found = Vec::new();
    for id in lost.iter().take_while(|_| !stop.is_raised()) {
        let Some(media) = film.media.get(id) else { continue };
        if let Some(path) = library::find(media, within)? {
            found.push((*id, path));
        }
    }
    Ok(found)
}
