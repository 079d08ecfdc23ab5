//! Speed: faster, slower, backwards, not at all.

use crate::edit::Edge;
use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Ripple;
use crate::edit::Scope;
use crate::edit::curves;
use crate::edit::footage::{Footage, handles_of, lacking};
use crate::edit::piece;
use crate::edit::surgery::{Spot, Work};
use std::ops::Range;
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
    /// The clip; what is linked to it gets the same speed and stays in sync.
    pub clip: Id,
    /// 1 is normal, 2 twice as fast, -1 backwards; 0 is [`freeze`].
    pub speed: Ratio,
    /// What stays.
    pub keep: Keep,
}

/// Sets the speed of a clip, exactly. Keyframes that count from its head are stretched with it when
/// the source frames stay. Linked sound that begins or ends elsewhere (a J or an L cut) keeps its
/// source frames too, as far as there is room between its neighbours, or its length; in both cases
/// it is in sync as before.
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
    match edit.keep {
        Keep::Source(ripple) => work.stretch(&spots, edit.speed, ripple)?,
        Keep::Length => {
            for (spot, clip) in work.at_speed(&spots, |_| Some(edit.speed))? {
                let item = Item::clip(spot.id(), spot.length(), clip.clone());
                work.check_footage(spot.track, spot.start, &item)?;
                work.change(spot, spot.length(), clip)?;
            }
        }
    }
    work.finish()
}

