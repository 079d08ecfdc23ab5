//! What files state beside their frames: colours, fields, turns, the shape of pixels, timecode.

use crate::support::folder::Folder;
use crate::support::{barcode, oracle, program};
use roomtone::media;
use std::path::Path;
use timeline_format::media::{Fields, PictureStream};
use timeline_format::{Media, Ratio};

fn probe(path: &Path) -> Media {
    media::probe(path).unwrap_or_else(|error| panic!("{error}"))
}

fn picture(path: &Path) -> PictureStream {
    probe(path).picture.unwrap()
}

const X264: &str = "-c:v libx264 -preset ultrafast";

#[test]
fn colour_tags_are_read_from_every_container() {
    if !oracle::have("ffmpeg", "colour tags") {
        return;
    }
    let folder = Folder::new();
    let raw = barcode::raw(folder.path(), 4);
    let wide = "-color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc";
    let small = "-color_primaries smpte170m -color_trc bt709 -colorspace smpte170m";
    let small_frames = "color_primaries=smpte170m:color_trc=bt709:colorspace=smpte170m";
    let prores = format!("-vf setparams={small_frames} -c:v prores_ks");
    for (name, codec, tags, words) in [
        ("a.mp4", X264, wide, ["bt2020", "pq", "bt2020-ncl", "full"]),
        ("b.mkv", X264, small, ["bt601-525", "bt709", "bt601", "limited"]),
        ("c.ts", X264, wide, ["bt2020", "pq", "bt2020-ncl", "full"]),
        ("d.mov", &prores, small, ["bt601-525", "bt709", "bt601", "limited"]),
        ("e.webm", "-c:v libvpx-vp9", wide, ["bt2020", "pq", "bt2020-ncl", "limited"]),
        ("f.mxf", "-c:v mpeg2video", small, ["bt601-525", "bt709", "bt601", "limited"]),
        ("g.mkv", "-c:v ffv1", wide, ["bt2020", "pq", "bt2020-ncl", "limited"]),
    ] {
        let range = if words[3] == "full" { "pc" } else { "tv" };
        let coding = format!("{codec} {tags} -color_range {range}");
        let path = barcode::coded(&raw, name, "25", &coding);
        let colour = picture(&path).colour;
        let said = [&colour.primaries, &colour.transfer, &colour.matrix, &colour.range];
        assert_eq!(said.map(String::as_str), words, "{name}");
        assert!(!colour.guessed, "{name}");
    }
    let colour = picture(&barcode::coded(&raw, "untagged.mp4", "25", X264)).colour;
    assert!(colour.guessed && colour.matrix == "bt601" && colour.range == "limited");
}

#[test]
fn interlaced_files_say_which_field_comes_first() {
    if !oracle::have("ffmpeg", "interlaced files") {
        return;
    }
    let folder = Folder::new();
    let raw = barcode::raw(folder.path(), 8);
    for (name, codec) in [
        ("a.ts", "-c:v mpeg2video"),
        ("b.mxf", "-c:v mpeg2video"),
        ("c.mp4", X264),
        ("d.mov", "-c:v prores_ks"),
        ("e.mkv", X264),
    ] {
        for (order, fields) in [("tff", Fields::Top), ("bff", Fields::Bottom)] {
            let x264 =
                if codec == X264 { format!("-x264-params {order}=1") } else { String::new() };
            let coding = format!("-vf setfield={order} {codec} -flags +ilme+ildct {x264}");
            let path = barcode::coded(&raw, &format!("{order}-{name}"), "25", &coding);
            assert_eq!(picture(&path).fields, Some(fields), "{order} {name}");
        }
        let path = barcode::coded(&raw, name, "25", codec);
        assert_eq!(picture(&path).fields, None, "{name}");
    }
}

