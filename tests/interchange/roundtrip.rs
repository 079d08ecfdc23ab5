//! What leaves comes back: films whole, foreign files with what we do not know.

use super::{corpus_folder, films, import, otio, special};
use proptest::prelude::*;
use roomtone::interchange::ExportOptions;
use serde_json::Value;
use timeline_format::Timeline;

fn write(film: &Timeline) -> String {
    otio().write.unwrap()(film, &ExportOptions::default()).unwrap().text
}

fn check(film: &Timeline) {
    let text = write(film);
    let back = import(text.as_bytes());
    for (id, sequence) in &film.sequences {
        let found = back.timeline.sequences.get(id).unwrap_or_else(|| panic!("{id} is gone"));
        assert_eq!(found.header, sequence.header);
        for (found, track) in found.tracks.iter().zip(&sequence.tracks) {
            assert_eq!(found.header, track.header);
            assert_eq!(found.transitions, track.transitions);
            let (Some(found), Some(track)) = (found.reel(), track.reel()) else { continue };
            for (found, item) in found.iter().zip(track.iter()) {
                assert_eq!(found, item, "{:#?}", back.notes);
            }
        }
    }
    assert_eq!(&back.timeline, film);
    assert_eq!(write(&back.timeline), text);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_film_comes_back_as_it_left(seed in any::<u64>()) {
        check(&films::film(seed));
    }
}

#[test]
fn special_films_come_back_as_they_left() {
    special::special().iter().for_each(check);
    check(&special::layered());
}

#[test]
fn foreign_metadata_survives_us() {
    let Some(folder) = corpus_folder("otio", "otio metadata") else { return };
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "otio") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let film = import(&bytes).timeline;
        let text = write(&film);
        let again = import(text.as_bytes()).timeline;
        let second = write(&again);
        let differ = second.lines().zip(text.lines()).find(|(a, b)| a != b);
        assert_eq!(differ, None, "{}", path.display());
        let Ok(before) = serde_json::from_slice::<Value>(&bytes) else { continue };
        let after: Value = serde_json::from_str(&text).unwrap();
        let mut leaves = Vec::new();
        metadata(&before, false, &mut leaves);
        let mut found = Vec::new();
        metadata(&after, false, &mut found);
        for leaf in leaves {
            assert!(found.contains(&leaf), "{}: {leaf} is gone", path.display());
        }
    }
}

/// Every text and number within metadata, with its key.
fn metadata(value: &Value, inside: bool, leaves: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let is_leaf = value.is_string() || value.is_number();
                if inside && is_leaf && key != "OTIO_SCHEMA" {
                    let rounded = value.as_f64().map(|number| format!("{number:.12e}"));
                    let text = rounded.unwrap_or_else(|| value.to_string());
                    leaves.push(format!("{key}: {text}"));
                }
                metadata(value, inside || key == "metadata", leaves);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| metadata(value, inside, leaves)),
        _ => {}
    }
}