/// Plays a clip backwards: the same frames in the other order. Linked sound that begins or ends
/// elsewhere plays what lies beside them, and is refused where its source has not so much.
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
    let spots = work.linked(clip)?;
    for (nth, (spot, clip)) in
        work.at_speed(&spots, |old| Ratio::ZERO.minus(old))?.into_iter().enumerate()
    {
        if nth > 0 && clip.source_in != spot.clip.source_in {
            let item = Item::clip(spot.id(), spot.length(), clip.clone());
            work.check_footage(spot.track, spot.start, &item)?;
        }
        work.change(spot, spot.length(), clip)?;
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

    /// Clips that go together at another speed, in their places: the first shows the same first
    /// source frame (or the same last one, backwards), and the others stay in sync with it.
    fn at_speed<'a>(
        &self,
        spots: &'a [Spot],
        speed: impl Fn(Ratio) -> Option<Ratio>,
    ) -> Result<Vec<(&'a Spot, Clip)>, Refused> {
        let Some(lead) = spots.first() else { return Ok(Vec::new()) };
        let clip = |spot: &'a Spot| {
            let retime =
                Retime { lead, led: lead.start..lead.end(), speed: speed(spot.clip.speed)? };
            Some((spot, self.retimed(spot, &(spot.start..spot.end()), &retime)?))
        };
        spots.iter().map(|spot| clip(spot).ok_or(Refused::TooBig)).collect()
    }

    /// Gives clips that go together (the first leads) another speed over the same source frames.
    fn stretch(&mut self, spots: &[Spot], speed: Ratio, ripple: Ripple) -> Result<(), Refused> {
        let Some(lead) = spots.first() else { return Ok(()) };
        if spots.iter().any(|spot| spot.clip.speed == Ratio::ZERO) {
            let why = "a freeze has one source frame: keep its length, or replace it";
            return Err(Refused::Value(why.to_owned()));
        }
        let mut retime = Retime { lead, led: lead.start..lead.end(), speed };
        let (led, clip) = self.stretched(lead, &retime)?;
        let by = led.end - lead.end();
        let shift = if ripple == Ripple::Follow { by } else { 0 };
        self.refit(lead, led.clone(), clip, shift)?;
        retime.led = led;
        for spot in &spots[1..] {
            let (span, clip) = self.stretched(spot, &retime)?;
            let (from, to) = self.room_beside(spot)?;
            let room = span.start.max(from)..span.end.min(to.saturating_add(shift));
            if room == span || room.is_empty() {
                self.refit(spot, span, clip, shift)?;
            } else {
                let clip = self.retimed(spot, &room, &retime).ok_or(Refused::TooBig)?;
                self.refit(spot, room, clip, shift)?;
            }
        }
        match ripple {
            Ripple::Stay => Ok(()),
            Ripple::Follow if by > 0 => self.open(lead.end(), by, spots),
            Ripple::Follow if by < 0 => self.close(lead.end() + by..lead.end(), spots),
            Ripple::Follow => Ok(()),
        }
    }

    /// Where a clip with the same source frames lies at another speed, in whole frames, and the clip.
    /// A frame that its source has not, for the sake of rounding, is left out.
    fn stretched(&self, spot: &Spot, retime: &Retime<'_>) -> Result<(Range<i64>, Clip), Refused> {
        let mut span = retime.span_of(spot).ok_or(Refused::TooBig)?;
        for _ in 0..2 {
            let clip = self.retimed(spot, &span, retime).ok_or(Refused::TooBig)?;
            let length = span.end - span.start;
            let beside = handles_of(self.film, self.rate(), &clip, length).and_then(lacking);
            match beside.filter(|(_, missing)| *missing == 1 && length > 1) {
                Some((Edge::Head, _)) if spot.id() != retime.lead.id() => span.start += 1,
                Some(_) => span.end -= 1,
                None => break,
            }
        }
        let clip = self.retimed(spot, &span, retime).ok_or(Refused::TooBig)?;
        let was = handles_of(self.film, self.rate(), &spot.clip, spot.length()).and_then(lacking);
        if was.is_none() {
            let item = Item::clip(spot.id(), span.end - span.start, clip.clone());
            self.check_footage(spot.track, span.start, &item)?;
        }
        Ok((span, clip))
    }

    /// A clip at another speed over `span`, in sync with its lead as before.
    fn retimed(&self, spot: &Spot, span: &Range<i64>, retime: &Retime<'_>) -> Option<Clip> {
        let Retime { lead, led, speed } = retime;
        let mut clip = Clip { speed: *speed, ..Clip::clone(&spot.clip) };
        if spot.clip.speed == Ratio::ZERO || *speed == Ratio::ZERO {
            return Some(clip);
        }
        let scale = spot.clip.speed.over(*speed)?.abs()?;
        clip.sync = clip.sync.times(scale)?;
        if spot.id() != lead.id() && spot.clip.speed == lead.clip.speed {
            let (old, new) = (self.step(&spot.clip).ok()?, self.step(&clip).ok()?);
            let was = ahead(old, &(spot.start..spot.end()), &(lead.start..lead.end()))?;
            let is = ahead(new, span, led)?;
            clip.source_in = clip.source_in.plus(was)?.minus(is)?;
        }
        let length = span.end.checked_sub(span.start)?;
        if length != spot.length() {
            curves::scale(&mut clip, scale)?;
        }
        piece::tuck(clip, length)
    }

    /// The end of the clip before this one and the start of the one behind it; gaps are room.
    fn room_beside(&self, spot: &Spot) -> Result<(i64, i64), Refused> {
        let reel = self.reel(spot.track)?;
        let gap = |index: Option<usize>| {
            let item = index.and_then(|index| reel.get(index));
            item.filter(|item| item.is_gap()).map_or(0, |gap| gap.length)
        };
        let (before, after) = (gap(spot.index.checked_sub(1)), gap(Some(spot.index + 1)));
        let is_last = spot.index + 1 + usize::from(after > 0) >= reel.count();
        let to = if is_last { i64::MAX } else { spot.end() + after };
        Ok((spot.start - before, to))
    }

    /// Lays a clip over its own place and the gaps beside it; what lies behind moves by `shift`.
    fn refit(
        &mut self,
        spot: &Spot,
        span: Range<i64>,
        clip: Clip,
        shift: i64,
    ) -> Result<(), Refused> {
        let (from, to) = self.room_beside(spot)?;
        let reel = self.reel(spot.track)?;
        let is_gap = |index: usize| reel.get(index).is_some_and(Item::is_gap);
        let first = spot.index - usize::from(from < spot.start);
        let last = spot.index + usize::from(is_gap(spot.index + 1));
        let next = to.saturating_add(shift);
        for (missing, other) in
            [(from - span.start, first.wrapping_sub(1)), (span.end - next, last + 1)]
        {
            let blocked = reel.get(other).filter(|_| missing > 0).cloned();
            if let Some(item) = blocked {
                let start = reel.start_of(other).unwrap_or_default();
                let site = self.site(spot.track, Some(&item), start);
                return Err(Refused::Collision { site, missing });
            }
        }
        if span.start < 0 {
            return Err(Refused::BeforeStart { what: "the clip".to_owned(), frame: span.start });
        }
        let mut items = vec![Item::clip(spot.id(), span.end - span.start, clip)];
        if from < span.start {
            items.insert(0, Item::gap(self.ids.next_id(), span.start - from));
        }
        if to < i64::MAX && span.end < next {
            items.push(Item::gap(self.ids.next_id(), next - span.end));
        }
        self.splice(spot.track, first..last + 1, items)
    }

    /// Sets speeds without a word to the neighbours: used where a span is filled exactly.
    pub(super) fn filling_speed(&self, clip: &Clip, source: Frames, length: i64) -> Option<Ratio> {
        let footage = Footage::of(self.film, self.rate(), &clip.source);
        let step = source.over(Ratio::whole(length))?;
        step.times(self.rate().ratio())?.over(footage.rate)
    }
}

