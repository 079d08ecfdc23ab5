//! Roll: a cut goes elsewhere, and everything else stays.

use crate::edit::Edge;
use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::surgery::{Spot, Work};
use timeline_format::{Id, IdSource, Item, Timeline};

/// A cut, named by a clip and its edge, and how far it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Roll {
    /// A clip at the cut; the same cut of linked clips rolls alike.
    pub clip: Id,
    /// Which of its edges.
    pub edge: Edge,
    /// Frames of the sequence, later above 0.
    pub by: i64,
}

/// Moves the cut between two clips: the one becomes longer by what the other becomes shorter.
/// Beside a gap it is a trim.
///
/// ```text
/// |AAAA|BBBB|   roll by 2    |AAAAAA|BB|
/// |AAAA|BBBB|   roll by -1   |AAA|BBBBB|
/// ```
pub fn roll(
    film: &Timeline,
    scope: Scope,
    edit: &Roll,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    for spot in work.linked_at(edit.clip, edit.edge)? {
        work.roll_edge(&spot, edit.edge, edit.by)?;
    }
    work.finish()
}

impl Work<'_> {
    fn roll_edge(&mut self, spot: &Spot, edge: Edge, by: i64) -> Result<(), Refused> {
        let beside = match edge {
            Edge::Head => spot.index.checked_sub(1),
            Edge::Tail => Some(spot.index + 1),
        };
        let Some(other) = beside.and_then(|index| self.spot_at(spot.track, index)) else {
            return self.trim_in_place(spot, edge, by);
        };
        let (from, to) = if edge == Edge::Head { (&other, spot) } else { (spot, &other) };
        let (first, first_length) = self.with_edge(from, Edge::Tail, by)?;
        let (second, second_length) = self.with_edge(to, Edge::Head, by)?;
        let items = vec![
            Item::clip(from.id(), first_length, first),
            Item::clip(to.id(), second_length, second),
        ];
        self.splice(spot.track, from.index..to.index + 1, items)
    }
}

#[cfg(test)]
mod tests {
    use crate::edit::Edge::{Head, Tail};
    use crate::edit::drawn::{check, refused, rolled};

    #[test]
    fn a_roll_moves_a_cut() {
        check("|AAAA|BBBB|CC|", rolled("A", Tail, 2), "|AAAAAA|BB|CC|\n 345678 56 34");
        check("|AAAA|BBBB|CC|", rolled("B", Head, -1), "|AAA|BBBBB|CC|\n 345 23456 34");
        check("|AAAA|BB|\n|aaaa|bb|", rolled("A", Tail, -1), "|AAA|BBB|\n|aaa|bbb|");
        check("|AAAA|BB|\n|aaa|bbb|", rolled("A", Tail, -1), "|AAA|BBB|\n|aa|bbbb|");
        check("|AAA/|/BBB|", rolled("A", Tail, -1), "|AA/|/BBBB|");
        check("|AAAA|..|BB|", rolled("A", Tail, 1), "|AAAAA|.|BB|");
        refused("|AAAA|BB|", rolled("A", Tail, 2), "has 2 frames");
        refused("|AAAAA|BB|", rolled("A", Tail, -4), "\"B\" (v-b) at 00:00:00:05");
    }
}
