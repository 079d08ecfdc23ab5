//! Speed: faster, slower, backwards, not at all.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Ripple;
use crate::edit::Scope;
use crate::edit::curves;
use crate::edit::footage::Footage;
use crate::edit::piece;
use crate::edit::surgery::{Spot, Work};
use timeline_format::{Clip, Frames, Id, IdSource, Item, Ratio, Timeline};

/// What stays when a speed changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// The frames of the source: the clip becomes longer or shorter.
    Source(Ripple),
    /// The length: more or less of the source is shown.
    Length,
}

/// A clip and its new speed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetSpeed {
    /// The clip; what is linked to it gets the same speed.
    pub clip: Id,
    /// 1 is normal, 2 twice as fast, -1 backwards; 0 is [`freeze`].
    pub speed: Ratio,
    /// What stays.
    pub keep: Keep,
}

/// Sets the speed of a clip, exactly. Keyframes that count from its head are stretched with it when
/// the source frames stay.
///
/// ```text
/// |AAAA|BB|   speed 2, ripple    |AA|BB|
///  3456 34                        46 34
/// |AAAA|BB|   speed -1           |AAAA|BB|
///  3456 34                        6543 34
/// ```
pub fn set_speed(
    film: &Timeline,
    scope: Scope,
    edit: &SetSpeed,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    if edit.speed == Ratio::ZERO {
        return Err(Refused::Value("a speed of 0 is a freeze: say which frame".to_owned()));
    }
    let mut work = Work::begin(film, scope, ids)?;
    let spots = work.linked(edit.clip)?;
    for spot in spots.iter().filter(|_| edit.keep == Keep::Length) {
        let clip = Clip { speed: edit.speed, ..Clip::clone(&spot.clip) };
        work.check_footage(spot.track, spot.start, &clip, spot.length())?;
        work.change(spot, spot.length(), clip)?;
    }
    if let (Keep::Source(ripple), Some(lead)) = (edit.keep, spots.first()) {
        work.stretch(&spots, lead, edit.speed, ripple)?;
    }
    work.finish()
}

/// Plays a clip backwards: the same frames in the other order.
///
/// ```text
/// |AAAA|   reverse   |AAAA|
///  3456               6543
/// ```
pub fn reverse(
    film: &Timeline,
    scope: Scope,
    clip: Id,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    for spot in work.linked(clip)? {
        let speed = Ratio::ZERO.minus(spot.clip.speed).ok_or(Refused::TooBig)?;
        let clip = Clip { speed, ..Clip::clone(&spot.clip) };
        work.change(&spot, spot.length(), clip)?;
    }
    work.finish()
}

/// A frame to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freeze {
    /// The clip.
    pub clip: Id,
    /// The frame of the sequence whose picture is held.
    pub at: i64,
    /// `None` holds it for the whole clip; a number puts a hold of so many frames in at `at`, and
    /// what follows moves.
    pub length: Option<i64>,
}

/// Holds a frame, of the picture alone: linked sound is left as it is, or opened by silence.
///
/// ```text
/// |AAAA|   freeze at 1          |AAAA|
///  3456                          4444
/// |AAAA|   freeze at 1 for 2    |A|AA|AAA|
///  3456                          3 44 456
/// ```
pub fn freeze(
    film: &Timeline,
    scope: Scope,
    edit: &Freeze,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let spot = work.spot(edit.clip)?;
    work.unlocked(spot.track)?;
    if edit.at < spot.start || edit.at >= spot.end() {
        let site = work.site_of(&spot);
        return Err(Refused::Value(format!("frame {} does not lie in {site}", edit.at)));
    }
    let mut held = work.held(&spot, edit.at - spot.start)?;
    let Some(length) = edit.length else {
        work.change(&spot, spot.length(), held)?;
        return work.finish();
    };
    if length < 1 {
        return Err(Refused::Empty { what: "a freeze", length });
    }
    held.link = None;
    held.sound.fade_in = None;
    held.sound.fade_out = None;
    let id = work.ids.next_id();
    work.made.push(id);
    work.open_split(edit.at, length, &[spot.track])?;
    let item = Item::clip(id, length, held);
    work.replace(spot.track, edit.at..edit.at, vec![item])?;
    work.finish()
}

