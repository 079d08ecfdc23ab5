//! Repairs by hand: laid with a brush over the viewer, each as one edit of the clip, taken in hand again, moved, seen in
//! other frames.

mod brush;
mod held;
mod laid;

pub(in crate::ui) use brush::{Begun, Brush, Drawn, Lasting, Origin, Repair};
pub(in crate::ui) use held::{Holding, RepairOf};

use super::Desk;
use super::faults::Inspections;
use super::proof::Proofs;
use super::tracking::Trackings;
use crate::edit::{Automated, Target};
use crate::picture::correct;
use std::ops::Range;
use timeline_format::parameter::{Curve, Ease, Follow, Key};
use timeline_format::{Frames, Id, Param, Ratio, Value};

impl Desk {
    /// Puts the brush away and forgets what is known of repairs: another film is taken up.
    pub(super) fn forget_repairs(&mut self) {
        self.brush = Brush::default();
        (self.proofs, self.trackings) = (Proofs::default(), Trackings::default());
        (self.viewing.repair, self.viewing.mask) = (None, None);
        self.inspections = Inspections::default();
    }

    /// The clip that repairs are laid on: the one in hand where the playhead is on it, else the one that is seen.
    pub(in crate::ui) fn repaired_clip(&self) -> Option<Id> {
        let at = self.position();
        let is_here = |clip: &Id| self.span_of(*clip).is_some_and(|span| span.contains(&at));
        let seen = || self.clip_in_sight().map(|(clip, ..)| clip);
        self.graded_clip().filter(is_here).or_else(seen)
    }

    /// The frames of the film in which a repair of a clip is seen; `None` is always.
    fn frames_lasting(
        &self,
        clip: Id,
        lasting: Lasting,
    ) -> Result<Option<Range<i64>>, &'static str> {
        let at = self.position();
        let of_fault = self.brush.of_fault.as_ref().filter(|(of, _)| *of == clip);
        match lasting {
            Lasting::Clip => Ok(None),
            Lasting::Frame => Ok(Some(at..at + 1)),
            Lasting::Range => {
                let range = self.span().or_else(|| of_fault.map(|(_, range)| range.clone()));
                let missing = "mark the range first, or go to a fault";
                let range = range.ok_or(missing)?;
                let span = self.span_of(clip).ok_or("the clip lies nowhere")?;
                let within = range.start.max(span.start)..range.end.min(span.end);
                let outside = "the marked range has no frame of the clip";
                (!within.is_empty()).then_some(Some(within)).ok_or(outside)
            }
        }
    }

    /// How much is seen of something that is seen in some frames of the film only, for an effect of a clip: keys that
    /// stay on the frames of its source.
    pub(super) fn seen_in(&self, clip: Id, frames: &Range<i64>) -> Option<Param> {
        let value = Automated::Clip(clip, Target::Mix(clip));
        let by = |follow: Follow| {
            let ruler = self.ruler(&value, follow)?;
            let place = |frame: i64| ruler.place_at(Frames::whole(frame));
            let step = place(frames.start + 1)?.minus(place(frames.start)?)?;
            let ends = [place(frames.start)?, place(frames.end - 1)?];
            (step != Ratio::ZERO).then_some((ends, step, follow))
        };
        let (ends, step, follow) = by(Follow::Content).or_else(|| by(Follow::Clip))?;
        let (first, last) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
        let step = step.abs()?;
        let key = |at: Frames, seen: f64| Key { at, value: Value::Number(seen), ease: Ease::Hold };
        let before = first.minus(step)?.max(Ratio::ZERO);
        let before = (before < first).then(|| key(before, 0.0));
        let keys = [key(first, 1.0), key(last.plus(step)?, 0.0)];
        let keys = before.into_iter().chain(keys).collect();
        Some(Param::Animated(Curve { keys, follow }))
    }

    /// Where among a clip's effects a further repair stands: behind those that it has, before all else.
    pub(super) fn place_of_repair(&self, clip: Id) -> usize {
        let Some(clip) = self.clip(clip) else { return 0 };
        let effects = &clip.look.effects;
        effects.iter().rposition(|it| correct::is_repair(&it.kind)).map_or(0, |it| it + 1)
    }
}

/// A place as it is kept: to a hundred-thousandth.
fn rounded(number: f64) -> f64 {
    (number * 1e5).round() / 1e5
}
