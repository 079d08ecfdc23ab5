//! Files whose time stamps are not simple: the frame on screen at a time is the one that ffmpeg's
//! stamps put there.

use super::file::{File, check, open, oracle_frames};
use crate::support::folder::Folder;
use crate::support::{barcode, oracle};
use roomtone::signal::{Image, Plane};
use std::path::{Path, PathBuf};
use timeline_format::{Rate, Ratio};

const COUNT: usize = 50;

const X264: &str = "-c:v libx264 -preset ultrafast -threads 1 -bf 2 -g 12";

/// Seconds of each frame's stamp, as ffprobe tells them in ticks.
fn stamps(path: &Path) -> Vec<Ratio> {
    let ask = |fields: &str| {
        let show =
            ["-v", "error", "-select_streams", "v:0", "-show_entries", fields, "-of", "csv=p=0"];
        let out = oracle::output("ffprobe", &[&show[..], &[path.to_str().unwrap()]].concat());
        String::from_utf8(out).unwrap()
    };
    let tick = ask("stream=time_base");
    let (top, bottom) = tick.lines().next().unwrap().trim_end_matches(',').split_once('/').unwrap();
    let tick = Ratio::new(top.parse().unwrap(), bottom.parse().unwrap()).unwrap();
    let stamps = ask("frame=best_effort_timestamp");
    let numbers = stamps.lines().filter_map(|line| line.trim_end_matches(',').parse::<i64>().ok());
    numbers.map(|stamp| Ratio::whole(stamp).times(tick).unwrap()).collect()
}

/// The numbers that ffmpeg's frames carry.
fn numbers(path: &Path, like: &Image) -> Vec<usize> {
    let frames = oracle_frames(path);
    let (width, height) = (like.width as usize, like.height as usize);
    let size = (0..like.planes.len()).map(|plane| {
        let (width, height) = like.format.plane_size(plane, like.width, like.height);
        width as usize * height as usize
    });
    let frames = frames.chunks_exact(size.sum());
    let first = |frame: &[u8]| Plane::packed(frame[..width * height].to_vec(), width);
    frames
        .map(|frame| barcode::number(&Image { planes: vec![first(frame)], ..like.clone() }))
        .collect()
}

/// Holds the frames of the file, and those on screen at the centres of its own grid.
fn check_timing(path: &Path) -> File {
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    let mut file = open(path);
    let like = file.pictures.frame(0).unwrap();
    let (truth, stamps) = (numbers(path, &like), stamps(path));
    assert_eq!(truth.len(), stamps.len(), "{name}: ffmpeg and ffprobe disagree");
    check(&mut file, &truth);
    let rate: Rate = file.media.rate.unwrap();
    let length = file.media.length.unwrap().as_whole().unwrap();
    for n in 0..length {
        let centre = Ratio::new(2 * i128::from(n) + 1, 2).unwrap();
        let time = rate.seconds(centre).unwrap().plus(stamps[0]).unwrap();
        let wanted = stamps.iter().rposition(|stamp| *stamp <= time).unwrap();
        assert_eq!(file.pictures.resolve(centre), wanted as i64, "{name}: at frame {n}");
    }
    file
}

fn source(folder: &Folder) -> PathBuf {
    barcode::raw(folder.path(), COUNT)
}

fn needs_ffmpeg(what: &str) -> bool {
    oracle::have("ffmpeg", what) && oracle::have("ffprobe", what)
}

#[test]
fn a_variable_rate_is_shown_by_its_stamps() {
    if !needs_ffmpeg("a variable rate") {
        return;
    }
    let folder = Folder::new();
    let raw = source(&folder);
    let dropped = "-vf select='not(mod(n\\,3))+not(mod(n\\,7))+gt(n\\,40)' -vsync vfr";
    let uneven = "-vf setpts='PTS+(mod(N*7\\,5)/5+N*N/40)/25/TB' -vsync vfr";
    for (name, filter) in
        [("a.mkv", dropped), ("b.mp4", dropped), ("c.mkv", uneven), ("d.mov", uneven)]
    {
        let path = barcode::coded(&raw, name, "25", &format!("{filter} {X264}"));
        let file = check_timing(&path);
        assert!(file.pictures.count() > 20, "{name}");
    }
    let path = barcode::coded(
        &raw,
        "e.webm",
        "30000/1001",
        &format!("{dropped} -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 12"),
    );
    check_timing(&path);
}

