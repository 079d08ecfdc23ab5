//! Slide: a clip goes elsewhere between its neighbours, which make way.

use crate::edit::Edge;
use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::surgery::{Spot, Work};
use std::ops::Range;
use timeline_format::{Id, IdSource, Item, Timeline};

/// A clip, and how far it slides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slide {
    /// The clip; what is linked to it slides alike.
    pub clip: Id,
    /// Frames of the sequence, later above 0.
    pub by: i64,
}

/// Moves a clip between its neighbours: the one becomes longer by what the other becomes shorter.
/// Gaps beside it do the same.
///
/// ```text
/// |AAAA|BB|CCCC|   slide B by 1   |AAAAA|BB|CCC|
/// ```
pub fn slide(
    film: &Timeline,
    scope: Scope,
    edit: &Slide,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    for spot in work.linked(edit.clip)? {
        if edit.by != 0 {
            work.slide_clip(&spot, edit.by)?;
        }
    }
    work.finish()
}

impl Work<'_> {
    fn slide_clip(&mut self, spot: &Spot, by: i64) -> Result<(), Refused> {
        let left = self.left_of(spot, by)?;
        let right = self.right_of(spot, by)?;
        let mut items = left.1;
        items.push(spot.item.clone());
        items.extend(right.1);
        self.splice(spot.track, left.0.start..right.0.end, items)
    }

    fn left_of(&mut self, spot: &Spot, by: i64) -> Result<(Range<usize>, Vec<Item>), Refused> {
        let index = spot.index;
        let before = index.checked_sub(1);
        if let Some(left) = before.and_then(|before| self.spot_at(spot.track, before)) {
            let (clip, length) = self.with_edge(&left, Edge::Tail, by)?;
            return Ok((index - 1..index, vec![Item::clip(left.id(), length, clip)]));
        }
        let gap = before.and_then(|before| self.reel(spot.track).ok()?.get(before).cloned());
        let have = gap.as_ref().map_or(0, |gap| gap.length);
        let id = gap.as_ref().map_or_else(|| self.ids.next_id(), |gap| gap.id);
        let length = have.checked_add(by).ok_or(Refused::TooBig)?;
        if length < 0 {
            self.need_gap(spot.track, spot.start + by..spot.start)?;
        }
        let items = (length > 0).then(|| Item::gap(id, length)).into_iter().collect();
        Ok((index - usize::from(gap.is_some())..index, items))
    }

    fn right_of(&mut self, spot: &Spot, by: i64) -> Result<(Range<usize>, Vec<Item>), Refused> {
        let index = spot.index + 1;
        if let Some(right) = self.spot_at(spot.track, index) {
            let (clip, length) = self.with_edge(&right, Edge::Head, by)?;
            return Ok((index..index + 1, vec![Item::clip(right.id(), length, clip)]));
        }
        let Some(gap) = self.reel(spot.track)?.get(index).cloned() else {
            return Ok((index..index, Vec::new()));
        };
        let length = gap.length.checked_sub(by).ok_or(Refused::TooBig)?;
        if length < 0 {
            self.need_gap(spot.track, spot.end()..spot.end() + by)?;
        }
        let items = (length > 0).then(|| Item::gap(gap.id, length)).into_iter().collect();
        Ok((index..index + 1, items))
    }
}

#[cfg(test)]
mod tests {
    use crate::edit::drawn::{check, refused, slid};

    #[test]
    fn a_slide_moves_a_clip_between_its_neighbours() {
        check("|AAAA|BB|CCCC|", slid("B", 1), "|AAAAA|BB|CCC|\n 34567 34 456");
        check("|AAAA|BB|CCCC|", slid("B", -2), "|AA|BB|CCCCCC|\n 34 34 123456");
        check("|AA|.|BB|..|CC|", slid("B", 1), "|AA|..|BB|.|CC|");
        check("|AA|.|BB|..|CC|", slid("B", -1), "|AA|BB|...|CC|");
        check("|AA|BB|", slid("B", 1), "|AAA|BB|");
        check("|BB|CC|", slid("B", 1), "|.|BB|C|");
        check("|A//|//BB|CC|", slid("B", 1), "|AA//|//BB|C|");
        check("|AAA|BB|CC|\n|aaa|bb|cc|", slid("B", -1), "|AA|BB|CCC|\n|aa|bb|ccc|");
        refused("|AAAA|BB|CC|", slid("B", 2), "\"C\" (v-c)");
        refused("|AA|.|BB|CC|", slid("B", -2), "\"A\" (v-a)");
        refused("|B|CC|", slid("B", -1), "before the sequence");
    }
}
