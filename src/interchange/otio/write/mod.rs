//! From a film to OTIO objects.

mod clip;
mod film;
mod marker;
mod media;
mod sequence;
mod track;

use super::object::Object;
use super::{OURS, THEIRS, json};
use crate::interchange::{Error, ExportOptions, Exported, Note, NoteKind, Place};
use serde_json::Value;
use std::collections::BTreeMap;
use timeline_format::{Extra, Id, Timeline};

/// Writes a film as a `.otio` file.
pub(super) fn write(film: &Timeline, options: &ExportOptions) -> Result<Exported, Error> {
    let mut writer = Writer {
        film,
        options,
        notes: Vec::new(),
        place: Place::default(),
        written: BTreeMap::new(),
        open: Vec::new(),
        count: 0,
    };
    let root = writer.film()?;
    Ok(Exported { text: json::text(&root), notes: writer.notes })
}

/// The most items that a file may hold, nested sequences counted as often as they are used.
const MOST_ITEMS: usize = 1 << 22;

/// What grows while a film is written.
struct Writer<'a> {
    film: &'a Timeline,
    options: &'a ExportOptions,
    notes: Vec<Note>,
    place: Place,
    /// Sequences as stacks, and how many items each holds.
    written: BTreeMap<Id, (Object, usize)>,
    /// Sequences that are being written, outermost first.
    open: Vec<Id>,
    /// Items so far.
    count: usize,
}

impl Writer<'_> {
    fn note(&mut self, kind: NoteKind, text: impl Into<String>) {
        self.notes.push(Note { kind, place: self.place.clone(), text: text.into() });
    }

    /// Counts an item; too many are refused before they fill the memory.
    fn counted(&mut self, items: usize) -> Result<(), Error> {
        self.count += items;
        if self.count > MOST_ITEMS {
            let what = "OTIO holds nested sequences by value, and this film makes more than four \
                        million items: export its sequences one by one";
            return Err(Error::Meaning(what.to_owned()));
        }
        Ok(())
    }
}

/// A map of `fields`.
fn object<const N: usize>(fields: [(&str, Value); N]) -> Object {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Metadata: what was kept of a file, and our own record.
fn metadata(kept: Option<&Value>, own: Object) -> Value {
    let mut metadata = kept.and_then(Value::as_object).cloned().unwrap_or_default();
    if !own.is_empty() {
        metadata.insert(OURS.to_owned(), Value::Object(own));
    }
    Value::Object(metadata)
}

/// Puts back foreign fields that were kept and that the object does not state itself.
fn put_back(object: &mut Object, kept: Option<&Value>, without: &[&str]) {
    for (name, value) in kept.and_then(Value::as_object).into_iter().flatten() {
        if !without.contains(&name.as_str()) && !object.contains_key(name) {
            object.insert(name.clone(), value.clone());
        }
    }
}

/// A record of ours as JSON, without what was kept of a file.
fn record<T: serde::Serialize>(record: &T) -> Object {
    let value = serde_json::to_value(record).unwrap_or_default();
    let mut object = value.as_object().cloned().unwrap_or_default();
    object.shift_remove(THEIRS);
    object
}

/// What was kept of a file in the `extra` of a record.
fn theirs(extra: &Extra) -> Option<&Value> {
    extra.get(THEIRS)
}
