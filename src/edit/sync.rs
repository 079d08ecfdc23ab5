//! Links after an edit: what still goes together keeps its link, what does not loses it, with a note.
//!
//! Two clips of a link are in step as before where the edit moved what they show by as much, at the
//! same change of speed. That holds a picture to sound of another recorder as well as to its own,
//! and leaves alone what lay out of sync before. Clips on locked tracks and tracks free of sync are
//! where the person wants them: they are not judged. Under a scope without links nothing is, but the
//! parts of a clip that was split still go with what lies beside them.

use crate::edit::Note;
use crate::edit::Refused;
use crate::edit::surgery::{Spot, Work};
use std::collections::{BTreeMap, BTreeSet};
use timeline_format::{Clip, Id, Ratio, Sequence};

/// How far beside the edges of a ripple torn links are looked for, in items of each track.
const BESIDE: usize = 32;

/// How an edit moved what a clip shows.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Shift {
    /// By how many frames of the sequence, at normal speed.
    by: Ratio,
    /// How much faster it was than it is.
    scale: Ratio,
}

/// A clip of a link after the edit.
struct Member {
    spot: Spot,
    /// `None` where it cannot be told, or is not judged.
    shift: Option<Shift>,
    is_locked: bool,
}

impl Member {
    const fn id(&self) -> Id {
        self.spot.id()
    }

    /// Whether the two are seen and heard at one time, on two tracks.
    fn is_beside(&self, other: &Self) -> bool {
        self.spot.track != other.spot.track && self.spot.shared(&other.spot) > 0
    }
}

impl Work<'_> {
    /// Puts the links right that this edit touched.
    pub(super) fn settle_links(&mut self) -> Result<(), Refused> {
        let mut links = std::mem::take(&mut self.touched);
        if self.scope.linked {
            links.extend(self.torn());
        }
        self.edges.clear();
        links.into_iter().try_for_each(|link| self.settle_link(link))
    }

    fn settle_link(&mut self, link: Id) -> Result<(), Refused> {
        let members = self.members(link);
        let is_parted = members.iter().any(|member| self.parts.contains_key(&member.id()));
        let has_partners = members.iter().any(|member| member.spot.track != members[0].spot.track);
        let sets = gather(members, is_parted);
        if sets.len() < 2 {
            return Ok(());
        }
        let is_kept = |set: &Vec<Member>| set.iter().any(|member| member.is_locked);
        let kept = sets.iter().position(is_kept).or(sets.iter().position(|set| set.len() > 1));
        let kept = kept.or((!has_partners).then_some(0));
        let mut noted = BTreeSet::new();
        for (nth, set) in sets.iter().enumerate().filter(|(nth, _)| Some(*nth) != kept) {
            let new = (set.len() > 1).then(|| self.ids.next_id());
            for member in set.iter().filter(|member| !member.is_locked) {
                self.relink_clip(member.id(), new)?;
            }
            let others = sets.iter().enumerate().filter(|(other, _)| *other != nth);
            let others: Vec<&Member> = others.flat_map(|(_, set)| set).collect();
            let other = others.first().filter(|_| !is_parted).copied();
            if let ([alone], Some(partner)) = (&set[..], set[0].nearest(&others).or(other))
                && !noted.contains(&(partner.id(), alone.id()))
            {
                noted.insert((alone.id(), partner.id()));
                self.notes.push(alone.unlinked(partner));
            }
        }
        Ok(())
    }

    fn members(&self, link: Id) -> Vec<Member> {
        let spots = self.with_link(link);
        let member = |spot: Spot| {
            let header = self.sequence.tracks.get(spot.track).map(|track| &track.header);
            let is_locked = header.is_some_and(|header| header.locked);
            let is_judged = header.is_some_and(|header| !header.locked && !header.sync_free);
            let still = Shift { by: Ratio::ZERO, scale: Ratio::ONE };
            let shift = if self.scope.linked { self.shift_of(&spot) } else { Some(still) };
            Member { shift: shift.filter(|_| is_judged), is_locked, spot }
        };
        spots.into_iter().map(member).collect()
    }

    /// How this edit moved what a clip shows; `None` for what it laid, held or gave another source.
    fn shift_of(&self, spot: &Spot) -> Option<Shift> {
        let before = self.film.sequences.get(&self.scope.sequence)?;
        let mut id = spot.id();
        while let Some(head) = self.parts.get(&id).filter(|head| **head != id) {
            id = *head;
        }
        let found = before.find(id)?;
        let reel = before.tracks.get(found.track)?.reel()?;
        let old = reel.get(found.index?)?;
        let clip = old.clip.as_deref().filter(|clip| clip.source == spot.clip.source)?;
        let start = reel.start_of(found.index?)?;
        let (was, is) = (self.step(clip).ok()?, self.step(&spot.clip).ok()?);
        if was == Ratio::ZERO || is == Ratio::ZERO {
            return None;
        }
        let scale = was.over(is)?;
        let from = zero(clip, was, start..start + old.length)?;
        let to = zero(&spot.clip, is, spot.start..spot.end())?;
        Some(Shift { by: to.minus(from.times(scale)?)?, scale })
    }

    /// Links of which one clip moved with what was opened or closed, and another did not.
    fn torn(&self) -> BTreeSet<Id> {
        let mut torn = BTreeSet::new();
        let Some(before) = self.film.sequences.get(&self.scope.sequence) else { return torn };
        for edge in &self.edges {
            let old: BTreeMap<Id, i64> =
                beside(before, *edge).map(|(id, start, _)| (id, start)).collect();
            let mut moved: BTreeMap<Id, i64> = BTreeMap::new();
            for (id, start, link) in beside(&self.sequence, *edge) {
                if let Some(was) = old.get(&id)
                    && *moved.entry(link).or_insert(start - was) != start - was
                {
                    torn.insert(link);
                }
            }
        }
        torn
    }
}

