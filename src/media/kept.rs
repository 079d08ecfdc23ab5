//! Decoded frames that are kept for a while, within a budget of bytes.

use crate::signal::Image;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Frames that stay while one goes forward: the last and the one before it.
const FEW: usize = 2;

/// Decoded frames by number.
#[derive(Debug)]
pub(super) struct Kept {
    frames: BTreeMap<usize, Arc<Image>>,
    bytes: usize,
    budget: usize,
    aim: usize,
    whole_group: bool,
}

impl Kept {
    /// Nothing, and room for `budget` bytes.
    pub(super) const fn new(budget: usize) -> Self {
        Self { frames: BTreeMap::new(), bytes: 0, budget, aim: 0, whole_group: false }
    }

    /// What is wanted next: frame `n`, and those before it too where `whole_group`.
    pub(super) fn aim(&mut self, n: usize, whole_group: bool) {
        (self.aim, self.whole_group) = (n, whole_group);
        self.trim();
    }

    pub(super) fn get(&self, n: usize) -> Option<Arc<Image>> {
        self.frames.get(&n).cloned()
    }

    /// Keeps a frame; others go if it gets too much, the furthest from the aim first.
    pub(super) fn put(&mut self, n: usize, image: Arc<Image>) {
        self.bytes += size(&image);
        if let Some(before) = self.frames.insert(n, image) {
            self.bytes -= size(&before);
        }
        self.trim();
    }

    fn trim(&mut self) {
        let most = if self.whole_group { usize::MAX } else { FEW };
        while self.frames.len() > 1 && (self.bytes > self.budget || self.frames.len() > most) {
            let (Some((&low, _)), Some((&high, _))) =
                (self.frames.first_key_value(), self.frames.last_key_value())
            else {
                return;
            };
            let far = if self.aim.abs_diff(low) >= self.aim.abs_diff(high) { low } else { high };
            if let Some(gone) = self.frames.remove(&far) {
                self.bytes -= size(&gone);
            }
        }
    }
}

fn size(image: &Image) -> usize {
    image.planes.iter().map(|plane| plane.bytes().len()).sum()
}
