//! Where a picture came from, as its file says: prompt, seed, model, sampler, steps.

use crate::media::{chunks, exif, generator};
use std::collections::BTreeMap;
use std::path::Path;

/// What is known of a media's making, by name.
pub type Origin = BTreeMap<String, String>;

/// The most bytes of a sidecar file.
const MOST: u64 = 4 << 20;

/// What a still's text chunks, EXIF and XMP say, and a `.json` or `.txt` beside any file.
pub(super) fn of_file(path: &Path) -> Origin {
    let mut texts = chunks::of_png(path);
    texts.extend(exif::texts(path).into_iter().map(|(name, text)| (name.to_owned(), text)));
    if let Some(xmp) = chunks::xmp(path) {
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

/// The JSON beside a file: `a.png.json` or `a.json`.
fn sidecar(path: &Path) -> Option<String> {
    let beside = [format!("{}.json", path.display()).into(), path.with_extension("json")];
    let found = beside.iter().find(|sidecar| {
        std::fs::metadata(sidecar).is_ok_and(|facts| facts.is_file() && facts.len() <= MOST)
    })?;
    std::fs::read_to_string(found).ok()
}
