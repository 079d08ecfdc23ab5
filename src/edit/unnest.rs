//! Un-nest: a clip that shows a sequence gives way to what the sequence holds.

use crate::edit::Edited;
use crate::edit::Note;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::surgery::{Spot, Work};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use timeline_format::track::{Content, Place};
use timeline_format::{
    Clip, ClipSound, Cut, Frames, Id, IdSource, Item, Layered, Ratio, Sequence, Source, Timeline,
    Track, Transition,
};

/// Puts what a nested sequence holds in the place of the clip that shows it: its lowest picture
/// track on the clip's track, its lowest sound track on that of the linked sound, the others on new
/// tracks above. The sequence itself stays in the film; the clips are new ones. The clip plays at
/// normal speed and the two sequences have one rate.
///
/// ```text
/// |AA|NNNN|CC|   un-nest N   |AA|BBBB|CC|
/// ```
pub fn unnest(
    film: &Timeline,
    scope: Scope,
    clip: Id,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let spots = work.linked(clip)?;
    let lead = spots.first().cloned().ok_or(Refused::NoSuch { what: "clip", id: clip })?;
    let inner = work.opened(&lead)?;
    let from = lead.clip.source_in.floor();
    let mut opening =
        Opening { span: from..from + lead.length(), at: lead.start, ids: BTreeMap::new() };
    let mut homes: Vec<&Spot> =
        spots.iter().filter(|spot| spot.clip.source == lead.clip.source).collect();
    for spot in &homes {
        work.clear(spot.track, spot.start..spot.end())?;
        if has_look(&spot.clip) {
            work.notes.push(Note::LookDropped { clip: spot.id() });
        }
    }
    let mut tracks: Vec<&Arc<Track>> = inner.tracks.iter().collect();
    tracks.sort_by_key(|track| track.reel().is_none());
    for track in tracks {
        let home = homes.iter().position(|spot| {
            let kind = work.track(spot.track).map(|track| track.header.kind);
            track.reel().is_some() && kind.is_ok_and(|kind| kind == track.header.kind)
        });
        let home = home.map(|nth| homes.remove(nth).track);
        work.pour(track, home, &mut opening, &inner)?;
    }
    work.finish()
}

/// What is being opened: which of its frames, where they go, and the new ids of its clips.
struct Opening {
    span: Range<i64>,
    at: i64,
    ids: BTreeMap<Id, Id>,
}

fn has_look(clip: &Clip) -> bool {
    clip.look != timeline_format::shot::Look::default() || clip.sound != ClipSound::default()
}

