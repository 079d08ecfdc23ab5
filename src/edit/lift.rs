//! Lift and extract: material out of the cut, with and without its time.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Ripple;
use crate::edit::Scope;
use crate::edit::piece;
use crate::edit::span::check_span;
use crate::edit::surgery::{Spot, Work};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;
use timeline_format::track::{Content, Place};
use timeline_format::{Id, IdSource, Layered, Ratio, Timeline};

/// A span of some tracks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lift {
    /// The frames, half-open.
    pub span: Range<i64>,
    /// The tracks that are emptied there.
    pub tracks: Vec<Id>,
}

/// Empties a span of tracks; nothing moves.
///
/// ```text
/// |AAAA|BBBB|   lift 2..6   |AA|....|BB|
/// ```
pub fn lift(
    film: &Timeline,
    scope: Scope,
    edit: &Lift,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    work.empty(edit)?;
    work.finish()
}

/// Empties a span of tracks and closes it: what starts behind it moves to its start, on every track
/// that is neither locked nor free of sync (ripple delete), and what is linked to it. Where another
/// track has no gap to give up, the edit is refused.
///
/// ```text
/// |AAAA|BBBB|   extract 2..6   |AA|BB|
/// |ww|....|ww|                 |ww|ww|
/// ```
pub fn extract(
    film: &Timeline,
    scope: Scope,
    edit: &Lift,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let targets = work.empty(edit)?;
    work.close_with(edit.span.clone(), &targets)?;
    work.finish()
}

/// Takes clips out, with what is linked to them, and leaves gaps. Free items may be among them.
///
/// ```text
/// |AA|BB|CC|   lift B   |AA|..|CC|
/// ```
pub fn lift_clips(
    film: &Timeline,
    scope: Scope,
    clips: &[Id],
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    remove_clips(film, scope, clips, Ripple::Stay, ids)
}

/// Takes clips out, with what is linked to them, and where `ripple` says so closes the time that
/// each picture shared with its sound.
///
/// ```text
/// |AA|BB|CC|   remove B, ripple   |AA|CC|
/// |aa|bb|cc|                      |aa|cc|
/// ```
pub fn remove_clips(
    film: &Timeline,
    scope: Scope,
    clips: &[Id],
    ripple: Ripple,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let mut spans: BTreeMap<i64, (i64, Vec<usize>)> = BTreeMap::new();
    for id in clips {
        match work.sequence.find(*id) {
            None if film_has(film, scope, *id) => continue,
            Some(found) if found.index.is_none() => {
                work.remove_layer(*id)?;
                continue;
            }
            _ => {}
        }
        let spots = work.all_linked(*id)?;
        for spot in &spots {
            work.clear(spot.track, spot.start..spot.end())?;
        }
        let tracks: Vec<usize> = spots.iter().map(|spot| spot.track).collect();
        let shared = shared_spans(&spots).into_iter().filter(|span| !span.is_empty());
        spans.extend(shared.map(|span| (span.start, (span.end, tracks.clone()))));
    }
    if ripple == Ripple::Follow {
        for (from, (to, own)) in spans.into_iter().rev() {
            work.close_with(from..to, &own)?;
        }
    }
    work.finish()
}

fn film_has(film: &Timeline, scope: Scope, id: Id) -> bool {
    film.sequences.get(&scope.sequence).is_some_and(|sequence| sequence.find(id).is_some())
}

/// The frames that clips which go together cover on every one of their tracks: a span for each clip
/// of the first one's track.
fn shared_spans(spots: &[Spot]) -> Vec<Range<i64>> {
    let Some(lead) = spots.first() else { return Vec::new() };
    let tracks: BTreeSet<usize> = spots.iter().map(|spot| spot.track).collect();
    let own = spots.iter().filter(|spot| spot.track == lead.track);
    own.map(|own| {
        tracks.iter().fold(own.start..own.end(), |span, track| {
            let beside = spots.iter().filter(|spot| spot.track == *track);
            let beside = beside.max_by_key(|spot| own.shared(spot)).unwrap_or(own);
            span.start.max(beside.start)..span.end.min(beside.end())
        })
    })
    .collect()
}

