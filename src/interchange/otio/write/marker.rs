//! Markers.

use super::{metadata, object};
use crate::interchange::otio::object::{Object, kept};
use crate::interchange::otio::time::{self, write_range};
use crate::interchange::otio::THEIRS;
use serde_json::{Value, json};
use timeline_format::{Extra, Frames, Id, Marker, Rate, Sequence};

/// A marker of a sequence or of one of its tracks.
pub(super) fn sequence_marker(id: Id, marker: &Marker, sequence: &Sequence) -> Value {
    let mut own = own_marker(marker);
    own.insert("id".to_owned(), json!(id.as_str()));
    marker_object(marker, own, sequence.header.rate, Frames::ZERO)
}

/// A marker of a clip whose frame 0 is the time `base` of its media.
pub(super) fn clip_marker(marker: &Marker, grid: Rate, base: Frames) -> Value {
    marker_object(marker, own_marker(marker), grid, base)
}

/// Our own record of a marker: its `extra`, without what has a place of its own.
fn own_marker(marker: &Marker) -> Object {
    let mut extra: Extra = marker.extra.clone();
    if let Some(kept) = extra.get_mut(THEIRS).and_then(Value::as_object_mut) {
        kept.shift_remove("metadata");
        kept.shift_remove("on");
        if kept.is_empty() {
            extra.shift_remove(THEIRS);
        }
    }
    if extra.is_empty() { Object::new() } else { object([("marker", Value::Object(extra.into_fields()))]) }
}

fn marker_object(marker: &Marker, own: Object, rate: Rate, base: Frames) -> Value {
    let at = marker.at.plus(base).unwrap_or(marker.at);
    let range = write_range(&time::write(at, rate), &time::write(marker.length, rate));
    let metadata = metadata(kept(&marker.extra, "metadata"), own);
    Value::Object(object([
        ("OTIO_SCHEMA", json!("Marker.2")),
        ("metadata", metadata),
        ("name", json!(marker.name)),
        ("color", json!(marker.colour.to_uppercase())),
        ("marked_range", range),
        ("comment", json!(marker.note)),
    ]))
}
