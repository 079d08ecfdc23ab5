//! Takes that are handed on: contact sheets as PDF, tables, orders for longer ones and what comes of them.

use super::takes::{rushes, take, text, told};
use crate::support::folder::Folder;
use crate::support::oracle;
use crate::support::program::{done, fails};
use serde_json::Value;
use std::path::Path;

/// The bytes of a PDF's words and pictures, as a reader that we did not write finds them.
const READ: &str = r#"
import json, sys, pypdf
pages = []
for page in pypdf.PdfReader(sys.argv[1], strict=True).pages:
    pictures = [image.image.convert("RGB") for image in page.images]
    middle = lambda picture: picture.getpixel((picture.width // 2, picture.height // 2))
    pages.append({"words": page.extract_text(), "sizes": [picture.size for picture in pictures],
                  "middles": [middle(picture) for picture in pictures]})
print(json.dumps(pages))
"#;

/// The pages of a PDF.
fn pages(here: &Path, name: &str) -> Vec<Value> {
    let read = oracle::python(READ, &[here.join(name).to_str().unwrap()]);
    serde_json::from_slice(&read).unwrap()
}

#[test]
fn a_sheet_is_a_pdf_with_the_same_pictures_and_what_is_known_of_each() {
    let name = "a_sheet_is_a_pdf_with_the_same_pictures";
    if !oracle::have(&oracle::python_program(), name) {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    rushes(here);
    let call = "takes rushes --find harbour --columns 2 --width 64";
    done(here, &format!("{call} --sheet sheet.pdf"));
    done(here, &format!("{call} --sheet sheet.png"));
    let pages = pages(here, "sheet.pdf");
    let all = |what: &str| -> Vec<Value> {
        pages.iter().flat_map(|page| page[what].as_array().unwrap().clone()).collect()
    };
    assert_eq!(all("sizes"), vec![serde_json::json!([64, 36]); 4]);
    let sheet = image::open(here.join("sheet.png")).unwrap().to_rgb8();
    for (place, middle) in all("middles").iter().enumerate() {
        let (column, row) = (place as u32 % 2, place as u32 / 2);
        let pixel = sheet.get_pixel(8 + column * 72 + 32, 8 + row * (36 + 22 + 8) + 18);
        assert_eq!(*middle, serde_json::json!(pixel.0), "picture {place}");
    }
    let words: String = pages.iter().map(|page| text(page, "words")).collect();
    for wanted in ["harbour_take10.png", "seed 4711", "deep", "a quiet harbour at dawn, mist"] {
        assert!(words.contains(wanted), "{wanted}: {words}");
    }
    let list = told(here, "takes rushes --find harbour_take02");
    let noise = take(&list, "harbour_take02.png")["measures"]["noise"].as_f64().unwrap();
    assert!(words.contains(&format!("noise {noise:.2}")), "{noise}: {words}");
    done(here, &format!("{call} --columns 1 --sheet long.pdf").replace("--columns 2 ", ""));
    let long = self::pages(here, "long.pdf");
    assert!(long.len() > 1, "a sheet goes on over pages");
    let pictures = long.iter().map(|page| page["sizes"].as_array().unwrap().len());
    assert_eq!(pictures.sum::<usize>(), 4);
    fails(here, &format!("{call} --sheet sheet.pdf"), 2, "--force");
}

#[test]
fn a_table_has_every_take_and_what_was_said_of_it() {
    let name = "a_table_has_every_take";
    if !oracle::have(&oracle::python_program(), name) {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    rushes(here);
    done(here, "new film.roomtone --size 320x180 --rate 25");
    done(here, "takes film.roomtone --bring rushes");
    let path = here.join("film.roomtone");
    let mut film = roomtone::project::open(&path).unwrap().0;
    let harbour = timeline_format::Id::parse("harbour").unwrap();
    let mut shot = timeline_format::Shot::clone(&film.shots[&harbour]);
    let rejected = shot.takes.iter_mut().find(|take| take.id.as_str() == "harbour_take10").unwrap();
    rejected.state = timeline_format::shot::TakeState::Reject;
    rejected.note = "soft, and \"dead\"\nno bones".into();
    rejected.windows = vec![[3, 9].map(timeline_format::Frames::whole)];
    film.shots.insert(harbour, shot.into());
    roomtone::project::save(&path, &film).unwrap();
    done(here, "takes film.roomtone harbour --csv harbour.csv");
    let read = "import csv, json, sys; print(json.dumps(list(csv.DictReader(open(sys.argv[1], newline='')))))";
    let rows = |name: &str| -> Vec<Value> {
        let said = oracle::python(read, &[here.join(name).to_str().unwrap()]);
        serde_json::from_slice(&said).unwrap()
    };
    let table = rows("harbour.csv");
    assert_eq!(table.len(), 4);
    let row = table.iter().find(|row| row["take"] == "harbour_take10").unwrap();
    assert_eq!((text(row, "shot"), text(row, "state")), ("harbour", "reject"));
    assert_eq!(text(row, "note"), "soft, and \"dead\"\nno bones");
    assert_eq!((text(row, "windows"), text(row, "seed")), ("3..9", "100"));
    assert_eq!((text(row, "width"), text(row, "model")), ("320", "deep"));
    let list = told(here, "takes film.roomtone harbour");
    let sharpness = take(&list, "harbour_take10")["measures"]["sharpness"].as_f64().unwrap();
    assert!((text(row, "sharpness").parse::<f64>().unwrap() - sharpness).abs() < 0.06, "{row}");
    let chosen = table.iter().filter(|row| row["chosen"] == "true");
    assert_eq!(chosen.count(), 1);
    done(here, "takes film.roomtone --quick --csv all.csv");
    let all = rows("all.csv");
    assert_eq!(all.len(), 11, "every take of every shot");
    assert_eq!(text(&all[0], "noise"), "", "nothing was measured");
    fails(here, "takes film.roomtone --quick --csv all.csv", 2, "--force");
    done(here, "takes rushes --quick --find rain --csv rain.csv");
    assert_eq!(rows("rain.csv").len(), 2);
}

/// A clip of so many frames, which a wave was asked for.
fn wave(here: &Path, name: &str, frames: &str) {
    let tags = ["-metadata", "comment={\"prompt\": \"a wave\", \"seed\": 12}"];
    let source = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25", "-frames:v", frames];
    let clip = here.join(name);
    let coding = ["-c:v", "ffv1", "-pix_fmt", "yuv420p", clip.to_str().unwrap()];
    oracle::ffmpeg(&[&source[..], &tags, &coding].concat());
}

#[test]
fn orders_ask_for_what_cuts_and_dissolves_lack_and_the_longer_file_comes_back_as_the_same_take() {
    let name = "orders_ask_for_what_cuts_and_dissolves_lack";
    if !oracle::have(&oracle::python_program(), name) || !oracle::have("ffmpeg", name) {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    wave(here, "wave.mkv", "20");
    wave(here, "long.mkv", "60");
    wave(here, "calm.mkv", "40");
    done(here, "new film.roomtone --size 320x180 --rate 25");
    done(here, "takes film.roomtone --bring long.mkv");
    done(here, "takes film.roomtone --bring calm.mkv");
    done(here, "cut film.roomtone append v1 long --length 30");
    done(here, "cut film.roomtone append v1 calm --length 20 --in 10");
    done(here, "takes film.roomtone --orders none");
    assert!(!here.join("none").exists(), "no cut lacks a frame");
    done(here, "cut film.roomtone dissolve v1@0 --length 8");
    done(here, "sheet film.roomtone -o sheet.pdf --columns 1");
    let sheet = pages(here, "sheet.pdf");
    assert_eq!(sheet.len(), 2);
    assert!(text(&sheet[0], "words").contains("30 frames"), "{sheet:?}");
    assert!(text(&sheet[1], "words").contains("take calm"), "{sheet:?}");
    done(here, "takes film.roomtone long --bring wave.mkv --as long");
    done(here, "takes film.roomtone --orders orders");
    let order = std::fs::read(here.join("orders/long.json")).unwrap();
    let order: Value = serde_json::from_slice(&order).unwrap();
    assert_eq!((&order["prompt"], &order["seed"]), (&"a wave".into(), &"12".into()));
    let frames = serde_json::json!({"have": 20, "before": 0, "after": 14, "length": 34});
    assert_eq!(order["frames"], frames, "ten for the cut and four for the dissolve");
    assert!(!here.join("orders/calm.json").exists());
    done(here, "frame film.roomtone 19 -o last.png");
    let pixels = |name: &str| image::open(here.join(name)).unwrap().to_rgb8();
    assert_eq!(pixels("orders/long.png"), pixels("last.png"), "the picture to go on from");
    fails(here, "takes film.roomtone --orders orders", 2, "--force");
    fails(here, "takes film.roomtone gate --orders orders", 2, "its shots");
    done(here, "cut film.roomtone set-take long long --window 3..9");
    let said = told(here, "takes film.roomtone long --bring long.mkv --as long --ahead 2");
    let said = said.iter().find(|object| object.get("take").is_some()).unwrap();
    assert_eq!((&said["before"], &said["after"]), (&0.into(), &0.into()), "{said}");
    let film = roomtone::project::open(&here.join("film.roomtone")).unwrap().0;
    let long = &film.shots[&timeline_format::Id::parse("long").unwrap()];
    assert_eq!(long.takes.len(), 1, "it is the same take");
    let whole = timeline_format::Frames::whole;
    assert_eq!(
        (long.takes[0].offset, &long.takes[0].windows),
        (whole(2), &vec![[whole(5), whole(11)]])
    );
    fails(here, "takes film.roomtone long --bring wave.mkv calm.mkv --as long", 2, "2 to bring");
    fails(here, "takes film.roomtone long --bring wave.mkv --as other", 2, "no take other");
}