impl Member {
    /// The one of `others`, on another track, that it lies beside for longest or is nearest to.
    fn nearest<'a>(&self, others: &[&'a Self]) -> Option<&'a Self> {
        let others = others.iter().filter(|other| other.spot.track != self.spot.track);
        others.max_by_key(|other| self.spot.shared(&other.spot)).copied()
    }

    /// What is said of a clip that goes with nothing any more.
    fn unlinked(&self, partner: &Self) -> Note {
        let late = match (self.shift, partner.shift) {
            (Some(own), Some(other)) if own.scale == other.scale => own.by.minus(other.by),
            _ => None,
        };
        let late = late.filter(|late| *late != Ratio::ZERO);
        Note::Unlinked { clip: self.id(), from: partner.id(), late }
    }
}

/// Where the beginning of a clip's source would lie, in frames of the sequence: `step` is how far
/// the source moves in one, not 0.
pub(super) fn zero(clip: &Clip, step: Ratio, span: std::ops::Range<i64>) -> Option<Ratio> {
    let from = if step < Ratio::ZERO { span.end } else { span.start };
    Ratio::whole(from).minus(clip.sync)?.minus(clip.source_in.over(step)?)
}

/// The linked clips of every reel beside a frame, with their first frames and links.
fn beside(sequence: &Sequence, frame: i64) -> impl Iterator<Item = (Id, i64, Id)> {
    sequence.tracks.iter().filter_map(|track| track.reel()).flat_map(move |reel| {
        let index = reel.at(frame).map_or(reel.count(), |(index, _)| index);
        let items = reel.placed_from(index.saturating_sub(BESIDE)).take(2 * BESIDE);
        items.filter_map(|(start, item)| Some((item.id, start, item.clip.as_ref()?.link?)))
    })
}

/// The members that go together: those that moved alike and, where one was split, lie beside each
/// other. Those that are not judged go with the first that they lie beside.
fn gather(members: Vec<Member>, is_parted: bool) -> Vec<Vec<Member>> {
    let (judged, rest): (Vec<_>, Vec<_>) =
        members.into_iter().partition(|member| member.shift.is_some());
    let mut sets: Vec<Vec<Member>> = Vec::new();
    for member in judged {
        let goes = |set: &mut Vec<Member>| {
            set.iter().any(|other| {
                other.shift == member.shift && (!is_parted || other.is_beside(&member))
            })
        };
        let mut own: Vec<Member> = sets.extract_if(.., goes).flatten().collect();
        own.push(member);
        sets.push(own);
    }
    for member in rest {
        let beside = |set: &Vec<Member>| set.iter().any(|other| other.is_beside(&member));
        let home = sets.iter().position(beside);
        let home = home.or((!is_parted && !sets.is_empty()).then_some(0));
        match home.and_then(|home| sets.get_mut(home)) {
            Some(set) => set.push(member),
            None => sets.push(vec![member]),
        }
    }
    sets
}

#[cfg(test)]
mod tests {
    use crate::edit::drawn::{
        Verb, check, check_in, clip_id, extracted, inserted, lifted, razored,
    };
    use crate::edit::drawn::{razored_track, rippled, scope, slipped};
    use crate::edit::{Edge, Edited, Manner, Move, Note, Scope, move_clips};
    use timeline_format::Id;

    fn link_of(edited: &Edited, name: &str) -> Option<Id> {
        edited.timeline.main().unwrap().clip(clip_id(name)).unwrap().link
    }

    fn unlinked(edited: &Edited) -> Vec<String> {
        let notes = edited.notes.iter().filter(|note| matches!(note, Note::Unlinked { .. }));
        notes.map(ToString::to_string).collect()
    }

    /// The links of a track's clips, in order: the same number is the same link, 0 is none.
    #[track_caller]
    fn links(edited: &Edited, wanted: &[&[usize]]) {
        let mut known: Vec<Id> = Vec::new();
        let sequence = edited.timeline.main().unwrap();
        let tracks: Vec<Vec<usize>> = sequence
            .tracks
            .iter()
            .map(|track| {
                let clips = track.reel().unwrap().iter().filter_map(|item| item.clip.as_ref());
                let number = |link: Id| {
                    let at = known.iter().position(|other| *other == link);
                    1 + at.unwrap_or_else(|| {
                        known.push(link);
                        known.len() - 1
                    })
                };
                let mut number = number;
                clips.map(|clip| clip.link.map_or(0, &mut number)).collect()
            })
            .collect();
        assert_eq!(tracks, wanted);
    }

