//! Shaking clips made steady, pictures pinned to walls, grain measured and laid on, and proofs that nothing outside of masks was changed.

use crate::support::card;
use crate::support::folder::Folder;
use crate::support::oracle;
use crate::support::program::{done, fails, roomtone};
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
    let bits = (bits ^ (bits >> 32)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (bits >> 40) as f64 / f64::from(1 << 23) - 1.0
}

/// A film of so many frames, given what each pixel of each is in codes.
fn shoot(here: &Path, name: &str, frames: usize, code: impl Fn(usize, f64, f64) -> f64) {
    let mut bytes = Vec::new();
    for n in 0..frames {
        for at in 0..SIZE.0 * SIZE.1 {
            let (x, y) = ((at % SIZE.0) as f64, (at / SIZE.0) as f64);
            bytes.push(code(n, x, y).round().clamp(0.0, 255.0) as u8);
        }
    }
    let raw = here.join("film.raw");
    std::fs::write(&raw, bytes).unwrap();
    let (raw, film) = (raw.display().to_string(), here.join(name).display().to_string());
    let size = format!("{}x{}", SIZE.0, SIZE.1);
    let from = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", &size, "-r", "24", "-i", &raw];
    oracle::ffmpeg(&[&from[..], &["-c:v", "ffv1", "-pix_fmt", "gbrp", &film]].concat());
}

