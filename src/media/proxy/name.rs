//! Which media a stand-in helps, and where it lies.

use crate::media::{Timing, hash};
use std::path::{Path, PathBuf};
use timeline_format::Media;
use timeline_format::media::MediaKind;

/// The hidden folder beside a film.
const FOLDER: &str = ".roomtone-proxies";
/// Videos of fewer pixels are decoded quickly enough.
const FEWEST_PIXELS: u64 = 1000 * 500;

/// Whether a stand-in makes a media quicker to see: a large video whose frames lean on many others.
pub fn helps(media: &Media, timing: &Timing) -> bool {
    let pixels = |picture: &timeline_format::media::PictureStream| {
        u64::from(picture.width) * u64::from(picture.height)
    };
    let is_large = media.picture.as_ref().is_some_and(|picture| pixels(picture) >= FEWEST_PIXELS);
    media.kind == MediaKind::Video && is_large && timing.is_grouped()
}

/// Where the stand-in of the file at `original` lies, for a film in `folder`; `None` where the original
/// cannot be read. Another date or other content is another place: a copy may keep the date.
pub fn place(original: &Path, folder: &Path) -> Option<PathBuf> {
    let facts = std::fs::metadata(original).ok()?;
    let path = std::fs::canonicalize(original).ok()?;
    let changed = facts.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    let content = hash::of_file(original).ok()?;
    let mut hasher = blake3::Hasher::new();
    hasher.update(path.as_os_str().as_encoded_bytes());
    let name = hasher.finalize().to_hex();
    hasher.update(&changed.as_nanos().to_le_bytes());
    hasher.update(content.as_bytes());
    let edition = hasher.finalize().to_hex();
    Some(folder.join(FOLDER).join(format!("{}-{}.mov", &name[..16], &edition[..16])))
}

/// Removes stand-ins of the same file that are out of date.
pub(super) fn tidy(place: &Path) {
    let name = |path: &Path| Some(path.file_name()?.to_str()?.to_owned());
    let (Some(folder), Some(ours)) = (place.parent(), name(place)) else { return };
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let is_older =
            name(&path).is_some_and(|other| other != ours && other.get(..17) == ours.get(..17));
        if is_older {
            drop(std::fs::remove_file(path));
        }
    }
}
