//! The root: a timeline, and in its metadata what OTIO has no word for.

use super::{Writer, metadata, object, put_back, theirs};
use crate::interchange::otio::object::Object;
use crate::interchange::otio::time;
use crate::interchange::{Error, NoteKind};
use serde_json::{Value, json};
use std::sync::Arc;
use timeline_format::{Frames, Id};

impl Writer<'_> {
    /// The whole file.
    pub(super) fn film(&mut self) -> Result<Value, Error> {
        let main = self.options.sequence.unwrap_or(self.film.settings.main);
        let sequence = self.film.sequences.get(&main).ok_or(Error::NoSequence(main))?;
        let header = &sequence.header;
        let name = match header.name.as_str() {
            "" => self.film.settings.title.as_str(),
            name => name,
        };
        let mut stack = self.stack(main)?;
        if let Some(own) = stack.get_mut("sequence").and_then(Value::as_object_mut) {
            own.insert("shown".to_owned(), json!(name));
            if let Some(header) = own.get_mut("header").and_then(Value::as_object_mut) {
                header.shift_remove(super::THEIRS);
            }
        }
        let kept = theirs(&header.extra);
        let of_stack = kept.and_then(|kept| kept.get("stack"));
        let mut tracks = super::sequence::finished(stack, "tracks", of_stack, Object::new());
        put_back(&mut tracks, of_stack, &["metadata", "name", "effects"]);
        if let Some(effects) = of_stack.and_then(|stack| stack.get("effects")) {
            tracks.insert("effects".to_owned(), effects.clone());
        }
        self.note_unused(main);
        let start = time::write(Frames::whole(header.start), header.rate);
        let mut root = object([
            ("OTIO_SCHEMA", json!("Timeline.1")),
            ("metadata", metadata(kept.and_then(|kept| kept.get("metadata")), self.own_film())),
            ("name", json!(name)),
            ("global_start_time", start),
            ("tracks", Value::Object(tracks)),
        ]);
        put_back(&mut root, kept, &["stack"]);
        Ok(Value::Object(root))
    }

    /// Settings, media, shots, looks, stills, places and deliveries.
    fn own_film(&self) -> Object {
        fn table<T: serde::Serialize>(records: &imbl::OrdMap<Id, Arc<T>>) -> Value {
            let rows = records.iter().map(|(id, record)| {
                (id.to_string(), serde_json::to_value(record).unwrap_or_default())
            });
            Value::Object(rows.collect())
        }
        let film = self.film;
        let mut own = object([
            ("settings", serde_json::to_value(&film.settings).unwrap_or_default()),
            ("media", table(&film.media)),
            ("shots", table(&film.shots)),
            ("looks", table(&film.looks)),
            ("stills", table(&film.stills)),
            ("places", table(&film.places)),
            ("deliveries", table(&film.deliveries)),
            ("extra", Value::Object((**film.extra).clone())),
        ]);
        own.retain(|_, value| value.as_object().is_none_or(|map| !map.is_empty()));
        own
    }

    /// Sequences that the cut does not use have no place in the file.
    fn note_unused(&mut self, main: Id) {
        let unused: Vec<String> = self
            .film
            .sequences
            .iter()
            .filter(|(id, _)| **id != main && !self.written.contains_key(*id))
            .map(|(id, sequence)| match sequence.header.name.as_str() {
                "" => id.to_string(),
                name => name.to_owned(),
            })
            .collect();
        self.place = crate::interchange::Place::default();
        for name in unused {
            self.note(NoteKind::Dropped, format!("the sequence {name:?} is not used in the cut"));
        }
    }
}
