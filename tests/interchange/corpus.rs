//! Real files of other programs, held against what is known of them.

use super::{corpus_folder, import};
use roomtone::interchange::Imported;
use serde_json::Value;
use std::path::{Path, PathBuf};
use timeline_format::media::MediaKind;
use timeline_format::{Clip, Frames, Rate, Ratio, Sequence, Source, Timeline};

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries
        .filter(|path| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(extension)))
        .collect();
    files.sort();
    files
}

fn expectation(path: &Path) -> Value {
    let name = format!("{}.expect.json", path.display());
    serde_json::from_str(&std::fs::read_to_string(name).unwrap()).unwrap()
}

fn ratio(text: &Value) -> Ratio {
    let (top, bottom) = text.as_str().unwrap().split_once('/').unwrap();
    Ratio::new(top.parse().unwrap(), bottom.parse().unwrap()).unwrap()
}

fn seconds(frames: i64, rate: Rate) -> Ratio {
    rate.seconds(Frames::whole(frames)).unwrap()
}

/// The time in its media of a clip's first frame, in seconds.
pub fn source_start(film: &Timeline, clip: &Clip, rate: Rate) -> Option<Ratio> {
    let mut offset = Frames::ZERO;
    let media = match &clip.source {
        Source::Media(id) => &film.media[id],
        Source::Shot(id) => {
            let take = film.shots[id].chosen()?;
            offset = take.offset;
            &film.media[&take.media]
        }
        Source::Sequence(id) => return film.sequences[id].header.rate.seconds(clip.source_in),
        Source::Generator(_) => return rate.seconds(clip.source_in),
    };
    let grid = match media.kind {
        MediaKind::Still => rate,
        MediaKind::Sound => Rate::new(media.sound.as_ref()?.rate.into(), 1)?,
        _ => media.rate?,
    };
    grid.seconds(clip.source_in.plus(Frames::whole(media.start))?.plus(offset)?)
}

#[test]
fn every_otio_file_has_the_items_that_it_states_where_it_states_them() {
    let Some(folder) = corpus_folder("otio", "otio corpus") else { return };
    let files = files(&folder, "otio");
    assert!(files.len() >= 14, "{}", files.len());
    for path in files {
        let expected = expectation(&path);
        assert_eq!(expected["must"], "load");
        let imported = import(&std::fs::read(&path).unwrap());
        let name = path.file_name().unwrap().to_str().unwrap();
        if let Some(tracks) = expected["otio"]["tracks"].as_array() {
            check_film(name, &imported, &expected, tracks);
        } else {
            assert_eq!(imported.timeline.main().unwrap().length(), 0, "{name}");
            assert_eq!(imported.notes.len(), 1, "{name}");
            assert!(imported.timeline.extra.contains_key("otio_objects"), "{name}");
        }
    }
}

fn check_film(name: &str, imported: &Imported, expected: &Value, tracks: &[Value]) {
    let film = &imported.timeline;
    let main = film.main().unwrap();
    let otio = &expected["otio"];
    let length = seconds(main.length(), main.header.rate);
    assert_eq!(length.plus(beyond_ends(tracks)).unwrap(), ratio(&otio["duration"]["s"]), "{name}");
    assert_eq!(main.header.name, otio["name"].as_str().unwrap(), "{name}");
    let start = &otio["global_start_time"];
    let start = if start.is_null() { Ratio::ZERO } else { ratio(&start["s"]) };
    assert_eq!(seconds(main.header.start, main.header.rate), start, "{name}");
    assert_eq!(main.tracks.len(), tracks.len(), "{name}");
    for (index, track) in tracks.iter().enumerate() {
        check_track(&format!("{name} track {index}"), film, main, index, track);
    }
    let counts = &expected["direct"]["schemas"];
    let stated = counts["Clip.1"].as_i64().unwrap_or(0) + counts["Clip.2"].as_i64().unwrap_or(0);
    let clips = |sequence: &Sequence| {
        let reels = sequence.tracks.iter().filter_map(|track| track.reel().cloned());
        let items = reels.flat_map(|reel| reel.iter().cloned().collect::<Vec<_>>());
        items
            .filter_map(|item| item.clip)
            .filter(|clip| !matches!(clip.source, Source::Sequence(_)))
            .count()
    };
    let found: usize = film.sequences.values().map(|sequence| clips(sequence)).sum();
    assert_eq!(found as i64, stated, "{name}: clips");
    let markers =
        counts["Marker.2"].as_i64().unwrap_or(0) + counts["Marker.3"].as_i64().unwrap_or(0);
    let on_clips = |sequence: &Sequence| {
        let reels = sequence.tracks.iter().filter_map(|track| track.reel().cloned());
        let items = reels.flat_map(|reel| reel.iter().cloned().collect::<Vec<_>>());
        items.filter_map(|item| item.clip).map(|clip| clip.markers.len()).sum::<usize>()
    };
    let found: usize =
        film.sequences.values().map(|sequence| sequence.markers.len() + on_clips(sequence)).sum();
    assert_eq!(found as i64, markers, "{name}: markers");
}

