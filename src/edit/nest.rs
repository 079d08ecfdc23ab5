//! Nest: a span of tracks becomes a sequence of its own.

use crate::edit::Edited;
use crate::edit::Note;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::span::check_span;
use crate::edit::surgery::{Event, Work};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use timeline_format::track::{Content, Place, TrackKind};
use timeline_format::{
    Clip, Cut, Frames, Id, IdSource, Item, Layered, Reel, Sequence, Source, Timeline, Track,
};

/// A span to nest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nest {
    /// The frames, half-open.
    pub span: Range<i64>,
    /// The tracks whose clips go in; free items that start in the span go with their track.
    pub tracks: Vec<Id>,
    /// What the new sequence is called.
    pub name: String,
}

/// Moves a span of tracks into a new sequence and shows that in its place: on the lowest picture
/// track and, linked, on the lowest sound track. Clips that lie across its ends are split.
/// Nothing that is seen or heard changes. The new sequence's id is first in [`Edited::made`].
///
/// ```text
/// |AA|BBBB|CC|   nest 2..6   |AA|NNNN|CC|
/// ```
pub fn nest(
    film: &Timeline,
    scope: Scope,
    edit: &Nest,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    check_span(&edit.span)?;
    let Range { start, end } = edit.span;
    let mut work = Work::begin(film, scope, ids)?;
    let mut tracks = BTreeSet::new();
    for id in &edit.tracks {
        let track = work.track_index(*id)?;
        work.unlocked(track)?;
        tracks.insert(track);
    }
    let nested = work.ids.next_id();
    work.made.push(nested);
    let inner = work.take_out(&tracks, start..end, &edit.name)?;
    let length = inner.length().min(end - start);
    if length < 1 {
        let text =
            format!("no clip lies from frame {start} to {end} on these tracks: nothing to nest");
        return Err(Refused::Value(text));
    }
    work.show_nested(&tracks, start..end, (nested, length))?;
    let mut edited = work.finish()?;
    let is_inside =
        |cut: &Cut| inner.tracks.iter().any(|track| track.transitions.contains_key(cut));
    edited.notes.retain(|note| match note {
        Note::TransitionDropped { cut, .. } => !is_inside(cut),
        _ => true,
    });
    let clips = inner.tracks.iter().filter_map(|track| track.reel()).flat_map(Reel::iter);
    let clips = clips.map(|item| item.id).collect();
    let whole = edited.timeline.with_sequence(nested, inner);
    let mut inside = Work::begin(&whole, Scope { sequence: nested, ..scope }, ids)?;
    inside.changed = clips;
    let Edited { timeline, notes, .. } = inside.finish()?;
    edited.timeline = timeline;
    edited.notes.extend(notes);
    Ok(edited)
}