/// Writes a turn clockwise into the display matrix of an MP4 file's first track.
fn turn(path: &Path, degrees: u16) {
    let mut bytes = std::fs::read(path).unwrap();
    let at = bytes.windows(4).position(|word| word == b"tkhd").unwrap() + 4 + 40;
    let (one, minus) = (0x1_0000_i32, -0x1_0000_i32);
    let [a, b, c, d] = match degrees {
        90 => [0, one, minus, 0],
        180 => [minus, 0, 0, minus],
        270 => [0, minus, one, 0],
        _ => [one, 0, 0, one],
    };
    let matrix = [a, b, 0, c, d, 0, 0, 0, 0x4000_0000];
    bytes[at..at + 36].copy_from_slice(&matrix.map(i32::to_be_bytes).concat());
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn a_turned_picture_says_so() {
    if !oracle::have("ffmpeg", "turned pictures") {
        return;
    }
    let folder = Folder::new();
    let raw = barcode::raw(folder.path(), 3);
    let path = barcode::coded(&raw, "a.mp4", "25", X264);
    for degrees in [0, 90, 180, 270] {
        turn(&path, degrees);
        assert_eq!(picture(&path).rotation, degrees);
    }
    let said = program::done(folder.path(), "probe a.mp4");
    assert!(said.contains("turned 270°"), "{said}");
}

#[test]
fn the_shape_of_pixels_is_kept() {
    if !oracle::have("ffmpeg", "pixel aspects") {
        return;
    }
    let folder = Folder::new();
    let raw = barcode::raw(folder.path(), 3);
    for (name, codec) in [
        ("a.mp4", X264),
        ("b.mkv", X264),
        ("c.mov", "-c:v prores_ks"),
        ("d.ts", X264),
        ("e.avi", "-c:v mpeg4"),
    ] {
        let coding = format!("-vf setsar=16/11 {codec}");
        let path = barcode::coded(&raw, name, "25", &coding);
        assert_eq!(picture(&path).pixel_aspect, Ratio::new(16, 11), "{name}");
        let path = barcode::coded(&raw, &format!("square-{name}"), "25", codec);
        assert_eq!(picture(&path).pixel_aspect, None, "{name}");
    }
}

#[test]
fn the_timecode_of_the_first_frame_is_kept() {
    if !oracle::have("ffmpeg", "timecode") {
        return;
    }
    let folder = Folder::new();
    let raw = barcode::raw(folder.path(), 3);
    for (name, rate, codec, code, start) in [
        ("a.mov", "25", "-c:v prores_ks", "01:00:00:00", 90_000),
        ("b.mp4", "24000/1001", X264, "00:59:58:12", 86_364),
        ("c.mxf", "25", "-c:v mpeg2video", "10:00:00:05", 900_005),
        ("d.mov", "30000/1001", "-c:v prores_ks", "00:01:00;02", 1800),
        ("e.mkv", "24", X264, "00:00:10:00", 240),
        ("f.mxf", "30000/1001", "-c:v mpeg2video", "00:10:00;00", 17_982),
    ] {
        let path = barcode::coded(&raw, name, rate, &format!("{codec} -timecode {code}"));
        assert_eq!(probe(&path).start, start, "{name}");
    }
    for (name, rate, code, start) in [
        ("g.ts", "25", "01:02:03:04", 93_079),
        ("h.mpg", "25", "01:02:03:04", 93_079),
        ("i.m2v", "25", "01:02:03:04", 93_079),
        ("j.ts", "30000/1001", "00:01:00;02", 1800),
        ("k.m2ts", "50", "10:00:00:49", 1_800_049),
    ] {
        let coding = format!("-c:v mpeg2video -gop_timecode {code}");
        let path = barcode::coded(&raw, name, rate, &coding);
        let ask = ["-v", "error", "-select_streams", "v", "-show_frames", path.to_str().unwrap()];
        let said = String::from_utf8(oracle::output("ffprobe", &ask)).unwrap();
        assert!(said.contains(&format!("TAG:timecode={code}")), "{name}: {said}");
        assert_eq!(probe(&path).start, start, "{name}");
    }
    let both = "-c:v mpeg2video -gop_timecode 01:02:03:04 -timecode 10:00:00:05";
    for name in ["l.mxf", "m.mov"] {
        let path = barcode::coded(&raw, name, "25", both);
        assert_eq!(probe(&path).start, 900_005, "{name}: the file's own before its pictures'");
    }
    let said = program::done(folder.path(), "probe a.mov");
    assert!(said.contains("from 01:00:00:00"), "{said}");
}
