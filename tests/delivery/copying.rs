//! Coded pictures that nothing touches are copied, and no others.

use super::film::{self, Film};
use super::presets::deliver_to;
use super::probe;
use crate::support::{folder::Folder, oracle, program};
use roomtone::deliver::presets;
use serde_json::{Value, json};
use std::path::Path;

/// A delivery of 120 numbered frames, and a film that shows it as `clip` says.
fn cut_of(preset: &str, clip: &Value, picture: &Value) -> Folder {
    let folder = Folder::new();
    let source = Film::new("25", 120);
    let made = deliver_to(&folder, &source, presets::find(preset).unwrap());
    std::fs::rename(made, folder.file("source.mp4")).unwrap();
    let (raster, sound) = ("320x192", json!({"rate": 48000, "channels": 2}));
    let media = json!({"path": "source.mp4", "kind": "video", "rate": "25", "length": 120,
        "picture": picture, "sound": sound});
    let film = json!({"format": 2, "min_reader": 2,
        "settings": {"raster": raster, "rate": "25", "sound": 48000, "main": "main"},
        "media": {"m": media}, "clips": {"c": clip},
        "tracks": {"v1": {"kind": "picture", "order": ["c", ""]}},
        "sequences": {"main": {"rate": "25", "tracks": ["v1", ""]}}});
    std::fs::write(folder.file("film.roomtone"), film.to_string()).unwrap();
    folder
}

fn plain() -> Value {
    json!({"width": 320, "height": 192})
}

/// Delivers the film; how many frames were copied.
fn copied(folder: &Path, preset: &str, more: &str) -> i64 {
    let said = program::done(
        folder,
        &format!("deliver film.roomtone --preset {preset} -o out.mp4 --force --json {more}"),
    );
    let report: Value = serde_json::from_str(said.lines().last().unwrap()).unwrap();
    report["report"]["copied"].as_i64().unwrap()
}

fn numbers(file: &Path) -> Vec<i64> {
    let raster = Film::new("25", 1).raster;
    let size = (raster.width * raster.height) as usize;
    probe::grey(file).chunks(size).map(|picture| film::number(picture, raster)).collect()
}

#[test]
fn a_whole_file_goes_through_as_it_is() {
    if !oracle::have("ffmpeg", "a_whole_file_goes_through_as_it_is") {
        return;
    }
    for preset in ["draft-h264", "web-h264"] {
        let folder = cut_of(preset, &json!({"length": 120, "media": "m", "in": 0}), &plain());
        assert_eq!(copied(folder.path(), preset, ""), 120, "{preset}");
        let (source, out) = (folder.file("source.mp4"), folder.file("out.mp4"));
        assert_eq!(probe::grey(&source), probe::grey(&out));
        assert_eq!(probe::field(&out, "v:0", "has_b_frames"), "2");
        let verify = format!("verify film.roomtone out.mp4 --preset {preset}");
        program::done(folder.path(), &verify);
    }
}

#[test]
fn what_is_cut_into_a_group_is_coded_up_to_the_next() {
    if !oracle::have("ffmpeg", "what_is_cut_into_a_group_is_coded_up_to_the_next") {
        return;
    }
    let clip = json!({"length": 95, "media": "m", "in": 17});
    let folder = cut_of("web-h264", &clip, &plain());
    let copied = copied(folder.path(), "web-h264", "");
    assert!((50..=62).contains(&copied), "a key each 50 frames: {copied} copied");
    assert_eq!(numbers(&folder.file("out.mp4")), (17..112).collect::<Vec<_>>());
}

#[test]
fn what_is_touched_or_disagrees_is_coded() {
    if !oracle::have("ffmpeg", "what_is_touched_or_disagrees_is_coded") {
        return;
    }
    let whole = json!({"length": 120, "media": "m", "in": 0});
    let with = |name: &str, value: Value| {
        let mut clip = whole.clone();
        clip[name] = value;
        clip
    };
    let film = |clip: &Value| cut_of("draft-h264", clip, &plain());
    let as_it_is = film(&whole);
    assert_eq!(copied(as_it_is.path(), "draft-h264", "--recode"), 0, "asked to be coded");
    assert_eq!(copied(as_it_is.path(), "web-h264", ""), 0, "another encoder's headers");
    let moved = film(&with("placement", json!({"position": [3, 0]})));
    assert_eq!(copied(moved.path(), "draft-h264", ""), 0, "moved");
    let slow = film(&with("speed", json!("1/2")));
    assert_eq!(copied(slow.path(), "draft-h264", ""), 0, "slow");
    let tagged = json!({"width": 320, "height": 192, "colour": {"matrix": "bt601"}});
    let meant = cut_of("draft-h264", &whole, &tagged);
    assert_eq!(copied(meant.path(), "draft-h264", ""), 0, "its numbers mean something else");
}
