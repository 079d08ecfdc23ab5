//! Every preset: a second of film, probed back.

use super::film::Film;
use super::probe;
use crate::support::{folder::Folder, oracle};
use roomtone::deliver::presets::{self, Container, PictureCodec, Preset, SoundCodec};
use roomtone::deliver::{Target, deliver};
use roomtone::workers::Stop;
use std::path::{Path, PathBuf};
use timeline_format::timecode::Counting;

/// Delivers a film with a preset into a folder; gives the path.
pub fn deliver_to(folder: &Folder, film: &Film, preset: &Preset) -> PathBuf {
    let name = match preset.container.extension() {
        Some(extension) => format!("{}.{extension}", preset.id),
        None => preset.id.to_string(),
    };
    let mut target = Target { path: folder.file(&name), ..Target::default() };
    target.counting = Counting::Drop;
    target.tags.insert("title".into(), "The room".into());
    let mut last = None;
    let report = deliver(Box::new(film.clone()), preset, &target, &Stop::new(), &mut |progress| {
        last = Some(progress.clone());
    })
    .unwrap();
    let preferred = *film.preferred.lock().unwrap();
    let target_form = preset.picture.as_ref().map(|picture| (picture.format, picture.colour));
    assert_eq!(preferred, target_form, "the film is told what its pictures will be");
    assert!(report.written > 0 && last.unwrap().frame == film.length, "{report:?}");
    target.path
}

#[test]
fn every_preset_writes_what_it_says() {
    if !oracle::have("ffprobe", "every_preset_writes_what_it_says") {
        return;
    }
    for preset in presets::ALL {
        let mut film = Film::new("30000/1001", 31);
        film.start = 107_892;
        if let Some(picture) = &preset.picture {
            (film.format, film.colour) = (picture.format, picture.colour);
        }
        let folder = Folder::new();
        let path = deliver_to(&folder, &film, preset);
        match preset.container {
            Container::Frames => check_frames(&path, &film, preset),
            Container::Wav | Container::Flac => check_sound(&path, &film, preset),
            _ => {
                check_picture(&path, &film, preset);
                check_sound(&path, &film, preset);
                check_container(&path, preset);
            }
        }
    }
}

fn check_picture(path: &Path, film: &Film, preset: &Preset) {
    let id = &preset.id;
    let picture = preset.picture.as_ref().unwrap();
    let (codec, profile, format, tag) = match picture.codec {
        PictureCodec::H264 => ("h264", "High", "yuv420p", "avc1"),
        PictureCodec::Hevc => ("hevc", "Main 10", "yuv420p10le", "hvc1"),
        PictureCodec::Av1 => ("av1", "Main", "yuv420p10le", "av01"),
        PictureCodec::Prores if picture.format.alpha => ("prores", "4444", "yuva444p12le", "ap4h"),
        PictureCodec::Prores => ("prores", "HQ", "yuv422p10le", "apch"),
        PictureCodec::Dnxhr => ("dnxhd", "DNXHR HQX", "yuv422p10le", "AVdh"),
        PictureCodec::Ffv1 => ("ffv1", "unknown", "yuv444p12le", "FFV1"),
        PictureCodec::Png | PictureCodec::Exr => unreachable!(),
    };
    let expected = [
        ("codec_name", codec),
        ("profile", profile),
        ("pix_fmt", format),
        ("codec_tag_string", tag),
        ("width", "320"),
        ("height", "192"),
        ("sample_aspect_ratio", "1:1"),
        ("avg_frame_rate", "30000/1001"),
        ("color_primaries", "bt709"),
        ("color_transfer", "bt709"),
        ("color_space", "bt709"),
        ("color_range", "tv"),
    ];
    for (name, value) in expected {
        assert_eq!(probe::field(path, "v:0", name), value, "{id}: {name}");
    }
    assert_eq!(probe::frame_count(path), film.length, "{id}: frames");
    let timecode = if preset.container == Container::Mkv {
        probe::tag(path, "v:0", "TIMECODE")
    } else {
        let length = probe::field(path, "v:0", "duration_ts");
        assert_eq!(length, (film.length * 1001).to_string(), "{id}: length");
        assert_eq!(probe::field(path, "v:0", "time_base"), "1/30000", "{id}");
        probe::tag(path, "d:0", "timecode")
    };
    assert_eq!(timecode, "01:00:00;00", "{id}: timecode");
    assert_eq!(probe::file_tag(path, "title"), "The room", "{id}");
}

