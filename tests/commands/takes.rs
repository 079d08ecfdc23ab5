//! `roomtone takes`: a folder of takes becomes shots, and a shot's takes get their order.

use crate::support::folder::Folder;
use crate::support::oracle;
use crate::support::program::{done, fails, roomtone};
use serde_json::Value;
use std::path::Path;

/// Takes of five shots, as generators and people leave them, and what is none.
const MAKE: &str = r#"
import json, os, struct, sys, zlib
import numpy
from PIL import Image, ImageFilter, PngImagePlugin
folder = sys.argv[1]
at = lambda name: os.path.join(folder, name)
def scene(seed, size=(320, 180)):
    chance = numpy.random.default_rng(seed)
    small = chance.integers(30, 220, (5, 7, 3)).astype(numpy.uint8)
    return Image.fromarray(small).resize(size, Image.BICUBIC)
def save(name, image, prompt=None, seed=None):
    info = PngImagePlugin.PngInfo()
    if prompt:
        info.add_text("parameters", f"{prompt}\nNegative prompt: people\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: {seed}, Size: 8x8, Model: deep")
    image.save(at(name), pnginfo=info)
def noisy(image, sigma):
    chance = numpy.random.default_rng(9)
    codes = numpy.asarray(image).astype(float)
    return Image.fromarray(numpy.clip(codes + chance.normal(0, sigma, codes.shape), 0, 255).round().astype(numpy.uint8))
harbour = "a quiet harbour at dawn, mist"
save("harbour_take01.png", scene(1), harbour, 4711)
save("harbour_take02.png", noisy(scene(2), 8), harbour, 90)
save("harbour_take03.png", Image.eval(scene(1), lambda code: int(code * .95)), harbour, 4712)
save("harbour_take10.png", scene(3).filter(ImageFilter.GaussianBlur(6)), harbour, 100)
save("ComfyUI_00001_.png", scene(4), "a street in the rain", 7)
save("ComfyUI_00002_.png", scene(5), "a street in the rain", 8)
wide = scene(6, (360, 180))
for n in range(1, 6):
    save(f"quay.{n:04}.png", wide.crop((n, 0, 320 + n, 180)))
for n in range(1, 5):
    save(f"tries-{n}.png", scene(10 + n))
open(at("words.png"), "w").write("this is no picture")
open(at("nothing.png"), "w")
whole = open(at("harbour_take01.png"), "rb").read()
open(at("broken.png"), "wb").write(whole[:60])
def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
head = chunk(b"IHDR", struct.pack(">IIBBBBB", 2000000000, 2000000000, 8, 2, 0, 0, 0))
open(at("huge.png"), "wb").write(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b""))
"#;

/// A folder of takes called `rushes`.
pub(super) fn rushes(here: &Path) {
    let folder = here.join("rushes");
    std::fs::create_dir(&folder).unwrap();
    oracle::python(MAKE, &[folder.to_str().unwrap()]);
}

/// What a call tells programs.
pub(super) fn told(here: &Path, line: &str) -> Vec<Value> {
    let said = done(here, &format!("{line} --json"));
    said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub(super) fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    object[name].as_str().unwrap_or_default()
}

/// The names of the takes of each shot, in the order in which they were told.
fn shots(told: &[Value]) -> Vec<(String, Vec<String>)> {
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    for object in told {
        if object.get("stacks").is_some() {
            all.push((text(object, "shot").to_owned(), Vec::new()));
        } else if object.get("measures").is_some() {
            all.last_mut().unwrap().1.push(text(object, "name").to_owned());
        }
    }
    all
}

pub(super) fn take<'a>(told: &'a [Value], name: &str) -> &'a Value {
    told.iter().find(|object| object["name"] == name).unwrap()
}

