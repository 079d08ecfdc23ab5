//! Finished pictures by their keys, within a number of bytes; the longest unused goes first.

use crate::Key;
use signal::Image;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Kept pictures.
#[derive(Debug)]
pub(super) struct Cache {
    budget: usize,
    used: usize,
    clock: u64,
    kept: BTreeMap<Key, (u64, Arc<Image>)>,
}

impl Cache {
    pub(super) const fn new(budget: usize) -> Self {
        Self { budget, used: 0, clock: 0, kept: BTreeMap::new() }
    }

    pub(super) fn get(&mut self, key: Key) -> Option<Arc<Image>> {
        self.clock += 1;
        let (used, image) = self.kept.get_mut(&key)?;
        *used = self.clock;
        Some(Arc::clone(image))
    }

    /// Keeps a picture, unless it alone is more than the budget.
    pub(super) fn put(&mut self, key: Key, image: &Arc<Image>) {
        let size = bytes(image);
        if size > self.budget || self.kept.contains_key(&key) {
            return;
        }
        while self.used + size > self.budget {
            let oldest = self.kept.iter().min_by_key(|(_, (used, _))| *used);
            let Some(oldest) = oldest.map(|(key, _)| *key) else { break };
            if let Some((_, image)) = self.kept.remove(&oldest) {
                self.used -= bytes(&image);
            }
        }
        self.clock += 1;
        self.used += size;
        self.kept.insert(key, (self.clock, Arc::clone(image)));
    }
}

fn bytes(image: &Image) -> usize {
    image.planes.iter().map(|plane| plane.bytes().len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convert;
    use crate::generators::{self, At};
    use crate::values::Values;
    use timeline_format::sequence::Raster;

    #[test]
    fn the_budget_holds_and_the_longest_unused_goes() {
        let raster = Raster { width: 4, height: 4 };
        let made = (generators::SLATE.make)(&Values::default(), raster, At::default());
        let image = Arc::new(convert::to(&made, made.format, made.colour));
        let mut cache = Cache::new(bytes(&image) * 2);
        cache.put(Key(1), &image);
        cache.put(Key(2), &image);
        assert!(cache.get(Key(1)).is_some());
        cache.put(Key(3), &image);
        assert!(cache.get(Key(2)).is_none());
        assert!(cache.get(Key(1)).is_some() && cache.get(Key(3)).is_some());
        assert_eq!(cache.used, cache.budget);
    }
}
