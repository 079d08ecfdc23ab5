//! What the objects of a file come to mean in a film, one thing at a time.

use super::films::{id, media};
use super::{import, otio};
use roomtone::interchange::{ExportOptions, ImportOptions, Imported, NoteKind};
use serde_json::{Value, json};
use timeline_format::media::MediaKind;
use timeline_format::track::Place;
use timeline_format::{Clip, Frames, Item, Ratio, Source, Timeline};

fn time(value: f64, rate: f64) -> Value {
    json!({ "OTIO_SCHEMA": "RationalTime.1", "value": value, "rate": rate })
}

fn range(start: f64, length: f64, rate: f64) -> Value {
    json!({ "OTIO_SCHEMA": "TimeRange.1", "start_time": time(start, rate), "duration": time(length, rate) })
}

fn file(url: &str, available: Value) -> Value {
    let mut file = json!({ "OTIO_SCHEMA": "ExternalReference.1", "target_url": url });
    file["available_range"] = available;
    file
}

fn clip(name: &str, range: Value, reference: Value) -> Value {
    let mut clip = json!({ "OTIO_SCHEMA": "Clip.1", "name": name });
    clip["source_range"] = range;
    clip["media_reference"] = reference;
    clip
}

fn track(kind: &str, children: &[Value]) -> Value {
    json!({ "OTIO_SCHEMA": "Track.1", "kind": kind, "name": kind, "children": children })
}

fn film(tracks: &[Value]) -> Value {
    let stack = json!({ "OTIO_SCHEMA": "Stack.1", "children": tracks });
    json!({ "OTIO_SCHEMA": "Timeline.1", "name": "film", "tracks": stack })
}

fn read(value: &Value) -> Imported {
    import(value.to_string().as_bytes())
}

fn item(film: &Timeline, track: usize, index: usize) -> Item {
    film.main().unwrap().tracks[track].reel().unwrap().get(index).unwrap().clone()
}

fn first_clip(film: &Timeline) -> Clip {
    (*item(film, 0, 0).clip.unwrap()).clone()
}

fn said(imported: &Imported, kind: NoteKind, words: &str) {
    let found = imported.notes.iter().any(|note| note.kind == kind && note.text.contains(words));
    assert!(found, "{words}: {:#?}", imported.notes);
}

#[test]
fn media_references_of_one_clip_are_takes_of_a_shot() {
    let mut two = clip("shot", range(105.0, 20.0, 24.0), Value::Null);
    two["media_references"] = json!({
        "proxy": file("p.mov", range(90.0, 60.0, 24.0)),
        "full": file("f.mov", range(100.0, 50.0, 24.0)),
    });
    two["active_media_reference_key"] = json!("full");
    let film = read(&film(&[track("Video", &[two])])).timeline;
    let shot = film.shots.values().next().unwrap();
    let takes: Vec<&str> = shot.takes.iter().map(|take| take.id.as_str()).collect();
    assert_eq!((takes, shot.take), (vec!["full", "proxy"], id("full")));
    assert_eq!(shot.takes[1].offset, Frames::whole(10));
    assert_eq!(first_clip(&film).source_in, Frames::whole(5));
    assert_eq!(film.media.len(), 2);
}

#[test]
fn media_that_are_found_say_what_the_cut_does_not() {
    let cut = film(&[track(
        "Video",
        &[clip("a", range(86_410.0, 20.0, 24.0), file("file:///x/a%20b.mov", Value::Null))],
    )]);
    let look = |path: &str| {
        assert_eq!(path, "/x/a b.mov");
        Some(media("found/a b.mov", MediaKind::Video, "24".parse().ok(), Some(300), 86_400))
    };
    let options = ImportOptions { look: Some(&look), ..ImportOptions::default() };
    let film = otio().read.unwrap()(cut.to_string().as_bytes(), &options).unwrap().timeline;
    assert_eq!(first_clip(&film).source_in, Frames::whole(10));
    assert_eq!(film.media.values().next().unwrap().path, "found/a b.mov");
    let options = ImportOptions { media: "rushes", ..ImportOptions::default() };
    let film = otio().read.unwrap()(cut.to_string().as_bytes(), &options).unwrap().timeline;
    assert_eq!(film.media.values().next().unwrap().path, "rushes/a b.mov");
}

#[test]
fn addresses_on_a_network_are_kept_and_not_asked() {
    let url = "https://example.org/a/b.mov?key=1";
    let imported =
        read(&film(&[track("Video", &[clip("a", range(0.0, 5.0, 24.0), file(url, Value::Null))])]));
    said(&imported, NoteKind::Kept, "is on a network");
    assert_eq!(imported.timeline.media.values().next().unwrap().path, "b.mov");
    let text = otio().write.unwrap()(&imported.timeline, &ExportOptions::default()).unwrap().text;
    assert!(text.contains(url));
}

