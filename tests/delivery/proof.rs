//! Deliveries that are not the film are caught; those that are pass.

use super::film::Film;
use super::presets::deliver_to;
use crate::support::{folder::Folder, oracle};
use roomtone::deliver::presets;
use roomtone::deliver::verify::Kind;
use roomtone::deliver::{Verdict, verify};
use roomtone::signal::{Colour, PixelFormat};
use roomtone::workers::Stop;
use std::path::Path;

fn film() -> Film {
    let mut film = Film::new("25", 50);
    film.start = 90_000;
    film
}

fn held_against(mut film: Film, file: &Path, id: &str) -> Verdict {
    let preset = presets::find(id).unwrap();
    verify(&mut film, file, Some(preset), &Stop::new(), &mut |_| {}).unwrap()
}

#[test]
fn what_was_delivered_is_the_film() {
    for preset in presets::ALL {
        let mut film = film();
        if let Some(picture) = &preset.picture {
            (film.format, film.colour) = (picture.format, picture.colour);
        }
        let folder = Folder::new();
        let file = deliver_to(&folder, &film, preset);
        let verdict = held_against(film.clone(), &file, &preset.id);
        assert!(verdict.agrees(), "{}: {:#?}", preset.id, verdict.differences);
        assert_eq!(verdict.samples, film.rate.sample_of(50, 48_000), "{}", preset.id);
        assert_eq!(verdict.frames, if preset.picture.is_some() { 50 } else { 0 });
    }
}

#[test]
fn films_in_other_planes_are_converted() {
    for (id, format, colour) in [
        ("draft-h264", PixelFormat::RGB8, Colour::SRGB),
        ("draft-h264", PixelFormat::YUV422P10, Colour::REC709),
        ("master-prores-4444", PixelFormat::RGBA_F32, Colour::SRGB),
        ("archive-ffv1", PixelFormat::YUV420P8, Colour::REC709),
        ("frames-exr", PixelFormat::YUV420P8, Colour::REC709),
    ] {
        let film = Film { format, colour, length: 12, ..film() };
        let folder = Folder::new();
        let file = deliver_to(&folder, &film, presets::find(id).unwrap());
        let verdict = held_against(film, &file, id);
        assert!(verdict.agrees(), "{id}: {:#?}", verdict.differences);
    }
}

/// Delivers a draft, lets ffmpeg change it, and says what is found.
fn tampered(arguments: &[&str]) -> Verdict {
    let folder = Folder::new();
    let file = deliver_to(&folder, &film(), presets::find("draft-h264").unwrap());
    let changed = folder.file("changed.mp4");
    let front = ["-i", file.to_str().unwrap(), "-map", "0:v", "-map", "0:a"];
    let fast = ["-movflags", "+faststart"];
    let back = [changed.to_str().unwrap()];
    oracle::ffmpeg(&[&front, &fast[..], arguments, &back].concat());
    held_against(film(), &changed, "draft-h264")
}

const PICTURE: [&str; 6] = ["-c:a", "copy", "-c:v", "libx264", "-crf", "14"];
const SOUND: [&str; 6] = ["-c:v", "copy", "-c:a", "aac", "-b:a", "256k"];

/// What is found where ffmpeg filters the picture.
fn filtered(filter: &str) -> Verdict {
    tampered(&[&PICTURE[..], &["-vf", filter]].concat())
}

#[track_caller]
fn caught(verdict: &Verdict, kind: Kind, frame: Option<i64>) {
    let found = verdict.differences.iter().any(|difference| {
        difference.kind == kind
            && frame.is_none_or(|frame| {
                difference
                    .frame
                    .is_some_and(|from| (from..difference.until.unwrap()).contains(&frame))
            })
    });
    assert!(found, "{kind:?} at {frame:?} in {:#?}", verdict.differences);
}

/// The frames in this order, by ffmpeg.
fn order(change: impl Fn(i64) -> i64) -> String {
    let order: Vec<_> = (0..50).map(|frame| change(frame).to_string()).collect();
    format!("shuffleframes={}", order.join(" "))
}

#[test]
fn frames_out_of_their_places_are_caught() {
    if !oracle::have("ffmpeg", "frames_out_of_their_places_are_caught") {
        return;
    }
    assert!(filtered("null").agrees(), "{:#?}", filtered("null").differences);
    let dropped = filtered("select='not(eq(n,20))',setpts=N/25/TB");
    caught(&dropped, Kind::FrameCount, None);
    caught(&dropped, Kind::Order, Some(20));
    caught(&dropped, Kind::Order, Some(47));
    let swapped = filtered(&order(|frame| if frame / 2 == 8 { 33 - frame } else { frame }));
    caught(&swapped, Kind::Order, Some(16));
    caught(&swapped, Kind::Order, Some(17));
    assert_eq!(swapped.differences.len(), 2, "{:#?}", swapped.differences);
    let doubled = filtered(&order(|frame| if frame == 30 { 29 } else { frame }));
    caught(&doubled, Kind::Order, Some(30));
    assert_eq!(doubled.differences.len(), 1, "{:#?}", doubled.differences);
    let black = filtered("drawbox=c=black:t=fill:enable='eq(n,7)'");
    caught(&black, Kind::Picture, Some(7));
    let late = ["-vf", "setpts=PTS+1/25/TB", "-fps_mode", "passthrough"];
    caught(&tampered(&[&PICTURE[..], &late].concat()), Kind::Timing, Some(3));
}

