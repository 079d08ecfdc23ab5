//! A sequence as a stack.

use super::marker::sequence_marker;
use super::{Writer, metadata, object, record};
use crate::interchange::otio::object::{Object, kept};
use crate::interchange::{Error, NoteKind, Place};
use serde_json::{Value, json};
use timeline_format::{Id, Sequence};

impl Writer<'_> {
    /// The children, markers and own record of a sequence; the stack of each use is finished apart.
    pub(super) fn stack(&mut self, id: Id) -> Result<Object, Error> {
        if let Some((stack, items)) = self.written.get(&id) {
            let (stack, items) = (stack.clone(), *items);
            self.counted(items)?;
            return Ok(stack);
        }
        let sequence = self.film.sequences.get(&id).ok_or(Error::NoSequence(id))?.clone();
        let (outer, before) = (std::mem::take(&mut self.place), self.count);
        self.open.push(id);
        let mut children = Vec::new();
        for (index, track) in sequence.tracks.iter().enumerate() {
            let name = track.header.name.clone();
            let track_name = if name.is_empty() { format!("{}", index + 1) } else { name };
            self.place = Place { track: track_name, ..Place::default() };
            children.extend(self.track(&sequence, track)?);
        }
        self.open.pop();
        self.place = Place::default();
        let on_tracks = |marker: &timeline_format::Marker| {
            let on = kept(&marker.extra, "on").and_then(Value::as_str).and_then(Id::parse);
            on.is_some_and(|on| sequence.track(on).is_some())
        };
        let markers = sequence.markers.iter().filter(|(_, marker)| !on_tracks(marker));
        let markers: Vec<Value> =
            markers.map(|(id, marker)| sequence_marker(*id, marker, &sequence)).collect();
        let stack = object([
            ("sequence", Value::Object(self.own_sequence(id, &sequence))),
            ("markers", json!(markers)),
            ("children", json!(children)),
        ]);
        self.place = outer;
        self.written.insert(id, (stack.clone(), self.count - before));
        Ok(stack)
    }

    fn own_sequence(&mut self, id: Id, sequence: &Sequence) -> Object {
        let mut own = object([("id", json!(id.as_str()))]);
        let mut header = record(&sequence.header);
        if let Some(kept) = super::theirs(&sequence.header.extra) {
            header.insert(super::THEIRS.to_owned(), kept.clone());
        }
        own.insert("header".to_owned(), Value::Object(header));
        own.insert("shown".to_owned(), json!(sequence.header.name));
        if !sequence.buses.is_empty() {
            let buses = sequence.buses.iter().map(|(id, bus)| (id.to_string(), bus));
            let buses = buses.map(|(id, bus)| (id, serde_json::to_value(bus).unwrap_or_default()));
            own.insert("buses".to_owned(), Value::Object(buses.collect()));
            self.note(NoteKind::Kept, "buses and what leads to them: OTIO has no mixer");
        }
        own
    }
}

/// A stack of its own: fields in OTIO's order, with metadata kept of a file and `own` records.
pub(super) fn finished(
    mut stack: Object,
    name: &str,
    kept: Option<&Value>,
    mut own: Object,
) -> Object {
    if let Some(sequence) = stack.shift_remove("sequence") {
        own.insert("sequence".to_owned(), sequence);
    }
    let mut take = |field: &str| stack.shift_remove(field).unwrap_or_else(|| json!([]));
    let (markers, children) = (take("markers"), take("children"));
    object([
        ("OTIO_SCHEMA", json!("Stack.1")),
        ("metadata", metadata(kept.and_then(|kept| kept.get("metadata")), own)),
        ("name", json!(name)),
        ("source_range", Value::Null),
        ("effects", json!([])),
        ("markers", markers),
        ("enabled", json!(true)),
        ("children", children),
    ])
}