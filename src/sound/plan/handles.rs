//! What stands for the samples that a transition needs and a clip's file has not.
//!
//! `mirror` plays the file backwards from its end; `slow` spreads the samples that there are over the
//! clip and its handles, as its picture does, at a lower pitch; `freeze` holds a picture, and a held
//! sample is no sound: behind the last sample is silence. Wherever a file ends under a transition, its
//! end is declicked.

use super::clip::Heard;
use super::cuts::declick;
use crate::envelope::{Direction, Ramp};
use crate::folded::Fold;
use crate::reader::Anchor;
use timeline_format::transition::Handles;
use timeline_format::{FadeShape, Ratio};

impl Heard {
    /// Puts something in the place of samples that are not there, once both of its cuts are known.
    pub(crate) fn stand_in(&mut self, rate: u32) {
        let ahead = self.from - self.audible_from > self.handle_before();
        let behind = self.audible_to - self.to > self.handle_after();
        let slow = |handles| handles == Handles::Slow;
        if (ahead && slow(self.head)) || (behind && slow(self.tail)) {
            self.slow_down();
        }
        let length = declick(rate);
        if ahead && matches!(self.head, Handles::Real | Handles::Freeze) {
            let from = self.from - self.handle_before();
            let to = from + length;
            self.ramps.push(Ramp { from, to, ..ramp(Direction::Rise) });
        }
        if behind && matches!(self.tail, Handles::Real | Handles::Freeze) {
            let to = self.to + self.handle_after();
            let from = to - length;
            self.ramps.push(Ramp { from, to, ..ramp(Direction::Fall) });
        }
    }

    /// The samples from the first that is used to the last, spread evenly over what is heard.
    fn slow_down(&mut self) {
        let Some(length) = self.material.length.filter(|_| self.repeat().is_none()) else { return };
        let last = self.audible_to - 1;
        let ends = (self.source_at(self.audible_from), self.source_at(last));
        let (Some(mut first), Some(mut end)) = ends else { return };
        if self.head == Handles::Slow {
            first = first.clamp(0, length - 1);
        }
        if self.tail == Handles::Slow {
            end = end.clamp(0, length - 1);
        }
        let step = Ratio::new((end - first).into(), (last - self.audible_from).into());
        if let Some(step) = step.filter(|step| *step != Ratio::ZERO) {
            self.step = step;
            self.anchor = Anchor { film: self.audible_from, source: first };
        }
    }

    fn source_at(&self, sample: i64) -> Option<i64> {
        let moved = self.step.times(Ratio::whole(sample - self.anchor.film))?;
        Some(self.anchor.source + moved.round())
    }

    /// On which sides of its file it is played backwards.
    pub(super) fn fold(&self) -> Fold {
        let (mut low, mut high) = (self.head, self.tail);
        if self.step < Ratio::ZERO {
            std::mem::swap(&mut low, &mut high);
        }
        Fold { below: low == Handles::Mirror, above: high == Handles::Mirror }
    }
}

const fn ramp(direction: Direction) -> Ramp {
    Ramp { from: 0, to: 0, shape: FadeShape::Smooth, direction }
}
