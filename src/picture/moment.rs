//! Which moment of a source an output frame shows: exact arithmetic at the frame's centre.

use timeline_format::transition::Handles;
use timeline_format::{Frames, Ratio};

/// A clip's place in its sequence, and what is used beyond its ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span {
    /// Its length in frames of the sequence.
    pub(super) length: Frames,
    /// Frames used ahead of its head, and what stands for those that its source lacks.
    pub(super) head: (i64, Handles),
    /// Frames used behind its tail.
    pub(super) tail: (i64, Handles),
}

/// A way through a source.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Way {
    /// The lowest frame used, on the source's grid.
    pub(super) source_in: Frames,
    /// Speed as the clip states it.
    pub(super) speed: Ratio,
    /// Source frames in a frame of the sequence, at speed 1.
    pub(super) step: Ratio,
    /// How many frames the source has; `None`: no end.
    pub(super) extent: Option<Frames>,
}

impl Way {
    /// The source's position `elapsed` frames of the sequence after the clip's head (`k + 1/2` is
    /// the centre of its frame `k`).
    ///
    /// Forward: `in + elapsed s`; backward, over the same frames: `in + (length - elapsed) |s|`; a
    /// freeze: `floor(in) + 1/2`. Here `s` is source frames in a frame of the sequence. `None` where
    /// the numbers do not fit.
    pub(super) fn position(&self, elapsed: Frames, span: &Span) -> Option<Frames> {
        let step = self.speed.times(self.step)?;
        if step == Ratio::ZERO {
            return Ratio::new(2 * i128::from(self.source_in.floor()) + 1, 2);
        }
        if let Some(slowed) = self.slowed(elapsed, span, step) {
            return Some(slowed);
        }
        let position = self.plain(elapsed, span.length, step)?;
        let handles = if elapsed < Ratio::ZERO { span.head.1 } else { span.tail.1 };
        let is_handle = elapsed < Ratio::ZERO || elapsed >= span.length;
        match self.extent {
            Some(extent) if is_handle && handles == Handles::Mirror => mirrored(position, extent),
            _ => Some(position),
        }
    }

    fn plain(&self, elapsed: Frames, length: Frames, step: Ratio) -> Option<Frames> {
        let forward = step > Ratio::ZERO;
        let passed = if forward { elapsed } else { length.minus(elapsed)? };
        self.source_in.plus(passed.times(step.abs()?)?)
    }

    /// Where a side without enough frames says `slow`: the frames that there are, from the first
    /// used to the last, spread evenly over the clip and its handles.
    fn slowed(&self, elapsed: Frames, span: &Span, step: Ratio) -> Option<Frames> {
        let extent = self.extent?;
        let (first, last) = (Ratio::whole(-span.head.0), span.length.plus(span.tail.0.into())?);
        let start = self.plain(first, span.length, step)?;
        let end = self.plain(last, span.length, step)?;
        let is_short = |position: Frames| position < Ratio::ZERO || position > extent;
        let slow_head = span.head.1 == Handles::Slow && is_short(start);
        let slow_tail = span.tail.1 == Handles::Slow && is_short(end);
        if !slow_head && !slow_tail {
            return None;
        }
        let from = if slow_head { start.clamp(Ratio::ZERO, extent) } else { start };
        let to = if slow_tail { end.clamp(Ratio::ZERO, extent) } else { end };
        let part = elapsed.minus(first)?.over(last.minus(first)?)?;
        from.plus(to.minus(from)?.times(part)?)
    }

    /// The content position for keyframes: of the frame's start, `elapsed` being its centre.
    pub(super) fn content(&self, elapsed: Frames, span: &Span) -> f64 {
        let step = self.speed.times(self.step).unwrap_or(Ratio::ONE);
        let start = elapsed.minus(Ratio::new(1, 2).unwrap_or(Ratio::ZERO)).unwrap_or(elapsed);
        let position = self.plain(start, span.length, step).unwrap_or(self.source_in);
        if step == Ratio::ZERO { self.source_in.to_f64() } else { position.to_f64() }
    }
}