    fn moved(name: &str, by: i64) -> Verb {
        let edit = Move { clips: vec![clip_id(name)], by, track: None, manner: Manner::Overwrite };
        Box::new(move |film, scope, ids| move_clips(film, scope, &edit, ids))
    }

    #[test]
    fn the_halves_of_a_picture_go_with_the_halves_of_its_sound() {
        let both = check("|AAAA|\n|aaaa|", razored(2), "|AA|AA|\n|aa|aa|");
        links(&both, &[&[1, 2], &[1, 2]]);
        let asked = check("|AAAA|\n|aaaa|", razored_track(2, "V1"), "|AA|AA|\n|aa|aa|");
        links(&asked, &[&[1, 2], &[1, 2]]);
        let cut = check("|AAAA|\n|aaaa|", inserted("C", 2), "|AA|C|AA|\n|aa|.|aa|");
        links(&cut, &[&[1, 0, 2], &[1, 2]]);
        assert!(unlinked(&cut).is_empty());
    }

    #[test]
    fn a_part_beside_nothing_is_linked_no_more() {
        let head = check("|.|AAA|\n|aaaa|", razored(1), "|.|AAA|\n|a|aaa|");
        links(&head, &[&[1], &[0, 1]]);
        assert_eq!(unlinked(&head).len(), 1);
        let tail = check("|AA|CC|\n|aaaa|", razored_track(2, "A1"), "|AA|CC|\n|aa|aa|");
        links(&tail, &[&[1, 2], &[1, 0]]);
        let ahead = check("|AA|BB|\n|a|bbb|", inserted("C", 2), "|AA|C|BB|\n|a|b|.|bb|");
        links(&ahead, &[&[1, 0, 2], &[1, 0, 2]]);
    }

    #[test]
    fn a_sound_under_a_cutaway_stays_linked_to_both_sides() {
        let alone = Scope { linked: false, ..scope() };
        let one = check_in(alone, "|AAAA|\n|aaaa|", razored_track(2, "V1"), "|AA|AA|\n|aaaa|");
        links(&one, &[&[1, 1], &[1]]);
        let over = check("|AAAAA|\n|aaaaa|", lifted(2..3), "|AA|.|AA|\n|aaaaa|");
        links(&over, &[&[1, 1], &[1]]);
        assert!(unlinked(&over).is_empty());
        let mut ids = timeline_format::IdSource::seeded(9);
        for verb in [moved("A", 1), moved("a", 1)] {
            let moved = verb(&over.timeline, scope(), &mut ids).unwrap();
            assert_eq!(crate::edit::drawn::drawing(&moved.timeline, ""), "|.|AA|.|AA|\n|.|aaaaa|");
        }
    }

    #[test]
    fn what_an_edit_puts_out_of_sync_is_unlinked_and_said() {
        let out = check("|AAAAA|\n|aaaaa|", extracted(2..3), "|AA|AA|\n|aaaaa|");
        links(&out, &[&[1, 0], &[1]]);
        let said = unlinked(&out);
        assert!(said.len() == 1 && said[0].contains("1 frames early"), "{said:?}");
        let alone = Scope { linked: false, ..scope() };
        let slip = check_in(alone, "|AA|\n|aa|", slipped("A", 2), "|AA|\n|aa|");
        links(&slip, &[&[1], &[1]]);
        let after = check("|AA|\n 56\n|aa|\n 34", slipped("A", 1), "|AA|\n 67\n|aa|\n 45");
        links(&after, &[&[1], &[1]]);
    }

    #[test]
    fn locked_tracks_and_tracks_free_of_sync_are_not_judged() {
        for mark in ["L", "S"] {
            let before = format!("|AA|BB|\n{mark}|aa|bb|");
            let after = format!("|AA|C|BB|\n{mark}|aa|bb|");
            links(&check(&before, inserted("C", 2), &after), &[&[1, 0, 2], &[1, 2]]);
        }
        let moved = check("|AA|\nL|aa|", moved("A", 1), "|.|AA|\nL|aa|");
        assert_eq!(link_of(&moved, "A"), link_of(&moved, "a"));
        assert!(matches!(moved.notes[..], [Note::PartnerLocked { .. }]));
    }

    #[test]
    fn the_sound_of_a_j_cut_ripples_with_its_picture() {
        let tail = |by| rippled("A", Edge::Tail, by);
        let out = check("|AA|BB|\n|w|bbb|", tail(1), "|AAA|BB|\n|w|.|bbb|");
        links(&out, &[&[1, 2], &[3, 2]]);
        check("|AAA|BB|\n|w|.|bbb|", tail(-1), "|AA|BB|\n|w|bbb|");
        crate::edit::drawn::refused("|AAA|BB|\n|ww|bbb|", tail(-1), "\"b\" (s-b)");
    }
}
