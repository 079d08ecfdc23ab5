//! Transitions: added, changed and removed, with honest answers where handles are short.

use crate::edit::Edge;
use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::handles::{Short, ShortHandles};
use crate::edit::retie::{Room, centred};
use crate::edit::surgery::{Spot, Work};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::transition::{Handles, Sampling};
use timeline_format::{Extra, FadeShape, Id, IdSource, Param, Timeline, Transition};

/// Where a transition lies about its cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// About its middle: `floor(N / 2)` frames ahead of the cut.
    #[default]
    Centre,
    /// It starts on the cut.
    Start,
    /// It ends on the cut.
    End,
    /// So many frames ahead of the cut.
    Before(i64),
}

impl Align {
    /// The frames ahead of and behind the cut, of a transition of `length` frames.
    pub fn split(self, length: i64) -> (i64, i64) {
        let before = match self {
            Self::Centre => length / 2,
            Self::Start => 0,
            Self::End => length,
            Self::Before(before) => before.clamp(0, length),
        };
        (before, length - before)
    }

    /// The longest transition of this alignment, at most `length`, within `before` and `after`.
    fn longest(self, length: i64, before: i64, after: i64) -> (i64, i64) {
        if self == Self::Centre {
            centred(length, before, after)
        } else {
            let (wanted_before, wanted_after) = self.split(length);
            (wanted_before.min(before), wanted_after.min(after))
        }
    }
}

/// A transition to add.
#[derive(Debug, Clone, PartialEq)]
pub struct AddTransition {
    /// A clip at the cut.
    pub clip: Id,
    /// Which of its edges is the cut. Beside a gap or the end of the track it is a fade.
    pub edge: Edge,
    /// The transition's name in the catalogue.
    pub kind: String,
    /// Its length in frames.
    pub length: i64,
    /// Where it lies about the cut.
    pub align: Align,
    /// What to do where handles are short.
    pub short: Short,
    /// The shape of the crossfade, on sound.
    pub shape: Option<FadeShape>,
    /// Values by parameter id.
    pub values: BTreeMap<String, Param>,
}

/// Adds a transition over a cut, and over the cut of the linked sound where that is at the same
/// frame. It changes no length, unless [`Short::Overlap`] is chosen.
///
/// ```text
/// |AAAA|BBBB|   dissolve of 3, centred   |AAA/|//BB|
/// |AAAA|BBBB|   dissolve of 2, start     |AAAA|//BB|
/// ```
pub fn add_transition(
    film: &Timeline,
    scope: Scope,
    edit: &AddTransition,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let spots = work.spots_at_cut(edit.clip, edit.edge)?;
    if edit.length < 1 {
        return Err(Refused::Empty { what: "a transition", length: edit.length });
    }
    if edit.short == Short::Overlap {
        work.overlap(&spots, edit)?;
    }
    for spot in spots {
        work.add_at(spot.id(), edit)?;
    }
    work.finish()
}

/// What to change of a transition; what is `None` stays.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeTransition {
    /// A clip at the cut.
    pub clip: Id,
    /// Which of its edges is the cut.
    pub edge: Edge,
    /// Another transition of the catalogue.
    pub kind: Option<String>,
    /// Another length in frames.
    pub length: Option<i64>,
    /// Another place about the cut; as it was, if it is not given.
    pub align: Option<Align>,
    /// What to do where handles are short.
    pub short: Short,
    /// Where in a frame its progress is taken.
    pub sampling: Option<Sampling>,
    /// The shape of the crossfade.
    pub shape: Option<FadeShape>,
    /// Values by parameter id, over those that it has.
    pub values: BTreeMap<String, Param>,
}

/// Changes a transition, and that of the linked sound where it was alike.
///
/// ```text
/// |AAA/|/BBB|   length 4, end   |////|BBBB|
/// ```
pub fn change_transition(
    film: &Timeline,
    scope: Scope,
    edit: &ChangeTransition,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let spots = work.spots_at_cut(edit.clip, edit.edge)?;
    let lead = spots.first().and_then(|spot| work.take_at(spot, edit.edge));
    let lead = lead.ok_or(Refused::NoSuch { what: "transition at clip", id: edit.clip })?;
    for (nth, spot) in spots.iter().enumerate() {
        let old = if nth == 0 { Some(Arc::clone(&lead)) } else { work.take_at(spot, edit.edge) };
        let Some(old) = old else { continue };
        if nth > 0 && (old.before, old.after) != (lead.before, lead.after) {
            work.put_at(spot, edit.edge, old)?;
            continue;
        }
        work.change_at(spot, &old, edit)?;
    }
    work.finish()
}