fn check_sound(path: &Path, film: &Film, preset: &Preset) {
    let id = &preset.id;
    let codec = preset.sound.as_ref().unwrap().codec;
    let (name, wanted) = match codec {
        SoundCodec::Aac => ("aac", 49_650),
        SoundCodec::Opus => ("opus", 49_650),
        SoundCodec::Flac => ("flac", 49_650),
        SoundCodec::Pcm16 => ("pcm_s16le", 49_650),
        SoundCodec::Pcm24 => ("pcm_s24le", 49_650),
        SoundCodec::Float32 => ("pcm_f32le", 49_650),
    };
    assert_eq!(film.rate.sample_of(film.length, 48_000), wanted);
    assert_eq!(probe::field(path, "a:0", "codec_name"), name, "{id}");
    assert_eq!(probe::field(path, "a:0", "sample_rate"), "48000", "{id}");
    assert_eq!(probe::field(path, "a:0", "channels"), "2", "{id}");
    if preset.container != Container::Mkv {
        let said = probe::field(path, "a:0", "duration_ts");
        assert_eq!(said, wanted.to_string(), "{id}: samples in the container");
    }
    for channel in 0..2 {
        let (found, made) = (probe::sound(path, channel, 2), film.sound(channel));
        assert!(found.len() >= made.len(), "{id}: {} samples", found.len());
        if codec.is_lossless() {
            let worst = found.iter().zip(&made).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(worst <= 0.5 / 8_388_608.0, "{id}: off by {worst}");
            assert_eq!(found.len(), made.len(), "{id}");
        } else {
            let best = (-64..64_i64)
                .max_by(|&a, &b| likeness(&found, &made, a).total_cmp(&likeness(&found, &made, b)));
            assert_eq!(best, Some(0), "{id}: sync");
            assert!(likeness(&found, &made, 0) > 0.9, "{id}");
        }
    }
}

/// Correlation of what was found with what was made, moved by `offset` samples.
pub fn likeness(found: &[f32], made: &[f32], offset: i64) -> f64 {
    let (mut cross, mut a, mut b) = (0.0, 0.0, 0.0);
    for (index, &made) in made.iter().enumerate().skip(64).step_by(3) {
        let Some(&found) = found.get((index as i64 + offset) as usize) else { break };
        cross += f64::from(made) * f64::from(found);
        a += f64::from(made).powi(2);
        b += f64::from(found).powi(2);
    }
    cross / (a * b).sqrt()
}

/// The index in front where it should be, colour in the container, edits exact.
fn check_container(path: &Path, preset: &Preset) {
    let id = &preset.id;
    if preset.container == Container::Mkv {
        return;
    }
    let file = std::fs::read(path).unwrap();
    let names: Vec<_> = probe::atoms(&file).into_iter().map(|(name, _)| name).collect();
    let place = |name: &str| names.iter().position(|found| found == name).unwrap();
    let in_front = place("moov") < place("mdat");
    assert_eq!(in_front, preset.container == Container::Mp4, "{id}: {names:?}");
    let entry = ["moov", "trak", "mdia", "minf", "stbl", "stsd"];
    let tables = probe::atoms_at(&file, &entry);
    let picture = tables.iter().find_map(|table| probe::atoms(&table[8..]).pop()).unwrap();
    let colour = probe::atoms_at(&picture.1[78..], &["colr"]);
    assert_eq!(&colour[0][4..10], [0, 1, 0, 1, 0, 1], "{id}: colr");
    let header = probe::atoms_at(&file, &["moov", "mvhd"])[0];
    let scale = u32::from_be_bytes(header[12..16].try_into().unwrap());
    assert_eq!(scale, 240_000, "{id}: movie timescale");
    let edits = probe::atoms_at(&file, &["moov", "trak", "edts", "elst"]);
    let lengths: Vec<_> =
        edits.iter().map(|edit| u32::from_be_bytes(edit[8..12].try_into().unwrap())).collect();
    assert_eq!(lengths[..2], [31 * 8008, 49_650 * 5], "{id}: edits");
}

