//! The mix from the command line: what a ducker does as keyframes, what meters measured, how the device is
//! served.

use crate::support::folder::Folder;
use crate::support::oracle;
use crate::support::program::{done, fails};
use std::path::Path;
use timeline_format::mix::Strip;
use timeline_format::{Id, Param};

/// The strip of a track.
fn strip(here: &Path, track: &str) -> Strip {
    let text = std::fs::read(here.join("film.roomtone")).unwrap();
    let (film, _) = timeline_format::read(&text).unwrap();
    let found = film.main().unwrap().track(Id::parse(track).unwrap());
    found.unwrap().1.header.strip.clone()
}

/// A film of 4 seconds of music and a second of speech in it, which the music gives way to.
fn film(here: &Path) {
    for (name, source) in [
        ("music", "sine=300:r=48000:d=4,volume=0.5"),
        ("speech", "sine=997:r=48000:d=1,volume=0.8"),
    ] {
        let file = here.join(format!("{name}.wav")).display().to_string();
        oracle::ffmpeg(&["-f", "lavfi", "-i", source, &file]);
    }
    done(here, "new film.roomtone --rate 25 --size 320x180");
    done(here, "add film.roomtone music.wav speech.wav");
    done(here, "cut film.roomtone place music music --at 0 --length 100");
    done(here, "cut film.roomtone place ambience speech --at 40 --length 25");
    done(here, "cut film.roomtone node music duck --set depth=12 --wire key=ambience");
}

/// The highest sample of a Wave file of one channel or two, between two moments in seconds.
fn peak(here: &Path, name: &str, from: f64, to: f64) -> f32 {
    let file = here.join(name).display().to_string();
    let (from, length) = (from.to_string(), (to - from).to_string());
    let cut = ["-ss", &from, "-t", &length, "-i", &file];
    let bytes = oracle::ffmpeg(&[&cut[..], &["-f", "f32le", "-ac", "1", "-"]].concat());
    let samples = bytes.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes));
    samples.map(f32::abs).fold(0.0, f32::max)
}

#[test]
fn a_ducker_is_written_as_keyframes_that_are_heard_as_it_is() {
    let folder = Folder::new();
    let here = folder.path();
    film(here);
    done(here, "bounce film.roomtone -o ducked.wav --stems ducked");
    let said = done(here, "cut film.roomtone ride music duck --tolerance 0.1");
    assert!(said.contains("down to -12.0 dB, true to 0.1 dB"), "{said}");
    done(here, "bounce film.roomtone -o written.wav --stems written");
    for (from, to) in [(0.2, 1.5), (2.0, 2.5), (3.4, 3.9)] {
        let level = |folder: &str| peak(here, &format!("{folder}/music.wav"), from, to);
        let apart = 20.0 * (level("ducked") / level("written")).log10();
        assert!(apart.abs() < 0.1, "{from}: {apart} dB");
    }
    let level = |from, to| peak(here, "written/music.wav", from, to);
    let way = 20.0 * (level(2.0, 2.5) / level(0.2, 1.5)).log10();
    assert!((way + 12.0).abs() < 0.15, "{way} dB");
    let nodes = strip(here, "music").nodes;
    assert!(matches!(nodes[0].values.get("gain"), Some(Param::Animated(_))) && nodes[1].bypass);
    let again = done(here, "cut film.roomtone ride music duck --tolerance 1");
    assert!(again.contains("true to 1 dB"), "{again}");
    assert_eq!(strip(here, "music").nodes.len(), 2, "written anew in its place");
    fails(here, "cut film.roomtone ride music gain", 1, "does not turn the level");
    fails(here, "cut film.roomtone ride music duck --tolerance 0", 2, "from 0.01 to 6 dB");
    done(here, "cut film.roomtone set-node music duck --set threshold=0");
    fails(here, "cut film.roomtone ride music duck", 1, "never turns the level");
}

