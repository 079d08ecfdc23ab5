//! OpenTimelineIO itself: it loads what we write, and its own arithmetic agrees.

use super::corpus::source_start;
use super::films::film;
use super::special;
use super::{corpus_folder, otio};
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::interchange::{ExportOptions, ImportOptions};
use serde_json::{Value, json};
use timeline_format::track::{Content, TrackKind};
use timeline_format::{Frames, Ratio, Sequence, Source, Timeline};

/// Prints what OTIO computes of each track of each file, exact times as `num/den` seconds.
const REPORT: &str = r#"
import json, sys
from fractions import Fraction
import opentimelineio as o

def seconds(time):
    rate = Fraction(time.rate).limit_denominator(1001)
    exact = Fraction(time.value).limit_denominator(100000) / rate
    return f"{exact.numerator}/{exact.denominator}"

def item(child):
    row = {"type": type(child).__name__, "name": child.name}
    if isinstance(child, o.schema.Transition):
        return row | {"in": seconds(child.in_offset), "out": seconds(child.out_offset)}
    range = child.range_in_parent()
    row |= {"start": seconds(range.start_time), "length": seconds(range.duration)}
    row |= {"source": seconds(child.trimmed_range().start_time), "enabled": child.enabled}
    row["speeds"] = [e.time_scalar for e in child.effects if isinstance(e, o.schema.LinearTimeWarp)]
    if isinstance(child, o.schema.Clip):
        row["references"] = sorted(child.media_references().keys())
        row["active"] = child.active_media_reference_key
    return row

def film(path):
    timeline = o.adapters.read_from_file(path)
    start = timeline.global_start_time
    stack = timeline.tracks
    return {
        "name": timeline.name,
        "start": seconds(start) if start is not None else "0/1",
        "length": seconds(stack.duration()),
        "markers": len(stack.markers),
        "tracks": [
            {"kind": track.kind, "enabled": track.enabled, "length": seconds(track.duration()),
             "items": [item(child) for child in track]}
            for track in stack
        ],
    }

print(json.dumps([film(path) for path in sys.argv[1:]]))
"#;

fn spelled(ratio: Ratio) -> String {
    format!("{}/{}", ratio.numerator(), ratio.denominator())
}

/// What OTIO ought to say of a film, by our own arithmetic: sequential tracks alone.
fn ours(film: &Timeline) -> Vec<Value> {
    let main = film.main().unwrap();
    let sequential = main.tracks.iter().filter(|track| track.reel().is_some());
    sequential
        .map(|track| {
            json!({
                "kind": if track.header.kind == TrackKind::Sound { "Audio" } else { "Video" },
                "items": items(film, main, track),
            })
        })
        .collect()
}

fn items(film: &Timeline, main: &Sequence, track: &timeline_format::Track) -> Vec<Value> {
    let rate = main.header.rate;
    let seconds = |frames: i64| spelled(rate.seconds(Frames::whole(frames)).unwrap());
    let mut rows = Vec::new();
    let reel = track.reel().unwrap();
    for index in 0..=reel.count() {
        if let Some(transition) = track.transition_at(index) {
            rows.push(
                json!({ "in": seconds(transition.before), "out": seconds(transition.after) }),
            );
        }
        let Some(item) = reel.get(index) else { continue };
        let mut row = json!({
            "start": seconds(reel.start_of(index).unwrap()), "length": seconds(item.length),
        });
        if let Some(clip) = &item.clip {
            row["enabled"] = json!(!clip.disabled);
            let one = clip.speed == Ratio::ONE;
            row["speeds"] = if one { json!([]) } else { json!([clip.speed.to_f64()]) };
            row["source"] = json!(source_start(film, clip, rate).map(spelled));
            if let Source::Shot(id) = &clip.source {
                row["references"] = json!(film.shots[id].takes.len());
            }
        }
        rows.push(row);
    }
    rows
}

/// Holds every field that `ours` has against what OTIO says.
fn compare(place: &str, ours: &Value, theirs: &Value) {
    for (field, value) in ours.as_object().unwrap() {
        let said = match (field.as_str(), &theirs[field]) {
            ("references", said) => json!(said.as_array().unwrap().len()),
            (_, said) => said.clone(),
        };
        assert_eq!(&said, value, "{place}: {field}\n{ours}\n{theirs}");
    }
}

