//! The root of a file: a timeline, a collection, or a part of one.

use super::Reader;
use super::sequence::Nested;
use super::trim::{Trim, trim_of};
use crate::interchange::otio::object::{Object, keep, leftover, list, ours, schema, text};
use crate::interchange::otio::{OURS, json};
use crate::interchange::{Error, NoteKind};
use serde_json::{Value, json};
use std::sync::Arc;
use timeline_format::timeline::Settings;
use timeline_format::{Extra, Id, Rate, Timeline};

/// The film of a file whose root is `root`.
pub(super) fn read(reader: &mut Reader<'_>, root: &Value) -> Result<Timeline, Error> {
    let object = root.as_object().ok_or_else(|| {
        Error::Meaning("an .otio file holds one object, and this is none".to_owned())
    })?;
    let mut timelines = Vec::new();
    let mut extra = Extra::new();
    gather(reader, object, &mut timelines, &mut extra, 0);
    let Some(first) = timelines.first() else {
        return unknown_root(reader, object);
    };
    let table = first.timeline.get("metadata").and_then(|metadata| metadata.get(OURS));
    reader.ours = table.and_then(Value::as_object).cloned().unwrap_or_default();
    restore_tables(reader);
    let mut main = None;
    for found in &timelines {
        let id = reader.within(found.path.clone(), |reader| timeline(reader, &found.timeline));
        main = main.or(Some(id));
    }
    let main = main.unwrap_or_else(|| reader.claim(None));
    Ok(assemble(reader, main, extra, text(&timelines[0].timeline, "name")))
}

struct Found {
    path: String,
    timeline: Object,
}

/// The timelines of an object; other compositions and clips are made into timelines.
fn gather(
    reader: &mut Reader<'_>,
    object: &Object,
    found: &mut Vec<Found>,
    extra: &mut Extra,
    depth: usize,
) {
    let path = reader.path.join(".");
    let mut push = |timeline: Value| {
        let timeline = timeline.as_object().cloned().unwrap_or_default();
        found.push(Found { path: path.clone(), timeline });
    };
    match schema(object) {
        "Timeline" => push(Value::Object(object.clone())),
        "Stack" => push(json!({ "name": text(object, "name"), "tracks": object })),
        "Track" => push(of_tracks(object, &json!([object]))),
        "Clip" | "Gap" => {
            let track = json!({ "OTIO_SCHEMA": "Track.1", "kind": "Video", "children": [object] });
            push(of_tracks(object, &json!([track])));
        }
        "SerializableCollection" if depth < json::DEEPEST => {
            keep(extra, leftover(object, &["children"]));
            for (index, child) in list(object, "children").enumerate() {
                reader.within(format!("children[{index}]"), |reader| {
                    gather(reader, child, found, extra, depth + 1);
                });
            }
        }
        other => {
            let what = format!("an object of the schema {other:?} is no timeline");
            reader.note(NoteKind::Kept, what);
            let kept = json::pack(&Value::Object(object.clone()));
            match extra.get_mut("otio_objects").and_then(Value::as_array_mut) {
                Some(objects) => objects.push(kept),
                None => {
                    extra.insert("otio_objects".to_owned(), json!([kept]));
                }
            }
        }
    }
}

fn of_tracks(object: &Object, tracks: &Value) -> Value {
    json!({ "name": text(object, "name"), "tracks": { "OTIO_SCHEMA": "Stack.1", "children": tracks } })
}

/// An empty film that keeps a root of another schema; what names no schema is refused.
fn unknown_root(reader: &mut Reader<'_>, object: &Object) -> Result<Timeline, Error> {
    let name = text(object, "OTIO_SCHEMA").to_owned();
    if name.is_empty() {
        return Err(Error::Meaning(
            "this is JSON, but no OTIO: its root does not name an OTIO_SCHEMA".to_owned(),
        ));
    }
    let main = reader.claim(Some(&json!("main")));
    let rate = reader.options.rate.unwrap_or(Rate::FILM);
    reader.sequences.insert(main, timeline_format::Sequence::new(rate));
    let mut extra = Extra::new();
    let kept = json::pack(&Value::Object(object.clone()));
    extra.insert("otio_objects".to_owned(), json!([kept]));
    if reader.notes.is_empty() {
        reader.note(NoteKind::Kept, format!("the file holds {name:?} and no timeline"));
    }
    Ok(assemble(reader, main, extra, text(object, "name")))
}

