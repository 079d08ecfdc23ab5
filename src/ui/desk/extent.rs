//! How much of a sequence an item covers.

use std::ops::Range;
use timeline_format::track::Content;
use timeline_format::{Id, Sequence};

/// The frames that an item covers.
pub(in crate::ui) fn span_of(sequence: &Sequence, id: Id) -> Option<Range<i64>> {
    let found = sequence.find(id)?;
    match (&sequence.tracks.get(found.track)?.content, found.index) {
        (Content::Sequential(reel), Some(index)) => {
            let start = reel.start_of(index)?;
            Some(start..start + reel.get(index)?.length)
        }
        (Content::Free(layers), _) => {
            let layer = layers.get(&id)?;
            let start = sequence.start_of(layer)?;
            Some(start.floor()..start.plus(layer.length)?.ceil())
        }
        _ => None,
    }
}
