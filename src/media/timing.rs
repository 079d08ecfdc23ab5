//! Which frame of a media is shown when, and which frames are decoded together: known without the
//! file being open.

use crate::ffmpeg::Index;
use std::ops::Range;
use std::sync::Arc;
use timeline_format::{Frames, Rate};

/// What an open media told of its frames.
#[derive(Debug, Clone)]
pub struct Timing {
    pub(super) count: i64,
    /// Of a video whose frames are not at a constant rate.
    pub(super) variable: Option<Arc<Index>>,
    /// The numbers of the frames that decoding can start with; none where each stands alone.
    pub(super) keys: Arc<[i64]>,
}

impl Timing {
    /// How many frames there are to ask for.
    pub const fn count(&self) -> i64 {
        self.count
    }

    /// The frame that is shown at `at` on the media's own grid, which has `rate`; see
    /// [`super::Pictures::resolve`].
    pub fn resolve(&self, at: Frames, rate: Option<Rate>) -> i64 {
        let n = match (&self.variable, rate) {
            (Some(index), Some(rate)) => index.resolve(at, rate) as i64,
            _ => at.floor(),
        };
        n.clamp(0, (self.count - 1).max(0))
    }

    /// The frames that are decoded together with frame `n`: from a key frame to the next.
    pub fn group(&self, n: i64) -> Range<i64> {
        if self.keys.is_empty() {
            return n..n + 1;
        }
        let after = self.keys.partition_point(|key| *key <= n);
        let start = after.checked_sub(1).map_or(0, |at| self.keys[at]);
        start..self.keys.get(after).copied().unwrap_or(self.count).max(n + 1)
    }

    /// Whether a frame may take many others to be decoded.
    pub fn is_grouped(&self) -> bool {
        (self.keys.len() as i64) * 2 < self.count && self.count > 1 && !self.keys.is_empty()
    }
}

/// The numbers of the frames of `index` that decoding can start with.
pub(super) fn keys(index: &Index) -> Arc<[i64]> {
    let frames = index.frames_of_packets();
    let keys = frames.iter().enumerate().filter(|(packet, _)| index.is_key(*packet));
    let mut keys = keys.filter_map(|(_, frame)| Some((*frame)? as i64)).collect::<Vec<_>>();
    keys.sort_unstable();
    if keys.len() == index.count() { Arc::from([]) } else { keys.into() }
}
