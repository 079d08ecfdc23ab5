//! The document with the programs around it: git merges it, a schema describes it, a kill spares it.

use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::project;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use timeline_format::sequence::Raster;
use timeline_format::timecode::{self, Counting};
use timeline_format::track::{Content, TrackKind};
use timeline_format::{
    Clip, Frames, Id, IdSource, Item, Media, Param, Rate, Reel, Source, Timeline, Track, check,
    read, write,
};

const CLIPS: usize = 200;

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn media(path: &str) -> Media {
    let text = format!(r#"{{"path":"{path}","kind":"video","rate":"24","length":900}}"#);
    serde_json::from_str(&text).unwrap()
}

/// A film of 200 clips on one track.
fn film() -> Timeline {
    let mut film = Timeline::new(
        Raster { width: 1920, height: 1080 },
        "24".parse().unwrap(),
        48_000,
        id("main"),
    );
    film.media.insert(id("m1"), Arc::new(media("a.mov")));
    film.media.insert(id("m2"), Arc::new(media("b.mov")));
    let mut ids = IdSource::seeded(11);
    let items = (0..CLIPS).map(|index| {
        let clip =
            Clip { source_in: Frames::whole(index as i64), ..Clip::new(Source::Media(id("m1"))) };
        Item::clip(ids.next_id(), 24 + index as i64 % 9, clip)
    });
    let mut track = Track::sequential(id("v1"), TrackKind::Picture);
    track.content = Content::Sequential(items.collect());
    with_track(&film, track)
}

fn with_track(film: &Timeline, track: Track) -> Timeline {
    let mut sequence = film.main().unwrap().as_ref().clone();
    sequence.tracks = [Arc::new(track)].into_iter().collect();
    film.with_sequence(film.settings.main, sequence)
}

/// The film with its items changed.
fn edit(change: impl FnOnce(&mut Vec<Item>)) -> Timeline {
    let film = film();
    let track = film.main().unwrap().tracks[0].as_ref().clone();
    let mut items: Vec<Item> = track.reel().unwrap().iter().cloned().collect();
    change(&mut items);
    with_track(&film, Track { content: Content::Sequential(Reel::from_iter(items)), ..track })
}

fn insert(at: usize, seed: u64) -> Timeline {
    let clip = Clip::new(Source::Media(id("m2")));
    edit(|items| items.insert(at, Item::clip(IdSource::seeded(seed).next_id(), 10, clip)))
}

fn trim(at: usize) -> Timeline {
    edit(|items| items[at].length += 5)
}

fn change(at: usize, change: impl FnOnce(&mut Clip)) -> Timeline {
    edit(|items| change(Arc::make_mut(items[at].clip.as_mut().unwrap())))
}

fn trim_head(at: usize) -> Timeline {
    edit(|items| {
        items[at].length -= 2;
        let clip = Arc::make_mut(items[at].clip.as_mut().unwrap());
        clip.source_in = clip.source_in.plus(Frames::whole(2)).unwrap();
    })
}

fn remove(at: usize) -> Timeline {
    edit(|items| drop(items.remove(at)))
}

fn shift(from: usize, to: usize) -> Timeline {
    edit(|items| {
        let item = items.remove(from);
        items.insert(to, item);
    })
}

/// What git makes of two people's films; `None` where it leaves the choice to a person.
#[expect(clippy::disallowed_methods, reason = "git is the oracle")]
fn merged(folder: &Folder, a: &Timeline, b: &Timeline) -> Option<Timeline> {
    for (name, film) in [("a", a), ("base", &film()), ("b", b)] {
        std::fs::write(folder.file(name), write(film)).unwrap();
    }
    let mut git = Command::new("git");
    git.args(["merge-file", "-p", "a", "base", "b"]).current_dir(folder.path());
    let out = git.output().unwrap();
    out.status.success().then(|| {
        let (film, problems) = read(&out.stdout).unwrap();
        assert_eq!(problems, []);
        assert_eq!(check(&film), []);
        film
    })
}

#[test]
fn two_peoples_edits_merge() {
    if !oracle::have("git", "two_peoples_edits_merge") {
        return;
    }
    let gain = |clip: &mut Clip| clip.sound.gain = Some(Param::number(-6.0));
    let relink = |clip: &mut Clip| clip.source = Source::Media(id("m2"));
    let name = |clip: &mut Clip| clip.name = "the door".to_owned();
    for (what, a, b) in [
        ("insert, trim elsewhere", insert(10, 1), trim(150)),
        ("insert, insert near", insert(10, 1), insert(14, 2)),
        ("trim, relink one clip", trim(50), change(50, relink)),
        ("trim the head, relink one clip", trim_head(50), change(50, relink)),
        ("gain, relink one clip", change(50, gain), change(50, relink)),
        ("trim two neighbours", trim(50), trim(51)),
        ("append, trim the last", insert(CLIPS, 1), trim(CLIPS - 1)),
        ("delete, trim the next", remove(60), trim(61)),
        ("delete, trim elsewhere", remove(60), trim(90)),
        ("move, trim the moved", shift(20, 120), trim(20)),
        ("move, trim elsewhere", shift(20, 120), trim(70)),
        ("name, name", change(3, name), change(4, name)),
    ] {
        let film = merged(&Folder::new(), &a, &b);
        let film = film.unwrap_or_else(|| panic!("{what}: git asks a person"));
        let plus = |film: &Timeline| film.main().unwrap().length();
        let base = plus(&self::film());
        assert_eq!(plus(&film) - base, plus(&a) - base + plus(&b) - base, "{what}");
    }
}

#[test]
fn true_conflicts_are_conflicts_and_say_so_when_opened() {
    if !oracle::have("git", "true_conflicts") {
        return;
    }
    for (what, a, b) in [
        ("insert, insert at one place", insert(10, 1), insert(10, 2)),
        ("append, append", insert(CLIPS, 1), insert(CLIPS, 2)),
        ("trim, trim one clip", trim(9), edit(|items| items[9].length += 1)),
    ] {
        let folder = Folder::new();
        assert_eq!(merged(&folder, &a, &b), None, "{what}");
    }
    let marked = write(&film()).replace("\"tracks\": {", "<<<<<<< ours\n\"tracks\": {");
    let said = read(marked.as_bytes()).unwrap_err().to_string();
    assert!(said.contains("unfinished merge"), "{said}");
}

#[test]
fn a_change_is_a_few_lines() {
    for (what, changed, most) in [
        ("trim", trim(50), 2),
        ("insert", insert(10, 1), 8),
        ("gain", change(50, |clip| clip.sound.gain = Some(Param::number(-6.0))), 2),
        ("move", shift(20, 120), 2),
    ] {
        let (old, new) = (write(&film()), write(&changed));
        let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
        let mut sorted = (old.clone(), new.clone());
        sorted.0.sort_unstable();
        sorted.1.sort_unstable();
        let gone = sorted.0.iter().filter(|line| sorted.1.binary_search(line).is_err()).count();
        let came = new.len() + gone - old.len();
        assert!(gone + came <= most, "{what}: {gone} lines went and {came} came");
    }
}

/// Not a test by itself: what the next test starts and kills.
#[test]
fn saves_until_it_is_killed() {
    let Some(path) = std::env::var_os("ROOMTONE_TEST_SAVES") else { return };
    let (a, b) = (film(), trim(50));
    for _ in 0..2000 {
        for film in [&a, &b] {
            project::save(Path::new(&path), film).unwrap();
            println!("saved");
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "it starts this test program, to kill it")]
fn a_kill_leaves_the_old_film_or_the_new_one() {
    let folder = Folder::new();
    let path = folder.file("film.roomtone");
    let films = [film(), trim(50)];
    for saves in 1..=12 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "document::saves_until_it_is_killed",
                "--nocapture",
                "--test-threads=1",
            ])
            .env("ROOMTONE_TEST_SAVES", &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let seen =
            lines.map_while(Result::ok).filter(|line| line.contains("saved")).take(saves).count();
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(seen, saves, "the child saved");
        let (found, problems) = project::open(&path).unwrap();
        assert_eq!(problems, []);
        assert!(films.contains(&found));
        for version in project::versions(&path).unwrap() {
            assert!(films.contains(&project::open(&version.path).unwrap().0));
        }
    }
    project::save(&path, &film()).unwrap();
    project::save(&path, &trim(1)).unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left behind");
}

