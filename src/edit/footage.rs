//! What a clip has beside what it shows.

use crate::edit::Edge;
pub(super) use timeline_format::footage::{Beside, ENDLESS, Footage};
use timeline_format::{Clip, Frames, Rate, Timeline};

/// What `clip` has beside what it shows, when it is `length` frames long in a sequence at `rate`:
/// its handles, in frames of the sequence. `None` where the figures are too big.
pub fn handles_of(film: &Timeline, rate: Rate, clip: &Clip, length: i64) -> Option<Beside> {
    Footage::of(film, rate, &clip.source).beside(clip, Frames::whole(length), rate)
}

/// The end at which a clip shows more than its source has, and by how many frames of the sequence.
pub(super) fn lacking(beside: Beside) -> Option<(Edge, i64)> {
    let ends = [(Edge::Head, beside.head), (Edge::Tail, beside.tail)];
    ends.into_iter().find(|(_, frames)| *frames < 0).map(|(edge, frames)| (edge, -frames))
}
