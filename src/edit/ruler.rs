//! Where the keys of a value lie along the sequence: from a frame to a place on its curve, and back.

use crate::edit::Automated;
use crate::edit::footage::Footage;
use timeline_format::parameter::Follow;
use timeline_format::{Frames, Id, Ratio, Sequence, Timeline};

/// How places on a curve belong to frames of the sequence: a place is `origin + (frame - start) * step`. A
/// frame's value is the one at its start, as the picture and the sound take it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ruler {
    start: Frames,
    origin: Frames,
    step: Ratio,
}

impl Ruler {
    /// The ruler of a value whose keys are counted from `follow`; `None` where there is no such value.
    pub fn of(
        film: &Timeline,
        sequence: &Sequence,
        value: &Automated,
        follow: Follow,
    ) -> Option<Self> {
        let from = |start: Frames| Self { start, origin: Frames::ZERO, step: Ratio::ONE };
        match value {
            Automated::Strip(..) => Some(from(Frames::ZERO)),
            Automated::Transition(track, cut, _) => {
                let (_, track) = sequence.track(*track)?;
                let before = track.transitions.get(cut)?.before;
                let reel = track.reel()?;
                let at = match (cut.to, cut.from) {
                    (Some(to), _) => reel.start_of(reel.index_of(to)?)?,
                    (None, from) => {
                        reel.start_of(reel.index_of(from?)? + 1).unwrap_or(reel.length())
                    }
                };
                Some(from(Frames::whole(at - before)))
            }
            Automated::Clip(clip, _) => {
                let (start, length) = span_of(sequence, *clip)?;
                match follow {
                    Follow::Clip => Some(from(start)),
                    Follow::Content => Self::of_content(film, sequence, *clip, (start, length)),
                }
            }
        }
    }

    /// Frames of the source: played backwards, they count down from the end of what is used.
    fn of_content(
        film: &Timeline,
        sequence: &Sequence,
        clip: Id,
        (start, length): (Frames, Frames),
    ) -> Option<Self> {
        let (clip, rate) = (sequence.clip(clip)?, sequence.header.rate);
        let step = Footage::of(film, rate, &clip.source).step(clip.speed, rate)?;
        let used = if step < Ratio::ZERO { length.times(step.abs()?)? } else { Ratio::ZERO };
        Some(Self { start, origin: clip.source_in.plus(used)?, step })
    }

    /// The place on the curve at a frame.
    pub fn place_at(&self, frame: Frames) -> Option<Frames> {
        self.origin.plus(frame.minus(self.start)?.times(self.step)?)
    }

    /// The place on the curve at a moment between frames, for the eye.
    pub fn place_near(&self, frame: f64) -> f64 {
        self.origin.to_f64() + (frame - self.start.to_f64()) * self.step.to_f64()
    }

    /// The frame at a place on the curve; `None` where time stands still.
    pub fn frame_of(&self, place: Frames) -> Option<Frames> {
        place.minus(self.origin)?.over(self.step)?.plus(self.start)
    }

    /// How far a place moves when its frame moves so far.
    pub fn distance(&self, frames: Frames) -> Option<Frames> {
        frames.times(self.step)
    }
}

/// Where a clip or a free item starts, and how long it is.
fn span_of(sequence: &Sequence, id: Id) -> Option<(Frames, Frames)> {
    let found = sequence.find(id)?;
    let track = sequence.tracks.get(found.track)?;
    if let Some(index) = found.index {
        let reel = track.reel()?;
        let (start, length) = (reel.start_of(index)?, reel.get(index)?.length);
        return Some((Frames::whole(start), Frames::whole(length)));
    }
    let layer = track.layers()?.get(&id)?;
    Some((sequence.start_of(layer)?, layer.length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{clip_id, film, scope};
    use crate::edit::{Keep, SetSpeed, Target, set_speed};
    use timeline_format::IdSource;

    /// The places of the frames of `B`, which starts at 4 and shows its source from 3 on.
    fn places(speed: i64, follow: Follow) -> Vec<i64> {
        let plain = film("|AAAA|BBBB|");
        let keep = Keep::Length;
        let edit = SetSpeed { clip: clip_id("B"), speed: Ratio::whole(speed), keep };
        let mut ids = IdSource::seeded(1);
        let fast = if speed == 1 {
            plain
        } else {
            set_speed(&plain, scope(), &edit, &mut ids).unwrap().timeline
        };
        let value = Automated::Clip(clip_id("B"), Target::Gain);
        let ruler = Ruler::of(&fast, fast.main().unwrap(), &value, follow).unwrap();
        for frame in 4..8 {
            let there = ruler.place_at(Frames::whole(frame)).unwrap();
            assert_eq!(ruler.frame_of(there), Some(Frames::whole(frame)), "there and back");
        }
        (4..8).map(|frame| ruler.place_at(Frames::whole(frame)).unwrap().floor()).collect()
    }

    #[test]
    fn a_place_on_the_content_knows_the_speed_and_one_on_the_clip_does_not() {
        assert_eq!(places(1, Follow::Content), [3, 4, 5, 6]);
        assert_eq!(places(2, Follow::Content), [3, 5, 7, 9]);
        assert_eq!(places(-1, Follow::Content), [7, 6, 5, 4]);
        for speed in [1, 2, -1] {
            assert_eq!(places(speed, Follow::Clip), [0, 1, 2, 3]);
        }
    }
}