const VALIDATE: &str = r#"
import json, sys, jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
if sys.argv[2] == "strict":
    for part in schema["$defs"].values():
        if "properties" in part and "look" not in part.get("description", ""):
            part["unevaluatedProperties"] = False
    for name in ("look", "strip"):
        schema["$defs"][name].pop("unevaluatedProperties", None)
    schema["unevaluatedProperties"] = False
validator = jsonschema.Draft202012Validator(schema)
for path in sys.argv[3:]:
    for error in validator.iter_errors(json.load(open(path))):
        print(path, error.json_path, error.message[:200])
"#;

fn tree(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// What the schema says against films.
fn against_schema(mode: &str, films: &[std::path::PathBuf]) -> Vec<String> {
    let schema = tree("timeline-format/schema.json");
    let films = films.iter().map(|film| film.to_str().unwrap());
    let arguments: Vec<&str> = [schema.to_str().unwrap(), mode].into_iter().chain(films).collect();
    let said = String::from_utf8(oracle::python(VALIDATE, &arguments)).unwrap();
    said.lines().map(str::to_owned).collect()
}

/// Every film in the tree that is of today's format.
fn films_of_the_tree() -> Vec<std::path::PathBuf> {
    let (mut films, mut folders) =
        (vec![tree("timeline-format/tests/versions/2.roomtone")], vec![tree("samples")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "roomtone") {
                films.push(path);
            }
        }
    }
    films
}

