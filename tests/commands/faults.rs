//! Faults looked for, accepted, mended and gone; points followed and masks that go along.

use crate::support::folder::Folder;
use crate::support::oracle;
use crate::support::program::{done, fails};
use serde_json::Value;
use std::path::Path;

const SIZE: (usize, usize) = (192, 128);

/// A texture that is known everywhere: waves of 9 to 40 pixels in all directions.
fn texture(x: f64, y: f64) -> f64 {
    let wave = |nth: u32| {
        let (nth, turn) = (f64::from(nth), f64::from(nth) * 2.399_963);
        let along = (x * turn.cos() + y * turn.sin()) / (9.0 + 2.4 * nth);
        (std::f64::consts::TAU * along + nth * nth * 0.7).cos()
    };
    120.0 + 11.0 * (0..14).map(wave).sum::<f64>()
}

/// Chance, -1 to 1, by a number.
fn chance(number: usize) -> f64 {
    let bits = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let bits = (bits ^ (bits >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (bits >> 40) as f64 / f64::from(1 << 23) - 1.0
}

/// A film of the texture that goes so far in each frame, in light of so many times.
fn shoot(here: &Path, name: &str, frames: usize, of: impl Fn(usize) -> ([f64; 2], f64)) {
    let mut bytes = Vec::new();
    for n in 0..frames {
        let ([right, down], gain) = of(n);
        for at in 0..SIZE.0 * SIZE.1 {
            let (x, y) = ((at % SIZE.0) as f64, (at / SIZE.0) as f64);
            let grain = 1.5 * chance(at * 64 + n);
            let code = gain * texture(x - right, y - down) + grain;
            bytes.push(code.round().clamp(0.0, 255.0) as u8);
        }
    }
    let raw = here.join("film.raw");
    std::fs::write(&raw, bytes).unwrap();
    let (raw, film) = (raw.display().to_string(), here.join(name).display().to_string());
    let size = format!("{}x{}", SIZE.0, SIZE.1);
    let from = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", &size, "-r", "24", "-i", &raw];
    oracle::ffmpeg(&[&from[..], &["-c:v", "ffv1", "-pix_fmt", "yuv444p", &film]].concat());
}

/// What a call tells programs.
fn told(here: &Path, line: &str) -> Vec<Value> {
    let said = done(here, &format!("{line} --json"));
    said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn kinds(told: &[Value]) -> Vec<&str> {
    told.iter().filter_map(|object| object["kind"].as_str()).collect()
}

#[test]
fn flicker_is_found_accepted_by_name_mended_and_gone_from_what_is_delivered() {
    if !oracle::have("ffmpeg", "flicker_is_found_accepted_by_name_mended_and_gone") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    shoot(here, "lamp.mkv", 30, |n| ([0.0; 2], 1.0 + 0.05 * chance(n * 7919 + 1)));
    done(here, "new film.roomtone --size 192x128 --rate 24");
    done(here, "add film.roomtone lamp.mkv --takes-of lamp");
    done(here, "cut film.roomtone append v1 lamp --length 30");
    let found = told(here, "faults film.roomtone --only flicker");
    assert_eq!(kinds(&found), ["flicker"], "{found:?}");
    let fault = found.iter().find(|it| it["kind"] == "flicker").unwrap();
    assert!(fault["score"].as_f64().unwrap() > 0.01, "{fault}");
    assert_eq!((&fault["state"], &fault["repair"]), (&Value::from("open"), &Value::from("gains")));
    let id = fault["id"].as_str().unwrap().to_owned();
    let accept = format!("faults film.roomtone --accept {id} --by Ada");
    fails(here, &accept, 2, "--because");
    done(here, &format!("{accept} --because lightning"));
    let again = told(here, "faults film.roomtone --only flicker");
    let fault = again.iter().find(|it| it["kind"] == "flicker").unwrap();
    assert_eq!([&fault["state"], &fault["by"], &fault["id"]], ["accepted", "Ada", id.as_str()]);
    done(here, &format!("faults film.roomtone --reopen {id}"));
    let mended = told(here, &format!("faults film.roomtone --fix {id}"));
    assert_eq!(mended.iter().find(|it| it["kind"] == "flicker").unwrap()["state"], "fixed");
    let listed = done(here, "faults film.roomtone --list");
    assert!(listed.contains("[fixed by "), "{listed}");
    done(here, "deliver film.roomtone --preset archive-ffv1 -o mended.mkv");
    done(here, "new other.roomtone --size 192x128 --rate 24");
    done(here, "add other.roomtone mended.mkv");
    done(here, "cut other.roomtone append v1 mended --length 30");
    let left = told(here, "faults other.roomtone --only flicker");
    assert!(kinds(&left).is_empty(), "{left:?}");
    fails(here, "faults film.roomtone --fix nothing", 2, "the film has no fault nothing");
}

/// A film of a pan of 24 frames, its clip in the frames 0 to 24.
fn panned(here: &Path) {
    shoot(here, "pan.mkv", 24, |n| ([0.7 * n as f64, -0.4 * n as f64], 1.0));
    done(here, "new film.roomtone --size 192x128 --rate 24");
    done(here, "add film.roomtone pan.mkv");
    done(here, "cut film.roomtone append v1 pan --length 24");
}

#[test]
fn a_mask_goes_with_a_point_that_is_followed_to_both_ends_of_a_clip() {
    if !oracle::have("ffmpeg", "a_mask_goes_with_a_point_that_is_followed") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    panned(here);
    let face = "--id face --set centre=[0.4,0.6] --set size=[0.2,0.2]";
    done(here, &format!("cut film.roomtone mask v1@0 ellipse {face}"));
    let track = "track film.roomtone v1@0 --at 10 --point 0.5,0.5";
    let places = told(here, &format!("{track} --to mask:face"));
    let frames: Vec<&Value> = places.iter().filter(|it| it["frame"].is_number()).collect();
    assert_eq!(frames.len(), 24);
    for object in frames {
        let by = object["frame"].as_f64().unwrap() - 10.0;
        let truth = [96.0 + 0.7 * by, 64.0 - 0.4 * by];
        let place = [0, 1].map(|axis| object["place"][axis].as_f64().unwrap());
        let far = (place[0] * 192.0 - truth[0]).hypot(place[1] * 128.0 - truth[1]);
        assert!(far < 0.2, "{object}: {far} off");
    }
    let film = std::fs::read_to_string(here.join("film.roomtone")).unwrap();
    assert_eq!(film.matches("\"follow\"").count(), 1, "the centre alone has keyframes: {film}");
    let dry = "track film.roomtone v1@0 --at 10 --region 0.3,0.3,0.4,0.4 --to mask:face --dry-run";
    let dry = format!("{dry} --from 8 --to-frame 14");
    assert!(done(here, &dry).contains("followed through 6 frames"));
    assert_eq!(std::fs::read_to_string(here.join("film.roomtone")).unwrap(), film);
    let part = format!("{track} --from 8 --to-frame 14");
    assert!(done(here, &part).contains("frame 13: "));
}

#[test]
fn a_clip_is_held_still_by_what_is_followed_in_it() {
    if !oracle::have("ffmpeg", "a_clip_is_held_still_by_what_is_followed_in_it") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    panned(here);
    done(here, "track film.roomtone v1@0 --at 0 --point 0.5,0.5 --to placement");
    let seen = |frame: u32| {
        done(here, &format!("frame film.roomtone {frame} -o seen.png --force"));
        image::open(here.join("seen.png")).unwrap().to_luma8()
    };
    let (first, last) = (seen(0), seen(23));
    let places = (80..112).flat_map(|x| (54..74).map(move |y| (x, y)));
    let apart = places
        .map(|(x, y)| f64::from(first.get_pixel(x, y).0[0]) - f64::from(last.get_pixel(x, y).0[0]));
    let apart: Vec<f64> = apart.map(f64::abs).collect();
    let mean = apart.iter().sum::<f64>() / apart.len() as f64;
    assert!(mean < 4.0, "{mean} codes apart");
}

#[test]
fn a_track_that_makes_no_sense_is_refused_and_says_why() {
    if !oracle::have("ffmpeg", "a_track_that_makes_no_sense_is_refused_and_says_why") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    panned(here);
    done(here, "cut film.roomtone append v1 generator:colour --length 5");
    let refused = |rest: &str, words: &str| {
        fails(here, &format!("track film.roomtone {rest}"), 2, words);
    };
    refused("v1@0 --at 5", "--point");
    refused("v1@0 --at 5 --point 2,0.5", "lies in the picture");
    refused("v1@0 --at 5 --point 0.5", "write 2 numbers");
    refused("v1@0 --at 26 --point 0.5,0.5", "name frames in which it is seen");
    refused("v1@25 --at 25 --point 0.5,0.5", "nothing to follow");
    refused("v1@0 --at 5 --point 0.5,0.5 --to mask:face", "has no mask face");
    refused("v1@0 --at 5 --point 0.5,0.5 --to somewhere", "nothing that goes with a track");
}