impl Work<'_> {
    /// The clip, held at its frame `at`: whole source frames, as its picture shows them.
    fn held(&self, spot: &Spot, at: i64) -> Result<Clip, Refused> {
        let step = self.step(&spot.clip)?;
        let source_in = frame_shown(&spot.clip, step, spot.length(), at).ok_or(Refused::TooBig)?;
        Ok(Clip { source_in, speed: Ratio::ZERO, ..Clip::clone(&spot.clip) })
    }

    /// Gives clips that go together another speed over the same source frames.
    fn stretch(
        &mut self,
        spots: &[Spot],
        lead: &Spot,
        speed: Ratio,
        ripple: Ripple,
    ) -> Result<(), Refused> {
        let longer = |spot: &Spot| {
            let by = spot.clip.speed.abs()?.over(speed.abs()?)?;
            Some((by, by.times(Ratio::whole(spot.length()))?.round().max(1)))
        };
        if spots.iter().any(|spot| spot.clip.speed == Ratio::ZERO) {
            let why = "a freeze has one source frame: keep its length, or replace it";
            return Err(Refused::Value(why.to_owned()));
        }
        let (_, led) = longer(lead).ok_or(Refused::TooBig)?;
        let by = led - lead.length();
        let own: Vec<usize> = spots.iter().map(|spot| spot.track).collect();
        for spot in spots {
            let (scale, mut length) = longer(spot).ok_or(Refused::TooBig)?;
            if spot.start == lead.start && spot.length() == lead.length() {
                length = led;
            }
            let mut clip = Clip { speed, ..Clip::clone(&spot.clip) };
            curves::scale(&mut clip, scale).ok_or(Refused::TooBig)?;
            let clip = piece::tuck(clip, length).ok_or(Refused::TooBig)?;
            let item = Item::clip(spot.id(), length, clip);
            match ripple {
                Ripple::Follow => {
                    let items = self.same_change(spot, item, by);
                    self.splice(spot.track, spot.index..spot.index + 1, items)?;
                }
                Ripple::Stay => self.in_place(spot, item)?,
            }
        }
        match ripple {
            Ripple::Stay => Ok(()),
            Ripple::Follow if by > 0 => self.open(lead.end(), by, &own),
            Ripple::Follow if by < 0 => self.close(lead.end() + by..lead.end(), &own),
            Ripple::Follow => Ok(()),
        }
    }

    /// The item, and a gap where its track would otherwise move by less than `by`.
    fn same_change(&mut self, spot: &Spot, item: Item, by: i64) -> Vec<Item> {
        let rest = spot.length() + by - item.length;
        let gap = (rest > 0).then(|| Item::gap(self.ids.next_id(), rest));
        [Some(item), gap].into_iter().flatten().collect()
    }

    /// A clip of another length in its place: into a gap, or leaving one.
    fn in_place(&mut self, spot: &Spot, item: Item) -> Result<(), Refused> {
        let (end, old) = (spot.start + item.length, spot.end());
        if end > old {
            self.need_gap(spot.track, old..end)?;
            return self.replace(spot.track, spot.start..end, vec![item]);
        }
        let gap = (end < old).then(|| Item::gap(self.ids.next_id(), old - end));
        let items = [Some(item), gap].into_iter().flatten().collect();
        self.replace(spot.track, spot.start..old, items)
    }

    /// Sets speeds without a word to the neighbours: used where a span is filled exactly.
    pub(super) fn filling_speed(&self, clip: &Clip, source: Frames, length: i64) -> Option<Ratio> {
        let footage = Footage::of(self.film, self.rate(), &clip.source);
        let step = source.over(Ratio::whole(length))?;
        step.times(self.rate().ratio())?.over(footage.rate)
    }
}

