//! What was seen of takes, kept on disk in the folder that the system names for what can be made anew: a list
//! that was made once is there at once.
//!
//! What is kept of a take is named for its file as it is now (path, size, date, content, and the texts beside
//! it), for what was looked for and for the program that looked, so that nothing out of date is ever found. What
//! cannot be kept or read is looked at again, and nothing is said.

use super::look::{Seen, Wish};
use crate::media::sequence::Pattern;
use crate::media::{hash, origin};
use crate::picture::measures::{self, Likeness};
use crate::signal::{AlphaMode, Colour, Image, PixelFormat, Plane};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use timeline_format::Media;

/// Bytes that all of it may take: beyond that the oldest goes.
const BUDGET: u64 = 512 << 20;

/// A take as it is kept: a line of JSON, then the planes of its small picture.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    media: Media,
    likeness: Option<u64>,
    measured: BTreeMap<String, f64>,
    broken: Option<String>,
    /// Pixels across and down of the small picture.
    small: Option<(u32, u32)>,
}

/// Where the takes of a wish are kept.
#[derive(Debug, Clone)]
pub(super) struct Memory {
    folder: PathBuf,
}

impl Memory {
    /// The usual one; `None` where the system names no folder for it.
    pub(super) fn usual() -> Option<Self> {
        let folder = |name: &str| std::env::var_os(name).map(PathBuf::from);
        let named = folder("XDG_CACHE_HOME").filter(|folder| folder.is_absolute());
        let folder = if cfg!(windows) {
            folder("LOCALAPPDATA")
        } else if cfg!(target_os = "macos") {
            folder("HOME").map(|home| home.join("Library/Caches"))
        } else {
            named.or_else(|| folder("HOME").map(|home| home.join(".cache")))
        };
        Some(Self { folder: folder?.join("roomtone").join("takes") })
    }

    /// What is known of the take at `path`.
    pub(super) fn find(&self, path: &Path, wish: Wish) -> Option<Seen> {
        let bytes = std::fs::read(self.place(path, wish)?).ok()?;
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let record: Record = serde_json::from_slice(&bytes[..end]).ok()?;
        let small = match record.small {
            Some(size) => Some(picture(size, &bytes[end + 1..])?),
            None => None,
        };
        let measured = record.measured.into_iter();
        let measured = measured.map(|(id, value)| Some((measures::named(&id)?, value)));
        let mut measured: Vec<_> = measured.collect::<Option<_>>()?;
        let place = |id: &str| measures::ALL.iter().position(|known| known.id == id);
        measured.sort_by_key(|(measure, _)| place(measure.id));
        let media = Media { path: path.to_string_lossy().replace('\\', "/"), ..record.media };
        let (path, likeness) = (path.to_owned(), record.likeness.map(Likeness));
        Some(Seen { path, media, likeness, measured, broken: record.broken, small })
    }

    /// Keeps what was seen.
    pub(super) fn keep(&self, seen: &Seen, wish: Wish) {
        self.try_keep(seen, wish).unwrap_or_default();
    }

    fn try_keep(&self, seen: &Seen, wish: Wish) -> Option<()> {
        let place = self.place(&seen.path, wish)?;
        let measured = seen.measured.iter();
        let record = Record {
            media: seen.media.clone(),
            likeness: seen.likeness.map(|likeness| likeness.0),
            measured: measured.map(|(measure, value)| (measure.id.to_owned(), *value)).collect(),
            broken: seen.broken.clone(),
            small: seen.small.as_ref().map(|small| (small.width, small.height)),
        };
        let mut bytes = serde_json::to_vec(&record).ok()?;
        bytes.push(b'\n');
        if let Some(small) = &seen.small {
            (0..3).flat_map(|plane| small.lines(plane)).for_each(|line| bytes.extend(line));
        }
        std::fs::create_dir_all(&self.folder).ok()?;
        let (part, mut file) = part_of(&self.folder, &place)?;
        let is_written = file.write_all(&bytes).is_ok();
        drop(file);
        if !is_written || std::fs::rename(&part, &place).is_err() {
            drop(std::fs::remove_file(&part));
        }
        Some(())
    }

    /// Lets the oldest go where all of it takes too much.
    pub(super) fn tidy(&self) {
        let Ok(entries) = std::fs::read_dir(&self.folder) else { return };
        let mut files: Vec<_> = entries
            .flatten()
            .filter_map(|entry| {
                let facts = entry.metadata().ok()?;
                Some((facts.modified().ok()?, facts.len(), entry.path()))
            })
            .collect();
        let mut bytes: u64 = files.iter().map(|(_, size, _)| size).sum();
        files.sort();
        for (_, size, path) in files {
            if bytes <= BUDGET {
                return;
            }
            bytes -= size;
            drop(std::fs::remove_file(path));
        }
    }

