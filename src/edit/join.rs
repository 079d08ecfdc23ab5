//! Join: a cut that shows nothing is taken out.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::piece;
use crate::edit::surgery::{Event, Spot, Work};
use timeline_format::{Clip, Cut, Frames, Id, IdSource, Item, Ratio, Timeline};

/// The through edit to join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Join {
    /// The clip behind the cut: it becomes part of the one before it.
    pub clip: Id,
}

/// Joins a clip to the one before it, where both are one piece of the same source treated alike (a
/// through edit); the inverse of a razor. Linked sound is joined where it, too, goes on; where it
/// does not, it is linked to the whole.
///
/// ```text
/// |AA|AA|BB|   join the second A   |AAAA|BB|
/// ```
pub fn join(
    film: &Timeline,
    scope: Scope,
    edit: &Join,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let spots = work.linked(edit.clip)?;
    let mut skipped = Vec::new();
    let mut link = None;
    for (nth, spot) in spots.iter().enumerate() {
        let before = spot.index.checked_sub(1).and_then(|index| work.spot_at(spot.track, index));
        match work.goes_on(before.as_ref(), spot)? {
            Ok(whole) => {
                link = link.or(whole.link);
                work.merge(before, spot, whole)?;
            }
            Err(why) if nth == 0 => {
                return Err(Refused::NoThroughEdit { site: work.site_of(spot), why });
            }
            Err(_) => skipped.push(spot.id()),
        }
    }
    for clip in skipped.into_iter().filter(|_| link.is_some()) {
        work.relink_clip(clip, link)?;
    }
    work.finish()
}

impl Work<'_> {
    /// The two clips as one, or why they are none.
    fn goes_on(
        &self,
        before: Option<&Spot>,
        spot: &Spot,
    ) -> Result<Result<Clip, &'static str>, Refused> {
        let Some(before) = before else { return Ok(Err("there is a gap between them")) };
        let step = self.step(&before.clip)?;
        let (length, more) = (before.length(), spot.length());
        let mut whole =
            piece::dock(&before.clip, step, Frames::whole(-more)).ok_or(Refused::TooBig)?;
        whole.sound.fade_out = spot.clip.sound.fade_out;
        let mut tail = piece::tail(&whole, step, length + more, length).ok_or(Refused::TooBig)?;
        tail.link = spot.clip.link;
        tail.sound.fade_in = spot.clip.sound.fade_in;
        Ok(match () {
            () if spot.clip.source != tail.source => Err("it shows another source"),
            () if spot.clip.speed != tail.speed => Err("its speed is another"),
            () if spot.clip.source_in != tail.source_in => Err("it starts at another source frame"),
            () if has_fade(spot.clip.sound.fade_in) || has_fade(before.clip.sound.fade_out) => {
                Err("a fade lies between them")
            }
            () if *spot.clip != tail => Err("it is treated in another way"),
            () => Ok(whole),
        })
    }

    fn merge(&mut self, before: Option<Spot>, spot: &Spot, whole: Clip) -> Result<(), Refused> {
        let Some(before) = before else { return Ok(()) };
        let (id, into, at) = (spot.id(), before.id(), before.length());
        let item = Item::clip(into, at + spot.length(), whole);
        self.splice(spot.track, before.index..spot.index + 1, vec![item])?;
        self.events.push(Event::Joined { clip: id, into, at });
        self.loose.retain(|loose| loose.cut != Cut { from: Some(into), to: Some(id) });
        for loose in self.loose.iter_mut().filter(|loose| loose.cut.from == Some(id)) {
            loose.cut.from = Some(into);
        }
        Ok(())
    }
}

fn has_fade(fade: Option<timeline_format::Fade>) -> bool {
    fade.is_some_and(|fade| fade.length > Frames::from(Ratio::ZERO))
}

#[cfg(test)]
mod tests {
    use crate::edit::drawn::{check, joined, refused};

    #[test]
    fn through_edits_are_joined() {
        check("|AA|AA|BB|\n 34 56 34", joined("A2"), "|AAAA|BB|\n 3456 34");
        check("|AA|AA|BB|\n 34 56 34\n|aa|aa|bb|\n 34 56 34", joined("A2"), "|AAAA|BB|\n|aaaa|bb|");
        check("|AA|A/|/B|\n 34 56 34", joined("A2"), "|AAA/|/B|");
        refused("|AA|AA|BB|", joined("A2"), "another source frame");
        refused("|AA|BB|", joined("B"), "another source");
        refused("|..|BB|", joined("B"), "a gap");
        refused("|BB|", joined("B"), "a gap");
    }
}
