//! `roomtone takes`: what is said of takes is found again, what was seen of them is remembered, and takes that
//! show the same at different moments are brought into step.

use super::takes::{rushes, take, text, told};
use crate::support::folder::Folder;
use crate::support::oracle;
use crate::support::program::{done, fails};
use serde_json::{Value, json};
use std::path::Path;

#[test]
fn why_a_take_is_not_the_one_is_kept_found_and_handed_on() {
    let name = "why_a_take_is_not_the_one_is_kept";
    if !oracle::have(&oracle::python_program(), name) {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    rushes(here);
    done(here, "new film.roomtone --size 320x180 --rate 25");
    done(here, "takes film.roomtone --bring rushes");
    let rate = "cut film.roomtone rate harbour harbour_take02";
    done(here, &format!("{rate} reject --reason hands flicker"));
    done(here, &format!("{rate} --reason hands --note later"));
    let list = told(here, "takes film.roomtone harbour --quick");
    let found = take(&list, "harbour_take02");
    assert_eq!((&found["state"], &found["reasons"]), (&json!("reject"), &json!(["flicker"])));
    let looked = told(here, "takes film.roomtone harbour");
    let stack = |name: &str| take(&looked, name)["stack"].clone();
    assert_eq!(stack("harbour_take01"), stack("harbour_take03"), "near-duplicates");
    assert_ne!(stack("harbour_take01"), stack("harbour_take10"));
    assert!(done(here, "takes film.roomtone harbour").contains("~1"));
    let people = done(here, "takes film.roomtone harbour --quick --find flicker --csv why.csv");
    assert!(people.contains("reject, flicker, \"later\""), "{people}");
    let table = std::fs::read_to_string(here.join("why.csv")).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 2, "{table}");
    let place = lines[0].split(',').position(|cell| cell == "reasons").unwrap();
    assert_eq!(lines[1].split(',').nth(place), Some("flicker"));
    assert!(done(here, "check film.roomtone").contains("nothing is wrong"));
}

/// The measures of a take of the folder.
fn measures(here: &Path, name: &str) -> Value {
    take(&told(here, "takes rushes"), name)["measures"].clone()
}

#[test]
fn a_list_that_was_made_once_comes_again_the_same_until_a_file_changes() {
    let name = "a_list_that_was_made_once_comes_again";
    if !oracle::have(&oracle::python_program(), name) {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    rushes(here);
    let first = done(here, "takes rushes --sheet one.png --json");
    let again = done(here, "takes rushes --sheet two.png --json");
    assert_eq!(again, first.replace("one.png", "two.png"));
    let bytes = |name: &str| std::fs::read(here.join(name)).unwrap();
    assert_eq!(bytes("one.png"), bytes("two.png"));
    let (before, other) = (measures(here, "harbour_take02.png"), measures(here, "tries-3.png"));
    assert_ne!(before, other);
    std::fs::copy(here.join("rushes/tries-3.png"), here.join("rushes/harbour_take02.png")).unwrap();
    assert_eq!(measures(here, "harbour_take02.png"), other);
    std::fs::write(here.join("rushes/tries-3.json"), r#"{"seed": 4321}"#).unwrap();
    let list = told(here, "takes rushes");
    assert_eq!(text(&take(&list, "tries-3.png")["origin"], "seed"), "4321", "a text beside it");
}

#[test]
fn a_quick_sheet_shows_small_what_the_measured_one_shows() {
    let name = "a_quick_sheet_shows_small";
    if !oracle::have(&oracle::python_program(), name) {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    let make = r#"
import os, sys
import numpy
from PIL import Image
for n in range(4):
    chance = numpy.random.default_rng(n)
    small = Image.fromarray(chance.integers(30, 220, (6, 9, 3)).astype(numpy.uint8))
    picture = small.resize((2560, 1440), Image.BICUBIC)
    ending = ["png", "jpg"][n % 2]
    picture.save(os.path.join(sys.argv[1], f"pier_take{n}.{ending}"), **({"quality": 95} if n % 2 else {}))
"#;
    std::fs::create_dir(here.join("pier")).unwrap();
    oracle::python(make, &[here.join("pier").to_str().unwrap()]);
    let quick = told(here, "takes pier --quick --sheet quick.png");
    assert_eq!(take(&quick, "pier_take0.png")["measures"], json!({}));
    done(here, "takes pier --sheet whole.png");
    let sheets = ["quick.png", "whole.png"].map(|name| image::open(here.join(name)).unwrap());
    let [quick, whole] = sheets.map(|sheet| sheet.to_rgb8());
    assert_eq!(quick.dimensions(), whole.dimensions());
    let apart = quick.iter().zip(whole.iter()).map(|(a, b)| a.abs_diff(*b)).max();
    assert!(apart <= Some(6), "{apart:?} codes apart");
}

#[test]
fn takes_that_begin_at_other_moments_are_brought_into_step() {
    let name = "takes_that_begin_at_other_moments";
    if !oracle::have("ffmpeg", name) {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    for (name, source, filter) in [
        ("walk_take01", "testsrc2=s=320x180:r=25", "trim=start_frame=12:end_frame=60"),
        (
            "walk_take02",
            "testsrc2=s=320x180:r=25",
            "trim=start_frame=0:end_frame=50,eq=brightness=-0.1",
        ),
        ("walk_take03", "color=gray:s=320x180:r=25", "trim=end_frame=50"),
    ] {
        let clip = folder.file(&format!("{name}.mkv"));
        let filter = format!("{filter},setpts=PTS-STARTPTS");
        let coding = ["-c:v", "ffv1", "-pix_fmt", "yuv420p", clip.to_str().unwrap()];
        oracle::ffmpeg(&[&["-f", "lavfi", "-i", source, "-vf", &filter][..], &coding].concat());
    }
    done(here, "new film.roomtone --size 320x180 --rate 25");
    done(here, "takes film.roomtone --bring walk_take01.mkv walk_take02.mkv walk_take03.mkv");
    let found = told(here, "takes film.roomtone walk --align");
    let later = |name: &str| {
        let found = found.iter().find(|object| object["take"] == name).unwrap();
        found["later"].as_i64()
    };
    assert_eq!((later("walk_take02"), later("walk_take03")), (Some(12), None));
    let film: Value =
        serde_json::from_slice(&std::fs::read(here.join("film.roomtone")).unwrap()).unwrap();
    let takes = film["shots"]["walk"]["takes"].as_array().unwrap();
    assert_eq!((&takes[1]["offset"], &takes[2]["offset"]), (&json!(12), &Value::Null));
    fails(here, "takes film.roomtone --align", 2, "SHOT");
}
