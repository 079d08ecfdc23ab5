//! What a clip has beside what it shows.

pub(super) use timeline_format::footage::{Beside, ENDLESS, Footage};
use timeline_format::{Clip, Frames, Rate, Timeline};

/// What `clip` has beside what it shows, when it is `length` frames long in a sequence at `rate`:
/// its handles, in frames of the sequence. `None` where the figures are too big.
pub fn handles_of(film: &Timeline, rate: Rate, clip: &Clip, length: i64) -> Option<Beside> {
    Footage::of(film, rate, &clip.source).beside(clip, Frames::whole(length), rate)
}
