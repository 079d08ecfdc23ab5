//! The fonts of the machine: found in its folders once, read when a title asks for them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

/// The most files that are looked at.
const MOST_FILES: usize = 20_000;
/// The most bytes of a file that is read.
const MOST_BYTES: u64 = 64 << 20;
/// How deep folders are looked through.
const DEEPEST: usize = 6;
/// The most tables of a file, and names of a table, that are looked at.
const MOST_RECORDS: usize = 4096;

/// The fonts in the usual folders of this machine.
#[derive(Debug, Default)]
pub struct Fonts {
    families: LazyLock<BTreeMap<String, Family>>,
    loaded: Mutex<BTreeMap<String, Vec<Arc<Vec<u8>>>>>,
    /// Which family has a character, for those that were asked for.
    having: Mutex<BTreeMap<char, Option<String>>>,
    /// The family that has emoji in colour.
    coloured: OnceLock<Option<String>>,
}

#[derive(Debug, Default)]
struct Family {
    name: String,
    files: BTreeSet<PathBuf>,
}

impl Fonts {
    /// The fonts of the machine; its folders are looked through when somebody first asks.
    pub fn new() -> Self {
        Self { families: LazyLock::new(found), ..Self::default() }
    }

    /// The families that there are, in order of their names.
    pub fn families(&self) -> Vec<String> {
        self.families.values().map(|family| family.name.clone()).collect()
    }

    /// The files of a family; of the whole path of a font's file, that file.
    pub fn of_family(&self, family: &str) -> Vec<Arc<Vec<u8>>> {
        let path = Path::new(family);
        if path.is_absolute() {
            let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
            let read = || read(path).filter(|bytes| !names(bytes).is_empty()).map(Arc::new);
            return loaded
                .entry(family.to_owned())
                .or_insert_with(|| read().into_iter().collect())
                .clone();
        }
        let key = family.to_lowercase();
        let Some(known) = self.families.get(&key) else { return Vec::new() };
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        let files = loaded.entry(key).or_insert_with(|| {
            known.files.iter().filter_map(|path| read(path).map(Arc::new)).collect()
        });
        files.clone()
    }

    /// The first family that has a character, those called Noto before others.
    pub fn family_with(&self, character: char) -> Option<String> {
        let mut having = self.having.lock().unwrap_or_else(PoisonError::into_inner);
        having.entry(character).or_insert_with(|| self.first_with(character)).clone()
    }

    /// The first family that has emoji in colour, those called Noto before others.
    pub fn emoji_in_colour(&self) -> Option<String> {
        let is_it = |bytes: &[u8]| has_character(bytes, '\u{1f600}') && is_coloured(bytes);
        self.coloured.get_or_init(|| self.first(is_it)).clone()
    }

    fn first_with(&self, character: char) -> Option<String> {
        self.first(|bytes| has_character(bytes, character))
    }

    /// The first family whose first file is such a one.
    fn first(&self, is_it: impl Fn(&[u8]) -> bool) -> Option<String> {
        let is_noto = |family: &&Family| family.name.starts_with("Noto");
        let (first, then): (Vec<_>, Vec<_>) = self.families.values().partition(is_noto);
        let has = |family: &&Family| {
            let file = family.files.first().and_then(|path| read(path));
            file.is_some_and(|bytes| is_it(&bytes))
        };
        first.into_iter().chain(then).find(has).map(|family| family.name.clone())
    }
}

/// The folders in which systems keep fonts.
fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        ["/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts"]
            .into_iter()
            .chain(["/System/Library/Fonts", "C:\\Windows\\Fonts"])
            .map(PathBuf::from)
            .collect();
    if let Some(home) = std::env::home_dir() {
        let own = [".fonts", ".local/share/fonts", "Library/Fonts"];
        folders.extend(own.map(|folder| home.join(folder)));
    }
    folders
}

fn found() -> BTreeMap<String, Family> {
    let mut files = Vec::new();
    folders().iter().for_each(|folder| collect(folder, 0, &mut files));
    let mut families: BTreeMap<String, Family> = BTreeMap::new();
    for path in files {
        for name in read(&path).into_iter().flat_map(|bytes| names(&bytes)) {
            let family = families.entry(name.to_lowercase()).or_default();
            if family.name.is_empty() {
                family.name = name;
            }
            family.files.insert(path.clone());
        }
    }
    families
}

fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
        let is_font =
            ending.is_some_and(|it| ["ttf", "otf", "ttc", "otc"].iter().any(|one| it == *one));
        if path.is_dir() && depth < DEEPEST {
            collect(&path, depth + 1, files);
        } else if is_font && files.len() < MOST_FILES {
            files.push(path);
        }
    }
}

fn read(path: &Path) -> Option<Vec<u8>> {
    let size = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?.len();
    if size > MOST_BYTES { None } else { std::fs::read(path).ok() }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?)))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?) as usize)
}