#[test]
fn a_folder_is_listed_shot_by_shot_and_what_is_no_picture_is_no_hindrance() {
    let name = "a_folder_is_listed_shot_by_shot";
    if !oracle::have(&oracle::python_program(), name) {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    rushes(here);
    let list = told(here, "takes rushes");
    let expected = [
        ("comfyui", vec!["ComfyUI_00001_.png", "ComfyUI_00002_.png"]),
        (
            "harbour",
            vec![
                "harbour_take01.png",
                "harbour_take03.png",
                "harbour_take02.png",
                "harbour_take10.png",
            ],
        ),
        ("quay", vec!["quay.####.png"]),
        ("tries", vec!["tries-1.png", "tries-2.png", "tries-3.png", "tries-4.png"]),
    ];
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(shot, takes)| (shot.to_owned(), takes.into_iter().map(str::to_owned).collect()))
        .collect();
    assert_eq!(shots(&list), expected);
    let (first, near) = (take(&list, "harbour_take01.png"), take(&list, "harbour_take03.png"));
    assert_eq!(first["stack"], near["stack"], "near-duplicates lie in one stack");
    assert_eq!((&first["origin"]["seed"], &first["width"]), (&"4711".into(), &320.into()));
    let measure = |name: &str, id: &str| take(&list, name)["measures"][id].as_f64().unwrap();
    let of_luma = 8.0 * (0.2126_f64.powi(2) + 0.7152_f64.powi(2) + 0.0722_f64.powi(2)).sqrt();
    assert!((measure("harbour_take02.png", "noise") / of_luma - 1.0).abs() < 0.15);
    assert!(measure("quay.####.png", "held") < 1e-9);
    assert_eq!(take(&list, "quay.####.png")["frames"], 5);
    let mut lost: Vec<&str> = list
        .iter()
        .filter(|object| object.get("error").is_some())
        .map(|object| text(object, "path"))
        .collect();
    lost.sort_unstable();
    let names = ["broken.png", "huge.png", "nothing.png", "words.png"];
    assert_eq!(lost, names.map(|name| format!("rushes/{name}")), "{list:#?}");
    let quick = told(here, "takes rushes --quick");
    let quick = (take(&quick, "harbour_take01.png"), shots(&quick));
    assert_eq!((&quick.0["origin"]["seed"], &quick.0["width"]), (&"4711".into(), &320.into()));
    assert_eq!(quick.0["measures"], serde_json::json!({}));
    assert_eq!(quick.1.iter().find(|shot| shot.0 == "harbour").unwrap().1.len(), 4);
    let people = done(here, "takes rushes");
    assert!(people.contains("harbour: 4 takes, 3 without near-duplicates"), "{people}");
    assert!(
        people.contains("sharpness") && people.contains("left out: rushes/words.png"),
        "{people}"
    );
}

#[test]
fn a_list_is_sorted_found_and_drawn() {
    if !oracle::have(&oracle::python_program(), "a_list_is_sorted_found_and_drawn") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    rushes(here);
    let harbour = |line: &str| {
        let list = shots(&told(here, line));
        list.into_iter().find(|(shot, _)| shot == "harbour").unwrap().1.join(" ")
    };
    let numbers = |list: &str| list.replace("harbour_take", "").replace(".png", "");
    assert_eq!(numbers(&harbour("takes rushes --by seed")), "02 10 01 03");
    assert_eq!(numbers(&harbour("takes rushes --by name")), "01 02 03 10");
    assert!(numbers(&harbour("takes rushes --by sharpness")).starts_with("02"));
    assert!(numbers(&harbour("takes rushes --by noise")).ends_with("02"));
    assert_eq!(numbers(&harbour("takes rushes --find 4711")), "01");
    let list = told(
        here,
        "takes rushes --numbered takes --find quay --sheet sheet.png --columns 3 --width 64",
    );
    assert_eq!(shots(&list)[0].1.len(), 5);
    let sheet = image::open(here.join("sheet.png")).unwrap();
    assert_eq!((sheet.width(), sheet.height()), (3 * 72 + 8, 2 * (36 + 22 + 8) + 8));
    fails(here, "takes rushes --find quay --sheet sheet.png", 2, "--force");
    fails(here, "takes rushes --by beauty", 2, "sharpness");
    fails(here, "takes rushes harbour", 2, "--bring");
    fails(here, "takes nowhere.roomtone", 1, "nowhere.roomtone");
    std::fs::create_dir(here.join("bare")).unwrap();
    fails(here, "takes bare", 1, "no picture in it can be read");
}