fn check_frames(path: &Path, film: &Film, preset: &Preset) {
    let codec = preset.picture.as_ref().unwrap().codec;
    let extension = if codec == PictureCodec::Png { "png" } else { "exr" };
    let mut names: Vec<_> = std::fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names.len() as i64, film.length + 1, "{names:?}");
    assert_eq!(names[0], format!("{}.1001.{extension}", preset.id));
    assert_eq!(names[30], format!("{}.1031.{extension}", preset.id));
    check_sound(&path.join(format!("{}.wav", preset.id)), film, preset);
    let first = path.join(&names[0]);
    let format = probe::field(&first, "v:0", "pix_fmt");
    let last = film.picture(30);
    let file = path.join(&names[30]);
    if codec == PictureCodec::Png {
        assert_eq!(format, "rgba64be");
        let raw = ["-pix_fmt", "rgba64le", "-f", "rawvideo", "-"];
        let read = oracle::ffmpeg(&[&["-i", file.to_str().unwrap()], &raw[..]].concat());
        for (place, plane) in [2, 0, 1, 3].into_iter().enumerate() {
            let found = read.chunks_exact(8).map(|pixel| &pixel[2 * place..][..2]);
            assert!(found.eq(last.lines(plane).flat_map(|line| line.chunks_exact(2))), "{plane}");
        }
    } else {
        assert_eq!(format, "gbrapf32le");
        let raw = ["-pix_fmt", "gbrapf32le", "-f", "rawvideo", "-"];
        let read = oracle::ffmpeg(&[&["-i", file.to_str().unwrap()], &raw[..]].concat());
        let float = |four: &[u8]| f32::from_le_bytes(four.try_into().unwrap());
        let planes: Vec<Vec<f32>> = (0..4)
            .map(|index| {
                last.lines(index).flat_map(|line| line.chunks_exact(4).map(float)).collect()
            })
            .collect();
        let size = planes[0].len();
        for (index, found) in read.chunks_exact(4).map(float).enumerate() {
            let (plane, place) = (index / size, index % size);
            let factor = if plane < 3 { planes[3][place] } else { 1.0 };
            let made = planes[plane][place] * factor;
            assert!((found - made).abs() <= made.abs() / 2048.0 + 1e-7, "{found} {made}");
        }
    }
}

#[test]
fn presets_of_a_user_are_the_same_struct() {
    for preset in presets::ALL {
        let text = serde_json::to_string_pretty(preset).unwrap();
        let folder = Folder::new();
        let path = folder.file("mine.json");
        std::fs::write(&path, &text).unwrap();
        assert_eq!(&presets::read(&path).unwrap(), *preset, "{text}");
        assert_eq!(presets::find(&preset.id), Some(*preset));
    }
    let folder = Folder::new();
    let path = folder.file("wrong.json");
    let wrong = serde_json::to_string(presets::ALL[0]).unwrap().replace("yuv420p8", "yuv420p9");
    std::fs::write(&path, wrong).unwrap();
    let said = presets::read(&path).unwrap_err();
    assert!(said.contains("wrong.json") && said.contains("yuv420p9"), "{said}");
}