impl Work<'_> {
    /// The sequence that a clip shows, if it can be opened.
    fn opened(&self, spot: &Spot) -> Result<Arc<Sequence>, Refused> {
        let Source::Sequence(id) = spot.clip.source else {
            let text = format!("{} shows no sequence, so it cannot be opened", self.site_of(spot));
            return Err(Refused::Value(text));
        };
        let inner = self.film.sequences.get(&id);
        let inner = Arc::clone(inner.ok_or(Refused::NoSuch { what: "sequence", id })?);
        let plain = spot.clip.speed == Ratio::ONE && spot.clip.source_in.as_whole().is_some();
        if !plain || inner.header.rate != self.rate() {
            let text = format!(
                "{} cannot be opened: it needs normal speed, a whole in point and the rate {}",
                self.site_of(spot),
                self.rate()
            );
            return Err(Refused::Value(text));
        }
        Ok(inner)
    }

    /// Puts what a track holds on its new home, or on a new track.
    fn pour(
        &mut self,
        track: &Track,
        home: Option<usize>,
        opening: &mut Opening,
        inner: &Sequence,
    ) -> Result<(), Refused> {
        match &track.content {
            Content::Sequential(_) => {
                let items = self.new_items(track, opening)?;
                if items.iter().all(Item::is_gap) {
                    return Ok(());
                }
                let home = home.unwrap_or_else(|| self.new_track(track));
                let length: i64 = items.iter().map(|item| item.length).sum();
                self.replace(home, opening.at..opening.at + length, items)?;
                self.carry_transitions(track, home, opening)
            }
            Content::Free(layers) => {
                let home = self.new_track(track);
                for layer in layers.values() {
                    self.pour_layer(layer, home, opening, inner)?;
                }
                Ok(())
            }
        }
    }

    fn new_track(&mut self, like: &Track) -> usize {
        let id = self.ids.next_id();
        self.made.push(id);
        let empty = match like.content {
            Content::Sequential(_) => Track::sequential(id, like.header.kind),
            Content::Free(_) => Track::free(id, like.header.kind),
        };
        let mut header = like.header.clone();
        (header.locked, header.sync_free) = (false, false);
        self.sequence.tracks.push_back(Arc::new(Track { header, ..empty }));
        self.sequence.tracks.len() - 1
    }

    /// The items of a track within the span, cut to it, under new ids.
    fn new_items(&mut self, track: &Track, opening: &mut Opening) -> Result<Vec<Item>, Refused> {
        let Some(reel) = track.reel() else { return Ok(Vec::new()) };
        let mut items = Vec::new();
        let first = reel.at(opening.span.start).map_or(reel.count(), |(index, _)| index);
        for (start, item) in reel.placed_from(first) {
            let from = (opening.span.start - start).max(0);
            let to = (opening.span.end - start).min(item.length);
            if from >= to {
                break;
            }
            let id = self.ids.next_id();
            opening.ids.insert(item.id, id);
            items.push(match &item.clip {
                None => Item::gap(id, to - from),
                Some(clip) => Item::clip(id, to - from, self.cut_out(clip, item.length, from..to)?),
            });
        }
        for item in &mut items {
            self.relink(item, opening);
        }
        Ok(items)
    }

    fn cut_out(&self, clip: &Clip, length: i64, span: Range<i64>) -> Result<Clip, Refused> {
        use crate::edit::piece;
        let step = self.step(clip)?;
        let mut clip = clip.clone();
        if span.end < length {
            clip = piece::head(&clip, step, length, span.end).ok_or(Refused::TooBig)?;
        }
        if span.start > 0 {
            clip = piece::tail(&clip, step, span.end, span.start).ok_or(Refused::TooBig)?;
        }
        Ok(clip)
    }

    /// Links and groups of the sequence's own clips get new names, the same for the same.
    fn relink(&mut self, item: &mut Item, opening: &mut Opening) {
        let Some(clip) = &mut item.clip else { return };
        let clip = Arc::make_mut(clip);
        for name in [&mut clip.link, &mut clip.group].into_iter().flatten() {
            *name = *opening.ids.entry(*name).or_insert_with(|| self.ids.next_id());
        }
    }

    fn carry_transitions(
        &mut self,
        track: &Track,
        home: usize,
        opening: &Opening,
    ) -> Result<(), Refused> {
        let renamed =
            |id: Option<Id>| id.map_or(Some(None), |id| opening.ids.get(&id).map(|id| Some(*id)));
        for (cut, transition) in &track.transitions {
            let (Some(from), Some(to)) = (renamed(cut.from), renamed(cut.to)) else { continue };
            let cut = Cut { from, to };
            if self.place_of(cut).is_none() {
                continue;
            }
            let id = self.ids.next_id();
            let new = Transition { id, ..Transition::clone(transition) };
            self.track_mut(home)?.transitions.insert(cut, Arc::new(new));
            self.changed.extend(cut.to.or(cut.from));
        }
        Ok(())
    }

    fn pour_layer(
        &mut self,
        layer: &Layered,
        home: usize,
        opening: &Opening,
        inner: &Sequence,
    ) -> Result<(), Refused> {
        let start = inner.start_of(layer).unwrap_or_default();
        let (from, to) = (Frames::whole(opening.span.start), Frames::whole(opening.span.end));
        if start < from || start >= to {
            return Ok(());
        }
        let mut new = layer.clone();
        new.at = match layer.at {
            Place::Anchored(mut anchor) if opening.ids.contains_key(&anchor.clip) => {
                anchor.clip = opening.ids.get(&anchor.clip).copied().unwrap_or(anchor.clip);
                Place::Anchored(anchor)
            }
            _ => {
                let by = Frames::whole(opening.at).minus(from).ok_or(Refused::TooBig)?;
                Place::Absolute(start.plus(by).ok_or(Refused::TooBig)?)
            }
        };
        let id = self.ids.next_id();
        if let Content::Free(layers) = &mut self.track_mut(home)?.content {
            layers.insert(id, Arc::new(new));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{drawing, film, id, refused, scope, sound};
    use crate::edit::{Nest, nest};
    use timeline_format::track::TrackKind;

    #[test]
    fn what_was_nested_comes_out_as_it_was() {
        for (before, span, tracks, after) in [
            ("|AA|BBBB|CC|\n 34 3456 34", 2..6, vec!["v1"], "|AA|BBBB|CC|\n 34 3456 34"),
            ("|AAA/|/BBB|", 0..8, vec!["v1"], "|AAA/|/BBB|"),
            ("|AA|BBBB|\n 34 3456", 1..4, vec!["v1"], "|A|A|BB|BB|\n 3 4 34 56"),
            ("|AA|BB|\n|aa|bb|", 0..4, vec!["v1", "a1"], "|AA|BB|\n|aa|bb|"),
        ] {
            let mut ids = IdSource::seeded(4);
            let tracks = tracks.iter().map(|track| id(track)).collect();
            let edit = Nest { span, tracks, name: "N".to_owned() };
            let nested = nest(&film(before), scope(), &edit, &mut ids).unwrap();
            let edited =
                unnest(&nested.timeline, scope(), nested.made[nested.made.len() - 1], &mut ids);
            let edited = edited.unwrap().timeline;
            assert_eq!(drawing(&edited, after), after);
            assert!(
                edited
                    .main()
                    .unwrap()
                    .tracks
                    .iter()
                    .take(1)
                    .all(|track| track.header.kind == TrackKind::Picture)
            );
            let inner = Timeline { sequences: edited.sequences.without(&nested.made[0]), ..edited };
            sound(&inner);
        }
        let verb =
            Box::new(|f: &_, s, ids: &mut _| unnest(f, s, crate::edit::drawn::clip_id("A"), ids));
        refused("|AA|", verb, "shows no sequence");
    }
}