/// What a call tells programs.
fn told(here: &Path, line: &str) -> Vec<Value> {
    let said = done(here, &format!("{line} --json"));
    said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A frame of the film, in greys.
fn seen(here: &Path, frame: u32) -> image::GrayImage {
    done(here, &format!("frame film.roomtone {frame} -o seen.png --force"));
    image::open(here.join("seen.png")).unwrap().to_luma8()
}

/// How far two frames are apart within a part of the middle, in codes, in the mean.
fn apart(one: &image::GrayImage, other: &image::GrayImage) -> f64 {
    let places = (48..144).flat_map(|x| (32..96).map(move |y| (x, y)));
    let each = places.map(|(x, y)| {
        (f64::from(one.get_pixel(x, y).0[0]) - f64::from(other.get_pixel(x, y).0[0])).abs()
    });
    each.sum::<f64>() / f64::from(96 * 64)
}

#[test]
fn a_clip_that_shakes_is_made_steady_without_anything_being_pointed_at() {
    if !oracle::have("ffmpeg", "a_clip_that_shakes_is_made_steady") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    let shake = |n: usize| [4.0 * chance(3 * n + 1), 4.0 * chance(3 * n + 2)];
    shoot(here, "hand.mkv", 20, |n, x, y| {
        let by = if n == 0 { [0.0; 2] } else { shake(n) };
        texture(x - by[0], y - by[1]) + 1.5 * chance(n * 40_000 + (y * 192.0 + x) as usize)
    });
    done(here, "new film.roomtone --size 192x128 --rate 24");
    done(here, "add film.roomtone hand.mkv");
    done(here, "cut film.roomtone append v1 hand --length 20");
    let before = apart(&seen(here, 0), &seen(here, 13));
    let film = std::fs::read_to_string(here.join("film.roomtone")).unwrap();
    done(here, "stabilise film.roomtone v1@0 --lock --dry-run");
    assert_eq!(std::fs::read_to_string(here.join("film.roomtone")).unwrap(), film);
    for how in ["", " --perspective"] {
        let call = format!("stabilise film.roomtone v1@0 --lock --edges show{how}");
        let said = told(here, &call);
        let last = said.last().unwrap();
        assert_eq!((&last["frames"], &last["zoom"]), (&Value::from(20), &Value::from(1.0)));
        for frame in [1, 7, 13, 19] {
            let after = apart(&seen(here, 0), &seen(here, frame));
            assert!(after < 0.25 * before && after < 4.0, "frame {frame}: {after} of {before}");
        }
        std::fs::write(here.join("film.roomtone"), &film).unwrap();
    }
    let said = told(here, "stabilise film.roomtone v1@0 --smooth 6 --most 1.5");
    let zoom = said.last().unwrap()["zoom"].as_f64().unwrap();
    assert!(zoom > 1.01 && zoom < 1.2, "{zoom}");
    for frame in [0, 5, 19] {
        let seen = seen(here, frame);
        for (x, y) in [(0, 0), (191, 0), (191, 127), (0, 127)] {
            assert!(seen.get_pixel(x, y).0[0] > 8, "frame {frame}: an edge is seen at {x},{y}");
        }
    }
    assert!(done(here, "check film.roomtone").contains("nothing is wrong"));
    fails(here, "stabilise film.roomtone v1@0 --smooth 0", 2, "above 0");
    fails(here, "stabilise film.roomtone v1@0 --most 0.5", 2, "from 1 to 8");
    done(here, "cut film.roomtone append v1 generator:colour --length 5");
    fails(here, "stabilise film.roomtone v1@20", 2, "nothing to follow");
}

/// Where a place of a wall is in frame `n`: it turns, comes nearer and leans about the middle of the picture.
fn leaning(n: usize, [x, y]: [f64; 2]) -> [f64; 2] {
    let t = n as f64;
    let ((sine, cosine), larger) = ((0.012 * t).sin_cos(), 1.0 + 0.004 * t);
    let [x, y] = [x - 96.0, y - 64.0];
    let w = 1.0 + 4e-5 * t * x - 2e-5 * t * y;
    let turned = [larger * (cosine * x - sine * y) / w, larger * (sine * x + cosine * y) / w];
    [turned[0] + 96.0 + 0.6 * t, turned[1] + 64.0 - 0.4 * t]
}

/// The place of the wall that is seen there.
fn wall(n: usize, there: [f64; 2]) -> [f64; 2] {
    let mut place = there;
    for _ in 0..30 {
        let off = leaning(n, place);
        place = [0, 1].map(|axis| place[axis] + there[axis] - off[axis]);
    }
    place
}

#[test]
fn a_picture_stays_on_a_wall_that_is_seen_from_elsewhere() {
    if !oracle::have("ffmpeg", "a_picture_stays_on_a_wall_that_is_seen_from_elsewhere") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    shoot(here, "wall.mkv", 12, |n, x, y| {
        let [x, y] = wall(n, [x + 0.5, y + 0.5]);
        texture(x, y) + 1.5 * chance(n * 40_000 + (y * 192.0 + x) as usize)
    });
    done(here, "new film.roomtone --size 192x128 --rate 24");
    done(here, "add film.roomtone wall.mkv");
    done(here, "cut film.roomtone append v1 wall --length 12");
    done(here, "cut film.roomtone track card");
    done(here, "cut film.roomtone append card generator:colour --length 12");
    done(here, "cut film.roomtone set card@0 scale 0.3");
    done(here, "cut film.roomtone set card@0 pin_top_left [4,-3]");
    let call = "track film.roomtone v1@0 --at 0 --region 0.3,0.3,0.4,0.4 --to";
    fails(here, &format!("{call} pin:v3@0"), 2, "v3");
    done(here, &format!("{call} pin:card@0"));
    let text = std::fs::read(here.join("film.roomtone")).unwrap();
    let (film, _) = timeline_format::read(&text).unwrap();
    let [half_wide, half_high] = [0.15 * 192.0, 0.15 * 128.0];
    for (name, [right, down], pin) in [
        ("pin_top_left", [-1.0, -1.0], [4.0, -3.0]),
        ("pin_top_right", [1.0, -1.0], [0.0; 2]),
        ("pin_bottom_right", [1.0, 1.0], [0.0; 2]),
        ("pin_bottom_left", [-1.0, 1.0], [0.0; 2]),
    ] {
        let own = [96.0 + right * half_wide, 64.0 + down * half_high];
        let found = card::keys(&film, name);
        assert_eq!(found.len(), 12, "{name}");
        for (n, found) in found.iter().enumerate() {
            let there = leaning(n, [own[0] + pin[0], own[1] + pin[1]]);
            let far = (found[0] - (there[0] - own[0])).hypot(found[1] - (there[1] - own[1]));
            assert!(far < 0.4, "{name} in frame {n} is {far} pixels off");
        }
    }
    assert!(done(here, "check film.roomtone").contains("nothing is wrong"));
}

#[test]
fn the_grain_of_a_clip_is_laid_on_another_and_is_as_strong_there() {
    if !oracle::have("ffmpeg", "the_grain_of_a_clip_is_laid_on_another") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    let slope = |x: f64| 40.0 + 170.0 * x / 192.0;
    let normal = |at: usize| (0..6).map(|nth| chance(at * 6 + nth)).sum::<f64>() / 2.0_f64.sqrt();
    shoot(here, "plate.mkv", 8, |n, x, y| {
        slope(x) + 3.0 * normal(n * 40_000 + (y * 192.0 + x) as usize)
    });
    shoot(here, "clean.mkv", 8, |_, x, _| slope(x));
    done(here, "new film.roomtone --size 192x128 --rate 24");
    done(here, "add film.roomtone plate.mkv clean.mkv");
    done(here, "cut film.roomtone append v1 plate --length 8");
    done(here, "cut film.roomtone append v1 clean --length 8");
    let said = told(here, "cut film.roomtone match-grain v1@8 --like v1@0 --id grain");
    let measured = said.iter().find(|it| it["grain"].is_string()).unwrap();
    for channel in measured["levels"].as_array().unwrap() {
        for level in channel.as_array().unwrap() {
            assert!((level.as_f64().unwrap() / 3.0 - 1.0).abs() < 0.12, "{measured}");
        }
    }
    assert!(measured["colour"].as_f64().unwrap() < 0.05, "grey grain: {measured}");
    let strength = |frame: u32| {
        let seen = seen(here, frame);
        let apart = |(x, _, pixel): (u32, u32, &image::Luma<u8>)| {
            f64::from(pixel.0[0]) - slope(f64::from(x))
        };
        let squares = seen.enumerate_pixels().map(|it| apart(it).powi(2)).sum::<f64>();
        (squares / f64::from(192 * 128)).sqrt()
    };
    let (own, laid) = (strength(2), strength(10));
    assert!((laid / own - 1.0).abs() < 0.08, "{laid} codes are laid on, and {own} were there");
    done(here, "cut film.roomtone match-grain v1@8 --like plate --id grain --strip");
    let film = std::fs::read_to_string(here.join("film.roomtone")).unwrap();
    assert_eq!(film.matches("\"grain_match\"").count(), 1, "the effect is replaced");
    assert!(!film.contains("denoise_time"), "a clean clip has nothing to be taken out");
    done(here, "cut film.roomtone match-grain v1@0 --like clean --id none --dry-run");
    fails(here, "cut film.roomtone match-grain v1@8 --like nothing", 2, "nothing");
    done(here, "cut film.roomtone append v1 generator:colour --length 5");
    fails(here, "cut film.roomtone match-grain v1@8 --like v1@16", 2, "no grain to be measured");
}

#[test]
fn the_program_proves_that_outside_of_masks_no_sample_is_changed() {
    if !oracle::have("ffmpeg", "the_program_proves_that_outside_of_masks_no_sample_is_changed") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    shoot(here, "take.mkv", 6, |_, x, y| texture(x, y));
    done(here, "new film.roomtone --size 192x128 --rate 24");
    done(here, "add film.roomtone take.mkv");
    done(here, "cut film.roomtone append v1 take --length 6");
    fails(here, "proof film.roomtone v1@0", 2, "nothing to prove");
    done(here, "cut film.roomtone effect v1@0 blur --id soft --set size=60");
    let place = "--set centre=[0.25,0.5] --set size=[0.25,0.5] --set feather=0";
    done(here, &format!("cut film.roomtone mask v1@0:soft rectangle {place}"));
    let said = told(here, "proof film.roomtone v1@0 -o difference.png");
    let sum = said.last().unwrap();
    assert_eq!((&sum["changed_outside"], &sum["frames"]), (&Value::from(0), &Value::from(6)));
    assert!(sum["changed_inside"].as_u64().unwrap() > 1000, "{sum}");
    let outside = sum["outside"].as_u64().unwrap();
    assert!(outside > 6 * 4 * 192 * 128 * 8 / 10, "{sum}");
    let picture = image::open(here.join("difference.png")).unwrap().to_luma8();
    assert_eq!(picture.get_pixel(150, 64).0[0], 0);
    assert!((30..66).any(|x| picture.get_pixel(x, 64).0[0] > 60), "the difference is seen");
    fails(here, "proof film.roomtone v1@0 -o difference.png", 2, "--force");
    fails(here, "proof film.roomtone v1@0 --effect hard", 2, "has no effect hard");
    fails(here, "proof film.roomtone v1@0 --from 2 --to 9", 2, "before 6");
    let at = done(here, "proof film.roomtone v1@0 --effect soft --at 3");
    assert!(at.contains("outside of the masks 0 of"), "{at}");
    done(here, "cut film.roomtone effect v1@0 exposure --id all --set stops=0.5");
    let all = roomtone(here, "proof film.roomtone v1@0 --effect all");
    assert!(all.code == 0 && all.out.contains("nothing lies outside"), "{}", all.out);
}
