//! Trim and ripple trim: an edge of a clip goes elsewhere.

use crate::edit::Edge;
use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::footage::handles_of;
use crate::edit::layers::{is_free, trim_layer};
use crate::edit::piece;
use crate::edit::surgery::{Event, Spot, Work};
use timeline_format::{Clip, Frames, Id, IdSource, Item, Timeline};

/// An edge of a clip, and how far it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trim {
    /// The clip; what is linked to it is trimmed alike.
    pub clip: Id,
    /// Which edge.
    pub edge: Edge,
    /// Frames of the sequence, later above 0. A ripple trim of a head takes so many frames off.
    pub by: i64,
}

/// Moves an edge of a clip; the rest of it stays where it is, and so does everything else. What it
/// gives up becomes a gap, what it takes must be one. A free item has no neighbours: see
/// [`crate::edit::trim_layer`].
///
/// ```text
/// |AAAA|BBBB|   trim A's tail by -2   |AA|..|BBBB|
/// |AA|..|BB|    trim B's head by -1   |AA|.|BBB|
/// ```
pub fn trim(
    film: &Timeline,
    scope: Scope,
    edit: &Trim,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    if is_free(film, scope, edit.clip) {
        return trim_layer(film, scope, (edit.clip, edit.edge, Frames::whole(edit.by)), ids);
    }
    let mut work = Work::begin(film, scope, ids)?;
    for spot in work.linked_at(edit.clip, edit.edge)? {
        work.trim_in_place(&spot, edit.edge, edit.by)?;
    }
    work.finish()
}

/// Moves an edge of a clip and everything behind it: the clip becomes longer or shorter, and what
/// starts at or behind the edge follows, on every track that is neither locked nor free of sync.
/// Clips that lie across the edge on other tracks stay, unless they are linked to one that follows:
/// the sound of a J cut goes with its picture.
///
/// ```text
/// |AAAA|BBBB|   ripple A's tail by -2   |AA|BBBB|
/// |AAAA|BBBB|   ripple B's head by 1    |AAAA|BBB|
/// ```
pub fn ripple_trim(
    film: &Timeline,
    scope: Scope,
    edit: &Trim,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let spots = work.linked_at(edit.clip, edit.edge)?;
    work.ripple_edge(&spots, edit.edge, edit.by)?;
    work.finish()
}