/// Removes a transition, and that of the linked sound where it was alike.
///
/// ```text
/// |AAA/|/BBB|   remove   |AAAA|BBBB|
/// ```
pub fn remove_transition(
    film: &Timeline,
    scope: Scope,
    (clip, edge): (Id, Edge),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let spots = work.spots_at_cut(clip, edge)?;
    let lead = spots.first().and_then(|spot| work.take_at(spot, edge));
    let lead = lead.ok_or(Refused::NoSuch { what: "transition at clip", id: clip })?;
    for spot in &spots[1..] {
        if let Some(old) = work.take_at(spot, edge)
            && (old.before, old.after) != (lead.before, lead.after)
        {
            work.put_at(spot, edge, old)?;
        }
    }
    work.finish()
}

fn index_at(spot: &Spot, edge: Edge) -> usize {
    spot.index + usize::from(edge == Edge::Tail)
}

impl Work<'_> {
    /// The clip, and the linked clips that have the same edge at the same frame.
    fn spots_at_cut(&mut self, clip: Id, edge: Edge) -> Result<Vec<Spot>, Refused> {
        let mut spots = self.linked_at(clip, edge)?;
        let lead = spots.first().map(|spot| (spot.frame_of(edge), self.other_side(spot, edge)));
        spots.retain(|spot| lead == Some((spot.frame_of(edge), self.other_side(spot, edge))));
        Ok(spots)
    }

    /// Whether there is a clip on the other side of the cut.
    fn other_side(&self, spot: &Spot, edge: Edge) -> bool {
        let other = match edge {
            Edge::Head => spot.index.checked_sub(1),
            Edge::Tail => Some(spot.index + 1),
        };
        other.is_some_and(|other| self.spot_at(spot.track, other).is_some())
    }

    fn take_at(&mut self, spot: &Spot, edge: Edge) -> Option<Arc<Transition>> {
        let cut = self.cut_at(spot.track, index_at(spot, edge));
        self.track_mut(spot.track).ok()?.transitions.remove(&cut)
    }

    fn put_at(&mut self, spot: &Spot, edge: Edge, new: Arc<Transition>) -> Result<(), Refused> {
        let cut = self.cut_at(spot.track, index_at(spot, edge));
        self.track_mut(spot.track)?.transitions.insert(cut, new);
        Ok(())
    }

    fn add_at(&mut self, clip: Id, edit: &AddTransition) -> Result<(), Refused> {
        let spot = self.spot(clip)?;
        let index = index_at(&spot, edit.edge);
        if self.track(spot.track)?.transition_at(index).is_some() {
            let text =
                format!("there is a transition at {} already: change it", self.site_of(&spot));
            return Err(Refused::Value(text));
        }
        let room = self.room_at(spot.track, index).ok_or(Refused::TooBig)?;
        let AddTransition { length, align, short, edge, .. } = *edit;
        let wanted = Wanted { length, align, short, edge };
        let (before, after, handles) = self.settle(&spot, room, wanted, Handles::Real)?;
        let new = Transition {
            id: self.ids.next_id(),
            kind: edit.kind.clone(),
            before,
            after,
            sampling: Sampling::Centre,
            shape: edit.shape,
            handles,
            values: edit.values.clone(),
            extra: Extra::new(),
        };
        self.made.push(new.id);
        self.put_at(&spot, edit.edge, Arc::new(new))?;
        if edit.short == Short::Extend {
            self.order_frames(&spot, edit.edge, room, (before, after))?;
        }
        Ok(())
    }

    fn change_at(
        &mut self,
        spot: &Spot,
        old: &Transition,
        edit: &ChangeTransition,
    ) -> Result<(), Refused> {
        let room = self.room_at(spot.track, index_at(spot, edit.edge)).ok_or(Refused::TooBig)?;
        let length = edit.length.unwrap_or(old.length());
        if length < 1 {
            return Err(Refused::Empty { what: "a transition", length });
        }
        let align = edit.align.unwrap_or_else(|| alignment_of(old));
        let wanted = Wanted { length, align, short: edit.short, edge: edit.edge };
        let (before, after, handles) = self.settle(spot, room, wanted, old.handles)?;
        let mut values = old.values.clone();
        values.extend(edit.values.clone());
        let new = Transition {
            kind: edit.kind.clone().unwrap_or_else(|| old.kind.clone()),
            before,
            after,
            handles,
            values,
            sampling: edit.sampling.unwrap_or(old.sampling),
            shape: edit.shape.or(old.shape),
            ..old.clone()
        };
        self.put_at(spot, edit.edge, Arc::new(new))?;
        if edit.short == Short::Extend {
            self.order_frames(spot, edit.edge, room, (before, after))?;
        }
        Ok(())
    }

    /// The frames ahead of and behind the cut, and where missing ones come from.
    fn settle(
        &self,
        spot: &Spot,
        room: Room,
        wanted: Wanted,
        handles: Handles,
    ) -> Result<(i64, i64, Handles), Refused> {
        let Wanted { length, align, short, .. } = wanted;
        let (before, after) = align.split(length);
        let fits = |handles| before <= room.before(handles) && after <= room.after(handles);
        if fits(handles) {
            return Ok((before, after, handles));
        }
        let (real_before, real_after) = (room.before(Handles::Real), room.after(Handles::Real));
        let made = match short {
            Short::Freeze | Short::Extend => Some(Handles::Freeze),
            Short::Mirror => Some(Handles::Mirror),
            Short::Slow => Some(Handles::Slow),
            Short::Refuse | Short::Shorten | Short::Shift | Short::Overlap => None,
        };
        let settled = match short {
            Short::Shorten => Some(align.longest(length, real_before, real_after)),
            Short::Shift => shifted(length, before, real_before, real_after),
            _ => None,
        };
        match (made, settled) {
            (Some(made), _) if fits(made) => Ok((before, after, made)),
            (_, Some((before, after))) if before + after > 0 => Ok((before, after, Handles::Real)),
            _ => Err(self.short_handles(spot, room, wanted)),
        }
    }

    fn short_handles(&self, spot: &Spot, room: Room, wanted: Wanted) -> Refused {
        let Wanted { length, align, edge, .. } = wanted;
        let (before, after) = align.split(length);
        let (real_before, real_after) = (room.before(Handles::Real), room.after(Handles::Real));
        let longest = align.longest(length, real_before, real_after);
        let longest = longest.0 + longest.1;
        let inside = before <= room.ahead && after <= room.behind;
        let mut options = Vec::new();
        options.extend((longest > 0).then_some(Short::Shorten));
        options.extend(shifted(length, before, real_before, real_after).map(|_| Short::Shift));
        if inside {
            options.extend([Short::Freeze, Short::Mirror, Short::Slow, Short::Overlap]);
            options.push(Short::Extend);
        }
        Refused::Handles(Box::new(ShortHandles {
            site: *self.site(spot.track, Some(&spot.item), spot.frame_of(edge)),
            edge,
            have_after: real_after,
            need_after: after,
            have_before: real_before,
            need_before: before,
            options,
            longest,
        }))
    }

    /// Takes missing handles out of the clips themselves, by ripple trims.
    fn overlap(&mut self, spots: &[Spot], edit: &AddTransition) -> Result<(), Refused> {
        let Some(lead) = spots.first() else { return Ok(()) };
        let room = self.room_at(lead.track, index_at(lead, edit.edge)).ok_or(Refused::TooBig)?;
        let (before, after) = edit.align.split(edit.length);
        let missing_after = (after - room.handle_after.max(0)).max(0);
        let missing_before = (before - room.handle_before.max(0)).max(0);
        let (head, tail) = match edit.edge {
            Edge::Tail => (lead.index + 1, lead.index),
            Edge::Head => (lead.index, lead.index.wrapping_sub(1)),
        };
        let ids = [(tail, Edge::Tail, -missing_after), (head, Edge::Head, missing_before)];
        for (index, edge, by) in ids {
            if let Some(spot) = self.spot_at(lead.track, index).filter(|_| by != 0) {
                let spots = self.linked_at(spot.id(), edge)?;
                self.ripple_edge(&spots, edge, by)?;
            }
        }
        Ok(())
    }
}

