//! The clips of a track, in its line or free, and where they lie.

use timeline_format::{Clip, Frames, Id, Sequence, Track};

/// A clip of a track.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'a> {
    pub(super) track: &'a Track,
    pub(super) id: Id,
    pub(super) clip: &'a Clip,
    pub(super) start: Frames,
    pub(super) length: Frames,
}

/// Every clip of a track.
pub(super) fn placed<'a>(sequence: &Sequence, track: &'a Track) -> Vec<Placed<'a>> {
    let in_line = track.reel().into_iter().flat_map(timeline_format::Reel::placed);
    let in_line = in_line.filter_map(|(start, item)| {
        let clip = item.clip.as_deref()?;
        let (start, length) = (Frames::whole(start), Frames::whole(item.length));
        Some(Placed { track, id: item.id, clip, start, length })
    });
    let free = track.layers().into_iter().flatten().filter_map(|(id, layer)| {
        let start = sequence.start_of(layer)?;
        Some(Placed { track, id: *id, clip: &layer.clip, start, length: layer.length })
    });
    in_line.chain(free).collect()
}