#[test]
fn a_bounce_tells_what_the_meters_of_the_film_measured() {
    let folder = Folder::new();
    let here = folder.path();
    film(here);
    done(here, "cut film.roomtone node ambience meter");
    let said = done(here, "bounce film.roomtone -o mix.wav");
    assert!(said.contains("LUFS") && said.contains("true peak"), "{said}");
    let said = done(here, "--json bounce film.roomtone -o mix.wav --force");
    let line = said.lines().find(|line| line.contains("\"meters\"")).unwrap();
    let object: serde_json::Value = serde_json::from_str(line).unwrap();
    let meters = object["meters"].as_array().unwrap();
    assert_eq!(meters.len(), 1, "{said}");
    let meter = &meters[0];
    let figure = |name: &str| meter[name].as_f64().unwrap_or_else(|| panic!("{name}: {meter}"));
    let peak = 20.0 * f64::from(peak(here, "speech.wav", 0.1, 0.9)).log10();
    assert!((figure("true_peak") - peak).abs() < 0.1, "{meter} {peak}");
    let apart = figure("momentary") - (peak - 3.01);
    assert!(apart.abs() < 0.15, "a tone in one channel: {meter} {peak}");
    let beside = figure("momentary") - figure("integrated");
    assert!((0.0..1.5).contains(&beside), "{meter}");
    assert_eq!(meter["strip"], "ambience");
}

#[test]
fn a_send_that_is_changed_keeps_what_is_not_stated() {
    let folder = Folder::new();
    let here = folder.path();
    done(here, "new film.roomtone --rate 25 --size 320x180");
    done(here, "cut film.roomtone bus Room");
    let send = || {
        let send = strip(here, "music").sends[0].clone();
        (send.gain.map(|gain| gain.number_at(0.0, f64::NAN)), send.pre)
    };
    for (call, wanted) in [
        ("--gain -9 --pre", (Some(-9.0), true)),
        ("--gain -6", (Some(-6.0), true)),
        ("--post", (Some(-6.0), false)),
        ("--pre", (Some(-6.0), true)),
    ] {
        done(here, &format!("cut film.roomtone send music Room {call}"));
        assert_eq!(send(), wanted, "{call}");
    }
    fails(here, "cut film.roomtone send music Room --pre --post", 2, "cannot be used with");
}

#[test]
fn nodes_are_moved_and_their_keyframes_taken_away() {
    let folder = Folder::new();
    let here = folder.path();
    done(here, "new film.roomtone --rate 25 --size 320x180");
    for kind in ["gain", "eq", "limiter"] {
        done(here, &format!("cut film.roomtone node music {kind}"));
    }
    done(here, "cut film.roomtone move-node music limiter 0");
    done(here, "cut film.roomtone key-node music gain gain --at 10 -6");
    done(here, "cut film.roomtone key-node music gain gain --at 20 -3");
    done(here, "cut film.roomtone unkey-node music gain gain --at 20");
    let nodes = strip(here, "music").nodes;
    let kinds: Vec<_> = nodes.iter().map(|node| node.kind.as_str()).collect();
    assert_eq!(kinds, ["limiter", "gain", "eq"]);
    let Some(Param::Animated(curve)) = nodes[1].values.get("gain") else { panic!("{nodes:?}") };
    assert_eq!(curve.keys.len(), 1);
    fails(here, "cut film.roomtone unkey-node music gain gain --at 20", 1, "no keyframe at 20");
}

#[test]
fn playing_says_how_the_device_is_served_while_it_plays() {
    let folder = Folder::new();
    let here = folder.path();
    film(here);
    let said = done(here, "--json play film.roomtone --device null --to 15");
    let playing: Vec<serde_json::Value> = said
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|object| object.get("playing").is_some())
        .collect();
    assert!(playing.len() >= 2, "{said}");
    for object in &playing {
        let now = &object["playing"];
        assert!(now["underruns"].is_u64() && now["missed"].is_u64(), "{now}");
    }
    let loud = |object: &serde_json::Value| object["playing"]["peak"].as_f64();
    assert!(playing.iter().filter_map(loud).any(|peak| peak > -30.0), "{said}");
}