/// What a transition is to be.
#[derive(Clone, Copy)]
struct Wanted {
    length: i64,
    align: Align,
    short: Short,
    edge: Edge,
}

/// The alignment that a transition has.
fn alignment_of(old: &Transition) -> Align {
    match (old.before, old.after) {
        (before, after) if before == i64::midpoint(before, after) => Align::Centre,
        (0, _) => Align::Start,
        (_, 0) => Align::End,
        (before, _) => Align::Before(before),
    }
}

/// The split of `length` that is nearest to `before` frames ahead of the cut and fits.
fn shifted(length: i64, before: i64, most_before: i64, most_after: i64) -> Option<(i64, i64)> {
    let least = length.checked_sub(most_after)?.max(0);
    let most = most_before.min(length);
    (least <= most).then(|| {
        let before = before.clamp(least, most);
        (before, length - before)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Short::*;
    use crate::edit::drawn::{Verb, check, clip_id, refused};

    fn dissolved(name: &str, length: i64, align: Align, short: Short) -> Verb {
        let edit = AddTransition {
            clip: clip_id(name),
            edge: Edge::Tail,
            kind: "dissolve".to_owned(),
            length,
            align,
            short,
            shape: None,
            values: BTreeMap::new(),
        };
        Box::new(move |film, scope, ids| add_transition(film, scope, &edit, ids))
    }

    fn changed(name: &str, length: Option<i64>, align: Option<Align>) -> Verb {
        let edit = ChangeTransition {
            clip: clip_id(name),
            edge: Edge::Tail,
            kind: None,
            length,
            align,
            short: Refuse,
            sampling: None,
            shape: None,
            values: BTreeMap::new(),
        };
        Box::new(move |film, scope, ids| change_transition(film, scope, &edit, ids))
    }

    #[test]
    fn a_transition_lies_about_its_cut() {
        for (length, align, after) in [
            (1, Align::Centre, "|AAAA|/BBB|"),
            (2, Align::Centre, "|AAA/|/BBB|"),
            (3, Align::Centre, "|AAA/|//BB|"),
            (2, Align::Start, "|AAAA|//BB|"),
            (2, Align::End, "|AA//|BBBB|"),
            (3, Align::Before(2), "|AA//|/BBB|"),
        ] {
            check("|AAAA|BBBB|", dissolved("A", length, align, Refuse), after);
        }
        check("|AAAA|..|BB|", dissolved("A", 2, Align::End, Refuse), "|AA//|..|BB|");
        check("|AAAA|", dissolved("A", 2, Align::End, Refuse), "|AA//|");
        refused("|AAAA|", dissolved("A", 2, Align::Start, Refuse), "choose one of");
        refused("|AAAA|BB|", dissolved("A", 0, Align::Centre, Refuse), "at least one frame");
        refused("|AA/|/BB|", dissolved("A", 2, Align::Centre, Refuse), "already");
    }

    #[test]
    fn linked_sound_gets_the_same_unless_its_cut_is_elsewhere() {
        let two = || dissolved("A", 2, Align::Centre, Refuse);
        check("|AAAA|BB|\n|aaaa|bb|", two(), "|AAA/|/B|\n|aaa/|/b|");
        check("|AAAA|BB|\n|aaa|bbb|", two(), "|AAA/|/B|\n|aaa|bbb|");
        check("|AAAA|BB|\nL|aaaa|bb|", two(), "|AAA/|/B|\nL|aaaa|bb|");
    }

    #[test]
    fn short_handles_have_honest_ways_out() {
        let start = "|AAAA|BBBB|CC|\n 3456 1234 34";
        let six = |short| dissolved("A", 4, Align::End, short);
        refused(
            start,
            six(Refuse),
            "4 ahead of the incoming clip and there are 1; the longest is 1; choose one of: \
             shorten, shift, freeze, mirror, slow, overlap, extend",
        );
        check(start, six(Shorten), "|AAA/|BBBB|CC|");
        check(start, six(Shift), "|AAA/|///B|CC|");
        for (short, handles) in
            [(Freeze, Handles::Freeze), (Mirror, Handles::Mirror), (Slow, Handles::Slow)]
        {
            let edited = check(start, six(short), "|////|BBBB|CC|");
            let track = Arc::clone(&edited.timeline.main().unwrap().tracks[0]);
            assert_eq!(track.transition_at(1).unwrap().handles, handles);
        }
        let edited = check(start, six(Extend), "|////|BBBB|CC|");
        let order = &edited.orders[0];
        assert_eq!((order.before, order.after), (3, 0));
        assert_eq!(order.clip, clip_id("B"));
        assert_eq!(order.origin["prompt"], "a hand");
        check(start, six(Overlap), "|////|B|CC|\n 3456 4 34");
        let both = "|AAAA|BBBB|\n qrst 0123";
        check(both, dissolved("A", 2, Align::Centre, Overlap), "|AA/|/BB|\n qrs 123");
        refused(both, dissolved("A", 2, Align::Centre, Shift), "choose one of");
        check(
            "|AAAA|BBBB|\n qrst 0123\n|aaaa|bbbb|\n qrst 0123",
            dissolved("A", 2, Align::Centre, Overlap),
            "|AA/|/BB|\n|aa/|/bb|",
        );
    }

    #[test]
    fn transitions_are_changed_and_removed() {
        let moved = changed("A", Some(4), Some(Align::Before(1)));
        check("|AAA/|/BBB|", moved, "|AAA/|///B|");
        check("|AAA/|/BBB|", changed("A", None, Some(Align::End)), "|AA//|BBBB|");
        check("|AAA/|/BBB|", changed("A", Some(3), None), "|AAA/|//BB|");
        check("|AAA/|/BB|\n|aaa/|/bb|", changed("A", Some(1), None), "|AAAA|/BB|\n|aaaa|/bb|");
        check("|AAA/|/BB|\n|aaa/|//b|", changed("A", Some(1), None), "|AAAA|/BB|\n|aaa/|//b|");
        refused("|AAAA|BBBB|", changed("A", Some(1), None), "no transition");
        let gone: Verb = Box::new(|film, scope, ids| {
            remove_transition(film, scope, (clip_id("A"), Edge::Tail), ids)
        });
        check("|AAA/|/B/|/CC|\n|aaa/|/bb|", gone, "|AAAA|BB/|/CC|\n|aaaa|bbb|");
    }
}
