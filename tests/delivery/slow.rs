//! Frames out of their places in slow moves, where neighbours differ by less than half a code.

use super::film::Film;
use super::presets::deliver_to;
use crate::support::{folder::Folder, oracle};
use roomtone::deliver::presets::{self, Preset};
use roomtone::deliver::verify;
use roomtone::deliver::verify::{Difference, Kind, Verdict};
use roomtone::signal::{Depth, PixelFormat};
use roomtone::workers::Stop;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Frames in every film here.
const LENGTH: i64 = 60;

/// A slow film over a still picture.
#[derive(Debug, Clone, Copy)]
pub struct Slow {
    pub seed: u64,
    /// What the size grows by with each frame.
    pub push: f64,
    /// What the light falls by with each frame.
    pub fade: f64,
    /// Codes of grain.
    pub grain: f64,
}

impl Slow {
    fn push(seed: u64, push: f64) -> Self {
        Self { seed, push, fade: 0.0, grain: 0.0 }
    }

    /// The luma of a pixel, from 0 to 1.
    pub fn level(&self, frame: i64, x: u32, y: u32, (width, height): (u32, u32)) -> f64 {
        let size = 1.0 + self.push * frame as f64;
        let from_middle = |at: u32, all: u32| (f64::from(at) - f64::from(all) / 2.0) / size;
        let (across, down) = (from_middle(x, width), from_middle(y, height));
        let octaves = [(40.0, 0.22), (16.0, 0.14), (7.0, 0.08), (3.0, 0.05)];
        let octave = |(cell, height): (f64, f64)| {
            height * self.texture(across / cell + 100.0, down / cell + 100.0, cell as i64)
        };
        let still = 0.5 + octaves.into_iter().map(octave).sum::<f64>();
        let place = i64::from(y * width + x);
        let grain = dice(self.seed + 7, place, frame) * self.grain / 219.0;
        (still * (1.0 - self.fade * frame as f64) + grain).clamp(0.0, 1.0)
    }

    /// Heights between the points of a lattice, from -1 to 1.
    fn texture(&self, x: f64, y: f64, salt: i64) -> f64 {
        let (left, top) = (x.floor() as i64, y.floor() as i64);
        let smooth = |part: f64| part * part * (3.0 - 2.0 * part);
        let (across, down) = (smooth(x - x.floor()), smooth(y - y.floor()));
        let at = |x: i64, y: i64| dice(self.seed + salt as u64 * 1000, left + x, top + y);
        let line = |y: i64| at(0, y) * (1.0 - across) + at(1, y) * across;
        line(0) * (1.0 - down) + line(1) * down
    }

    /// The film, in 12 bits: finer than any delivery.
    fn film(self) -> Film {
        let mut film = Film::new("25", LENGTH);
        film.format = PixelFormat::yuv(0, 0, Depth::U12);
        film.slow = Some(self);
        film
    }
}