/// Takes media and shots of our own from the film's table; clips lead to them.
fn restore_tables(reader: &mut Reader<'_>) {
    let table = std::mem::take(&mut reader.ours);
    let records = |name: &str| {
        let records = table.get(name).and_then(Value::as_object).into_iter().flatten();
        records.filter_map(|(id, record)| Some((Id::parse(id)?, record)))
    };
    for (id, record) in records("media") {
        if let Ok(media) = serde_json::from_value(record.clone()) {
            reader.media.insert(id, media);
            reader.used.insert(id);
        }
    }
    for (id, record) in records("shots") {
        if let Ok(shot) = serde_json::from_value(record.clone()) {
            reader.shots.insert(id, shot);
            reader.used.insert(id);
        }
    }
    reader.ours = table;
}

/// A timeline as a sequence of the film.
fn timeline(reader: &mut Reader<'_>, object: &Object) -> Id {
    const KNOWN: &[&str] = &["name", "tracks", "global_start_time"];
    let empty = Object::new();
    let stack = object.get("tracks").and_then(Value::as_object).unwrap_or(&empty);
    let start = reader.time(object, "global_start_time");
    let name = text(object, "name").to_owned();
    let trimmed = trim_of(stack) == Trim::Part;
    let id = reader.within("tracks", |reader| {
        let nested = Nested { name: &name, start, parent: None, main: !trimmed };
        reader.sequence(stack, &nested)
    });
    let id = if trimmed { super::trim::trim(reader, stack, id, start.is_some()) } else { id };
    let left = leftover(object, KNOWN);
    if let Some(sequence) = reader.sequences.get_mut(&id) {
        keep(&mut sequence.header.extra, left);
    }
    id
}

/// The film of what was read.
fn assemble(reader: &mut Reader<'_>, main: Id, extra: Extra, title: &str) -> Timeline {
    let options = reader.options;
    let rate = reader.sequences.get(&main).map_or(Rate::FILM, |sequence| sequence.header.rate);
    let mut film = Timeline::new(options.raster, rate, options.sound, main);
    let settings = reader.ours.get("settings").cloned();
    let own = settings.and_then(|settings| serde_json::from_value::<Settings>(settings).ok());
    let new = || Settings { title: title.to_owned(), ..(*film.settings).clone() };
    let settings = Settings { main, ..own.unwrap_or_else(new) };
    film.settings = Arc::new(settings);
    film.media = share(std::mem::take(&mut reader.media));
    film.shots = share(std::mem::take(&mut reader.shots));
    film.sequences = share(std::mem::take(&mut reader.sequences));
    film.looks = own_table(reader, "looks");
    film.stills = own_table(reader, "stills");
    film.places = own_table(reader, "places");
    film.deliveries = own_table(reader, "deliveries");
    let mut all = reader.ours.get("extra").and_then(Value::as_object).cloned().unwrap_or_default();
    all.extend(extra.into_fields());
    film.extra = Arc::new(all.into());
    film
}

fn share<T>(records: std::collections::BTreeMap<Id, T>) -> imbl::OrdMap<Id, Arc<T>> {
    records.into_iter().map(|(id, record)| (id, Arc::new(record))).collect()
}

/// A table of our own, as far as its records can be read.
fn own_table<T: serde::de::DeserializeOwned>(
    reader: &Reader<'_>,
    name: &str,
) -> imbl::OrdMap<Id, Arc<T>> {
    let records = reader.ours.get(name).and_then(Value::as_object).into_iter().flatten();
    let parsed = records.filter_map(|(id, record)| {
        Some((Id::parse(id)?, Arc::new(serde_json::from_value(record.clone()).ok()?)))
    });
    parsed.collect()
}

/// Our own record of a sequence, in the metadata of its stack.
pub(super) fn own_sequence(stack: &Object) -> Option<&Value> {
    ours(stack, "sequence")
}
