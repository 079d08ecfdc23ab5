//! An OTIO object: a map that names its schema.

use super::{OURS, THEIRS, json};
use serde_json::{Map, Value};
use timeline_format::Extra;

/// An object of a file.
pub(super) type Object = Map<String, Value>;

/// Schemas that were renamed, as `(historic, today)`.
const RENAMED: &[(&str, &str)] =
    &[("Sequence", "Track"), ("Filler", "Gap"), ("SerializeableCollection", "SerializableCollection")];

/// The name of an object's schema without its version, as it is called today; empty if it has none.
pub(super) fn schema(object: &Object) -> &str {
    let full = object.get("OTIO_SCHEMA").and_then(Value::as_str).unwrap_or_default();
    let name = full.rsplit_once('.').map_or(full, |(name, _)| name);
    RENAMED.iter().find(|(historic, _)| *historic == name).map_or(name, |(_, today)| today)
}

/// The text of a field; empty where it is absent or no text.
pub(super) fn text<'a>(object: &'a Object, field: &str) -> &'a str {
    object.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// The objects of a list; what is no object is left out.
pub(super) fn list<'a>(object: &'a Object, field: &str) -> impl Iterator<Item = &'a Object> {
    object.get(field).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

/// A number of a field, however it is spelled.
pub(super) fn number(object: &Object, field: &str) -> Option<f64> {
    json::float(object.get(field)?)
}

/// Whether the object is switched on.
pub(super) fn enabled(object: &Object) -> bool {
    object.get("enabled").and_then(Value::as_bool).unwrap_or(true)
}

/// Our own record in the metadata of an object.
pub(super) fn ours<'a>(object: &'a Object, field: &str) -> Option<&'a Value> {
    object.get("metadata")?.get(OURS)?.get(field)
}

/// The fields of an object beyond `known` ones, without our own record: what a film keeps.
pub(super) fn leftover(object: &Object, known: &[&str]) -> Object {
    let mut left = Object::new();
    for (name, value) in object {
        if name == "OTIO_SCHEMA" || known.contains(&name.as_str()) {
            continue;
        }
        let mut value = value.clone();
        if name == "metadata"
            && let Some(metadata) = value.as_object_mut()
        {
            metadata.shift_remove(OURS);
        }
        if !is_nothing(&value) {
            left.insert(name.clone(), json::pack(&value));
        }
    }
    left
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

/// Keeps foreign fields in the `extra` of a record; nothing is added where there are none.
pub(super) fn keep(extra: &mut Extra, fields: Object) {
    if fields.is_empty() {
        return;
    }
    match extra.get_mut(THEIRS).and_then(Value::as_object_mut) {
        Some(kept) => kept.extend(fields),
        None => {
            extra.insert(THEIRS.to_owned(), Value::Object(fields));
        }
    }
}

/// A foreign field that was kept.
pub(super) fn kept<'a>(extra: &'a Extra, field: &str) -> Option<&'a Value> {
    extra.get(THEIRS)?.get(field)
}