impl Work<'_> {
    /// Empties the span of an edit; gives the indices of its tracks.
    fn empty(&mut self, edit: &Lift) -> Result<Vec<usize>, Refused> {
        check_span(&edit.span)?;
        let span = &edit.span;
        let mut tracks = Vec::with_capacity(edit.tracks.len());
        for id in &edit.tracks {
            let track = self.track_index(*id)?;
            self.unlocked(track)?;
            if self.track(track)?.reel().is_some() {
                self.clear(track, span.clone())?;
            } else {
                self.clear_layers(track, span.clone())?;
            }
            tracks.push(track);
        }
        Ok(tracks)
    }

    /// Closes an emptied span: on the tracks that were emptied, whatever their sync, and on all
    /// that are in step.
    pub(super) fn close_with(&mut self, span: Range<i64>, own: &[usize]) -> Result<(), Refused> {
        let in_step = self.tracks_in_step(&[]);
        for track in own.iter().filter(|track| !in_step.contains(track)) {
            if self.track(*track)?.reel().is_some() {
                let index = self.first_from(*track, span.end)?;
                self.close_gap(*track, index, span.end - span.start)?;
            }
        }
        self.close(span, &[])
    }

    /// Takes the free items of a track out of a span: those within it go, others are trimmed.
    fn clear_layers(&mut self, track: usize, span: Range<i64>) -> Result<(), Refused> {
        let (from, to) = (Ratio::whole(span.start), Ratio::whole(span.end));
        let content = Arc::clone(self.track(track)?);
        let mut new = content.layers().cloned().unwrap_or_default();
        let starts = self.sequence.starts(new.values().map(Arc::as_ref));
        for (id, layer) in content.layers().into_iter().flatten() {
            let Some(start) = starts.of(layer) else { continue };
            let end = start.plus(layer.length).ok_or(Refused::TooBig)?;
            if end <= from || start >= to {
                continue;
            }
            new.remove(id);
            if start < from {
                let length = from.minus(start).ok_or(Refused::TooBig)?;
                new.insert(*id, Arc::new(Layered { length, ..Layered::clone(layer) }));
            }
            if end > to {
                let tail = self.layer_from(layer, start, to)?;
                let id = if start < from { self.ids.next_id() } else { *id };
                new.insert(id, Arc::new(tail));
            }
        }
        self.track_mut(track)?.content = Content::Free(new);
        Ok(())
    }

    /// What a free item is from frame `to` on.
    fn layer_from(&self, layer: &Layered, start: Ratio, to: Ratio) -> Result<Layered, Refused> {
        let by = to.minus(start).ok_or(Refused::TooBig)?;
        let mut tail = layer.clone();
        self.behead_layer(&mut tail, by).ok_or(Refused::TooBig)?;
        Ok(tail)
    }

    /// Takes `by` frames (which may be no whole number) off the head of a free item.
    pub(super) fn behead_layer(&self, layer: &mut Layered, by: Ratio) -> Option<()> {
        let step = self.step(&layer.clip).ok()?;
        layer.clip = piece::behead(&layer.clip, step, by)?;
        layer.length = layer.length.minus(by)?;
        layer.at = match layer.at {
            Place::Absolute(at) => Place::Absolute(at.plus(by)?),
            Place::Anchored(mut anchor) => {
                anchor.offset = anchor.offset.plus(by)?;
                Place::Anchored(anchor)
            }
        };
        Some(())
    }

    /// Takes a free item out.
    pub(super) fn remove_layer(&mut self, id: Id) -> Result<(), Refused> {
        let missing = Refused::NoSuch { what: "free item", id };
        let found = self.sequence.find(id).ok_or(missing)?;
        match &mut self.track_mut(found.track)?.content {
            Content::Free(layers) => layers.remove(&id),
            Content::Sequential(_) => None,
        };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::edit::Ripple;
    use crate::edit::drawn::{check, extracted, lifted, refused, removed};

    #[test]
    fn a_lift_leaves_a_gap() {
        check("|AAAA|BBBB|", lifted(2..6), "|AA|....|BB|\n 34      56");
        check("|AAAA|BBBB|", lifted(4..8), "|AAAA|");
        check("|AAAA|BBBB|", lifted(0..4), "|....|BBBB|");
        check("|AAAA|..|BB|", lifted(2..4), "|AA|....|BB|");
        check("|AAAA|", lifted(6..9), "|AAAA|");
        check("|AAAA|", lifted(1..3), "|A|..|A|");
        check("|AA|BB|CC|", removed("B", Ripple::Stay), "|AA|..|CC|");
        check("|AA|BB|\n|aa|bb|", removed("A", Ripple::Stay), "|..|BB|\n|..|bb|");
        refused("|AAAA|", lifted(3..3), "give at least one frame");
        refused("|AAAA|", lifted(-1..3), "before the sequence");
        refused("L|AAAA|", lifted(1..3), "track V1 is locked");
    }

    #[test]
    fn an_extract_closes_its_gap() {
        check("|AAAA|BBBB|", extracted(2..6), "|AA|BB|\n 34 56");
        check("|AAAA|BBBB|\n|ww|....|xx|", extracted(2..6), "|AA|BB|\n|ww|xx|");
        check("|AAAA|BBBB|\n|ww|.....|xx|", extracted(2..6), "|AA|BB|\n|ww|.|xx|");
        check("|AAAA|BBBB|\nS|wwwwwwww|", extracted(2..6), "|AA|BB|\nS|wwwwwwww|");
        check("|AAAA|BBBB|\n|wwwwwwww|", extracted(2..6), "|AA|BB|\n|wwwwwwww|");
        refused("|AAAA|BBBB|\n|wwww|xxxx|", extracted(1..3), "\"x\" (s-x) at 00:00:00:04");
        check("|AA/|/B/|/CC|", extracted(3..6), "|AAA|CCC|");
        check("|AAAA|BB/|/CC|", extracted(1..2), "|A|AA|BB/|/CC|");
    }

    #[test]
    fn removed_clips_take_their_sound_and_their_time() {
        check("|AA|BB|CC|\n|aa|bb|cc|", removed("B", Ripple::Follow), "|AA|CC|\n|aa|cc|");
        check("|AAA|BB|CC|\n|aa|bbbb|c|", removed("B", Ripple::Follow), "|AAA|CC|\n|aa|..|c|");
        check("|AA|BB|\nL|aa|bb|", removed("A", Ripple::Follow), "|BB|\nL|aa|bb|");
        check("|AA|BB|CC|", removed("C", Ripple::Follow), "|AA|BB|");
        check("|AA/|/BB|CC|", removed("C", Ripple::Follow), "|AA/|/BB|");
    }
}