#[test]
fn a_picture_and_its_sound_are_linked_and_a_stranger_is_not() {
    let available = range(0.0, 240.0, 24.0);
    let sound = |start: f64| {
        clip(
            "a",
            range(start * 2000.0, 40_000.0, 48_000.0),
            file("a.mov", range(0.0, 480_000.0, 48_000.0)),
        )
    };
    let picture = clip("a", range(12.0, 20.0, 24.0), file("a.mov", available));
    let cut = film(&[
        track("Audio", &[sound(12.0)]),
        track("Video", &[picture]),
        track("Audio", &[sound(13.0)]),
    ]);
    let imported = read(&cut);
    said(&imported, NoteKind::Guessed, "linked to its sound");
    let film = &imported.timeline;
    let links: Vec<_> = (0..3).map(|track| item(film, track, 0).clip.unwrap().link).collect();
    assert!(links[0].is_some() && links[0] == links[1] && links[2].is_none(), "{links:?}");
    assert_eq!(film.media.len(), 1);
}

#[test]
fn bars_are_bars_and_strange_generators_are_kept() {
    for (theirs, ours) in
        [("SMPTEBars", "bars"), ("black", "colour"), ("Fractal", "x:otio.Fractal")]
    {
        let made = json!({
            "OTIO_SCHEMA": "GeneratorReference.1", "generator_kind": theirs,
            "parameters": { "level": 0.5, "deep": { "a": null } },
        });
        let film =
            read(&film(&[track("Video", &[clip("a", range(0.0, 5.0, 24.0), made)])])).timeline;
        let Source::Generator(generator) = first_clip(&film).source else { panic!() };
        assert_eq!((generator.kind.as_str(), generator.values.len()), (ours, 1));
        let text = otio().write.unwrap()(&film, &ExportOptions::default()).unwrap().text;
        assert!(text.contains(&format!("\"generator_kind\": \"{theirs}\"")));
        assert_eq!(import(text.as_bytes()).timeline, film);
    }
}

#[test]
fn a_collection_is_a_film_with_its_first_timeline_as_the_cut() {
    let one = film(&[track("Video", &[clip("a", range(0.0, 5.0, 25.0), Value::Null)])]);
    let two = film(&[track("Video", &[clip("b", range(0.0, 7.0, 24.0), Value::Null)])]);
    let strange = json!({ "OTIO_SCHEMA": "Poem.7", "lines": 14 });
    let all = json!({ "OTIO_SCHEMA": "SerializableCollection.1", "children": [strange, one, two] });
    let imported = read(&all);
    said(&imported, NoteKind::Kept, "Poem");
    let film = imported.timeline;
    assert_eq!((film.sequences.len(), film.main().unwrap().length()), (2, 5));
    assert_eq!(film.settings.rate.to_string(), "25");
    assert_eq!(film.extra["otio_objects"][0]["lines"], 14);
}

#[test]
fn clips_of_another_rate_fill_the_same_time() {
    let clips: Vec<Value> =
        (0..5).map(|_| clip("a", range(0.0, 10.0, 25.0), Value::Null)).collect();
    let mut cut = film(&[track("Video", &clips)]);
    cut["global_start_time"] = time(86_400.0, 24.0);
    let options = ImportOptions { rate: "24".parse().ok(), ..ImportOptions::default() };
    let imported = otio().read.unwrap()(cut.to_string().as_bytes(), &options).unwrap();
    let reel = imported.timeline.main().unwrap().tracks[0].reel().unwrap().clone();
    assert_eq!(reel.iter().map(|item| item.length).collect::<Vec<_>>(), [10, 9, 10, 9, 10]);
    said(&imported, NoteKind::Changed, "lies between frames");
    assert_eq!(imported.timeline.main().unwrap().header.start, 86_400);
}

#[test]
fn sounds_between_frames_keep_their_places() {
    let sound =
        clip("s", range(0.0, 1001.0, 48_000.0), file("s.wav", range(0.0, 9000.0, 48_000.0)));
    let picture = clip("p", range(0.0, 50.0, 24.0), Value::Null);
    let imported =
        read(&film(&[track("Video", &[picture]), track("Audio", &[sound.clone(), sound])]));
    said(&imported, NoteKind::Changed, "between frames");
    let main = imported.timeline.main().unwrap();
    let mut starts: Vec<_> = main.tracks[1]
        .layers()
        .unwrap()
        .values()
        .map(|layer| match layer.at {
            Place::Absolute(at) => at,
            Place::Anchored(_) => panic!(),
        })
        .collect();
    starts.sort();
    assert_eq!(starts, [Frames::ZERO, Ratio::new(1001, 2000).unwrap()]);
}