#[test]
fn folders_become_shots_once_and_a_tournament_ends_in_ranks() {
    let name = "folders_become_shots_once_and_a_tournament_ends_in_ranks";
    if !oracle::have(&oracle::python_program(), name) {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    rushes(here);
    done(here, "new film.roomtone --size 320x180 --rate 25");
    fails(here, "takes film.roomtone", 1, "--bring");
    let made = told(here, "takes film.roomtone --bring rushes");
    let made: Vec<(&str, usize)> = made
        .iter()
        .filter(|object| object.get("shot").is_some())
        .map(|object| (text(object, "shot"), object["takes"].as_array().unwrap().len()))
        .collect();
    assert_eq!(made, [("comfyui", 2), ("harbour", 4), ("quay", 1), ("tries", 4)]);
    let film = std::fs::read(here.join("film.roomtone")).unwrap();
    done(here, "takes film.roomtone --bring rushes");
    assert_eq!(std::fs::read(here.join("film.roomtone")).unwrap(), film, "brought once");
    assert!(done(here, "check film.roomtone").contains("nothing is wrong"));
    let found = told(here, "takes film.roomtone --find rain");
    assert_eq!(found.iter().filter(|object| object.get("origin").is_some()).count(), 2);

    let best_first = ["harbour_take10", "harbour_take02", "harbour_take01", "harbour_take03"];
    let place = |take: &Value| best_first.iter().position(|known| take == *known).unwrap();
    let mut asked = 0;
    let order = loop {
        let next = told(here, "takes film.roomtone harbour --next").remove(0);
        let Some([one, other]) = next["next"].as_array().map(|pair| [&pair[0], &pair[1]]) else {
            break next["order"].clone();
        };
        let (better, worse) = if place(one) < place(other) { (one, other) } else { (other, one) };
        let pair = format!("{} {}", better.as_str().unwrap(), worse.as_str().unwrap());
        done(here, &format!("takes film.roomtone harbour --compare {pair}"));
        asked += 1;
    };
    assert_eq!(order, serde_json::json!(best_first));
    assert!((3..=5).contains(&asked), "{asked}");
    done(here, "cut film.roomtone set-take harbour harbour_take02 --window 3..9");
    let ranked = told(here, "takes film.roomtone harbour --by rank");
    let ranked: Vec<&Value> = ranked.iter().filter(|object| object.get("rank").is_some()).collect();
    assert_eq!(ranked.iter().map(|take| text(take, "take")).collect::<Vec<_>>(), best_first);
    assert_eq!(ranked[1]["windows"], serde_json::json!([[3, 9]]));
    assert!(done(here, "takes film.roomtone").contains("in order"));
    done(here, "takes film.roomtone harbour --forget");
    assert!(done(here, "takes film.roomtone harbour --next").contains("0 pairs compared"));
    fails(
        here,
        "takes film.roomtone harbour --compare harbour_take01 harbour_take01",
        1,
        "one take",
    );
    fails(here, "takes film.roomtone gate --next", 2, "its shots: comfyui, harbour");
    fails(here, "takes film.roomtone --next", 2, "SHOT");
}

#[test]
fn a_take_that_is_too_short_is_ordered_longer_with_its_prompt_and_its_last_picture() {
    let name = "a_take_that_is_too_short_is_ordered_longer";
    if !oracle::have(&oracle::python_program(), name) || !oracle::have("ffmpeg", name) {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    let clip = here.join("wave.mkv");
    let tags = ["-metadata", "comment={\"prompt\": \"a wave\", \"seed\": 12}"];
    let source = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25", "-frames:v", "20"];
    let coding = ["-c:v", "ffv1", "-pix_fmt", "yuv420p", clip.to_str().unwrap()];
    oracle::ffmpeg(&[&source[..], &tags, &coding].concat());
    done(here, "new film.roomtone --size 320x180 --rate 25");
    done(here, "takes film.roomtone --bring wave.mkv");
    done(here, "cut film.roomtone append v1 wave --length 20");
    let none = told(here, "takes film.roomtone wave --order order.json");
    assert_eq!(none[0]["order"], Value::Null);
    assert!(!here.join("order.json").exists());
    std::fs::copy(here.join("wave.mkv"), here.join("long.mkv")).unwrap();
    let source = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25", "-frames:v", "40"];
    let long = here.join("long.mkv");
    let coding = ["-c:v", "ffv1", "-pix_fmt", "yuv420p", long.to_str().unwrap()];
    oracle::ffmpeg(&[&source[..], &coding].concat());
    done(here, "takes film.roomtone wave --bring long.mkv");
    done(here, "cut film.roomtone take wave long");
    done(here, "cut film.roomtone length v1@0 33");
    done(here, "cut film.roomtone take wave wave");
    done(here, "takes film.roomtone wave --order order.json");
    let order: Value =
        serde_json::from_slice(&std::fs::read(here.join("order.json")).unwrap()).unwrap();
    assert_eq!(
        (&order["origin"]["prompt"], &order["origin"]["seed"]),
        (&"a wave".into(), &"12".into())
    );
    assert_eq!((&order["needed"][0]["after"], &order["from_frame"]), (&13.into(), &19.into()));
    let said = roomtone(here, "takes film.roomtone wave --order order.json");
    assert_eq!(said.code, 2, "{}", said.error);
    done(here, "frame film.roomtone 19 -o last.png");
    let pixels = |name: &str| image::open(here.join(name)).unwrap().to_rgb8();
    assert_eq!(pixels("order.png"), pixels("last.png"), "the picture to go on from");
}
