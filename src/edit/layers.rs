//! Free items: placed, moved, trimmed, anchored.

use crate::edit::Edge;
use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::footage::{Footage, lacking};
use crate::edit::piece;
use crate::edit::surgery::Work;
use std::sync::Arc;
use timeline_format::track::{Anchor, Content, Place};
use timeline_format::{Frames, Id, IdSource, Layered, Ratio, Timeline};

/// Places a free item on a free track. Its id is in [`Edited::made`].
pub fn place(
    film: &Timeline,
    scope: Scope,
    (track, item): (Id, &Layered),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let index = work.track_index(track)?;
    let id = work.ids.next_id();
    work.check_layer(item)?;
    work.put_layer(index, id, item.clone())?;
    work.made.push(id);
    work.finish()
}

/// Moves a free item: to a frame, or to a place beside a clip.
pub fn move_to(
    film: &Timeline,
    scope: Scope,
    (item, at): (Id, Place),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    change_layer(film, scope, item, ids, |_, layer| {
        layer.at = at;
        Ok(())
    })
}

/// Trims an edge of a free item by so many frames, later above 0; fractions of a frame are allowed.
pub fn trim_layer(
    film: &Timeline,
    scope: Scope,
    (item, edge, by): (Id, Edge, Frames),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    change_layer(film, scope, item, ids, |work, layer| {
        let longer = match edge {
            Edge::Head => Ratio::ZERO.minus(by),
            Edge::Tail => Some(by),
        };
        let length = longer.and_then(|longer| layer.length.plus(longer)).ok_or(Refused::TooBig)?;
        if length <= Ratio::ZERO {
            return Err(Refused::Empty { what: "a free item", length: length.floor() });
        }
        match edge {
            Edge::Head => work.behead_layer(layer, by).ok_or(Refused::TooBig)?,
            Edge::Tail => {
                let step = work.step(&layer.clip)?;
                let less = Ratio::ZERO.minus(by);
                let clip = less.and_then(|less| piece::dock(&layer.clip, step, less));
                layer.clip = clip.ok_or(Refused::TooBig)?;
                layer.length = length;
            }
        }
        Ok(())
    })
}

/// Gives a free item a length of so many frames, by its tail.
pub(super) fn lengthen_layer(
    film: &Timeline,
    scope: Scope,
    (item, frames): (Id, i64),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let length = crate::edit::parameters::length_of(film, scope, item)?;
    let by = Frames::whole(frames).minus(length).ok_or(Refused::TooBig)?;
    trim_layer(film, scope, (item, Edge::Tail, by), ids)
}

/// Anchors a free item to another clip, or with `None` to the sequence itself. It stays where it
/// is.
pub fn anchor(
    film: &Timeline,
    scope: Scope,
    (item, clip): (Id, Option<Id>),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    change_layer(film, scope, item, ids, |work, layer| {
        let at = work.sequence.start_of(layer).unwrap_or_default();
        layer.at = match clip {
            None => Place::Absolute(at),
            Some(clip) => {
                let start = Ratio::whole(work.spot(clip)?.start);
                let offset = at.minus(start).ok_or(Refused::TooBig)?;
                Place::Anchored(Anchor { clip, offset })
            }
        };
        Ok(())
    })
}

/// Whether `id` is a free item of the sequence.
pub(super) fn is_free(film: &Timeline, scope: Scope, id: Id) -> bool {
    let sequence = film.sequences.get(&scope.sequence);
    sequence.and_then(|sequence| sequence.find(id)).is_some_and(|found| found.index.is_none())
}