/// `position` folded back and forth into `[0, extent)`.
fn mirrored(position: Frames, extent: Frames) -> Option<Frames> {
    if extent <= Ratio::ZERO {
        return Some(position);
    }
    let twice = extent.plus(extent)?;
    let rounds = Ratio::whole(position.over(twice)?.floor());
    let within = position.minus(rounds.times(twice)?)?;
    if within < extent { Some(within) } else { twice.minus(within) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(text: &str) -> Ratio {
        text.parse().unwrap()
    }

    /// The source frames shown by frames `from..to` of a clip of `length`.
    fn frames(way: &Way, span: &Span, from: i64, to: i64) -> Vec<i64> {
        let half = ratio("1/2");
        let centre = |k: i64| Ratio::whole(k).plus(half).unwrap();
        (from..to).map(|k| way.position(centre(k), span).unwrap().floor()).collect()
    }

    fn way(source_in: i64, speed: &str, step: &str, extent: Option<i64>) -> Way {
        Way {
            source_in: source_in.into(),
            speed: ratio(speed),
            step: ratio(step),
            extent: extent.map(Ratio::whole),
        }
    }

    fn span(length: i64, handles: Handles, count: i64) -> Span {
        Span { length: length.into(), head: (count, handles), tail: (count, handles) }
    }

    #[test]
    fn speeds_take_the_frame_at_the_centre() {
        let plain = span(6, Handles::Real, 0);
        assert_eq!(frames(&way(10, "1", "1", None), &plain, 0, 6), [10, 11, 12, 13, 14, 15]);
        assert_eq!(frames(&way(10, "2", "1", None), &plain, 0, 6), [11, 13, 15, 17, 19, 21]);
        assert_eq!(frames(&way(10, "1/2", "1", None), &plain, 0, 6), [10, 10, 11, 11, 12, 12]);
        assert_eq!(frames(&way(10, "-1", "1", None), &plain, 0, 6), [15, 14, 13, 12, 11, 10]);
        assert_eq!(frames(&way(10, "0", "1", None), &plain, 0, 6), [10; 6]);
        assert_eq!(frames(&way(0, "1", "16/25", None), &plain, 0, 6), [0, 0, 1, 2, 2, 3]);
    }

    #[test]
    fn reverse_and_forward_show_the_same_frames() {
        for step in ["1", "2", "1/2", "1000/1001", "16/25"] {
            let plain = span(30, Handles::Real, 0);
            let forward = frames(&way(7, "1", step, None), &plain, 0, 30);
            let mut backward = frames(&way(7, "-1", step, None), &plain, 0, 30);
            backward.reverse();
            if step != "2" && step != "1/2" {
                assert_eq!(forward, backward, "{step}");
            }
            assert_eq!(forward.len(), backward.len());
        }
    }

    #[test]
    fn handles_that_are_missing_are_mirrored_or_slowed() {
        let mirror = frames(&way(0, "1", "1", Some(4)), &span(4, Handles::Mirror, 2), -2, 6);
        assert_eq!(mirror, [1, 0, 0, 1, 2, 3, 3, 2]);
        let slow = frames(&way(0, "1", "1", Some(4)), &span(4, Handles::Slow, 2), -2, 6);
        assert_eq!(slow, [0, 0, 1, 1, 2, 2, 3, 3]);
        let enough = frames(&way(2, "1", "1", Some(8)), &span(4, Handles::Slow, 2), -2, 6);
        assert_eq!(enough, [0, 1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn an_hour_at_odd_rates_loses_no_frame() {
        let hour = span(86_313, Handles::Real, 0);
        let same = way(0, "1", "1", None);
        assert_eq!(frames(&same, &hour, 86_312, 86_313), [86_312]);
        let film = way(0, "1", "1001/1000", None);
        assert_eq!(frames(&film, &hour, 86_312, 86_313), [86_398]);
    }
}
