//! Markers: written down, changed, moved, taken away.

use super::{Desk, Question};
use crate::edit::{self, Duration};
use std::sync::Arc;
use timeline_format::{Frames, Id, Marker};

/// A marker as it is being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ui) struct Draft {
    /// Which it is; `None` is one that is not there yet.
    id: Option<Id>,
    at: i64,
    /// Its name.
    pub(in crate::ui) name: String,
    /// A note.
    pub(in crate::ui) note: String,
    /// Its colour by name; empty is the usual one.
    pub(in crate::ui) colour: String,
    /// How long it is, as it is typed; empty is a moment.
    pub(in crate::ui) length: String,
}

impl Draft {
    fn of(id: Id, marker: &Marker) -> Self {
        let length = marker.length.round();
        Self {
            id: Some(id),
            at: marker.at.floor(),
            name: marker.name.clone(),
            note: marker.note.clone(),
            colour: marker.colour.clone(),
            length: if length == 0 { String::new() } else { length.to_string() },
        }
    }

    /// Whether it is not there yet.
    pub(in crate::ui) const fn is_new(&self) -> bool {
        self.id.is_none()
    }
}

impl Desk {
    /// A marker of the sequence.
    pub(in crate::ui) fn marker(&self, id: Id) -> Option<&Arc<Marker>> {
        self.sequence()?.markers.get(&id)
    }

    /// The marker at the playhead: of those that cover it, the one that begins last.
    pub(in crate::ui) fn marker_at_playhead(&self) -> Option<Id> {
        let at = self.position();
        let covers = |marker: &Marker| {
            let start = marker.at.floor();
            (start..start + marker.length.ceil().max(1)).contains(&at)
        };
        let markers = self.sequence()?.markers.iter();
        let here = markers.filter(|(_, marker)| covers(marker));
        here.max_by_key(|(_, marker)| marker.at).map(|(id, _)| *id)
    }

    /// Puts a marker at the playhead.
    pub(in crate::ui) fn add_marker(&mut self) {
        let marker = Marker { at: Frames::whole(self.position()), ..Marker::default() };
        self.edit("Add marker", |film, scope, ids| edit::add_marker(film, scope, &marker, ids));
    }

    /// Has the marker at the playhead written; a new one, where there is none.
    pub(in crate::ui) fn write_marker(&mut self) {
        match self.marker_at_playhead() {
            Some(id) => self.open_marker(id),
            None => {
                self.question = Some(Question::Marker(Box::new(Draft {
                    id: None,
                    at: self.position(),
                    name: String::new(),
                    note: String::new(),
                    colour: String::new(),
                    length: String::new(),
                })));
            }
        }
    }

    /// Has a marker written.
    pub(in crate::ui) fn open_marker(&mut self, id: Id) {
        if let Some(marker) = self.marker(id) {
            self.question = Some(Question::Marker(Box::new(Draft::of(id, marker))));
        }
    }

    /// Writes a marker down; whether it could be.
    pub(in crate::ui) fn set_marker(&mut self, draft: &Draft) -> bool {
        let length = match self.length_of(&draft.length) {
            Ok(length) => length,
            Err(refused) => {
                self.notices.trouble(format_args!("length of the marker: {refused}"));
                return false;
            }
        };
        let write = |marker: &mut Marker| {
            draft.name.trim().clone_into(&mut marker.name);
            draft.note.trim().clone_into(&mut marker.note);
            marker.colour.clone_from(&draft.colour);
            marker.length = Frames::whole(length);
        };
        if let Some(id) = draft.id {
            return self.edit("Change marker", |film, scope, ids| {
                edit::change_marker(film, scope, id, write, ids)
            });
        }
        let mut marker = Marker { at: Frames::whole(draft.at), ..Marker::default() };
        write(&mut marker);
        self.edit("Add marker", |film, scope, ids| edit::add_marker(film, scope, &marker, ids))
    }

    fn length_of(&self, text: &str) -> Result<i64, edit::Refused> {
        let Some(sequence) = self.sequence().filter(|_| !text.trim().is_empty()) else {
            return Ok(0);
        };
        if text.trim() == "0" {
            return Ok(0);
        }
        Duration::parse(text)?.frames(sequence.header.rate, sequence.header.timecode)
    }

    /// Moves a marker to a frame.
    pub(in crate::ui) fn move_marker(&mut self, id: Id, at: i64) {
        let at = Frames::whole(at.max(0));
        if self.marker(id).is_some_and(|marker| marker.at != at) {
            self.edit("Move marker", |film, scope, ids| {
                edit::move_marker(film, scope, (id, at), ids)
            });
        }
    }

    /// Takes a marker away.
    pub(in crate::ui) fn remove_marker(&mut self, id: Id) {
        self.edit("Remove marker", |film, scope, ids| edit::remove_marker(film, scope, id, ids));
    }

    /// Takes the marker that was written away, if it is there.
    pub(in crate::ui) fn drop_draft(&mut self, draft: &Draft) {
        draft.id.into_iter().for_each(|id| self.remove_marker(id));
    }
}
