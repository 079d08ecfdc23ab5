//! Where a clip lies.

use timeline_format::{Clip, Frames, Id, Sequence};

/// A clip, and where in its sequence it lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seat<'a> {
    /// The clip.
    pub clip: &'a Clip,
    /// Its head, in frames of the sequence.
    pub start: Frames,
    /// How long it is.
    pub length: Frames,
}

/// Where a clip or a free item of a sequence lies.
pub fn seat_of(sequence: &Sequence, id: Id) -> Option<Seat<'_>> {
    let found = sequence.find(id)?;
    let track = sequence.tracks.get(found.track)?;
    let Some(index) = found.index else {
        let layer = track.layers()?.get(&id)?;
        return Some(Seat {
            clip: &layer.clip,
            start: sequence.start_of(layer)?,
            length: layer.length,
        });
    };
    let (reel, clip) = (track.reel()?, sequence.clip(id)?);
    let [start, length] = [reel.start_of(index)?, reel.get(index)?.length].map(Frames::whole);
    Some(Seat { clip, start, length })
}