impl Work<'_> {
    /// Cuts a span out of tracks into a sequence of its own; the span stays in them.
    fn take_out(
        &mut self,
        tracks: &BTreeSet<usize>,
        span: Range<i64>,
        name: &str,
    ) -> Result<Sequence, Refused> {
        let mut inner = Sequence::new(self.rate());
        inner.header.raster = self.sequence.header.raster;
        name.clone_into(&mut inner.header.name);
        let (reels, free): (Vec<usize>, Vec<usize>) =
            tracks.iter().partition(|track| self.is_reel(**track));
        for track in &reels {
            for at in [span.start, span.end] {
                self.replace(*track, at..at, Vec::new())?;
            }
        }
        self.settle_links()?;
        let mut inside = BTreeSet::new();
        for track in &reels {
            let copy = self.copy_of(*track, &span)?;
            inside.extend(copy.reel().into_iter().flat_map(|reel| reel.iter().map(|item| item.id)));
            inner.tracks.push_back(Arc::new(copy));
        }
        for track in &free {
            let copy = self.take_layers(*track, &span, &inside)?;
            inner.tracks.push_back(Arc::new(copy));
        }
        Ok(inner)
    }

    fn is_reel(&self, track: usize) -> bool {
        self.track(track).is_ok_and(|track| track.reel().is_some())
    }

    /// A track of the new sequence: what the span holds, with the transitions inside it.
    fn copy_of(&mut self, track: usize, span: &Range<i64>) -> Result<Track, Refused> {
        let id = self.ids.next_id();
        let content = Arc::clone(self.track(track)?);
        let reel = self.reel(track)?;
        let first = reel.at(span.start).map_or(reel.count(), |(index, _)| index);
        let items = reel.placed_from(first).take_while(|(start, _)| *start < span.end);
        let cut = items.map(|(start, item)| {
            let (from, to) = (start.max(span.start), (start + item.length).min(span.end));
            Item { length: to - from, ..item.clone() }
        });
        let mut inner: Vec<Item> = cut.collect();
        for gap in inner.iter_mut().filter(|item| item.is_gap()) {
            gap.id = self.ids.next_id();
        }
        while inner.last().is_some_and(Item::is_gap) {
            inner.pop();
        }
        let reel: Reel = inner.into_iter().collect();
        let mut copy = Track { id, content: Content::Sequential(reel), ..Track::clone(&content) };
        copy.transitions.clear();
        let cuts = (0..=copy.reel().map_or(0, Reel::count)).filter_map(|index| copy.cut_at(index));
        let all = self.loose.iter().map(|loose| (loose.cut, &loose.transition));
        let all: Vec<_> = all.chain(content.transitions.iter().map(|(cut, t)| (*cut, t))).collect();
        let kept: Vec<_> = cuts
            .filter_map(|cut| all.iter().find(|(known, _)| *known == cut))
            .map(|(cut, transition)| (*cut, Arc::clone(transition)))
            .collect();
        copy.transitions.extend(kept);
        Ok(copy)
    }

    /// A free track of the new sequence, with the items that start in the span.
    fn take_layers(
        &mut self,
        track: usize,
        span: &Range<i64>,
        inside: &BTreeSet<Id>,
    ) -> Result<Track, Refused> {
        let content = Arc::clone(self.track(track)?);
        let from = Frames::whole(span.start);
        let (mut stay, mut go) = (imbl::OrdMap::new(), imbl::OrdMap::new());
        let layers = content.layers().into_iter().flatten();
        let starts = self.sequence.starts(layers.clone().map(|(_, layer)| layer.as_ref()));
        for (id, layer) in layers {
            let start = starts.of(layer).unwrap_or_default();
            if start < from || start >= Frames::whole(span.end) {
                stay.insert(*id, Arc::clone(layer));
                continue;
            }
            let at = match layer.at {
                Place::Anchored(anchor) if inside.contains(&anchor.clip) => layer.at,
                _ => Place::Absolute(start.minus(from).ok_or(Refused::TooBig)?),
            };
            go.insert(*id, Arc::new(Layered { at, ..Layered::clone(layer) }));
        }
        self.track_mut(track)?.content = Content::Free(stay);
        let id = self.ids.next_id();
        Ok(Track { id, content: Content::Free(go), ..Track::clone(&content) })
    }

    /// Shows the new sequence and its length in the place of the span.
    fn show_nested(
        &mut self,
        tracks: &BTreeSet<usize>,
        span: Range<i64>,
        (nested, length): (Id, i64),
    ) -> Result<(), Refused> {
        let link = self.ids.next_id();
        let mut shown: Vec<TrackKind> = Vec::new();
        let mut first = None;
        for track in tracks.iter().copied().filter(|track| self.is_reel(*track)).collect::<Vec<_>>()
        {
            let kind = self.track(track)?.header.kind;
            let gone = self.clips_in(track, &span)?;
            if shown.contains(&kind) {
                self.clear(track, span.clone())?;
            } else {
                let mut clip = Clip::new(Source::Sequence(nested));
                clip.link = Some(link);
                let id = self.ids.next_id();
                let rest = Item::gap(self.ids.next_id(), span.end - span.start - length);
                let mut items = vec![Item::clip(id, length, clip), rest];
                items.retain(|item| item.length > 0);
                self.replace(track, span.clone(), items)?;
                self.made.push(id);
                shown.push(kind);
                first = first.or(Some(id));
            }
            let into = first.unwrap_or(nested);
            let joined = gone.into_iter().map(|(clip, at)| Event::Joined { clip, into, at });
            self.events.extend(joined);
        }
        if shown.len() == 1
            && let Some(id) = first
        {
            self.change_clip(id, |clip| {
                clip.link = None;
                Ok(())
            })?;
        }
        Ok(())
    }

    /// The clips of a span, and how far into it they start.
    fn clips_in(&self, track: usize, span: &Range<i64>) -> Result<Vec<(Id, i64)>, Refused> {
        let reel = self.reel(track)?;
        let first = reel.at(span.start).map_or(reel.count(), |(index, _)| index);
        let items = reel.placed_from(first).take_while(|(start, _)| *start < span.end);
        let clips = items.filter(|(_, item)| !item.is_gap());
        Ok(clips.map(|(start, item)| (item.id, start - span.start)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{Verb, check, drawing, id, refused};

    fn nested(span: Range<i64>, tracks: &[&str]) -> Verb {
        let tracks = tracks.iter().map(|track| id(track)).collect();
        let edit = Nest { span, tracks, name: "Nest".to_owned() };
        Box::new(move |film, scope, ids| nest(film, scope, &edit, ids))
    }

    /// The drawing of the sequence that a nest made.
    fn inside(edited: &Edited) -> String {
        let mut film = edited.timeline.clone();
        Arc::make_mut(&mut film.settings).main = edited.made[0];
        drawing(&film, "|\n 0\n|\n 0")
            .lines()
            .filter(|l| l.starts_with('|'))
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn a_span_becomes_a_sequence() {
        for (before, span, tracks, after, within) in [
            ("|AA|BBBB|CC|", 2..6, vec!["v1"], "|AA|NNNN|CC|", "|BBBB|"),
            ("|AA|BBBB|CC|", 1..4, vec!["v1"], "|A|NNN|BB|CC|", "|A|BB|"),
            ("|AAA/|/BBB|", 0..8, vec!["v1"], "|NNNNNNNN|", "|AAA/|/BBB|"),
            ("|AAA/|/BBB|", 3..8, vec!["v1"], "|AAA|NNNNN|", "|/|/BBB|"),
            ("|AA|..|BB|", 1..5, vec!["v1"], "|A|NNNN|B|", "|A|..|B|"),
            ("|AA|..|BB|", 0..3, vec!["v1"], "|NN|..|BB|", "|AA|"),
            ("|AA//|//BB|CC|", 2..5, vec!["v1"], "|AA|NNN|BBB|CC|", "|A/|/|"),
            (
                "|AA|BB|\n|CCCC|\n|aa|bb|",
                0..4,
                vec!["v1", "v2", "a1"],
                "|NNNN|\n|\n|nnnn|",
                "|AA|BB|\n|CCCC|\n|aa|bb|",
            ),
        ] {
            let edited = check(before, nested(span, &tracks), after);
            assert_eq!(inside(&edited), within);
        }
        refused("|AA|", nested(1..1, &["v1"]), "a span");
        refused("|AA|..|BB|", nested(2..4, &["v1"]), "nothing to nest");
        refused("L|AA|", nested(0..1, &["v1"]), "locked");
    }
}
