//! Media that come into a film: under which name, and how their path is written.

use super::Error;
use std::path::Path;
use std::sync::Arc;
use timeline_format::media::MediaKind;
use timeline_format::{Id, IdSource, Media, Timeline};

/// Brings the media at `path` into a film whose document lies in `folder`; its id, which is that of the
/// same file where it was there before. Numbered pictures that state no rate get the film's.
///
/// # Errors
/// Where no path leads from the film to the media.
pub fn bring(
    film: &mut Timeline,
    folder: &Path,
    path: &Path,
    mut media: Media,
) -> Result<Id, Error> {
    media.path = relative_to(path, folder)?;
    if media.kind == MediaKind::Sequence {
        media.rate = media.rate.or(Some(film.settings.rate));
    }
    let known = film.media.iter().find(|(_, known)| known.path == media.path);
    let id = known.map_or_else(|| free_id(path, |id| film.media.contains_key(&id)), |(id, _)| *id);
    film.media.insert(id, Arc::new(media));
    Ok(id)
}

/// `path` as it is written in a film that lies in `folder`: relative where one leads to the other.
///
/// # Errors
/// Where the two lie on different disks, or the path is no text.
pub fn relative_to(path: &Path, folder: &Path) -> Result<String, Error> {
    let whole =
        |path: &Path| std::path::absolute(path).map_err(|source| Error::io("find", path, source));
    let folder = whole(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?;
    let path = whole(path)?;
    let mut up = folder.as_path();
    let mut steps = String::new();
    loop {
        if let Ok(below) = path.strip_prefix(up) {
            let below = below
                .to_str()
                .ok_or_else(|| Error::Media { path: path.clone(), why: "its name is no text" })?;
            return Ok(format!("{steps}{}", below.replace('\\', "/")));
        }
        steps.push_str("../");
        up = up.parent().ok_or_else(|| Error::Media {
            path: path.clone(),
            why: "it lies on another disk than the film",
        })?;
    }
}

/// An id after the file's name, if it is free; a made one otherwise.
fn free_id(path: &Path, is_taken: impl Fn(Id) -> bool) -> Id {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let plain: String = stem.to_lowercase().chars().map(id_character).collect();
    let plain = plain.trim_matches('-');
    let short: String = plain.chars().take(Id::LONGEST).collect();
    let mut ids = IdSource::seeded(seed_of(path));
    let named = Id::parse(&short).filter(|id| !is_taken(*id));
    named.unwrap_or_else(|| {
        loop {
            let id = ids.next_id();
            if !is_taken(id) {
                break id;
            }
        }
    })
}

fn id_character(character: char) -> char {
    match character {
        'a'..='z' | '0'..='9' | '_' => character,
        _ => '-',
    }
}

fn seed_of(path: &Path) -> u64 {
    let hash = blake3::hash(path.as_os_str().as_encoded_bytes());
    u64::from_le_bytes(hash.as_bytes()[..8].try_into().unwrap_or_default())
}
