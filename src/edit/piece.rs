//! A clip made shorter or longer, or cut in two: what it shows where stays what it was.

use crate::edit::curves;
use timeline_format::{Clip, Frames, Ratio};

/// `clip` with `by` frames taken off its head (put on, below 0): the rest stays where it was.
/// `step` is how far the source moves in a frame of the sequence.
pub(super) fn behead(clip: &Clip, step: Ratio, by: Frames) -> Option<Clip> {
    let mut clip = clip.clone();
    if step > Ratio::ZERO {
        clip.source_in = clip.source_in.plus(step.times(by)?)?;
    }
    curves::shift(&mut clip, Ratio::ZERO.minus(by)?)?;
    Some(clip)
}

/// `clip` with `by` frames taken off its tail (put on, below 0).
pub(super) fn dock(clip: &Clip, step: Ratio, by: Frames) -> Option<Clip> {
    let mut clip = clip.clone();
    if step < Ratio::ZERO {
        clip.source_in = clip.source_in.minus(step.times(by)?)?;
    }
    Some(clip)
}

/// `clip` with fades no longer than `length` frames, together.
pub(super) fn tuck(mut clip: Clip, length: i64) -> Option<Clip> {
    let mut room = Frames::whole(length);
    for fade in [&mut clip.sound.fade_in, &mut clip.sound.fade_out] {
        if let Some(inner) = fade {
            inner.length = inner.length.min(room);
            room = room.minus(inner.length)?;
            if inner.length <= Ratio::ZERO {
                *fade = None;
            }
        }
    }
    Some(clip)
}

/// The first `at` frames of a clip that is `length` long.
pub(super) fn head(clip: &Clip, step: Ratio, length: i64, at: i64) -> Option<Clip> {
    let mut head = dock(clip, step, Frames::whole(length.checked_sub(at)?))?;
    head.sound.fade_out = None;
    tuck(head, at)
}

/// What follows the first `at` frames of a clip that is `length` long.
pub(super) fn tail(clip: &Clip, step: Ratio, length: i64, at: i64) -> Option<Clip> {
    let mut tail = behead(clip, step, Frames::whole(at))?;
    tail.sound.fade_in = None;
    tuck(tail, length.checked_sub(at)?)
}