impl Work<'_> {
    /// Moves an edge of clips that go together (the first leads) and what lies behind it.
    pub(super) fn ripple_edge(
        &mut self,
        spots: &[Spot],
        edge: Edge,
        by: i64,
    ) -> Result<(), Refused> {
        let Some(lead) = spots.first().filter(|_| by != 0) else { return Ok(()) };
        for spot in spots {
            let (clip, length) = self.with_edge(spot, edge, by)?;
            self.change(spot, length, clip)?;
        }
        match edge {
            Edge::Tail if by > 0 => self.open(lead.end(), by, spots),
            Edge::Tail => self.close(lead.end() + by..lead.end(), spots),
            Edge::Head if by > 0 => self.close(lead.start..lead.start + by, spots),
            Edge::Head => self.open(lead.start, -by, spots),
        }
    }

    /// Moves an edge of a clip over or out of the gap beside it.
    pub(super) fn trim_in_place(
        &mut self,
        spot: &Spot,
        edge: Edge,
        by: i64,
    ) -> Result<(), Refused> {
        if by == 0 {
            return Ok(());
        }
        let (clip, length) = self.with_edge(spot, edge, by)?;
        let item = Item::clip(spot.id(), length, clip);
        let span = match edge {
            Edge::Tail if by > 0 => {
                self.need_gap(spot.track, spot.end()..spot.end() + by)?;
                spot.start..spot.end() + by
            }
            Edge::Head if by < 0 => {
                self.need_gap(spot.track, spot.start + by..spot.start)?;
                spot.start + by..spot.end()
            }
            _ => spot.start..spot.end(),
        };
        let rest = span.end - span.start - length;
        let gap =
            Some(rest).filter(|rest| *rest > 0).map(|rest| Item::gap(self.ids.next_id(), rest));
        let items = match edge {
            Edge::Tail => [Some(item), gap],
            Edge::Head => [gap, Some(item)],
        };
        self.replace(spot.track, span, items.into_iter().flatten().collect())
    }

    /// A clip with an edge moved, and its new length; refused where it would be gone or its source
    /// ends.
    pub(super) fn with_edge(
        &mut self,
        spot: &Spot,
        edge: Edge,
        by: i64,
    ) -> Result<(Clip, i64), Refused> {
        let taken =
            if edge == Edge::Head { by } else { by.checked_neg().ok_or(Refused::TooBig)? };
        if taken >= spot.length() {
            let (site, length) = (self.site_of(spot), spot.length());
            return Err(Refused::TrimmedAway { site, length, taken });
        }
        self.need_media(spot, edge, taken.checked_neg().ok_or(Refused::TooBig)?)?;
        let step = self.step(&spot.clip)?;
        let clip = match edge {
            Edge::Head => piece::behead(&spot.clip, step, Frames::whole(taken)),
            Edge::Tail => piece::dock(&spot.clip, step, Frames::whole(taken)),
        };
        if edge == Edge::Head {
            self.events.push(Event::Head { clip: spot.id(), by: taken });
        }
        let length = spot.length().checked_sub(taken).ok_or(Refused::TooBig)?;
        let clip = clip.and_then(|clip| piece::tuck(clip, length)).ok_or(Refused::TooBig)?;
        Ok((clip, length))
    }

    /// Refuses where the source has not `more` frames beside an edge.
    pub(super) fn need_media(&self, spot: &Spot, edge: Edge, more: i64) -> Result<(), Refused> {
        let handles = handles_of(self.film, self.rate(), &spot.clip, spot.length());
        let handles = handles.ok_or(Refused::TooBig)?;
        let have = if edge == Edge::Head { handles.head } else { handles.tail };
        if more > 0 && more > have {
            let site = self.site_of(spot);
            return Err(Refused::NoMedia { site, edge, missing: more - have.max(0) });
        }
        Ok(())
    }

    /// Refuses a span that is not free, naming the first clip in it (from the last, where the span
    /// is reached from behind) and the frames that are missing.
    pub(super) fn need_gap(&self, track: usize, span: std::ops::Range<i64>) -> Result<(), Refused> {
        if span.start < 0 {
            return Err(Refused::BeforeStart { what: "the clip".to_owned(), frame: span.start });
        }
        let reel = self.reel(track)?;
        let Some((first, _)) = reel.at(span.start) else { return Ok(()) };
        let items = reel.placed_from(first).take_while(|(start, _)| *start < span.end);
        let found =
            items.filter(|(_, item)| !item.is_gap()).map(|(start, item)| (start, item.clone()));
        let mut in_way: Option<(i64, Item, i64)> = None;
        for (start, item) in found {
            let overlap = (start + item.length).min(span.end) - start.max(span.start);
            let so_far = in_way.as_ref().map_or(0, |(_, _, overlap)| *overlap);
            in_way = Some((start, item, so_far + overlap));
        }
        match in_way {
            None => Ok(()),
            Some((start, item, missing)) => {
                Err(Refused::Collision { site: self.site(track, Some(&item), start), missing })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::edit::Edge::{Head, Tail};
    use crate::edit::drawn::{check, refused, rippled, trimmed};

    #[test]
    fn a_trim_moves_one_edge_and_nothing_else() {
        check("|AAAA|BBBB|", trimmed("A", Tail, -2), "|AA|..|BBBB|\n 34    3456");
        check("|AAAA|BBBB|", trimmed("A", Head, 2), "|..|AA|BBBB|\n    56 3456");
        check("|AA|..|BB|", trimmed("B", Head, -1), "|AA|.|BBB|\n 34   234");
        check("|AA|..|BB|", trimmed("A", Tail, 2), "|AAAA|BB|\n 3456 34");
        check("|AA|BB|", trimmed("B", Tail, 3), "|AA|BBBBB|\n 34 34567");
        check("|AAAA|\n|aaaa|", trimmed("A", Tail, -1), "|AAA|\n|aaa|");
        check("|AAAA|\n|.|aaa|", trimmed("A", Tail, -1), "|AAA|\n|.|aa|");
        refused(
            "|AA|BB|",
            trimmed("A", Tail, 1),
            "\"B\" (v-b) at 00:00:00:02 (frame 2) on track V1",
        );
        refused("|..|AA|", trimmed("A", Head, -3), "before the sequence");
        refused("|......|AA|", trimmed("A", Head, -4), "lacks 1 frames of source at its head");
        refused("|AA|", trimmed("A", Tail, 26), "lacks 1 frames of source at its tail");
        refused("|AA|", trimmed("A", Tail, -2), "has 2 frames");
        refused("|AA|\nL|aa|", trimmed("a", Tail, -1), "locked");
    }

    #[test]
    fn a_ripple_trim_moves_what_follows() {
        check("|AAAA|BBBB|", rippled("A", Tail, -2), "|AA|BBBB|\n 34 3456");
        check("|AAAA|BBBB|", rippled("B", Head, 1), "|AAAA|BBB|\n 3456 456");
        check("|AAAA|BBBB|", rippled("B", Head, -1), "|AAAA|BBBBB|\n 3456 23456");
        check("|AAAA|BBBB|", rippled("A", Tail, 1), "|AAAAA|BBBB|\n 34567 3456");
        check("|AAAA|BB|\n|aaaa|bb|", rippled("A", Tail, -1), "|AAA|BB|\n|aaa|bb|");
        check("|AAAA|BB|\n|aaaa|bb|", rippled("a", Tail, -1), "|AAA|BB|\n|aaa|bb|");
    }

    #[test]
    fn a_ripple_takes_the_other_tracks_along() {
        check("|AAAA|BB|\n|wwwww|x|", rippled("A", Tail, 1), "|AAAAA|BB|\n|wwwww|.|x|");
        check("|AAAA|BB|\n|www|..|x|", rippled("A", Tail, -1), "|AAA|BB|\n|www|.|x|");
        check("|AAAA|BB|\n|wwwwww|", rippled("A", Tail, -1), "|AAA|BB|\n|wwwwww|");
        check("|AAAA|BB|\nS|wwww|xx|", rippled("A", Tail, -1), "|AAA|BB|\nS|wwww|xx|");
        check("|AAAA|BB|\nL|wwww|xx|", rippled("A", Tail, -1), "|AAA|BB|\nL|wwww|xx|");
        refused("|AAAA|BB|\n|wwww|xx|", rippled("A", Tail, -1), "\"x\" (s-x) at 00:00:00:04");
    }

    #[test]
    fn a_transition_is_shortened_to_what_is_left() {
        check("|AAA/|/BBB|", rippled("A", Tail, -1), "|AA/|/BBB|");
        check("|AAA//|//BBB|", rippled("A", Tail, -4), "|/|//BBB|");
        check("|AAA/|/BBB|", rippled("B", Head, 1), "|AAA/|/BB|");
        check("|AAA/|/BBB|", rippled("B", Head, 3), "|AAA/|/|");
        check("|AAA/|/BBB|", trimmed("A", Tail, -1), "|AAA|.|BBBB|");
    }
}
