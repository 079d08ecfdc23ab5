//! The last few frames of a media, kept by number.

use crate::signal::Image;
use std::collections::VecDeque;
use std::sync::Arc;

/// The frames that were read last.
pub(super) struct Frames {
    most: usize,
    kept: VecDeque<(i64, Arc<Image>)>,
}

impl Frames {
    /// Room for `most` frames.
    pub(super) const fn new(most: usize) -> Self {
        Self { most, kept: VecDeque::new() }
    }

    /// Frame `frame`, if it is still there.
    pub(super) fn get(&self, frame: i64) -> Option<Arc<Image>> {
        let found = self.kept.iter().find(|(number, _)| *number == frame);
        found.map(|(_, image)| Arc::clone(image))
    }

    /// Keeps a frame; the oldest makes room.
    pub(super) fn keep(&mut self, frame: i64, image: &Arc<Image>) {
        if self.kept.len() >= self.most {
            self.kept.pop_front();
        }
        self.kept.push_back((frame, Arc::clone(image)));
    }
}