#[test]
fn equal_compositions_are_one_sequence() {
    let inner = |start: f64| {
        let track = track("Video", &[clip("a", range(0.0, 50.0, 24.0), Value::Null)]);
        json!({ "OTIO_SCHEMA": "Stack.1", "name": "reel", "source_range": range(start, 10.0, 24.0), "children": [track] })
    };
    let film = read(&film(&[track("Video", &[inner(0.0), inner(20.0)])])).timeline;
    assert_eq!(film.sequences.len(), 2);
    let starts: Vec<_> =
        (0..2).map(|index| item(&film, 0, index).clip.unwrap().source_in).collect();
    assert_eq!(starts, [Frames::ZERO, Frames::whole(20)]);
}

#[test]
fn markers_of_every_version_are_read() {
    let mut marked = clip("a", range(100.0, 50.0, 24.0), file("a.mov", range(90.0, 100.0, 24.0)));
    marked["markers"] = json!([
        { "OTIO_SCHEMA": "Marker.1", "name": "one", "range": range(110.0, 0.0, 24.0) },
        { "OTIO_SCHEMA": "Marker.2", "name": "two", "color": "GREEN", "comment": "here", "marked_range": range(111.0, 2.0, 24.0) },
        { "OTIO_SCHEMA": "Marker.3", "name": "three", "color": { "OTIO_SCHEMA": "Color.1", "name": "PINK", "r": 1.0 }, "marked_range": range(112.0, 0.0, 24.0) },
    ]);
    let clip = first_clip(&read(&film(&[track("Video", &[marked])])).timeline);
    let rows: Vec<_> = clip
        .markers
        .iter()
        .map(|m| (m.name.as_str(), m.at.floor(), m.colour.as_str(), m.note.as_str()))
        .collect();
    assert_eq!(
        rows,
        [("one", 20, "", ""), ("two", 21, "green", "here"), ("three", 22, "pink", "")]
    );
}

#[test]
fn a_track_or_timeline_that_shows_a_part_nests_the_whole() {
    let mut part = track("Video", &[clip("a", range(0.0, 50.0, 24.0), Value::Null)]);
    part["source_range"] = range(5.0, 20.0, 24.0);
    let imported = read(&film(&[part]));
    said(&imported, NoteKind::Changed, "its whole is a nested sequence");
    let clip = first_clip(&imported.timeline);
    assert!(matches!(clip.source, Source::Sequence(_)));
    assert_eq!(
        (clip.source_in, imported.timeline.main().unwrap().length()),
        (Frames::whole(5), 20)
    );
    let mut whole =
        film(&[track("Video", &[self::clip("a", range(0.0, 50.0, 24.0), Value::Null)])]);
    whole["tracks"]["source_range"] = range(10.0, 7.0, 24.0);
    let film = read(&whole).timeline;
    assert_eq!(
        (film.main().unwrap().length(), first_clip(&film).source_in),
        (7, Frames::whole(10))
    );
}

#[test]
fn a_cut_that_others_changed_keeps_our_grade_at_their_places() {
    let film = super::films::film(8);
    let text = otio().write.unwrap()(&film, &ExportOptions::default()).unwrap().text;
    let mut cut: Value = serde_json::from_str(&text).unwrap();
    let main = film.main().unwrap();
    let is_media = |item: &&Item| {
        item.clip.as_ref().is_some_and(|clip| matches!(clip.source, Source::Media(_)))
    };
    let mut changed = 0;
    for (index, track) in main.tracks.iter().enumerate() {
        for item in track.reel().unwrap().iter().filter(is_media) {
            let children = cut["tracks"]["children"][index]["children"].as_array_mut().unwrap();
            let own = |child: &&mut Value| child["metadata"]["roomtone"]["id"] == item.id.as_str();
            let child = children.iter_mut().find(own).unwrap();
            let start = child["source_range"]["start_time"]["value"].as_f64().unwrap();
            child["source_range"]["start_time"]["value"] = json!(start + 4.0);
            child["source_range"]["duration"]["value"] = json!(item.length + 3);
            child["name"] = json!("conformed");
            changed += 1;
        }
    }
    assert!(changed > 1);
    let back = read(&cut).timeline;
    for (index, track) in main.tracks.iter().enumerate() {
        let now = back.main().unwrap().tracks[index].reel().unwrap().clone();
        for item in track.reel().unwrap().iter().filter(is_media) {
            let found = now.get(now.index_of(item.id).unwrap()).unwrap();
            let (found_clip, clip) = (found.clip.as_ref().unwrap(), item.clip.as_ref().unwrap());
            assert_eq!(found.length, item.length + 3);
            assert_eq!(found_clip.source_in, clip.source_in.plus(Frames::whole(4)).unwrap());
            assert_eq!((&found_clip.look, &found_clip.sound), (&clip.look, &clip.sound));
            assert_eq!(found_clip.name, "conformed");
        }
    }
}
