//! Random cuts of barcoded frames, delivered and held against ffmpeg's decoding and numpy's mixing.

use crate::support::folder::Folder;
use crate::support::oracle;

const ORACLE: &str = include_str!("exactness/oracle.py");

#[track_caller]
fn check(rate: &str, seed: u32, container: &str, preset: &str, extension: &str, tolerance: &str) {
    if !oracle::have("ffmpeg", "exactness") {
        return;
    }
    let folder = Folder::new();
    let folder = folder.path().to_str().unwrap();
    let program = env!("CARGO_BIN_EXE_roomtone");
    let seed = seed.to_string();
    let arguments = [program, folder, rate, &seed, container, preset, extension, tolerance];
    oracle::python(ORACLE, &arguments);
}

#[test]
fn every_frame_and_sample_is_where_the_cut_puts_it_lossless() {
    for (seed, rate) in ["24000/1001", "24/1", "25/1", "30000/1001", "30/1", "50/1", "60000/1001"]
        .iter()
        .enumerate()
    {
        let seed = seed as u32;
        check(rate, seed, ["mkv", "mov", "mp4"][seed as usize % 3], "exact", "mkv", "0.51");
        check(rate, seed + 100, ["mp4", "mkv", "webm"][seed as usize % 3], "exact", "mkv", "0.51");
    }
}

#[test]
fn pictures_that_nothing_touches_are_copied_as_they_are() {
    for (seed, rate) in ["24000/1001", "25/1", "30/1", "60000/1001"].iter().enumerate() {
        let seed = 60 + seed as u32;
        check(rate, seed, "draft", "draft-h264", "mp4", "4");
        check(rate, seed + 10, "draft", "draft-h264", ["mkv", "mov"][seed as usize % 2], "4");
    }
}

#[test]
fn every_frame_and_sample_is_where_the_cut_puts_it_for_the_web() {
    check("24000/1001", 21, "mp4", "web-h264", "mp4", "4");
    check("25/1", 22, "mkv", "web-h264", "mp4", "4");
    check("60000/1001", 23, "mov", "web-h264", "mp4", "4");
}