    /// Where a take is kept; `None` where its file cannot be read.
    fn place(&self, path: &Path, wish: Wish) -> Option<PathBuf> {
        let mut hasher = blake3::Hasher::new();
        edition(&std::env::current_exe().ok()?, &mut hasher)?;
        hasher.update(format!("{:?} {:?}\n", wish.depth, wish.small).as_bytes());
        let files = match Pattern::of(path).filter(|_| !path.exists()) {
            None => vec![path.to_owned()],
            Some(pattern) => {
                let numbers = pattern.numbers().ok()?;
                numbers.into_iter().map(|number| pattern.file(number)).collect()
            }
        };
        for file in &files {
            edition(file, &mut hasher)?;
        }
        let first = files.first()?;
        hasher.update(hash::of_file(first).ok()?.as_bytes());
        for beside in origin::beside(first) {
            let is_there = edition(&beside, &mut hasher).is_some();
            hasher.update(&[u8::from(is_there)]);
        }
        Some(self.folder.join(&hasher.finalize().to_hex()[..32]))
    }
}

/// A file as it is now.
fn edition(path: &Path, hasher: &mut blake3::Hasher) -> Option<()> {
    let facts = std::fs::metadata(path).ok()?;
    let changed = facts.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    hasher.update(std::fs::canonicalize(path).ok()?.as_os_str().as_encoded_bytes());
    hasher.update(&facts.len().to_le_bytes());
    hasher.update(&changed.as_nanos().to_le_bytes());
    Some(())
}

/// A file of our own beside the place that it is meant for.
fn part_of(folder: &Path, place: &Path) -> Option<(PathBuf, std::fs::File)> {
    let name = place.file_name()?.to_str()?;
    let path = folder.join(format!("{name}.{}.part", std::process::id()));
    let file = std::fs::File::create(&path).ok()?;
    Some((path, file))
}

/// A small picture of these planes; `None` where they are not as large as it.
fn picture((width, height): (u32, u32), bytes: &[u8]) -> Option<Image> {
    let size = width as usize * height as usize;
    if size == 0 || bytes.len() != 3 * size {
        return None;
    }
    let planes = bytes.chunks_exact(size);
    let planes = planes.map(|plane| Plane::packed(plane.to_vec(), width as usize)).collect();
    let (format, colour, alpha) = (PixelFormat::RGB8, Colour::SRGB, AlphaMode::Straight);
    Some(Image { width, height, format, colour, alpha, planes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::play::Depth;
    use timeline_format::media::MediaKind;

    #[test]
    fn what_was_seen_is_found_as_long_as_its_file_is_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory { folder: folder.path().join("kept") };
        let path = folder.path().join("a.png");
        std::fs::write(&path, "one").unwrap();
        let wish = Wish { depth: Depth::Every, small: Some(2), ..Wish::default() };
        let mut media = Media::new(MediaKind::Still, path.to_string_lossy().replace('\\', "/"));
        media.origin.insert("prompt".into(), "a pier\nat dusk".into());
        let seen = Seen {
            path: path.clone(),
            media,
            likeness: Some(Likeness(7)),
            measured: measures::ALL.iter().map(|measure| (*measure, 0.1 + 0.2)).collect(),
            broken: Some("why".into()),
            small: picture((2, 1), &[1, 2, 3, 4, 5, 6]),
        };
        assert!(memory.find(&path, wish).is_none());
        memory.keep(&seen, wish);
        let found = memory.find(&path, wish).unwrap();
        assert_eq!(
            format!("{:?}", (&found.media, found.likeness, &found.broken, &found.small)),
            format!("{:?}", (&seen.media, seen.likeness, &seen.broken, &seen.small)),
        );
        let figures = |seen: &Seen| {
            seen.measured.iter().map(|(it, value)| (it.id, *value)).collect::<Vec<_>>()
        };
        assert_eq!(figures(&found), figures(&seen));
        assert!(memory.find(&path, Wish { small: None, ..wish }).is_none(), "another wish");
        std::fs::write(folder.path().join("a.json"), "{}").unwrap();
        assert!(memory.find(&path, wish).is_none(), "words beside it");
        std::fs::remove_file(folder.path().join("a.json")).unwrap();
        assert!(memory.find(&path, wish).is_some());
        std::fs::write(&path, "two").unwrap();
        assert!(memory.find(&path, wish).is_none(), "another file");
    }
}