/// Another speed of a clip and what goes with it.
struct Retime<'a> {
    /// The clip that leads, as it was.
    lead: &'a Spot,
    /// Where it lies at the new speed.
    led: Range<i64>,
    speed: Ratio,
}

impl Retime<'_> {
    /// Where the frames of a clip come to lie: as far from the head of the lead as the speed says.
    fn span_of(&self, spot: &Spot) -> Option<Range<i64>> {
        let scale = spot.clip.speed.over(self.speed)?.abs()?;
        let placed = |frame: i64| {
            let from = Ratio::whole(frame.checked_sub(self.lead.start)?);
            self.lead.start.checked_add(from.times(scale)?.round())
        };
        let start =
            if spot.clip.speed == self.lead.clip.speed { placed(spot.start)? } else { spot.start };
        let by = start.checked_sub(placed(spot.start)?)?;
        let end = placed(spot.end())?.checked_add(by)?;
        Some(start..end.max(start.checked_add(1)?))
    }
}

/// How far the source moves from the beginning of a clip's frames to that of its lead's: to the head,
/// or backwards to the tail.
fn ahead(step: Ratio, span: &Range<i64>, lead: &Range<i64>) -> Option<Frames> {
    let frames = if step < Ratio::ZERO {
        span.end.checked_sub(lead.end)?
    } else {
        lead.start.checked_sub(span.start)?
    };
    step.abs()?.times(Ratio::whole(frames))
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
        check("|AAA|\n rst", speed("A", 2, 1, RIPPLE), "|A|\n s");
        refused("|AA|BB|", speed("A", 1, 2, STAY), "\"B\" (v-b)");
        refused("|AAAA|", speed("A", 8, 1, Keep::Length), "lacks 1 frames");
        refused("|AAAA|", speed("A", 0, 1, RIPPLE), "freeze");
        refused("|AAAA|BB|\n|wwww|xx|", speed("A", 2, 1, RIPPLE), "\"x\" (s-x)");
    }

    #[test]
    fn linked_sound_of_another_length_stays_in_sync() {
        check(
            "|WW|BBBB|CC|\n    5678\n|.|bbbbb|cc|\n   45678",
            speed("B", 2, 1, RIPPLE),
            "|WW|BB|CC|\n    68\n|..|bb|cc|\n    68",
        );
        let l = "|BBBB|CC|DD|\n 5678\n|bbbbbb|c|dd|\n 56789a";
        check(l, speed("B", 2, 1, RIPPLE), "|BB|CC|DD|\n 68\n|bbb|.|c|dd|\n 68a");
        check(
            l,
            speed("B", 1, 2, RIPPLE),
            "|BBBBBBBB|CC|DD|\n 55667788\n|bbbbbbbbbb|c|dd|\n 5566778899",
        );
        check(
            "|.|AA|\n   56\n|aaa|\n 456",
            speed("A", 1, 2, RIPPLE),
            "|.|AAAA|\n   5566\n|aaaaa|\n 45566",
        );
        let both = speed("A", 2, 1, Keep::Length);
        check("|.|AA|\n   56\n|aaa|\n 456", both, "|.|AA|\n   68\n|aaa|\n 468");
        let back: Verb = Box::new(|f, s, ids| reverse(f, s, clip_id("A"), ids));
        check("|.|AA|\n   56\n|aaa|\n 456", back, "|.|AA|\n   65\n|aaa|\n 765");
        let back: Verb = Box::new(|f, s, ids| reverse(f, s, clip_id("A"), ids));
        refused("|.|AA|\n   st\n|aaa|\n rst", back, "\"a\" (s-a)");
        refused("|.|AA|\n   12\n|aaa|\n 012", speed("A", 2, 1, Keep::Length), "at its head");
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
