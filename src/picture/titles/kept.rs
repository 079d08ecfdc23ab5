//! Texts that were laid out lately, so that a roll shapes its lines once.

use super::shape::{Laid, Span, Wanted, lay};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use timeline_format::markup;

/// The most glyphs that are kept.
const MOST: usize = 200_000;

#[derive(Default)]
struct Kept {
    clock: u64,
    glyphs: usize,
    texts: BTreeMap<[u8; 32], (u64, Arc<Laid>)>,
}

static KEPT: Mutex<Kept> = Mutex::new(Kept { clock: 0, glyphs: 0, texts: BTreeMap::new() });

/// A text with marks, laid out; its first line in another size where `first` says so.
pub(crate) fn laid(text: &str, wanted: &Wanted) -> Arc<Laid> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(text.as_bytes());
    hasher.update(format!("{wanted:?}").as_bytes());
    let key = *hasher.finalize().as_bytes();
    if let Some(found) = KEPT.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return found;
    }
    let (plain, parts) = markup::parse(text);
    let spans: Vec<Span> = parts
        .into_iter()
        .map(|part| Span {
            range: part.range,
            bold: part.bold,
            italic: part.italic,
            underline: part.underline,
            size: 1.0,
        })
        .collect();
    let laid = Arc::new(lay(&plain, &spans, wanted));
    KEPT.lock().unwrap_or_else(PoisonError::into_inner).put(key, &laid);
    laid
}

impl Kept {
    fn get(&mut self, key: &[u8; 32]) -> Option<Arc<Laid>> {
        self.clock += 1;
        let (used, laid) = self.texts.get_mut(key)?;
        *used = self.clock;
        Some(Arc::clone(laid))
    }

    fn put(&mut self, key: [u8; 32], laid: &Arc<Laid>) {
        self.clock += 1;
        self.glyphs += laid.glyphs.len() + 1;
        self.texts.insert(key, (self.clock, Arc::clone(laid)));
        while self.glyphs > MOST && self.texts.len() > 1 {
            let oldest = self.texts.iter().min_by_key(|(_, (used, _))| *used).map(|(key, _)| *key);
            let gone = oldest.and_then(|key| self.texts.remove(&key));
            self.glyphs -= gone.map_or(0, |(_, laid)| laid.glyphs.len() + 1);
        }
    }
}
