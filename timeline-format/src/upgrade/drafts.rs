//! Format 0 to 1: the drafts, in which everything lay inside its sequence.
//!
//! A draft's sequence held `tracks` as a list of records with their `id`; a track held its `items`
//! (clips and gaps with their `id`, in order) or its free `layers`, and its `transitions`; a sequence
//! held `markers` and `buses` by id. Format 1 keeps each kind in a table of the film.

use serde_json::{Map, Value};

type Fields = Map<String, Value>;

/// Moves what lies inside sequences into tables.
pub(super) fn to_1(film: Value) -> Result<Value, String> {
    let Value::Object(mut film) = film else { return Err("it is no object".to_owned()) };
    let mut tables = Tables::default();
    if let Some(sequences) = film.get_mut("sequences").and_then(Value::as_object_mut) {
        for (id, sequence) in sequences {
            let sequence = sequence.as_object_mut().ok_or(format!("sequence {id} is no record"))?;
            tables.sequence(id, sequence)?;
        }
    }
    for (name, table) in [
        ("tracks", tables.tracks),
        ("clips", tables.clips),
        ("transitions", tables.transitions),
        ("markers", tables.markers),
        ("buses", tables.buses),
    ] {
        film.insert(name.to_owned(), Value::Object(table));
    }
    Ok(Value::Object(film))
}

#[derive(Default)]
struct Tables {
    tracks: Fields,
    clips: Fields,
    transitions: Fields,
    markers: Fields,
    buses: Fields,
}

impl Tables {
    fn sequence(&mut self, id: &str, sequence: &mut Fields) -> Result<(), String> {
        let mut order = Vec::new();
        for track in list(sequence, "tracks")? {
            order.push(Value::String(self.track(track)?));
        }
        sequence.insert("tracks".to_owned(), ended(order));
        for (name, table) in [("markers", &mut self.markers), ("buses", &mut self.buses)] {
            if let Some(Value::Object(records)) = sequence.shift_remove(name) {
                for (record, fields) in records {
                    insert(table, format!("{id}/{record}"), fields)?;
                }
            }
        }
        Ok(())
    }

    fn track(&mut self, track: Value) -> Result<String, String> {
        let (id, mut track) = identified(track, "a track")?;
        for transition in list(&mut track, "transitions")? {
            let (name, mut transition) = identified(transition, "a transition")?;
            transition.insert("track".to_owned(), id.clone().into());
            insert(&mut self.transitions, name, Value::Object(transition))?;
        }
        if track.contains_key("layers") {
            for layer in list(&mut track, "layers")? {
                let (name, mut layer) = identified(layer, "a layer")?;
                layer.insert("track".to_owned(), id.clone().into());
                insert(&mut self.clips, name, Value::Object(layer))?;
            }
            track.insert("free".to_owned(), true.into());
        } else {
            let mut order = Vec::new();
            for item in list(&mut track, "items")? {
                let (name, item) = identified(item, "an item")?;
                order.push(name.clone().into());
                insert(&mut self.clips, name, Value::Object(item))?;
            }
            track.insert("order".to_owned(), ended(order));
        }
        insert(&mut self.tracks, id.clone(), Value::Object(track))?;
        Ok(id)
    }
}

fn list(fields: &mut Fields, name: &str) -> Result<Vec<Value>, String> {
    match fields.shift_remove(name) {
        None => Ok(Vec::new()),
        Some(Value::Array(list)) => Ok(list),
        Some(_) => Err(format!("{name} is no list")),
    }
}

fn ended(mut order: Vec<Value>) -> Value {
    order.push("".into());
    Value::Array(order)
}

fn identified(record: Value, what: &str) -> Result<(String, Fields), String> {
    let Value::Object(mut fields) = record else { return Err(format!("{what} is no record")) };
    match fields.shift_remove("id") {
        Some(Value::String(id)) => Ok((id, fields)),
        _ => Err(format!("{what} has no id")),
    }
}

fn insert(table: &mut Fields, id: String, fields: Value) -> Result<(), String> {
    if table.contains_key(&id) {
        return Err(format!("two records have the id {id}"));
    }
    table.insert(id, fields);
    Ok(())
}