/// What OTIO adds to a track's duration for transitions at its ends, though no item lies there.
fn beyond_ends(tracks: &[Value]) -> Ratio {
    let items = tracks[0]["items"].as_array().unwrap();
    let offset = |item: Option<&Value>, field: &str| {
        let transition = item.filter(|item| item["type"] == "Transition");
        transition.map_or(Ratio::ZERO, |item| ratio(&item[field]["s"]))
    };
    offset(items.first(), "in_offset").plus(offset(items.last(), "out_offset")).unwrap()
}

fn check_track(place: &str, film: &Timeline, main: &Sequence, index: usize, expected: &Value) {
    let track = &main.tracks[index];
    let sound = expected["kind"] == "Audio";
    assert_eq!(track.header.kind == timeline_format::track::TrackKind::Sound, sound, "{place}");
    let rate = main.header.rate;
    let mut items = track.reel().unwrap().placed();
    let mut transitions = 0;
    for item in expected["items"].as_array().unwrap() {
        if item["type"] == "Transition" {
            transitions += 1;
            continue;
        }
        let range = &item["in_parent"];
        if ratio(&range["dur"]["s"]) == Ratio::ZERO {
            continue;
        }
        let (start, found) = items.next().unwrap_or_else(|| panic!("{place}: {item}"));
        assert_eq!(seconds(start, rate), ratio(&range["start"]["s"]), "{place}: {item}");
        assert_eq!(seconds(found.length, rate), ratio(&range["dur"]["s"]), "{place}: {item}");
        assert_eq!(found.is_gap(), item["type"] == "Gap", "{place}: {item}");
        if let Some(clip) = &found.clip {
            assert_eq!(clip.name, item["name"].as_str().unwrap_or_default(), "{place}");
            if let Some(start) = item["source_range"].get("start") {
                assert_eq!(
                    source_start(film, clip, rate),
                    Some(ratio(&start["s"])),
                    "{place}: {item}"
                );
            }
        }
    }
    assert!(items.next().is_none(), "{place}");
    assert_eq!(track.transitions.len(), transitions, "{place}");
}

#[test]
fn what_a_file_says_beyond_a_film_is_kept_or_noted() {
    let Some(folder) = corpus_folder("otio", "otio corpus") else { return };
    let read = |name: &str| import(&std::fs::read(folder.join(name)).unwrap());
    let numbers = read("big_int.otio");
    let text = serde_json::to_string(
        &numbers.timeline.sequences[&numbers.timeline.settings.main].tracks[0]
            .reel()
            .unwrap()
            .get(0)
            .unwrap()
            .clip
            .as_ref()
            .unwrap()
            .extra,
    )
    .unwrap();
    assert!(
        text.contains(
            "57896044618658097711785492504343953926634992332820282019728792003956564819968"
        )
    );
    let effects = read("effects.otio");
    let kept = effects.notes.iter().filter(|note| note.text.contains("is not applied")).count();
    assert_eq!(kept, 170);
    let sequence = read("image_sequence_example.otio").timeline;
    let media = sequence.media.values().next().unwrap();
    assert_eq!(media.path, "sample_sequence/sample_sequence.####.exr");
    assert_eq!(
        (media.first_number, media.start, media.kind),
        (Some(1001), 86400, MediaKind::Sequence)
    );
    let nested = read("nested_example.otio").timeline;
    let speeds: Vec<String> = nested
        .sequences
        .values()
        .flat_map(|sequence| {
            let reels = sequence.tracks.iter().filter_map(|track| track.reel().cloned());
            reels
                .flat_map(|reel| {
                    reel.iter()
                        .filter_map(|item| Some(item.clip.as_ref()?.speed.to_string()))
                        .collect::<Vec<_>>()
                })
                .collect::<Vec<_>>()
        })
        .filter(|speed| speed != "1")
        .collect();
    assert_eq!(speeds.len(), 2, "{speeds:?}");
    assert!(speeds.contains(&"0".to_owned()), "{speeds:?}");
    assert_eq!(nested.sequences.len(), 4);
}

#[test]
fn real_files_make_films_that_are_kept_and_sound() {
    let Some(folder) = corpus_folder("otio", "otio corpus as films") else { return };
    for path in files(&folder, "otio") {
        let film = import(&std::fs::read(&path).unwrap()).timeline;
        let text = timeline_format::write(&film);
        let (again, problems) = timeline_format::read(text.as_bytes()).unwrap();
        assert_eq!(again, film, "{}", path.display());
        let stated = ["clip-past-media", "handles-missing"];
        let all = problems.into_iter().chain(timeline_format::check(&film));
        let made = all.filter(|problem| problem.is_error() && !stated.contains(&problem.code));
        let errors: Vec<String> = made.map(|problem| problem.to_string()).collect();
        assert!(errors.is_empty(), "{}\n{}", path.display(), errors.join("\n"));
    }
}