#[test]
fn what_we_write_means_the_same_to_otio() {
    let folder = Folder::new();
    let films: Vec<Timeline> = (0..24).map(film).chain(special::special()).collect();
    let mut paths = Vec::new();
    for (index, film) in films.iter().enumerate() {
        let text = otio().write.unwrap()(film, &ExportOptions::default()).unwrap().text;
        let path = folder.file(&format!("{index}.otio"));
        std::fs::write(&path, text).unwrap();
        paths.push(path.display().to_string());
    }
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let said: Value = serde_json::from_slice(&oracle::python(REPORT, &paths)).unwrap();
    for (index, film) in films.iter().enumerate() {
        let (main, said) = (film.main().unwrap(), &said[index]);
        let length = spelled(main.header.rate.seconds(Frames::whole(main.length())).unwrap());
        let has_free = main.tracks.iter().any(|track| matches!(track.content, Content::Free(_)));
        if !has_free {
            assert_eq!(said["length"], length, "film {index}");
        }
        let start = Frames::whole(main.header.start);
        assert_eq!(said["start"], spelled(main.header.rate.seconds(start).unwrap()));
        let tracks: Vec<&Value> = said["tracks"].as_array().unwrap().iter().collect();
        let sequential = main.tracks.iter().take_while(|track| track.reel().is_some()).count();
        for (number, (ours, theirs)) in ours(film).iter().zip(&tracks[..sequential]).enumerate() {
            assert_eq!(ours["kind"], theirs["kind"]);
            let (ours, theirs) =
                (ours["items"].as_array().unwrap(), theirs["items"].as_array().unwrap());
            assert_eq!(ours.len(), theirs.len(), "film {index} track {number}");
            for (ours, theirs) in ours.iter().zip(theirs) {
                compare(&format!("film {index} track {number}"), ours, theirs);
            }
        }
    }
}

#[test]
fn free_sounds_lie_where_they_lay_for_otio_too() {
    let folder = Folder::new();
    let film = special::layered();
    let text = otio().write.unwrap()(&film, &ExportOptions::default()).unwrap().text;
    let path = folder.file("layers.otio");
    std::fs::write(&path, text).unwrap();
    let path = path.display().to_string();
    let said: Value = serde_json::from_slice(&oracle::python(REPORT, &[&path])).unwrap();
    let tracks = said[0]["tracks"].as_array().unwrap();
    let mut found: Vec<(String, String, String)> = Vec::new();
    for track in tracks.iter().filter(|track| track["kind"] == "Audio") {
        for item in track["items"].as_array().unwrap().iter().filter(|item| item["type"] == "Clip")
        {
            let text = |field: &str| item[field].as_str().unwrap().to_owned();
            found.push((text("name"), text("start"), text("length")));
        }
    }
    let main = film.main().unwrap();
    let mut expected = Vec::new();
    for layer in
        main.tracks.iter().filter_map(|track| track.layers()).flat_map(|layers| layers.values())
    {
        let at = main.header.rate.seconds(main.start_of(layer).unwrap()).unwrap();
        let length = main.header.rate.seconds(layer.length).unwrap();
        expected.push((layer.clip.name.clone(), spelled(at), spelled(length)));
    }
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    assert!(tracks.len() > main.tracks.len(), "overlaps need tracks of their own");
}

#[test]
fn real_files_come_back_from_us_as_otio_knew_them() {
    let Some(folder) = corpus_folder("otio", "otio corpus through us") else { return };
    let out = Folder::new();
    let mut pairs = Vec::new();
    let names = [
        "big_int",
        "effects",
        "enabled",
        "gaps",
        "generator_reference_test",
        "image_sequence_example",
        "multitrack",
        "nested_example",
        "simple_cut",
        "transition",
        "transition_test",
    ];
    for name in names {
        let path = folder.join(format!("{name}.otio"));
        let bytes = std::fs::read(&path).unwrap();
        let film = otio().read.unwrap()(&bytes, &ImportOptions::default()).unwrap().timeline;
        let text = otio().write.unwrap()(&film, &ExportOptions::default()).unwrap().text;
        let again = out.file(&format!("{name}.otio"));
        std::fs::write(&again, text).unwrap();
        pairs.push((path.display().to_string(), again.display().to_string()));
    }
    let (before, after): (Vec<&str>, Vec<&str>) =
        pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).unzip();
    let report = |paths: &[&str]| -> Value {
        serde_json::from_slice(&oracle::python(REPORT, paths)).unwrap()
    };
    let (before, after) = (report(&before), report(&after));
    for (name, (before, after)) in
        names.iter().zip(before.as_array().unwrap().iter().zip(after.as_array().unwrap()))
    {
        let same = |film: &Value| {
            let mut film = film.clone();
            for item in film["tracks"]
                .as_array_mut()
                .unwrap()
                .iter_mut()
                .flat_map(|t| t["items"].as_array_mut().unwrap())
            {
                if item["type"] == "Track" {
                    item["type"] = json!("Stack");
                }
                item.as_object_mut().unwrap().shift_remove("references");
                item.as_object_mut().unwrap().shift_remove("active");
            }
            film
        };
        assert_eq!(same(before), same(after), "{name}");
    }
}
