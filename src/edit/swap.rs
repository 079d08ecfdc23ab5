//! Swap: two clips change places.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::surgery::{Spot, Work};
use std::collections::BTreeSet;
use timeline_format::{Id, IdSource, Item, Timeline};

/// Two clips, in any order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swap {
    /// One; what is linked to it goes along.
    pub one: Id,
    /// The other.
    pub other: Id,
}

/// Changes the places of two clips. On one track, what lies between moves by the difference of
/// their lengths, with what is linked to it, and nothing else; on two tracks each needs room where
/// the other was.
///
/// ```text
/// |AA|B|CCCC|   swap A and C   |CCCC|B|AA|
/// ```
pub fn swap(
    film: &Timeline,
    scope: Scope,
    edit: &Swap,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let (one, other) = (work.linked(edit.one)?, work.linked(edit.other)?);
    let (Some(first), Some(second)) = (one.first(), other.first()) else { return work.finish() };
    if first.id() == second.id() {
        return work.finish();
    }
    if one.iter().any(|spot| other.iter().any(|partner| partner.id() == spot.id())) {
        let why = "a picture and its own sound have no places to change: unlink them first";
        return Err(Refused::Value(why.to_owned()));
    }
    if first.track != second.track {
        let kind = |spot: &Spot| work.track(spot.track).map(|track| track.header.kind);
        if kind(first)? != kind(second)? {
            let why = "a picture and a sound cannot change places";
            return Err(Refused::Value(why.to_owned()));
        }
        work.swap_across(&one, &other)?;
        return work.finish();
    }
    let (first, second) =
        if first.start < second.start { (first, second) } else { (second, first) };
    let tracks: BTreeSet<usize> = one.iter().chain(&other).map(|spot| spot.track).collect();
    let before = work.starts_in(&tracks, &(first.start..second.end()))?;
    for track in &tracks {
        work.swap_spans(*track, first, second)?;
    }
    work.bring_partners(&tracks, &before)?;
    work.finish()
}

impl Work<'_> {
    /// Changes the places of two spans of a track; no clip may lie across their ends.
    fn swap_spans(&mut self, track: usize, first: &Spot, second: &Spot) -> Result<(), Refused> {
        let (a, b) = (first.start..first.end(), second.start..second.end());
        let mut items = Vec::new();
        for span in [b.start..b.end, a.end..b.start, a.start..a.end] {
            items.extend(self.items_within(track, span)?);
        }
        let reel = self.reel(track)?;
        let index = |at: i64| reel.at(at).map_or(reel.count(), |(index, _)| index);
        let range = index(a.start)..index(b.end - 1) + 1;
        let whole = reel.at(b.end - 1).is_some_and(|(last, start)| {
            reel.get(last).is_some_and(|item| start + item.length == b.end)
        });
        let is_within = whole && reel.at(a.start).is_some_and(|(_, start)| start == a.start);
        if is_within {
            return self.splice(track, range, items);
        }
        self.replace(track, a.start..b.end, items)
    }

    /// The items of a track that make up a span, gaps cut to it.
    pub(super) fn items_within(
        &mut self,
        track: usize,
        span: std::ops::Range<i64>,
    ) -> Result<Vec<Item>, Refused> {
        let mut items = Vec::new();
        if span.is_empty() {
            return Ok(items);
        }
        let reel = self.reel(track)?.clone();
        let mut at = span.start;
        let first = reel.at(span.start).map_or(reel.count(), |(index, _)| index);
        for (start, item) in reel.placed_from(first).take_while(|(start, _)| *start < span.end) {
            let (from, to) = (start.max(span.start), (start + item.length).min(span.end));
            if item.is_gap() {
                items.push(Item::gap(self.ids.next_id(), to - from));
            } else if to - from == item.length {
                items.push(item.clone());
            } else {
                let site = self.site(track, Some(item), start);
                return Err(Refused::Collision { site, missing: item.length - (to - from) });
            }
            at = to;
        }
        if at < span.end {
            items.push(Item::gap(self.ids.next_id(), span.end - at));
        }
        Ok(items)
    }

    fn swap_across(&mut self, one: &[Spot], other: &[Spot]) -> Result<(), Refused> {
        let (Some(first), Some(second)) = (one.first(), other.first()) else { return Ok(()) };
        for spot in one.iter().chain(other) {
            self.clear(spot.track, spot.start..spot.end())?;
        }
        for (leader, spots, target) in [(first, one, second), (second, other, first)] {
            for spot in spots {
                let start = spot.start - leader.start + target.start;
                let is_leader = spot.id() == leader.id();
                let track = if is_leader { target.track } else { spot.track };
                let span = start..start + spot.length();
                self.need_gap(track, span.clone())?;
                self.replace(track, span, vec![spot.item.clone()])?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{Verb, check, clip_id, refused};

    fn swapped(one: &str, other: &str) -> Verb {
        let edit = Swap { one: clip_id(one), other: clip_id(other) };
        Box::new(move |film, scope, ids| swap(film, scope, &edit, ids))
    }

    #[test]
    fn two_clips_change_places() {
        check("|AA|B|CCCC|", swapped("A", "C"), "|CCCC|B|AA|");
        check("|AA|B|CCCC|", swapped("C", "A"), "|CCCC|B|AA|");
        check("|AA|..|B|DD|", swapped("A", "B"), "|B|..|AA|DD|");
        check("|AA|BBB|\n|aa|bbb|", swapped("A", "B"), "|BBB|AA|\n|bbb|aa|");
        check("|AA|BBB|\n|aa|...|ww|", swapped("A", "B"), "|BBB|AA|\n|...|aa|ww|");
        check("|AA|BBB|\n|wwwww|", swapped("A", "B"), "|BBB|AA|\n|wwwww|");
        check("|AA|CC|\n|..|BB|", swapped("A", "B"), "|BB|CC|\n|..|AA|");
        check("|AA|A|\n|..|BB|", swapped("A", "B"), "|BB|A|\n|..|AA|");
        refused("|A|C|\n|.|BB|", swapped("A", "B"), "\"C\" (v-c)");
        refused("|AA|BB|\n|aa|bb|", swapped("A", "b"), "cannot change places");
        refused("|AA|BB|\n|aa|bb|", swapped("A", "a"), "its own sound");
        check("|AA|C|BBB|\n|..|c|", swapped("A", "B"), "|BBB|C|AA|\n|...|c|");
        check(
            "|AA|C|BBB|\n|aa|.|bbb|\n|..|c|",
            swapped("A", "B"),
            "|BBB|C|AA|\n|bbb|.|aa|\n|...|c|",
        );
        refused("|AA|C|BBB|\n|..|c|w|", swapped("A", "B"), "\"w\" (s-w) at 00:00:00:03");
        refused("|AAA|BB|\n|aaaa|b|", swapped("A", "B"), "in the way");
        check("|AA/|/BB|C|", swapped("B", "C"), "|AAA|C|BBB|");
    }
}
