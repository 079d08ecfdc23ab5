//! Long films: an edit of ten thousand clips touches a few hundred, and an export of two hours takes no more
//! memory at its end than at its beginning.

use super::films;
use crate::support::folder::Folder;
use crate::support::program;
use crate::support::worked::worked;
use roomtone::edit::{self, Edge, Edited, Lift, Razor, Refused, Roll, Scope, Slip, Trim};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use timeline_format::clip::Generator;
use timeline_format::track::{Content, TrackKind};
use timeline_format::{Clip, Extra, Id, IdSource, Item, Reel, Sequence, Source, Timeline, Track};

/// Clips on each of the two tracks.
const CLIPS: usize = 10_000;

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn clip() -> Clip {
    let values = std::collections::BTreeMap::new();
    let made = Generator { kind: "colour".into(), values, extra: Extra::new() };
    Clip::new(Source::Generator(made))
}

/// Two tracks of many short clips.
fn film() -> Timeline {
    let rate = "25".parse().unwrap();
    let film = Timeline::new("64x36".parse().unwrap(), rate, 48_000, id("main"));
    let mut sequence = Sequence::new(rate);
    for track in ["v1", "v2"] {
        let items = (0..CLIPS).map(|number| {
            Item::clip(id(&format!("{track}-{number}")), 20 + number as i64 * 7 % 60, clip())
        });
        let mut lane = Track::sequential(id(track), TrackKind::Picture);
        lane.header.sync_free = track == "v2";
        lane.content = Content::Sequential(items.collect::<Reel>());
        sequence.tracks.push_back(Arc::new(lane));
    }
    film.with_sequence(id("main"), sequence)
}

fn reels(film: &Timeline) -> impl Iterator<Item = &Reel> {
    film.main().unwrap().tracks.iter().filter_map(|track| track.reel())
}

/// Where the items of a film lie in memory.
fn places(film: &Timeline) -> BTreeSet<*const Item> {
    reels(film).flat_map(Reel::iter).map(std::ptr::from_ref).collect()
}

/// How many items of a film are new: not shared with the film that it was made from.
fn touched(before: &Timeline, after: &Timeline) -> usize {
    let known = places(before);
    reels(after)
        .flat_map(Reel::iter)
        .filter(|item| !known.contains(&std::ptr::from_ref(*item)))
        .count()
}

type Verb = fn(&Timeline, &mut IdSource) -> Result<Edited, Refused>;

const VERBS: [(&str, Verb); 7] = [
    ("razor", |film, ids| {
        edit::razor(film, scope(), &Razor { at: 250_003, tracks: Some(vec![id("v1")]) }, ids)
    }),
    ("trim", |film, ids| edit::trim(film, scope(), &tail(-3), ids)),
    ("ripple trim", |film, ids| edit::ripple_trim(film, alone(), &tail(-3), ids)),
    ("roll", |film, ids| {
        edit::roll(film, scope(), &Roll { clip: id("v1-5000"), edge: Edge::Tail, by: 4 }, ids)
    }),
    ("slip", |film, ids| edit::slip(film, scope(), &Slip { clip: id("v1-5000"), by: 4 }, ids)),
    ("lift", |film, ids| {
        edit::lift(film, scope(), &Lift { span: 1000..1100, tracks: vec![id("v1")] }, ids)
    }),
    ("remove", |film, ids| {
        edit::remove_clips(film, alone(), &[id("v1-9000")], edit::Ripple::Follow, ids)
    }),
];

fn scope() -> Scope {
    Scope::of(id("main"))
}

fn alone() -> Scope {
    Scope { linked: false, ..scope() }
}

fn tail(by: i64) -> Trim {
    Trim { clip: id("v1-5000"), edge: Edge::Tail, by }
}

