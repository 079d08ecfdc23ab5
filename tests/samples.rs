//! The sample film is what its maker writes, opens without a problem, and is small.

use crate::support::folder::Folder;
use crate::support::oracle;
use crate::support::program::done;
use roomtone::play::{Offline, Programme as _};
use std::path::{Path, PathBuf};
use timeline_format::fault::FaultState;
use timeline_format::media::MediaKind;
use timeline_format::{Source, Timeline};

/// The most that the committed samples may take, in bytes.
const MOST: u64 = 10_000_000;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

fn document() -> Vec<u8> {
    std::fs::read(folder().join("before-morning/film.roomtone")).unwrap()
}

fn film() -> Timeline {
    timeline_format::read(&document()).unwrap().0
}

#[test]
fn the_sample_film_is_what_its_maker_writes() {
    let written = sample_maker::text();
    assert_eq!(
        String::from_utf8(document()).unwrap(),
        written,
        "run `cargo run --package sample-maker -- film`"
    );
    assert_eq!(film(), sample_maker::film());
}

#[test]
fn the_sample_film_opens_without_a_problem() {
    let (film, problems) = timeline_format::read(&document()).unwrap();
    assert_eq!(problems, []);
    assert_eq!(timeline_format::check(&film), []);
}

#[test]
fn the_sample_film_has_shots_moves_takes_and_layers() {
    let film = film();
    let main = film.main().unwrap();
    assert!((600..=750).contains(&main.length()), "{} frames at 25", main.length());
    let track = &main.tracks[0];
    let shots: Vec<_> = track.reel().unwrap().iter().collect();
    assert!(shots.len() >= 8);
    assert!(shots.iter().any(|item| item.length == 60), "one is held 2.4 s at 25");
    let inner = track.transitions.keys().filter(|cut| cut.from.is_some() && cut.to.is_some());
    let dissolves = inner.count();
    assert!(dissolves > 0 && dissolves < shots.len() - 1, "dissolves and hard cuts");
    let kinds = |kind| film.media.values().filter(|media| media.kind == kind).count();
    assert_eq!((kinds(MediaKind::Video), kinds(MediaKind::Sequence)), (1, 1));
    let taken = film.shots.values().find(|shot| shot.takes.len() == 3).unwrap();
    let origin = &film.media[&taken.chosen().unwrap().media].origin;
    assert!(origin.contains_key("seed") && origin.contains_key("prompt"));
    let moving = film.shots.values().filter(|shot| shot.look.placement.contains_key("position"));
    assert!(moving.count() >= 4);
}

/// Every generator that sounds in it: the beds of its places, and what is spotted on its foley lane.
#[test]
fn the_sample_film_has_places_and_foley_made_by_generators() {
    let film = film();
    assert!(film.shots.values().all(|shot| shot.place.is_some() && shot.perspective.is_some()));
    let beds = film.places.values().flat_map(|place| &place.beds).map(|bed| &bed.source);
    let main = film.main().unwrap();
    let lanes = main.tracks.iter().filter_map(|track| track.layers());
    let spotted: Vec<_> =
        lanes.flat_map(|layers| layers.values()).map(|layer| &layer.clip.source).collect();
    let sources: Vec<_> = beds.chain(spotted.iter().copied()).collect();
    let kinds: std::collections::BTreeSet<_> = sources
        .iter()
        .filter_map(|source| match source {
            Source::Generator(made) => Some(made.kind.as_str()),
            _ => None,
        })
        .collect();
    for kind in ["wind", "matched_tone", "fabric", "traffic", "sea", "city", "step", "touch"] {
        assert!(kinds.contains(kind), "{kind} is not among {kinds:?}");
    }
    let files = sources.iter().filter(|source| matches!(source, Source::Media(_))).count();
    assert_eq!((film.places.len(), files), (3, 1), "a recording goes round as a bed");
    let visited = roomtone::sound::places::scenes(&film, main);
    let spans = roomtone::sound::places::spans(&film, main, &visited);
    assert_eq!(spans.len(), 5, "coast, room, street, room, coast");
}