#[test]
fn colours_that_moved_are_caught() {
    if !oracle::have("ffmpeg", "colours_that_moved_are_caught") {
        return;
    }
    caught(&filtered("scale=in_range=pc:out_range=tv,setrange=tv"), Kind::Levels, None);
    caught(&filtered("scale=in_range=tv:out_range=pc,setrange=tv"), Kind::Levels, None);
    let sd = ["-color_primaries", "smpte170m", "-color_trc", "smpte170m"];
    let tagged = tampered(&[&PICTURE[..], &sd, &["-colorspace", "smpte170m"]].concat());
    let about: Vec<_> = tagged.differences.iter().map(|found| found.what.as_str()).collect();
    for tag in ["primaries", "matrix"] {
        assert!(about.iter().any(|what| what.contains(tag)), "{tag} in {about:#?}");
    }
    let full = tampered(&[&PICTURE[..], &["-color_range", "pc"]].concat());
    caught(&full, Kind::Tags, None);
}

#[test]
fn sound_that_is_not_the_films_is_caught() {
    if !oracle::have("ffmpeg", "sound_that_is_not_the_films_is_caught") {
        return;
    }
    let with = |filter: &str| tampered(&[&SOUND[..], &["-af", filter]].concat());
    let same = with("anull");
    let lengths = same.differences.iter().all(|found| found.kind == Kind::SoundLength);
    assert!(lengths, "{:#?}", same.differences);
    let late = with("adelay=1024S:all=1,atrim=end_sample=96000");
    caught(&late, Kind::Sync, Some(0));
    caught(&late, Kind::Sync, Some(44));
    let said = late.differences.iter().any(|found| found.what == "sound 1024 samples late");
    assert!(said, "{late:#?}");
    let early = "atrim=start_sample=1024,asetpts=N/SR/TB,apad=whole_len=96000";
    caught(&with(early), Kind::Sync, Some(10));
    caught(&with("asetpts=PTS+4800"), Kind::Sync, Some(0));
    caught(&with("volume=0.5"), Kind::Sound, Some(10));
    caught(&with("volume=0:enable='between(t,1,1.05)'"), Kind::Sound, Some(25));
    caught(&with("channelmap=1|0"), Kind::Sound, Some(10));
    caught(&with("atrim=end_sample=90000"), Kind::SoundLength, None);
}

#[test]
fn files_that_are_cut_or_told_wrong_are_caught() {
    if !oracle::have("ffmpeg", "files_that_are_cut_or_told_wrong_are_caught") {
        return;
    }
    let copy = ["-c", "copy"];
    caught(&tampered(&[&copy[..], &["-timecode", "01:00:00:01"]].concat()), Kind::Timecode, None);
    caught(&tampered(&[&copy[..], &["-movflags", "0"]].concat()), Kind::Layout, None);
    for (id, part) in [("draft-h264", 0.6), ("draft-h264", 0.97), ("archive-ffv1", 0.5)] {
        let preset = presets::find(id).unwrap();
        let mut film = film();
        film.format = preset.picture.as_ref().unwrap().format;
        let folder = Folder::new();
        let file = deliver_to(&folder, &film, preset);
        let bytes = std::fs::read(&file).unwrap();
        let kept = (bytes.len() as f64 * part) as usize;
        std::fs::write(&file, &bytes[..kept]).unwrap();
        let verdict = held_against(film, &file, id);
        let told = [Kind::FrameCount, Kind::Unreadable];
        let found = verdict.differences.iter().any(|found| told.contains(&found.kind));
        assert!(found, "{id} {part}: {:#?}", verdict.differences);
    }
    let folder = Folder::new();
    let file = deliver_to(&folder, &film(), presets::find("sound-wav").unwrap());
    let cut = std::fs::read(&file).unwrap();
    std::fs::write(&file, &cut[..cut.len() - 7]).unwrap();
    caught(&held_against(film(), &file, "sound-wav"), Kind::SoundLength, None);
    std::fs::write(&file, "RIFF").unwrap();
    caught(&held_against(film(), &file, "sound-wav"), Kind::Unreadable, None);
}
