//! Colour decisions of clips: as OTIO's adapters have them, in and out, and from the remarks of edit lists.

use super::{corpus_folder, import, otio};
use crate::support::oracle;
use roomtone::interchange::cdl::{self, Correction};
use roomtone::interchange::{ExportOptions, NoteKind};
use serde_json::{Value, json};
use timeline_format::{Clip, Timeline};

/// A cut of one clip with this metadata, made by OTIO where it can be had.
fn cut(metadata: &Value) -> Value {
    let time =
        |value: i64| json!({ "OTIO_SCHEMA": "RationalTime.1", "value": value, "rate": 24.0 });
    let range =
        json!({ "OTIO_SCHEMA": "TimeRange.1", "start_time": time(0), "duration": time(58) });
    let file = json!({ "OTIO_SCHEMA": "ExternalReference.1", "target_url": "a.mov" });
    let clip = json!({
        "OTIO_SCHEMA": "Clip.1", "name": "a", "metadata": metadata,
        "source_range": range, "media_reference": file,
    });
    let track = json!({ "OTIO_SCHEMA": "Track.1", "kind": "Video", "children": [clip] });
    let stack = json!({ "OTIO_SCHEMA": "Stack.1", "children": [track] });
    json!({ "OTIO_SCHEMA": "Timeline.1", "name": "film", "tracks": stack })
}

fn stated() -> Value {
    json!({ "cdl": {
        "asc_sop": { "slope": [0.94, 1.0, 1.1], "offset": [-0.05, 0.0, 0.01], "power": [0.9, 1.0, 1.2] },
        "asc_sat": 0.96, "note": "kept",
    }, "other": 1 })
}

fn first(film: &Timeline) -> Clip {
    let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
    (*reel.get(0).unwrap().clip.clone().unwrap()).clone()
}

fn write(film: &Timeline) -> Value {
    let text = otio().write.unwrap()(film, &ExportOptions::default()).unwrap().text;
    serde_json::from_str(&text).unwrap()
}

fn metadata(cut: &Value) -> &Value {
    &cut["tracks"]["children"][0]["children"][0]["metadata"]
}

#[test]
fn a_decision_in_a_cut_is_an_operation_of_its_clip_and_goes_out_again() {
    let film = import(cut(&stated()).to_string().as_bytes()).timeline;
    let clip = first(&film);
    assert_eq!(clip.look.effects.len(), 1);
    let found = Correction::of(&clip.look.effects[0]);
    assert_eq!((found.slope, found.offset), ([0.94, 1.0, 1.1], [-0.05, 0.0, 0.01]));
    assert_eq!((found.power, found.saturation), ([0.9, 1.0, 1.2], 0.96));
    let written = write(&film);
    assert_eq!(metadata(&written)["cdl"], stated()["cdl"]);
    assert_eq!(metadata(&written)["other"], 1);
    let again = import(written.to_string().as_bytes()).timeline;
    assert_eq!(first(&again), clip);
    assert_eq!(write(&again), written);
}

#[test]
fn what_another_program_changed_is_changed_and_what_is_taken_off_is_gone() {
    let film = import(cut(&stated()).to_string().as_bytes()).timeline;
    let mut written = write(&film);
    let path = "/tracks/children/0/children/0/metadata/cdl/asc_sat";
    *written.pointer_mut(path).unwrap() = json!(0.5);
    let changed = first(&import(written.to_string().as_bytes()).timeline);
    assert_eq!(changed.look.effects.len(), 1);
    assert_eq!(Correction::of(&changed.look.effects[0]).saturation, 0.5);
    let mut film = film;
    let mut main = (**film.main().unwrap()).clone();
    let mut track = (*main.tracks[0]).clone();
    let mut item = track.reel().unwrap().get(0).unwrap().clone();
    let mut clip = first(&film);
    clip.look.effects.clear();
    item.clip = Some(std::sync::Arc::new(clip));
    track.content = timeline_format::track::Content::Sequential(std::iter::once(item).collect());
    main.tracks.set(0, std::sync::Arc::new(track));
    film = film.with_sequence(film.settings.main, main);
    assert_eq!(metadata(&write(&film))["cdl"], json!({ "note": "kept" }));
}

#[test]
fn numbers_that_no_list_allows_are_kept_and_told() {
    let wrong = json!({ "cdl": { "asc_sop": { "slope": [1.0, "x", 1.0] }, "asc_sat": 1.0 } });
    let imported = import(cut(&wrong).to_string().as_bytes());
    assert!(first(&imported.timeline).look.effects.is_empty());
    let told = |note: &&roomtone::interchange::Note| note.text.contains("colour decision");
    let note = imported.notes.iter().find(told).unwrap();
    assert_eq!(note.kind, NoteKind::Kept);
    assert_eq!(metadata(&write(&imported.timeline))["cdl"], wrong["cdl"]);
}

#[test]
fn otio_finds_the_decision_that_we_write() {
    let test = "otio_finds_the_decision_that_we_write";
    if !oracle::have(&oracle::python_program(), test) {
        return;
    }
    let film = import(cut(&stated()).to_string().as_bytes()).timeline;
    let script = "import sys, json, opentimelineio as o\n\
        clip = next(iter(o.adapters.read_from_string(sys.argv[1], 'otio_json').find_clips()))\n\
        cdl = clip.metadata['cdl']\n\
        print(json.dumps([list(cdl['asc_sop'][k]) for k in ('slope', 'offset', 'power')] + [cdl['asc_sat']]))";
    let told = oracle::python(script, &[&write(&film).to_string()]);
    let told: Value = serde_json::from_slice(&told).unwrap();
    let wanted = &stated()["cdl"];
    let colours = &wanted["asc_sop"];
    let all = json!([colours["slope"], colours["offset"], colours["power"], wanted["asc_sat"]]);
    assert_eq!(told, all);
}

#[test]
fn edit_lists_say_corrections_in_their_remarks() {
    let Some(folder) = corpus_folder("edl", "edl decisions") else { return };
    let read = |name: &str| cdl::read(&std::fs::read(folder.join(name)).unwrap()).unwrap();
    let found = read("cdl.edl");
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].id, "ZZ100_501 (LAY3)");
    assert_eq!((found[0].offset, found[1].saturation), ([1.0, -0.0122, 0.0305], 0.9));
    let found = read("pycmx_cdl_example01.edl");
    assert_eq!((&found[0].id[..], found[0].slope), ("117C-3-B", [0.9405, 0.9439, 0.9424]));
    assert_eq!((found[0].power, found[0].saturation), ([0.8888, 0.9138, 0.9896], 0.964));
}