fn change_layer(
    film: &Timeline,
    scope: Scope,
    item: Id,
    ids: &mut IdSource,
    change: impl FnOnce(&Work<'_>, &mut Layered) -> Result<(), Refused>,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let missing = Refused::NoSuch { what: "free item", id: item };
    let found = work.sequence.find(item).ok_or(missing.clone())?;
    let layers = work.track(found.track)?.layers();
    let mut layer = Layered::clone(layers.and_then(|layers| layers.get(&item)).ok_or(missing)?);
    let before = layer.clone();
    change(&work, &mut layer)?;
    if before != layer {
        work.check_layer(&layer)?;
        work.put_layer(found.track, item, layer)?;
    }
    work.finish()
}

impl Work<'_> {
    /// Refuses a free item of no length, ahead of the sequence, beside nothing, or without media.
    pub(super) fn check_layer(&self, layer: &Layered) -> Result<(), Refused> {
        if layer.length <= Ratio::ZERO {
            return Err(Refused::Empty { what: "a free item", length: layer.length.floor() });
        }
        let start = match layer.at {
            Place::Absolute(at) => at,
            Place::Anchored(anchor) => {
                let start = Ratio::whole(self.spot(anchor.clip)?.start);
                start.plus(anchor.offset).ok_or(Refused::TooBig)?
            }
        };
        if start < Ratio::ZERO {
            let (what, frame) = ("the item".to_owned(), start.floor());
            return Err(Refused::BeforeStart { what, frame });
        }
        let footage = Footage::of(self.film, self.rate(), &layer.clip.source);
        let beside = footage.beside(&layer.clip, layer.length, self.rate());
        let beside = beside.ok_or(Refused::TooBig)?;
        if let Some((edge, missing)) = lacking(beside) {
            let item = timeline_format::Item::clip(self.scope.sequence, 1, layer.clip.clone());
            let site = self.site(usize::MAX, Some(&item), start.floor());
            return Err(Refused::NoMedia { site, edge, missing });
        }
        Ok(())
    }

    pub(super) fn put_layer(
        &mut self,
        track: usize,
        id: Id,
        layer: Layered,
    ) -> Result<(), Refused> {
        let content = self.track_mut(track)?;
        let (track, name) = (content.id, crate::edit::sites::track_name(content));
        match &mut content.content {
            Content::Free(layers) => {
                layers.insert(id, Arc::new(layer));
                Ok(())
            }
            Content::Sequential(_) => {
                let why = "holds clips one after the other: insert or overwrite there";
                Err(Refused::WrongTrack { track, name, why })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{
        Verb, clip, clip_id, extracted, film, id, inserted, overwritten, razored, removed, rippled,
        scope, slipped, trimmed,
    };
    use crate::edit::{
        AddTrack, Duration, Note, Ripple, SetDuration, Trim, add_track, set_duration, trim,
    };
    use timeline_format::track::TrackKind;

    /// A film with a free track and a sound of 2 frames on it.
    fn with_item(drawing: &str, at: Place) -> (Timeline, Id) {
        let mut ids = IdSource::seeded(5);
        let name = String::new();
        let add = AddTrack { index: 9, kind: TrackKind::Sound, is_free: true, name, role: None };
        let edited = add_track(&film(drawing), scope(), &add, &mut ids).unwrap();
        let item = Layered { at, length: Frames::whole(2), clip: clip('w') };
        let placed = place(&edited.timeline, scope(), (edited.made[0], &item), &mut ids).unwrap();
        (placed.timeline, placed.made[0])
    }

    fn beside(name: &str, offset: i64) -> Place {
        Place::Anchored(Anchor { clip: clip_id(name), offset: Frames::whole(offset) })
    }

    fn absolute(at: i64) -> Place {
        Place::Absolute(Frames::whole(at))
    }

    /// Where the item starts after `verb`, and whether it was anchored anew.
    #[track_caller]
    fn after(drawing: &str, at: Place, verb: &Verb) -> (i64, bool) {
        let (film, item) = with_item(drawing, at);
        let edited = verb(&film, scope(), &mut IdSource::seeded(6)).unwrap();
        let sequence = edited.timeline.main().unwrap();
        let found = sequence.find(item).unwrap();
        let layer = &sequence.tracks[found.track].layers().unwrap()[&item];
        let anew = edited.notes.iter().any(|note| matches!(note, Note::Reanchored { .. }));
        (sequence.start_of(layer).unwrap().as_whole().unwrap(), anew)
    }

    #[test]
    fn absolute_items_behind_the_edge_ripple() {
        for (at, verb, now) in [
            (2, inserted("CC", 2), 4),
            (1, inserted("CC", 2), 1),
            (6, extracted(2..6), 2),
            (5, extracted(2..6), 5),
            (4, rippled("A", Edge::Tail, -1), 3),
            (3, rippled("A", Edge::Tail, -1), 3),
            (4, overwritten("CC", 2), 4),
        ] {
            assert_eq!(after("|AAAA|BBBB|", absolute(at), &verb), (now, false));
        }
    }

    #[test]
    fn anchored_items_stay_with_what_they_mark() {
        for (at, verb, now) in [
            (beside("B", 1), inserted("CC", 2), 7),
            (beside("A", 3), inserted("CC", 2), 5),
            (beside("A", 1), inserted("CC", 2), 1),
            (beside("B", 2), rippled("B", Edge::Head, 1), 5),
            (beside("B", 2), trimmed("B", Edge::Head, 1), 6),
            (beside("B", 2), rippled("A", Edge::Tail, -1), 5),
            (beside("A", 3), razored(2), 3),
            (beside("B", 2), slipped("B", 1), 6),
            (beside("B", 3), overwritten("C", 5), 7),
        ] {
            assert_eq!(after("|AAAA|BBBB|", at, &verb), (now, false));
        }
    }

    #[test]
    fn an_item_whose_anchor_is_gone_finds_the_clip_before() {
        let gone = |name, ripple| removed(name, ripple);
        for (at, verb, now) in [
            (beside("B", 1), gone("B", Ripple::Stay), 5),
            (beside("B", 1), gone("B", Ripple::Follow), 5),
            (beside("B", 5), gone("B", Ripple::Follow), 5),
            (beside("A", 1), gone("A", Ripple::Stay), 1),
            (beside("B", 1), overwritten("CCCC", 4), 5),
        ] {
            assert_eq!(after("|AAAA|BBBB|CCCC|", at, &verb), (now, true));
        }
    }

    #[test]
    fn free_items_are_moved_trimmed_and_anchored() {
        let mut ids = IdSource::seeded(7);
        let (film, item) = with_item("|AAAA|BBBB|", absolute(3));
        let now = |film: &Timeline| {
            let sequence = film.main().unwrap();
            let layer = &sequence.tracks[1].layers().unwrap()[&item];
            let start = sequence.start_of(layer).unwrap();
            (start.to_f64(), layer.length.to_f64(), layer.clip.source_in.to_f64())
        };
        let anchored =
            anchor(&film, scope(), (item, Some(clip_id("B"))), &mut ids).unwrap().timeline;
        assert_eq!(now(&anchored), (3.0, 2.0, 3.0));
        let half = Ratio::new(1, 2).unwrap();
        let cut =
            trim_layer(&anchored, scope(), (item, Edge::Head, half), &mut ids).unwrap().timeline;
        assert_eq!(now(&cut), (3.5, 1.5, 3.5));
        let cut = trim_layer(&cut, scope(), (item, Edge::Tail, half), &mut ids).unwrap().timeline;
        assert_eq!(now(&cut), (3.5, 2.0, 3.5));
        let moved = move_to(&cut, scope(), (item, absolute(9)), &mut ids).unwrap().timeline;
        assert_eq!(now(&moved), (9.0, 2.0, 3.5));
        assert!(
            trim_layer(&cut, scope(), (item, Edge::Tail, Frames::whole(-2)), &mut ids).is_err()
        );
        assert!(
            trim_layer(&cut, scope(), (item, Edge::Tail, Frames::whole(40)), &mut ids).is_err()
        );
        let edit = Trim { clip: item, edge: Edge::Head, by: 1 };
        let cut = trim(&moved, scope(), &edit, &mut ids).unwrap().timeline;
        assert_eq!(now(&cut), (10.0, 1.0, 4.5));
        let duration = Duration::Frames(6);
        let edit = SetDuration { clip: item, duration, ripple: Ripple::Follow };
        let long = set_duration(&cut, scope(), &edit, &mut ids).unwrap().timeline;
        assert_eq!(now(&long), (10.0, 6.0, 4.5));
        assert!(move_to(&cut, scope(), (item, absolute(-1)), &mut ids).is_err());
        assert!(move_to(&cut, scope(), (item, beside("Z", 0)), &mut ids).is_err());
        let layer = Layered { at: absolute(0), length: Frames::ONE, clip: clip('w') };
        assert!(place(&cut, scope(), (id("v1"), &layer), &mut ids).is_err());
    }
}
