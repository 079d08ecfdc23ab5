//! Where a picture came from, as its file says: prompt, seed, model, sampler, steps.

use crate::media::{chunks, exif, generator};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What is known of a media's making, by name.
pub type Origin = BTreeMap<String, String>;

/// The keyword of a PNG text that is an XMP packet (XMP specification, part 3, 1.1.5).
const XMP: &str = "XML:com.adobe.xmp";

/// The most bytes of a sidecar file.
const MOST: u64 = 4 << 20;

/// What a still's text chunks, EXIF and XMP say, and a text beside any file.
pub(super) fn of_file(path: &Path) -> Origin {
    let mut texts = chunks::of_png(path);
    texts.extend(exif::texts(path).into_iter().map(|(name, text)| (name.to_owned(), text)));
    let in_chunk = texts.iter().find(|(name, _)| name == XMP);
    let packet = in_chunk.and_then(|(_, text)| chunks::packet(text.as_bytes()));
    if let Some(xmp) = packet.or_else(|| chunks::xmp(path)) {
        texts.push(("xmp".into(), xmp));
    }
    let mut origin = Origin::new();
    for (name, text) in texts {
        generator::understand(&name, &text, &mut origin);
    }
    if let Some(text) = sidecar(path) {
        generator::understand("sidecar", &text, &mut origin);
    }
    origin
}

/// What a container's tags say.
pub(super) fn of_tags(tags: &BTreeMap<String, String>) -> Origin {
    let mut origin = Origin::new();
    for name in ["comment", "description", "prompt", "workflow", "parameters", "software", "title"]
    {
        if let Some(text) = tags.get(name) {
            generator::understand(name, text, &mut origin);
        }
    }
    origin
}

/// The text beside a file: `a.png.json`, `a.json`, or `a.txt` where that has a generator's parameters.
fn sidecar(path: &Path) -> Option<String> {
    let read = |beside: PathBuf| {
        let facts = std::fs::metadata(&beside).ok()?;
        let is_one = facts.is_file() && facts.len() <= MOST && beside != path;
        let text = if is_one { std::fs::read_to_string(&beside).ok()? } else { return None };
        let is_plain = beside.extension().is_some_and(|ending| ending == "txt");
        (!is_plain || text.contains("Steps: ")).then_some(text)
    };
    beside(path).into_iter().find_map(read)
}

/// Where texts may lie that belong to a file, the most likely first.
pub fn beside(path: &Path) -> [PathBuf; 3] {
    let named = format!("{}.json", path.display()).into();
    [named, path.with_extension("json"), path.with_extension("txt")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_beside_a_file_says_where_it_came_from_if_it_is_a_generators() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.png");
        let text = folder.path().join("a.txt");
        std::fs::write(&text, "buy bread").unwrap();
        assert!(of_file(&path).is_empty());
        std::fs::write(&text, "a pier\nNegative prompt: fog\nSteps: 20, Seed: 7").unwrap();
        let origin = of_file(&path);
        assert_eq!((origin["prompt"].as_str(), origin["seed"].as_str()), ("a pier", "7"));
        std::fs::write(folder.path().join("a.json"), r#"{"prompt":"a bay"}"#).unwrap();
        assert_eq!(of_file(&path)["prompt"], "a bay", "JSON says more");
    }
}