/// The whole source frame at the centre of a clip's frame `at`.
pub(super) fn frame_shown(clip: &Clip, step: Ratio, length: i64, at: i64) -> Option<Frames> {
    let centre = Ratio::new(2 * i128::from(at) + 1, 2)?;
    let into = if step < Ratio::ZERO { Ratio::whole(length).minus(centre)? } else { centre };
    let at = clip.source_in.plus(into.times(step.abs()?)?)?;
    Some(Ratio::whole(at.floor()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edge;
    use crate::edit::drawn::{Verb, check, clip_id, refused};

    const RIPPLE: Keep = Keep::Source(Ripple::Follow);
    const STAY: Keep = Keep::Source(Ripple::Stay);

    fn speed(name: &str, numerator: i128, denominator: i128, keep: Keep) -> Verb {
        let speed = Ratio::new(numerator, denominator).unwrap();
        let edit = SetSpeed { clip: clip_id(name), speed, keep };
        Box::new(move |film, scope, ids| set_speed(film, scope, &edit, ids))
    }

    fn frozen(name: &str, at: i64, length: Option<i64>) -> Verb {
        let edit = Freeze { clip: clip_id(name), at, length };
        Box::new(move |film, scope, ids| freeze(film, scope, &edit, ids))
    }

    #[test]
    fn a_speed_keeps_the_source_or_the_length() {
        check("|AAAA|BB|", speed("A", 2, 1, RIPPLE), "|AA|BB|\n 46 34");
        check("|AA|BB|", speed("A", 1, 2, RIPPLE), "|AAAA|BB|\n 3344 34");
        check("|AAAA|BB|", speed("A", 2, 1, STAY), "|AA|..|BB|");
        check("|AA|..|BB|", speed("A", 1, 2, STAY), "|AAAA|BB|");
        check("|AA|BB|", speed("A", 2, 1, Keep::Length), "|AA|BB|\n 46 34");
        check("|AAAA|", speed("A", -1, 1, Keep::Length), "|AAAA|\n 6543");
        check(
            "|AAAA|BB|\n|aaaa|bb|",
            speed("A", -2, 1, RIPPLE),
            "|AA|BB|\n 64 34\n|aa|bb|\n 64 34",
        );
        check("|AAAA|BB|\n|ww|..|xx|", speed("A", 2, 1, RIPPLE), "|AA|BB|\n|ww|xx|");
        check("|AAA|BB|", speed("A", 2, 1, RIPPLE), "|AA|BB|");
        refused("|AA|BB|", speed("A", 1, 2, STAY), "\"B\" (v-b)");
        refused("|AAAA|", speed("A", 8, 1, Keep::Length), "lacks 1 frames");
        refused("|AAAA|", speed("A", 0, 1, RIPPLE), "freeze");
        refused("|AAAA|BB|\n|wwww|xx|", speed("A", 2, 1, RIPPLE), "\"x\" (s-x)");
    }

    #[test]
    fn trims_of_a_clip_that_runs_backwards_keep_its_frames() {
        use crate::edit::drawn::{drawing, film, scope};
        let start = film("|AAAA|.|");
        let mut ids = IdSource::seeded(1);
        let back = reverse(&start, scope(), clip_id("A"), &mut ids).unwrap().timeline;
        for (edge, by, after) in [
            (Edge::Head, 1, "|.|AAA|\n   543"),
            (Edge::Tail, -1, "|AAA|\n 654"),
            (Edge::Tail, 2, "|AAAAAA|\n 654321"),
        ] {
            let edit = crate::edit::Trim { clip: clip_id("A"), edge, by };
            let film = crate::edit::trim(&back, scope(), &edit, &mut ids).unwrap().timeline;
            assert_eq!(drawing(&film, after), after);
        }
    }

    #[test]
    fn a_frame_is_held() {
        check("|AAAA|", frozen("A", 1, None), "|AAAA|\n 4444");
        check("|AAAA|", frozen("A", 1, Some(2)), "|A|AA|AAA|\n 3 44 456");
        check("|AAAA|\n|aaaa|", frozen("A", 1, Some(2)), "|A|AA|AAA|\n|a|..|aaa|");
        check("|AA|BB|", frozen("B", 2, Some(1)), "|AA|B|BB|\n 34 3 34");
        refused("|AAAA|", frozen("A", 4, None), "does not lie in");
    }
}
