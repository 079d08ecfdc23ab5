//! Format 1 to 2: the places of shots, which were words, become records.

use serde_json::{Map, Value, json};

/// Gives each place that shots name a record, and has the shots name it by its id.
pub(super) fn to_2(film: Value) -> Result<Value, String> {
    let Value::Object(mut film) = film else { return Err("it is no object".to_owned()) };
    let mut places = Map::new();
    let shots = film.get_mut("shots").and_then(Value::as_object_mut);
    for shot in shots.into_iter().flat_map(|shots| shots.values_mut()) {
        let Some(fields) = shot.as_object_mut() else { continue };
        let name = fields.get("place").and_then(Value::as_str).map(str::to_owned);
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            let id = id_of(&name, &places);
            fields.insert("place".to_owned(), id.clone().into());
            places.entry(id).or_insert(json!({"name": name}));
        }
    }
    if !places.is_empty() && !film.contains_key("places") {
        film.insert("places".to_owned(), Value::Object(places));
    }
    Ok(Value::Object(film))
}

/// The id of a place: what can be kept of its name, unless another place has that.
fn id_of(name: &str, places: &Map<String, Value>) -> String {
    let small = name.to_lowercase();
    let kept = small.chars().map(|letter| match letter {
        'a'..='z' | '0'..='9' | '-' | '_' => letter,
        _ => '-',
    });
    let short: String = kept.take(13).collect();
    let is_free = |id: &String| places.get(id).is_none_or(|place| place["name"] == name);
    let numbered = (2..).map(|number| format!("{short}-{number}"));
    std::iter::once(short.clone()).chain(numbered).find(is_free).unwrap_or(short)
}
