//! The grain of a media's pictures, measured in pairs of frames that are spread over a part of it.

use crate::media::{Error, Opening, Pictures};
use crate::picture::grain::{Grain, Sampler};
use crate::workers::Stop;
use std::ops::Range;
use std::path::Path;
use timeline_format::Media;

/// Pairs of frames that are looked at, at most.
const PAIRS: i64 = 6;

/// The grain of some frames of the media at `path`, in its own pixels; `None` where too little of them is flat. Frames
/// beyond its ends are left out; a media that has one frame, or shows one again and again, is measured in that alone.
///
/// # Errors
/// Where a picture of it cannot be read, or `stop` was raised.
pub fn grain_of(
    (path, media): (&Path, &Media),
    frames: &Range<i64>,
    stop: &Stop,
) -> Result<Option<Grain>, Error> {
    let opening = Opening { stop: stop.clone(), ..Opening::default() };
    let mut pictures = Pictures::open_with(path, media, &opening)?;
    let last = (pictures.count() - 1).max(0);
    let first = frames.start.clamp(0, last);
    let frames = first..(frames.end - 1).clamp(first, last) + 1;
    let mut look = |frame: i64| {
        if stop.is_raised() {
            return Err(Error::new(path, "its grain was not measured: the work was stopped"));
        }
        pictures.frame(frame)
    };
    let mut sampler = Sampler::default();
    for start in starts(&frames) {
        sampler.see_pair(&*look(start)?, &*look(start + 1)?);
    }
    if sampler.grain().is_none() {
        sampler.see_still(&*look((frames.start + frames.end - 1) / 2)?);
    }
    Ok(sampler.grain())
}

/// The first frames of pairs that are spread over all.
fn starts(frames: &Range<i64>) -> Vec<i64> {
    let room = frames.end - frames.start - 1;
    let count = PAIRS.min(room);
    let start = |nth: i64| frames.start + nth * (room - 1) / (count - 1).max(1);
    (0..count).map(start).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_lie_within_the_frames_and_reach_both_ends() {
        assert!(starts(&(4..5)).is_empty());
        assert_eq!(starts(&(4..6)), [4]);
        assert_eq!(starts(&(0..100)), [0, 19, 39, 58, 78, 98]);
    }
}