#[test]
fn an_edit_of_ten_thousand_clips_touches_a_few_hundred() {
    let film = film();
    for (name, verb) in VERBS {
        let edited = verb(&film, &mut IdSource::seeded(5)).unwrap().timeline;
        assert!(edited != film, "{name} did something");
        let count = touched(&film, &edited);
        assert!((1..=1200).contains(&count), "{name} touched {count} of {}", 2 * CLIPS);
    }
}

/// What the processor works for fifty comparisons, which all come out so.
fn cost(one: &Timeline, other: &Timeline, is_same: bool) -> f64 {
    let before = worked();
    assert!((0..50).all(|_| (one == other) == is_same));
    worked().saturating_sub(before).as_secs_f64()
}

#[test]
fn films_are_told_apart_without_looking_at_what_they_share() {
    let (base, apart) = (film(), film());
    let all = cost(&base, &apart, true);
    for clip in ["v1-3", "v1-5000", "v2-9990"] {
        let slip = Slip { clip: id(clip), by: 4 };
        let slipped = || edit::slip(&base, scope(), &slip, &mut IdSource::seeded(5)).unwrap();
        let (one, two) = (slipped().timeline, slipped().timeline);
        let (other, same) = (cost(&one, &base, false), cost(&one, &two, true));
        assert!(10.0 * other < all, "{clip}: {other} of {all}");
        assert!(10.0 * same < all, "{clip}: {same} of {all}");
    }
}

/// A film of two hours: stills of four seconds, one after the other, over a tone.
fn two_hours(folder: &Folder) {
    let mut media = Map::new();
    for number in 0..5_u8 {
        let path = folder.file(&format!("still-{number}.png"));
        films::grey(&path, 40 * number + 20);
        media.insert(format!("s{number}"), films::described(&path));
    }
    let clip = |number: usize| json!({"media": format!("s{}", number % 5), "length": 20});
    let clips: Vec<Value> = (0..1800).map(clip).collect();
    let mut document = films::with(films::empty(("64x36", "5")), media, clips);
    document["settings"]["sound"] = json!(8000);
    document["clips"]["t"] =
        json!({"track": "a1", "at": 0, "length": 36_000, "generator": {"kind": "tone"}});
    document["tracks"]["a1"] = json!({"kind": "sound", "free": true});
    document["sequences"]["main"]["tracks"] = json!(["v1", "a1", ""]);
    roomtone::project::save(&folder.file("film.roomtone"), &films::read(&document)).unwrap();
}

/// A preset that is quick and takes any rate of samples.
fn preset(folder: &Folder) {
    let draft = roomtone::deliver::presets::find("draft-h264").unwrap();
    let mut preset = serde_json::to_value(draft).unwrap();
    preset["container"] = json!("mkv");
    preset["picture"]["options"] = json!({"preset": "ultrafast", "crf": "30"});
    preset["sound"] = json!({"codec": "flac"});
    std::fs::write(folder.file("long.json"), preset.to_string()).unwrap();
}

#[test]
fn an_export_of_two_hours_holds_as_much_at_its_end_as_at_its_beginning() {
    let folder = Folder::new();
    two_hours(&folder);
    preset(&folder);
    let call = "deliver film.roomtone --preset long.json -o out.mkv --json";
    let said = program::done(folder.path(), call);
    let lines = said.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let told = lines.filter_map(|line| {
        let progress = line.get("progress")?;
        Some((progress["frame"].as_i64()?, progress["memory"].as_i64().filter(|held| *held > 0)?))
    });
    let told: Vec<(i64, i64)> = told.collect();
    let between = |from: i64, to: i64| {
        let part = told.iter().filter(|(frame, _)| (from..=to).contains(frame));
        part.map(|(_, memory)| *memory).max()
    };
    let (early, late) = (between(3600, 12_000), between(27_000, 36_000));
    let (early, late) = (early.unwrap(), late.unwrap());
    assert!(late - early < 8_000_000, "{early} bytes early, {late} bytes late");
    assert!(late < 500_000_000, "{late} bytes");
}
