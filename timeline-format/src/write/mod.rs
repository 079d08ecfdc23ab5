//! From a [`Timeline`] to its text: always the same text, made to be read and merged.
//!
//! One field a line, records in order of their ids, order lists with one id a line and an empty
//! text at their end, and in every record a field that is always there at its end: so a change
//! touches its own lines and no others.

mod names;
mod rows;
mod text;

use crate::{FORMAT, Fields, Id, Sequence, Timeline};
use names::Names;
use rows::{Body, Row};
use serde_json::Value;
use std::sync::Arc;
use text::Text;

/// The text of a film. Equal films give equal texts; reading it back gives an equal film.
pub fn write(timeline: &Timeline) -> String {
    let extra = &timeline.extra;
    let number = |name: &str| extra.get(name).and_then(Value::as_u64).unwrap_or(FORMAT);
    let mut text = Text::new();
    text.member("format", &number("format").into());
    text.member("min_reader", &number("min_reader").into());
    text.settings(&rows::fields(timeline.settings.as_ref(), &["main"]));
    let (tables, displaced) = tables(timeline);
    for (name, rows) in tables {
        let may_be_absent = matches!(name, "looks" | "stills" | "captions");
        if !may_be_absent || !rows.is_empty() {
            text.table(name, rows);
        }
    }
    others(extra, displaced, &mut text);
    text.finish()
}

type Table<'a> = (&'static str, Vec<Row<'a>>);

/// Every known table with its records in order, and the texts of records that found no place.
fn tables(timeline: &Timeline) -> (Vec<Table<'_>>, Vec<(String, String)>) {
    let names = Names::of(timeline);
    let tracks: Vec<_> = names.tracks(timeline).collect();
    let tables = [
        ("media", by_id(&timeline.media, Body::Media)),
        ("shots", by_id(&timeline.shots, Body::Shot)),
        ("looks", by_id(&timeline.looks, Body::Look)),
        ("stills", by_id(&timeline.stills, Body::Still)),
        ("places", by_id(&timeline.places, Body::Location)),
        ("sequences", sequences(timeline, &names)),
        ("tracks", tracks.iter().map(|(id, track)| names.track_row(*id, track)).collect()),
        ("clips", names.clip_rows(&tracks)),
        ("transitions", names.transition_rows(&tracks)),
        ("markers", owned(timeline, |sequence| by_id(&sequence.markers, Body::Marker))),
        ("buses", owned(timeline, |sequence| by_id(&sequence.buses, Body::Bus))),
        ("captions", owned(timeline, |sequence| by_id(&sequence.captions, Body::Captions))),
        ("deliveries", by_id(&timeline.deliveries, Body::Delivery)),
    ];
    let mut displaced = Vec::new();
    let mut with_kept = |(name, rows)| {
        let kept = timeline.extra.get(name).and_then(Value::as_object);
        let (rows, lost) = rows::with_kept(rows, kept);
        displaced.extend(lost.into_iter().map(|(key, text)| (format!("/{name}/{key}"), text)));
        (name, rows)
    };
    (tables.into_iter().map(&mut with_kept).collect(), displaced)
}

fn by_id<'a, T>(
    table: &'a imbl::OrdMap<Id, Arc<T>>,
    body: impl Fn(&'a T) -> Body<'a>,
) -> Vec<Row<'a>> {
    table.iter().map(|(id, record)| Row::new(id, body(record))).collect()
}

fn sequences<'a>(timeline: &'a Timeline, names: &Names) -> Vec<Row<'a>> {
    let row = |(id, sequence): (&Id, &'a Arc<Sequence>)| {
        let tracks = sequence.tracks.iter().enumerate();
        let order = tracks.map(|(index, track)| names.track(*id, index, track.id)).collect();
        Row::new(id, Body::Sequence(&sequence.header, order))
    };
    timeline.sequences.iter().map(row).collect()
}

/// Records that belong to a sequence, named `sequence/id`.
fn owned<'a>(timeline: &'a Timeline, rows: impl Fn(&'a Sequence) -> Vec<Row<'a>>) -> Vec<Row<'a>> {
    let owned = timeline.sequences.iter().flat_map(|(id, sequence)| {
        rows(sequence).into_iter().map(move |row| Row { key: format!("{id}/{}", row.key), ..row })
    });
    owned.collect()
}

/// Unknown members, and what is kept as text.
fn others(extra: &Fields, displaced: Vec<(String, String)>, text: &mut Text) {
    use crate::read::{TABLES, UNREADABLE};
    let is_written =
        |name: &str| TABLES.contains(&name) || ["format", "min_reader"].contains(&name);
    let mut names: Vec<_> = extra.keys().filter(|name| !is_written(name)).collect();
    names.sort_unstable();
    for name in names.into_iter().filter(|name| *name != UNREADABLE) {
        text.member(name, &extra[name]);
    }
    let mut unreadable =
        extra.get(UNREADABLE).and_then(Value::as_object).cloned().unwrap_or_default();
    for (pointer, kept) in displaced {
        unreadable.insert(pointer, kept.into());
    }
    if !unreadable.is_empty() {
        unreadable.sort_keys();
        text.member(UNREADABLE, &Value::Object(unreadable));
    }
}