/// Where the fonts of a file begin: one, or those of a collection.
fn fonts_of(bytes: &[u8]) -> Vec<usize> {
    if bytes.starts_with(b"ttcf") {
        let count = u32_at(bytes, 8).unwrap_or(0).min(64);
        return (0..count).filter_map(|index| u32_at(bytes, 12 + 4 * index)).collect();
    }
    vec![0]
}

/// A table of a font.
fn table<'a>(bytes: &'a [u8], font: usize, tag: &[u8; 4]) -> Option<&'a [u8]> {
    let count = u16_at(bytes, font + 4)?.min(MOST_RECORDS);
    let record = (0..count).map(|index| font + 12 + 16 * index);
    let own = record.clone().find(|at| bytes.get(*at..*at + 4) == Some(&tag[..]))?;
    let (start, length) = (u32_at(bytes, own + 8)?, u32_at(bytes, own + 12)?);
    bytes.get(start..start.checked_add(length)?)
}

/// The families that the fonts of a file belong to: the name that binds all their faces where there is one
/// (OpenType 1.9, `name`, 16), else the one that binds four (1).
fn names(bytes: &[u8]) -> Vec<String> {
    let of = |font| {
        let names = table(bytes, font, b"name")?;
        name(names, 16).or_else(|| name(names, 1))
    };
    fonts_of(bytes).into_iter().filter_map(of).collect()
}

fn name(table: &[u8], wanted: usize) -> Option<String> {
    let (count, texts) = (u16_at(table, 2)?.min(MOST_RECORDS), u16_at(table, 4)?);
    let mut found: Option<(u8, String)> = None;
    for record in (0..count).map(|index| 6 + 12 * index) {
        let [platform, _, language, id, length, start] =
            [0, 2, 4, 6, 8, 10].map(|at| u16_at(table, record + at).unwrap_or(0));
        if id != wanted || !matches!(platform, 0 | 3) {
            continue;
        }
        let rank = u8::from(platform == 3) + 2 * u8::from(language == 0x409);
        let text = table.get(texts + start..texts + start + length)?;
        let units = text.as_chunks::<2>().0.iter().map(|unit| u16::from_be_bytes(*unit));
        let text: String =
            char::decode_utf16(units).flatten().filter(|c| !c.is_control()).collect();
        if !text.trim().is_empty() && found.as_ref().is_none_or(|(best, _)| rank > *best) {
            found = Some((rank, text.trim().to_owned()));
        }
    }
    found.map(|(_, text)| text)
}

/// Whether the first font of a file has a character (OpenType 1.9, `cmap`, formats 4 and 12).
fn has_character(bytes: &[u8], character: char) -> bool {
    let Some(map) = fonts_of(bytes).first().and_then(|font| table(bytes, *font, b"cmap")) else {
        return false;
    };
    let count = u16_at(map, 2).unwrap_or(0).min(64);
    let starts = (0..count).filter_map(|index| u32_at(map, 8 + 8 * index));
    let code = character as usize;
    starts.filter_map(|start| map.get(start..)).any(|map| match u16_at(map, 0) {
        Some(4) => code <= 0xffff && in_segments(map, code).unwrap_or(false),
        Some(12) => in_groups(map, code).unwrap_or(false),
        _ => false,
    })
}

/// Whether the first font of a file has glyphs in colour.
fn is_coloured(bytes: &[u8]) -> bool {
    let font = fonts_of(bytes).first().copied().unwrap_or(0);
    [b"COLR", b"CBDT", b"sbix"].iter().any(|tag| table(bytes, font, tag).is_some())
}

fn in_segments(map: &[u8], code: usize) -> Option<bool> {
    let doubled = u16_at(map, 6)?;
    for at in (0..doubled).step_by(2) {
        if u16_at(map, 14 + at)? >= code {
            let start = u16_at(map, 16 + doubled + at)?;
            return Some(code >= start && code != 0xffff);
        }
    }
    Some(false)
}

fn in_groups(map: &[u8], code: usize) -> Option<bool> {
    let count = u32_at(map, 12)?.min(100_000);
    for group in (0..count).map(|index| 16 + 12 * index) {
        if (u32_at(map, group)?..=u32_at(map, group + 4)?).contains(&code) {
            return Some(true);
        }
    }
    Some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_says_its_family_and_its_characters() {
        let arabic = include_bytes!("../picture/titles/fonts/NotoSansArabic-Regular.ttf");
        assert_eq!(names(arabic), ["Noto Sans Arabic"]);
        assert!(has_character(arabic, 'ب') && !has_character(arabic, '語'));
        for end in [0, 3, 12, 100, 500, arabic.len() / 2] {
            let torn = &arabic[..end];
            assert!(names(torn).len() <= 1);
            has_character(torn, 'ب');
        }
    }
}
