//! Numbered pictures go in and come out: as many, each the same, at the film's rate.

use crate::support::folder::Folder;
use crate::support::program::done;
use image::RgbImage;
use std::path::Path;

/// A picture that no other number has.
fn picture(number: u64) -> RgbImage {
    RgbImage::from_fn(64, 36, |x, y| {
        let place = (x / 8 + 8 * (y / 9)) as u64;
        let bits = (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> place;
        image::Rgb([(bits & 1) as u8 * 200, number as u8, (place * 6) as u8])
    })
}

/// Brings pictures of these names and numbers through a film at 23.976, and looks at what comes out.
fn check(names: &[(String, u64)], shown: &[u64], pattern: &str) {
    let folder = Folder::new();
    let here = folder.path();
    for (name, number) in names {
        picture(*number).save(here.join(name)).unwrap();
    }
    done(here, "new film.roomtone --size 64x36 --rate 24000/1001");
    let said = done(here, &format!("add film.roomtone {pattern}"));
    let id = said.split_whitespace().next().unwrap();
    done(here, &format!("cut film.roomtone append v1 {id} --length {}", shown.len()));
    done(here, "deliver film.roomtone --preset frames-png16 -o out");
    let mut out = pictures_in(&here.join("out"));
    out.sort();
    assert_eq!(out.len(), shown.len(), "{pattern}");
    for (path, number) in out.iter().zip(shown) {
        let found = image::open(path).unwrap().to_rgb16();
        let wanted = picture(*number);
        let same = found.pixels().zip(wanted.pixels());
        let same = same.filter(|(a, b)| a.0 == b.0.map(|level| u16::from(level) * 257)).count();
        assert_eq!(same, 64 * 36, "{pattern}: {}", path.display());
    }
}

fn pictures_in(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|ending| ending == "png")).collect()
}

fn named(numbers: std::ops::Range<u64>, name: impl Fn(u64) -> String) -> Vec<(String, u64)> {
    numbers.map(|number| (name(number), number)).collect()
}

#[test]
fn as_many_numbered_pictures_come_out_as_went_in_and_the_same() {
    let all = |range: std::ops::Range<u64>| range.collect::<Vec<_>>();
    check(&named(0..1, |n| format!("one.{n:04}.png")), &[0], "one.0000.png");
    check(&named(0..20, |n| format!("a.{n:04}.png")), &all(0..20), "a.####.png");
    check(&named(1001..1021, |n| format!("b_{n}.png")), &all(1001..1021), "b_####.png");
    check(&named(8..13, |n| format!("c.{n}.png")), &all(8..13), "c.#.png");
}

#[test]
fn a_hole_takes_its_own_frame_and_no_other() {
    let folder = Folder::new();
    let here = folder.path();
    for number in [0_u64, 1, 2, 4, 5, 6] {
        picture(number).save(here.join(format!("a.{number:02}.png"))).unwrap();
    }
    done(here, "new film.roomtone --size 64x36 --rate 24000/1001");
    let said = done(here, "add film.roomtone a.##.png");
    let id = said.split_whitespace().next().unwrap();
    done(here, &format!("cut film.roomtone append v1 {id} --length 7"));
    done(here, "deliver film.roomtone --preset frames-png16 -o out");
    let mut out = pictures_in(&here.join("out"));
    out.sort();
    let is = |at: usize, number: u64| {
        let found = image::open(&out[at]).unwrap().to_rgb8();
        found.pixels().zip(picture(number).pixels()).all(|(a, b)| a == b)
    };
    assert_eq!(out.len(), 7);
    assert!([0, 1, 2, 4, 5, 6].iter().all(|number| is(*number as usize, *number)));
    assert!(!(0..7).any(|number| is(3, number)), "a slate");
}