/// A number from -1 to 1 for each three.
fn dice(seed: u64, x: i64, y: i64) -> f64 {
    let mut bits = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ^ (x as u64).wrapping_mul(0xBF58_476D_1CE4_E5B9)
        ^ (y as u64).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits = (bits ^ bits >> 31).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    bits = (bits ^ bits >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    ((bits ^ bits >> 32) >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
}

/// How far two neighbours are from each other in 8-bit codes: the root of the mean square.
fn step(film: &Film) -> f64 {
    let (a, b) = (film.picture(30), film.picture(31));
    let codes = |image: &roomtone::signal::Image| {
        let bytes = image.lines(0).flat_map(<[u8]>::to_vec).collect::<Vec<_>>();
        let pairs = bytes.chunks_exact(2);
        pairs.map(|two| f64::from(u16::from_ne_bytes([two[0], two[1]])) / 16.0).collect::<Vec<_>>()
    };
    let (a, b) = (codes(&a), codes(&b));
    let squares: f64 = a.iter().zip(&b).map(|(a, b)| (a - b).powi(2)).sum();
    (squares / a.len() as f64).sqrt()
}

/// A film and the master that was delivered of it.
struct Master {
    film: Film,
    folder: Folder,
    file: PathBuf,
}

impl Master {
    fn of(slow: Slow) -> Self {
        let (mut film, folder) = (slow.film(), Folder::new());
        film.made = Arc::new((0..LENGTH).map(|frame| film.picture(frame)).collect());
        let file = deliver_to(&folder, &film, presets::find("archive-ffv1").unwrap());
        Self { film, folder, file }
    }

    /// What verifying finds of frames in wrong places, where ffmpeg put the frames of the master
    /// in this order and coded them so.
    fn coded(&self, order: impl Fn(i64) -> i64, coder: &[&str]) -> Vec<Difference> {
        let order: Vec<_> = (0..LENGTH).map(|frame| order(frame).to_string()).collect();
        let order = format!("shuffleframes={}", order.join(" "));
        let out = self.folder.file("coded.mkv");
        let front = ["-i", self.file.to_str().unwrap(), "-map", "0:v", "-vf", &order];
        oracle::ffmpeg(&[&front, coder, &[out.to_str().unwrap()]].concat());
        self.found(&out)
    }

    fn found(&self, file: &Path) -> Vec<Difference> {
        let mut differences = self.verdict(file, None).differences;
        differences.retain(|found| found.kind == Kind::Order);
        differences
    }

    fn verdict(&self, file: &Path, preset: Option<&Preset>) -> Verdict {
        verify(&mut self.film.clone(), file, preset, &Stop::new(), &mut |_| {}).unwrap()
    }

    /// What is said of its own delivery with a preset.
    fn delivered(&self, id: &str) -> Verdict {
        let (folder, preset) = (Folder::new(), presets::find(id).unwrap());
        self.verdict(&deliver_to(&folder, &self.film, preset), Some(preset))
    }
}

fn swapped(frame: i64) -> i64 {
    if frame / 2 == 15 { 61 - frame } else { frame }
}

fn late(frame: i64) -> i64 {
    (frame - 1).max(0)
}

fn early(frame: i64) -> i64 {
    (frame + 1).min(LENGTH - 1)
}

fn dropped_then_doubled(frame: i64) -> i64 {
    if (20..40).contains(&frame) { frame + 1 } else { frame }
}

fn doubled_then_dropped(frame: i64) -> i64 {
    if (21..41).contains(&frame) { frame - 1 } else { frame }
}

/// Whether frames `from` to before `until` are said to be `by` off.
#[track_caller]
fn told(found: &[Difference], frames: std::ops::Range<i64>, words: &str) {
    let is_told = |frame: &i64| {
        found.iter().any(|one| {
            one.what.ends_with(words)
                && one.frame.is_some_and(|from| from <= *frame)
                && one.until.is_some_and(|until| *frame < until)
        })
    };
    let count = frames.clone().filter(is_told).count() as f64;
    let all = (frames.end - frames.start) as f64;
    assert!(count >= 0.5 * all, "{words} in {frames:?}: {found:#?}");
    let outside = found.iter().filter_map(|one| Some(one.frame?..one.until?)).flatten();
    let wrong = outside.filter(|frame| !(frames.start - 2..frames.end + 2).contains(frame)).count();
    assert_eq!(wrong, 0, "{words} in {frames:?}: {found:#?}");
}

const PRORES: &[&str] = &["-c:v", "prores_ks", "-pix_fmt", "yuv422p10le"];
const H264: &[&str] = &["-c:v", "libx264", "-pix_fmt", "yuv420p", "-threads", "1", "-crf"];
const HEVC: &[&str] =
    &["-c:v", "libx265", "-pix_fmt", "yuv420p10le", "-x265-params", "log-level=none", "-crf"];

#[test]
fn frames_of_slow_moves_in_wrong_places_are_found_where_pictures_stand_alone() {
    let test = "frames_of_slow_moves_in_wrong_places_are_found_where_pictures_stand_alone";
    if !oracle::have("ffmpeg", test) {
        return;
    }
    let fade = Slow { fade: 0.002, ..Slow::push(3, 0.0004) };
    let grain = Slow { grain: 0.6, ..Slow::push(4, 0.0002) };
    for slow in [Slow::push(1, 0.0002), Slow::push(2, 0.0008), fade, grain] {
        let master = Master::of(slow);
        assert!(step(&master.film) < 0.6, "{slow:?} {}", step(&master.film));
        assert_eq!(master.coded(|frame| frame, PRORES), [], "{slow:?}");
        let found = master.coded(swapped, PRORES);
        told(&found, 30..31, "1 after");
        told(&found[1..], 31..32, "1 before");
        told(&master.coded(late, PRORES), 1..59, "1 before");
        told(&master.coded(early, PRORES), 1..59, "1 after");
        told(&master.coded(dropped_then_doubled, PRORES), 20..40, "1 after");
        told(&master.coded(doubled_then_dropped, PRORES), 21..41, "1 before");
    }
}

/// What is told of a film whose frames are in these wrong places, coded with prediction.
#[track_caller]
fn shifts_are_told(master: &Master, coder: &[&str]) {
    assert_eq!(master.coded(|frame| frame, coder), [], "{coder:?}");
    told(&master.coded(late, coder), 1..59, "before");
    told(&master.coded(early, coder), 1..59, "1 after");
    told(&master.coded(dropped_then_doubled, coder), 20..40, "1 after");
    told(&master.coded(doubled_then_dropped, coder), 21..41, "before");
}

#[test]
fn frames_of_slow_moves_in_wrong_places_are_found_where_pictures_are_predicted() {
    let test = "frames_of_slow_moves_in_wrong_places_are_found_where_pictures_are_predicted";
    if !oracle::have("ffmpeg", test) {
        return;
    }
    let master = Master::of(Slow::push(5, 0.001));
    assert!(step(&master.film) < 0.4, "{}", step(&master.film));
    for coder in [&[H264, &["20"]].concat(), &[HEVC, &["18"]].concat()] {
        shifts_are_told(&master, coder);
    }
    for crf in ["18", "20"] {
        let found = master.coded(swapped, &[H264, &[crf]].concat());
        told(&found[..1], 30..31, "1 after");
        told(&found[1..], 31..32, "1 before");
    }
}

#[test]
fn faithful_deliveries_of_slow_films_are_not_accused() {
    let test = "faithful_deliveries_of_slow_films_are_not_accused";
    if !oracle::have("ffmpeg", test) {
        return;
    }
    let fade = Slow { seed: 13, push: 0.0, fade: 0.001, grain: 0.0 };
    let grain = Slow { grain: 2.0, ..Slow::push(14, 0.0005) };
    for slow in [Slow::push(11, 0.0001), Slow::push(12, 0.0006), fade, grain] {
        let master = Master::of(slow);
        for crf in ["20", "28"] {
            for coder in [H264, HEVC] {
                let coder = [coder, &[crf]].concat();
                assert_eq!(master.coded(|frame| frame, &coder), [], "{slow:?} {coder:?}");
            }
        }
        for preset in presets::ALL.iter().filter(|preset| preset.picture.is_some()) {
            let folder = Folder::new();
            let file = deliver_to(&folder, &master.film, preset);
            assert_eq!(master.found(&file), [], "{slow:?} {}", preset.id);
        }
    }
}

#[test]
fn no_picture_makes_a_faithful_delivery_suspect() {
    for seed in [21, 22, 23] {
        let still = Slow::push(seed, 0.0);
        for slow in [
            Slow::push(seed, 0.0004),
            Slow { fade: 0.001, ..still },
            Slow { fade: 0.003, grain: 1.0, ..still },
            Slow { fade: 0.0005, ..Slow::push(seed, 0.0002) },
        ] {
            let master = Master::of(slow);
            for id in
                ["web-h264", "web-hevc", "master-prores-422hq", "master-dnxhr-hqx", "archive-ffv1"]
            {
                let verdict = master.delivered(id);
                assert_eq!(verdict.differences, [], "{slow:?} {id}");
                let is_lossless = id == "archive-ffv1";
                if (slow.push, slow.grain) == (0.0, 0.0) {
                    assert_eq!(verdict.untold, if is_lossless { 0 } else { LENGTH }, "{id}");
                } else if id.starts_with("master") {
                    assert_eq!(verdict.untold, 2, "{slow:?} {id}: the first and the last");
                }
            }
        }
    }
}
