//! The records of a film's tables, as the fields that are written.

use crate::caption::Captions;
use crate::extra::HasExtra;
use crate::mix::Bus;
use crate::sequence::SequenceHeader;
use crate::timeline::Delivery;
use crate::track::{Content, Layered, Place};
use crate::{
    Cut, Fields, Id, Item, Location, Marker, Media, SavedLook, Shot, Still, Track, Transition,
};
use serde::Serialize;
use serde_json::Value;

/// A record under its name.
pub(super) struct Row<'a> {
    pub(super) key: String,
    pub(super) body: Body<'a>,
}

/// What is in a record.
pub(super) enum Body<'a> {
    Media(&'a Media),
    Shot(&'a Shot),
    Look(&'a SavedLook),
    Still(&'a Still),
    Location(&'a Location),
    Sequence(&'a SequenceHeader, Vec<Id>),
    Track(&'a Track, Vec<Id>),
    Item(&'a Item),
    Free(Id, Place, &'a Layered),
    Transition(Id, Cut, &'a Transition),
    Marker(&'a Marker),
    Bus(&'a Bus),
    Captions(&'a Captions),
    Delivery(&'a Delivery),
    /// A record that could not be read, with the length of the gap that stands for it.
    Kept(&'a Value, Option<i64>),
}

/// The fields that say what a clip shows or plays: they end its record.
const SOURCES: [&str; 4] = ["shot", "media", "sequence", "generator"];

impl<'a> Row<'a> {
    pub(super) fn new(id: &Id, body: Body<'a>) -> Self {
        Self { key: id.to_string(), body }
    }
}

impl Body<'_> {
    /// The fields, in order.
    pub(super) fn value(&self) -> Value {
        let fields = match self {
            Self::Media(media) => fields(*media, &["path"]),
            Self::Shot(shot) => fields(*shot, &["takes"]),
            Self::Look(look) => fields(*look, &["name"]),
            Self::Still(still) => fields(*still, &["name"]),
            Self::Location(location) => fields(*location, &["name"]),
            Self::Sequence(header, tracks) => with_order(fields(*header, &[]), "tracks", tracks),
            Self::Track(track, order) => match track.content {
                Content::Sequential(_) => with_order(fields(&track.header, &[]), "order", order),
                Content::Free(_) => {
                    let mut fields = fields(&track.header, &[]);
                    set(&mut fields, "free", true.into());
                    fields
                }
            },
            Self::Item(item) => item_fields(item),
            Self::Free(track, at, layer) => free_fields(*track, *at, layer),
            Self::Transition(track, cut, transition) => transition_fields(*track, *cut, transition),
            Self::Marker(marker) => fields(*marker, &["at"]),
            Self::Bus(bus) => fields(*bus, &["name"]),
            Self::Captions(captions) => fields(*captions, &["cues"]),
            Self::Delivery(delivery) => fields(*delivery, &["preset"]),
            Self::Kept(value, length) => return kept(value, *length),
        };
        Value::Object(fields)
    }

    /// Whether it is a clip with its source.
    pub(super) fn is_clip(&self) -> bool {
        match self {
            Self::Item(item) => !item.is_gap(),
            Self::Free(..) => true,
            Self::Kept(Value::Object(fields), _) => {
                let last = fields.keys().next_back();
                fields.contains_key("length")
                    && last.is_some_and(|last| SOURCES.contains(&last.as_str()))
            }
            _ => false,
        }
    }

    /// Whether a record that could not be read belongs where this one is.
    fn stands_for_kept(&self) -> bool {
        match self {
            Self::Item(item) => item.is_gap(),
            Self::Track(track, order) => {
                order.is_empty() && track.reel().is_some() && track.transitions.is_empty()
            }
            _ => false,
        }
    }
}

/// The rows in order of their names, with those that were kept; and those whose name is taken.
pub(super) fn with_kept<'a>(
    mut rows: Vec<Row<'a>>,
    kept: Option<&'a Fields>,
) -> (Vec<Row<'a>>, Vec<(String, String)>) {
    let by_key = |a: &Row<'_>, b: &Row<'_>| a.key.cmp(&b.key);
    if !rows.is_sorted_by(|a, b| a.key <= b.key) {
        rows.sort_by(by_key);
    }
    let (mut new, mut lost) = (Vec::new(), Vec::new());
    for (key, value) in kept.into_iter().flatten() {
        match rows.binary_search_by(|row| row.key.as_str().cmp(key)) {
            Ok(index) if rows[index].body.stands_for_kept() => {
                let length = match rows[index].body {
                    Body::Item(item) => Some(item.length),
                    _ => None,
                };
                rows[index].body = Body::Kept(value, length);
            }
            Ok(_) => lost.push((key.clone(), value.to_string())),
            Err(_) => new.push(Row { key: key.clone(), body: Body::Kept(value, None) }),
        }
    }
    if !new.is_empty() {
        rows.extend(new);
        rows.sort_by(by_key);
    }
    (rows, lost)
}

fn kept(value: &Value, length: Option<i64>) -> Value {
    let mut value = value.clone();
    if let (Some(fields), Some(length)) = (value.as_object_mut(), length)
        && fields.get("length").and_then(Value::as_i64).is_some_and(|old| old > 0 && old != length)
    {
        fields.insert("length".to_owned(), length.into());
    }
    value
}

/// The fields of a record, with those that were set aside when it was read, and with `last` at its
/// end.
pub(super) fn fields<T: Serialize + Clone + HasExtra>(record: &T, last: &[&str]) -> Fields {
    let mut fields = if record.extra().is_empty() {
        object(record)
    } else {
        let mut bare = record.clone();
        let aside = std::mem::take(bare.extra_mut());
        let mut fields = object(&bare);
        for (key, value) in aside.into_fields() {
            restore(&mut fields, key, value);
        }
        fields
    };
    for name in last {
        if let Some(value) = fields.shift_remove(*name) {
            fields.insert((*name).to_owned(), value);
        }
    }
    fields
}

fn object(record: &impl Serialize) -> Fields {
    match serde_json::to_value(record) {
        Ok(Value::Object(fields)) => fields,
        _ => Fields::new(),
    }
}

/// Puts back a field that was set aside. Where the record has a field of the name by now, elements
/// of a list join it, and anything else stands beside it.
fn restore(fields: &mut Fields, key: String, value: Value) {
    match (fields.get_mut(&key), value) {
        (None, value) => drop(fields.insert(key, value)),
        (Some(Value::Array(list)), Value::Array(elements)) => list.extend(elements),
        (Some(_), value) => restore(fields, format!("{key}.unread"), value),
    }
}

fn set(fields: &mut Fields, name: &str, value: Value) {
    if let Some(other) = fields.shift_remove(name) {
        fields.insert(format!("{name}.unread"), other);
    }
    fields.insert(name.to_owned(), value);
}

fn with_order(mut fields: Fields, name: &str, order: &[Id]) -> Fields {
    let ids = order.iter().map(|id| Value::String(id.to_string()));
    let list = ids.chain([Value::String(String::new())]).collect();
    set(&mut fields, name, Value::Array(list));
    fields
}

fn item_fields(item: &Item) -> Fields {
    let mut all = Fields::new();
    all.insert("length".to_owned(), item.length.into());
    if let Some(clip) = &item.clip {
        for (key, value) in fields(clip.as_ref(), &SOURCES) {
            restore(&mut all, key, value);
        }
    }
    all
}

fn free_fields(track: Id, at: Place, layer: &Layered) -> Fields {
    let mut all = Fields::new();
    all.insert("track".to_owned(), track.to_string().into());
    for (name, value) in [("at", json(&at)), ("length", json(&layer.length))] {
        all.insert(name.to_owned(), value);
    }
    for (key, value) in fields(&layer.clip, &SOURCES) {
        restore(&mut all, key, value);
    }
    all
}

fn transition_fields(track: Id, cut: Cut, transition: &Transition) -> Fields {
    let mut all = Fields::new();
    for (name, id) in [("from", cut.from), ("to", cut.to)] {
        all.extend(id.map(|id| (name.to_owned(), id.to_string().into())));
    }
    for (key, value) in fields(transition, &[]) {
        restore(&mut all, key, value);
    }
    set(&mut all, "track", track.to_string().into());
    all
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}