#[test]
fn the_mix_has_sends_a_convolved_room_a_ducker_and_automation() {
    let film = film();
    let main = film.main().unwrap();
    let tracks = main.tracks.iter().map(|track| &track.header.strip);
    let strips: Vec<_> = tracks.chain(main.buses.values().map(|bus| &bus.strip)).collect();
    let beds = film.places.values().flat_map(|place| &place.beds).map(|bed| &bed.strip);
    let strips: Vec<_> = strips.into_iter().chain(beds).collect();
    let of_places = film.places.values().flat_map(|place| place.outside.iter().chain(&place.room));
    let kinds: Vec<_> = strips.iter().flat_map(|strip| &strip.nodes).chain(of_places).collect();
    let has = |kind: &str| kinds.iter().any(|node| node.kind == kind);
    assert!(has("convolution") && has("duck") && has("through") && has("limiter"));
    let moves = |node: &&timeline_format::mix::NodeInstance| {
        node.values.values().any(timeline_format::Param::is_animated)
    };
    assert!(kinds.iter().any(moves) && strips.iter().any(|strip| strip.pan.is_some()));
    let space = timeline_format::Id::parse("space").unwrap();
    let sent = strips.iter().flat_map(|strip| &strip.sends).filter(|send| send.to == space);
    assert_eq!(sent.count(), 2, "cloth and rain");
}

/// The film goes out at the loudness of broadcast and at that of the web, below the ceilings of both.
#[test]
fn the_sample_film_goes_out_at_23_and_at_14() {
    if !oracle::have("ffmpeg", "the_sample_film_goes_out_at_23_and_at_14") {
        return;
    }
    let out = Folder::new();
    let here = folder().join("before-morning");
    for (goal, loudness) in [("r128", -23.0), ("stream", -14.0)] {
        let path = out.file(&format!("{goal}.wav"));
        done(&here, &format!("bounce film.roomtone -o {} --loudness {goal}", path.display()));
        let [found, _, peak] = crate::sound::ebur128_of(&path);
        assert!((found - loudness).abs() < 0.2, "{goal}: {found} LUFS");
        assert!(peak < -0.9, "{goal}: {peak} dBTP");
    }
}

#[test]
fn every_file_of_the_sample_film_is_there() {
    let mut missing = Vec::new();
    for media in film().media.values() {
        let first = media.first_number.unwrap_or(0);
        let frames = media.length.filter(|_| media.kind == MediaKind::Sequence);
        let count = frames.map_or(1, timeline_format::Ratio::floor);
        for number in first..first + count {
            let path = media.path.replace("####", &format!("{number:04}"));
            if !folder().join("before-morning").join(&path).is_file() {
                missing.push(path);
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn the_samples_are_small() {
    let total = size(&folder());
    assert!(total < MOST, "{total} bytes");
}

fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let kept = entries.filter(|path| !path.ends_with("delivered"));
    kept.map(|path| if path.is_dir() { size(&path) } else { path.metadata().unwrap().len() }).sum()
}

/// All but the last packet of AAC, whose end is the container's to say.
#[test]
fn the_sample_film_states_what_a_probe_finds() {
    let mut faults = Vec::new();
    for (id, stated) in &film().media {
        let mut found = roomtone::media::probe(&folder().join("before-morning").join(&stated.path))
            .unwrap_or_else(|error| panic!("{id}: {error}"));
        found.path.clone_from(&stated.path);
        found.hash.clone_from(&stated.hash);
        if stated.kind == MediaKind::Sequence {
            found.rate = stated.rate;
        }
        if let (Some(found), Some(stated)) = (&mut found.sound, &stated.sound)
            && found.samples.unwrap_or(0).abs_diff(stated.samples.unwrap_or(0)) < 1024
        {
            found.samples = stated.samples;
        }
        if found != **stated {
            faults.push(format!("{id}:\n  film  {stated:?}\n  probe {found:?}"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The film that shows the finishing: takes, a repair, layers, moods, a title.
#[test]
fn the_finished_film_shows_what_finishing_is() {
    let text = std::fs::read(folder().join("before-morning/finished.roomtone")).unwrap();
    let (film, problems) = timeline_format::read(&text).unwrap();
    assert_eq!(problems, []);
    assert_eq!(timeline_format::check(&film), []);
    assert_eq!(roomtone::picture::problems(&film), []);
    let shot = film.shots.values().find(|shot| shot.takes.len() == 4).unwrap();
    let from = shot.takes.iter().map(|take| &film.media[&take.media].origin);
    assert!(from.clone().all(|origin| origin.contains_key("seed")));
    let chosen = shot.chosen().unwrap();
    assert!(chosen.look.effects.iter().any(|effect| effect.kind == "unlattice"));
    assert!(chosen.faults.iter().any(|it| it.kind == "lattice" && it.state == FaultState::Fixed));
    let film = std::sync::Arc::new(film);
    let main = film.main().unwrap();
    let whole = 0..main.length();
    let mut offline = Offline::open(&film, &folder().join("before-morning"), whole).unwrap();
    for frame in [40, 112, 200] {
        offline.picture(frame).unwrap();
    }
    assert_eq!(offline.unread(), Vec::<String>::new());
    let free = main.tracks.iter().filter_map(|track| track.layers());
    assert!(free.filter(|layers| !layers.is_empty()).count() >= 5, "layers and a title");
}