#[test]
fn films_fit_the_published_schema() {
    if !oracle::have(&oracle::python_program(), "films_fit_the_published_schema") {
        return;
    }
    let folder = Folder::new();
    let mut films = films_of_the_tree();
    films.push(folder.file("made.roomtone"));
    std::fs::write(&films[films.len() - 1], write(&film())).unwrap();
    assert_eq!(against_schema("open", &films), Vec::<String>::new());
}

#[test]
fn the_schema_knows_every_field_and_no_nonsense() {
    if !oracle::have(&oracle::python_program(), "the_schema_knows_every_field") {
        return;
    }
    let folder = Folder::new();
    let full = tree("timeline-format/tests/versions/2.roomtone");
    let unknown = against_schema("strict", std::slice::from_ref(&full)).join("\n");
    for field in ["'client'", "'vendor'", "'lamp'", "'future'", "'why'", "'zz_future_table'"] {
        assert_eq!(unknown.matches(field).count(), 1, "{field}: {unknown}");
    }
    assert_eq!(unknown.lines().count(), 6, "{unknown}");
    let text = std::fs::read_to_string(&full).unwrap();
    for (what, with) in [
        ("\"speed\": \"1/2\"", "\"speed\": 0.5"),
        ("\"24000/1001\"", "\"23.976\""),
        ("\"c1\": {", "\"C 1\": {"),
        ("\"kind\": \"sound\"", "\"kind\": \"smell\""),
        ("\"at\": 10", "\"at\": true"),
        ("\"length\": 3}", "\"long\": 3}"),
    ] {
        let path = folder.file("bad.roomtone");
        assert!(text.contains(what), "{what}");
        std::fs::write(&path, text.replacen(what, with, 1)).unwrap();
        assert_ne!(against_schema("open", &[path]), Vec::<String>::new(), "{with}");
    }
}

#[test]
fn timecode_agrees_with_the_brute_force_table() {
    let table = tree("../shared/interchange/timecode/dropframe_vectors.tsv");
    let Ok(text) = std::fs::read_to_string(table) else {
        eprintln!(
            "SKIPPED timecode_agrees_with_the_brute_force_table: the table is not beside the tree"
        );
        return;
    };
    let mut count = 0;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [num, den, _, drop, frame, label] = fields[..] else { continue };
        let (is_missing, num) = (num.starts_with('!'), num.trim_start_matches('!'));
        let rate = Rate::new(num.parse().unwrap(), den.parse().unwrap()).unwrap();
        let counting = if drop == "0" { Counting::NonDrop } else { Counting::Drop };
        count += 1;
        if !timecode::has_drop_frame(rate) {
            assert!(timecode::label(0, rate, counting).is_err(), "{line}");
            continue;
        }
        if is_missing {
            let error = timecode::parse(label, rate, counting).unwrap_err();
            assert!(matches!(error, timecode::TimecodeError::Dropped { .. }), "{line}");
            continue;
        }
        let frame: i64 = frame.parse().unwrap();
        assert_eq!(timecode::label(frame, rate, counting).unwrap(), label, "{line}");
        assert_eq!(timecode::parse(label, rate, counting), Ok(frame), "{line}");
    }
    assert!(count > 200, "{count} labels");
}