#[test]
fn files_start_at_any_time() {
    if !needs_ffmpeg("start offsets") {
        return;
    }
    let folder = Folder::new();
    let raw = source(&folder);
    for (name, rate, offset) in [
        ("a.mkv", "24000/1001", "11.7"),
        ("b.mp4", "25", "3600"),
        ("c.ts", "30000/1001", "7200.5"),
        ("wraps.ts", "25", "95442.7"),
        ("d.mxf", "25", "0"),
        ("e.mkv", "60000/1001", "-0.2"),
    ] {
        let codec = if name == "d.mxf" { "-c:v mpeg2video -bf 2 -g 12 -q:v 2" } else { X264 };
        let coding = format!("{codec} -output_ts_offset {offset}");
        let file = check_timing(&barcode::coded(&raw, name, rate, &coding));
        assert_eq!(file.pictures.count(), COUNT as i64, "{name}");
        assert_eq!(file.media.rate, rate.parse().ok(), "{name}");
    }
}

#[test]
fn what_was_cut_without_coding_starts_where_its_edit_list_says() {
    if !needs_ffmpeg("edit lists") {
        return;
    }
    let folder = Folder::new();
    let raw = source(&folder);
    for (name, rate, start) in
        [("a.mp4", "25", "0.68"), ("b.mov", "24000/1001", "1.1"), ("c.mp4", "50", "0.5")]
    {
        let whole = barcode::coded(&raw, &format!("whole-{name}"), rate, X264);
        let cut = folder.file(name);
        let (from, to) = (whole.to_str().unwrap(), cut.to_str().unwrap());
        oracle::ffmpeg(&["-ss", start, "-i", from, "-c", "copy", to]);
        let mut file = check_timing(&cut);
        let first = barcode::number(&file.pictures.frame(0).unwrap());
        let wanted = start.parse::<f64>().unwrap() * rate.parse::<Rate>().unwrap().ratio().to_f64();
        assert!((first as f64 - wanted).abs() <= 1.0, "{name}: starts with {first}, not {wanted}");
    }
}

#[test]
fn stamps_that_lack_or_lie_are_made_up_for() {
    if !needs_ffmpeg("missing stamps") {
        return;
    }
    let folder = Folder::new();
    let raw = source(&folder);
    let mpeg2 = "-c:v mpeg2video -bf 2 -g 12 -q:v 2";
    for (name, coding) in [
        ("raw.h264", X264),
        (
            "open.h264",
            "-c:v libx264 -preset ultrafast -threads 1 -bf 3 -g 10 -x264-params open-gop=1",
        ),
        ("raw.m2v", mpeg2),
        ("raw.hevc", "-c:v libx265 -preset ultrafast -x265-params log-level=0:keyint=12:bframes=2"),
        ("a.avi", "-c:v mpeg4 -bf 2 -g 12 -q:v 2"),
        ("h.avi", "-c:v libx264 -preset ultrafast -threads 1 -bf 0 -g 12"),
        ("a.vob", mpeg2),
        ("a.flv", X264),
        ("a.nut", X264),
        ("a.wmv", "-c:v wmv2 -g 12 -q:v 2"),
        ("a.ivf", "-c:v libvpx -cpu-used 8 -deadline realtime -g 12"),
        ("live.mkv", "-c:v libx264 -preset ultrafast -threads 1 -bf 2 -g 12 -f matroska -live 1"),
        ("late.mp4", "-c:v libx264 -preset ultrafast -threads 1 -bf 2 -g 12 -use_editlist 0"),
        (
            "early.mp4",
            "-c:v libx264 -preset ultrafast -threads 1 -bf 2 -g 12 -movflags negative_cts_offsets",
        ),
        (
            "pieces.mp4",
            "-c:v libx264 -preset ultrafast -threads 1 -bf 2 -g 12 -movflags frag_keyframe+empty_moov+default_base_moof",
        ),
    ] {
        let path = barcode::coded(&raw, name, "25", coding);
        let mut file = open(&path);
        assert_eq!(file.pictures.count(), COUNT as i64, "{name}");
        check(&mut file, &(0..COUNT).collect::<Vec<_>>());
    }
}
