//! Markers of a sequence: added, changed, moved, removed.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::surgery::Work;
use std::sync::Arc;
use timeline_format::{Frames, Id, IdSource, Marker, Timeline};

/// Adds a marker. Its id is in [`Edited::made`].
pub fn add_marker(
    film: &Timeline,
    scope: Scope,
    marker: &Marker,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let id = work.ids.next_id();
    work.put_marker(id, marker.clone())?;
    work.made.push(id);
    work.finish()
}

/// Changes a marker: its name, colour, note, place or length.
pub fn change_marker(
    film: &Timeline,
    scope: Scope,
    marker: Id,
    change: impl FnOnce(&mut Marker),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let found = work.sequence.markers.get(&marker);
    let mut new = Marker::clone(found.ok_or(Refused::NoSuch { what: "marker", id: marker })?);
    change(&mut new);
    work.put_marker(marker, new)?;
    work.finish()
}

/// Moves a marker to a frame.
pub fn move_marker(
    film: &Timeline,
    scope: Scope,
    (marker, at): (Id, Frames),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    change_marker(film, scope, marker, |marker| marker.at = at, ids)
}

/// Removes a marker.
pub fn remove_marker(
    film: &Timeline,
    scope: Scope,
    marker: Id,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let gone = work.sequence.markers.remove(&marker);
    gone.ok_or(Refused::NoSuch { what: "marker", id: marker })?;
    work.finish()
}

impl Work<'_> {
    fn put_marker(&mut self, id: Id, marker: Marker) -> Result<(), Refused> {
        if marker.at < Frames::ZERO {
            let (what, frame) = ("the marker".to_owned(), marker.at.floor());
            return Err(Refused::BeforeStart { what, frame });
        }
        if marker.length < Frames::ZERO {
            return Err(Refused::Value("a marker has a length of 0 or more frames".to_owned()));
        }
        self.sequence.markers.insert(id, Arc::new(marker));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edge;
    use crate::edit::drawn::{extracted, film, inserted, rippled, scope, trimmed};

    fn marked(drawing: &str, at: i64) -> (Timeline, Id) {
        let marker = Marker { at: Frames::whole(at), ..Marker::default() };
        let edited =
            add_marker(&film(drawing), scope(), &marker, &mut IdSource::seeded(1)).unwrap();
        (edited.timeline, edited.made[0])
    }

    #[test]
    fn markers_ripple_with_what_they_mark() {
        let mut ids = IdSource::seeded(2);
        for (verb, at, after) in [
            (inserted("CC", 2), 2, 4),
            (inserted("CC", 2), 1, 1),
            (extracted(1..3), 3, 1),
            (extracted(1..3), 2, 2),
            (rippled("A", Edge::Tail, 3), 4, 7),
            (rippled("B", Edge::Head, 1), 5, 4),
            (rippled("B", Edge::Head, 1), 4, 4),
            (trimmed("A", Edge::Tail, -1), 4, 4),
        ] {
            let (film, marker) = marked("|AAAA|BBBB|", at);
            let edited = verb(&film, scope(), &mut ids).unwrap();
            let now = edited.timeline.main().unwrap().markers[&marker].at;
            assert_eq!(now, Frames::whole(after));
        }
        let (film, marker) = marked("|AAAA|", 2);
        let still = Scope { markers: false, ..scope() };
        let edited = inserted("CC", 0)(&film, still, &mut ids).unwrap();
        assert_eq!(edited.timeline.main().unwrap().markers[&marker].at, Frames::whole(2));
    }

    #[test]
    fn markers_are_moved_and_removed() {
        let mut ids = IdSource::seeded(2);
        let (film, marker) = marked("|AAAA|", 2);
        let moved = move_marker(&film, scope(), (marker, Frames::whole(3)), &mut ids).unwrap();
        assert_eq!(moved.timeline.main().unwrap().markers[&marker].at, Frames::whole(3));
        assert!(move_marker(&film, scope(), (marker, Frames::whole(-1)), &mut ids).is_err());
        let gone = remove_marker(&film, scope(), marker, &mut ids).unwrap();
        assert!(gone.timeline.main().unwrap().markers.is_empty());
        assert!(remove_marker(&gone.timeline, scope(), marker, &mut ids).is_err());
    }
}
