//! The program as a person uses it: every command, its exit codes, its words.

mod captions;
mod choosing;
mod cut;
mod faults;
mod grading;
mod handing;
mod looks;
mod masking;
mod mixing;
mod places;
mod plates;
mod receipts;
mod sounds;
mod steadying;
mod stills;
mod takes;

use crate::support::folder::Folder;
use crate::support::oracle;
use crate::support::program::{self, done, fails, roomtone};
use std::path::Path;

/// A folder with three stills, a clip with sound and a bed of noise.
fn rushes(folder: &Path) {
    let at = |name: &str| folder.join(name).display().to_string();
    for (name, colour) in [("harbour-1", "teal"), ("harbour-2", "navy"), ("street", "olive")] {
        let picture = format!("color={colour}:s=320x180");
        let still = at(&format!("{name}.png"));
        oracle::ffmpeg(&["-f", "lavfi", "-i", &picture, "-frames:v", "1", &still]);
    }
    let clip = at("rain.mp4");
    let sound = ["-f", "lavfi", "-i", "sine=440:r=48000"];
    let coding = ["-t", "2", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", &clip];
    let picture = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25"];
    oracle::ffmpeg(&[&picture[..], &sound, &coding].concat());
    let noise = ["-f", "lavfi", "-i", "anoisesrc=d=6:c=brown:r=48000:a=0.1"];
    oracle::ffmpeg(&[&noise[..], &[&at("wind.wav")]].concat());
}

#[test]
fn a_film_is_made_from_a_folder_of_rushes_and_verified() {
    if !oracle::have("ffmpeg", "a_film_is_made_from_a_folder_of_rushes_and_verified") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    rushes(here);
    done(here, "new film.roomtone --size 320x180 --rate 25 --title Rushes");
    done(here, "add film.roomtone harbour-1.png harbour-2.png --takes-of harbour");
    done(here, "add film.roomtone street.png rain.mp4 wind.wav");
    done(here, "cut film.roomtone append v1 harbour --length 2.4s");
    done(here, "cut film.roomtone append v1 rain --length 30 --in 10 --sound dialogue");
    done(here, "cut film.roomtone append v1 street --length 1s");
    done(here, "cut film.roomtone dissolve v1@59 --length 12");
    done(here, "cut film.roomtone place ambience wind --at 0 --length 115 --fade-in 1s --gain -6");
    done(here, "cut film.roomtone take harbour harbour-2");
    done(here, "cut film.roomtone key v1@100 scale --at 0 1.0");
    done(here, "cut film.roomtone key v1@100 scale --at 25 1.2");
    assert!(done(here, "check film.roomtone").contains("nothing is wrong"));
    done(here, "frame film.roomtone 00:00:02:10 -o frame.png");
    done(here, "deliver film.roomtone --preset web-h264 -o film.mp4");
    done(here, "verify film.roomtone film.mp4");
    done(here, "bounce film.roomtone -o mix.wav --stems stems");
    let probe = ["-v", "error", "-count_frames", "-select_streams", "v", "-show_entries"];
    let fields = ["stream=nb_read_frames,r_frame_rate", "-of", "csv=p=0", "film.mp4"];
    let film = here.join("film.mp4").display().to_string();
    let fields = [&fields[..3], &[film.as_str()]].concat();
    let counted = oracle::output("ffprobe", &[&probe[..], &fields].concat());
    assert_eq!(String::from_utf8(counted).unwrap().trim(), "25/1,115");
}

#[test]
fn a_wave_says_when_it_was_made() {
    if !oracle::have("ffmpeg", "a_wave_says_when_it_was_made") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    rushes(here);
    done(here, "new film.roomtone --size 320x180 --rate 25");
    done(here, "add film.roomtone street.png");
    done(here, "cut film.roomtone append v1 street --length 5");
    for call in
        ["deliver film.roomtone --preset sound-wav -o a.wav", "bounce film.roomtone -o b.wav"]
    {
        let mut command = program::command(here, call);
        let said = program::said_by(command.env("SOURCE_DATE_EPOCH", "1772323200"));
        assert_eq!(said.code, 0, "{}", said.error);
        let file = std::fs::read(here.join(call.split(' ').next_back().unwrap())).unwrap();
        assert!(file.windows(18).any(|words| words == b"2026-03-0100:00:00"), "{call}");
    }
}

#[test]
fn a_call_that_is_wrong_exits_with_2_and_says_what_to_do() {
    let folder = Folder::new();
    let here = folder.path();
    done(here, "new film.roomtone --rate 23.976");
    fails(here, "new film.roomtone", 2, "--force");
    fails(here, "new other.roomtone --size 0x0", 2, "1920x1080");
    fails(
        here,
        "cut film.roomtone append v9 harbour",
        2,
        "the film has no shot, media or sequence",
    );
    fails(here, "cut film.roomtone trim v9@0 tail --by 1", 2, "the tracks are v1");
    fails(here, "frame film.roomtone 00:00:00:24 -o x.png", 2, "frames 24");
    fails(here, "deliver film.roomtone --preset nothing -o x.mp4", 2, "web-h264");
    fails(here, "deliver film.roomtone --preset web-h264 -o x.mp4", 2, "nothing to deliver");
}

#[test]
fn a_film_that_is_at_fault_exits_with_1() {
    let folder = Folder::new();
    let here = folder.path();
    fails(here, "check nowhere.roomtone", 1, "nowhere.roomtone");
    std::fs::write(here.join("broken.roomtone"), "{\"format\": 2,").unwrap();
    fails(here, "check broken.roomtone", 1, "broken.roomtone");
    std::fs::write(here.join("picture.png"), "no picture").unwrap();
    fails(here, "probe picture.png", 1, "picture.png");
}

#[test]
fn missing_media_is_a_slate_and_a_problem_and_the_film_is_delivered() {
    if !oracle::have("ffmpeg", "missing_media_is_a_slate") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    rushes(here);
    done(here, "new film.roomtone --size 320x180 --rate 25");
    done(here, "add film.roomtone street.png rain.mp4");
    done(here, "cut film.roomtone append v1 street --length 5");
    done(here, "cut film.roomtone append v1 rain --length 5 --sound dialogue");
    std::fs::remove_file(here.join("street.png")).unwrap();
    std::fs::write(here.join("rain.mp4"), "").unwrap();
    fails(here, "check film.roomtone", 1, "street.png");
    let said = done(here, "deliver film.roomtone --preset archive-ffv1 -o film.mkv --json");
    assert!(said.contains("street.png") && said.contains("rain.mp4"), "{said}");
    for line in said.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
}

#[test]
fn every_list_has_entries() {
    let folder = Folder::new();
    for what in [
        "presets",
        "transitions",
        "grade",
        "nodes",
        "generators",
        "placement",
        "formats",
        "loudness",
        "fonts",
        "captions",
        "checks",
        "measures",
    ] {
        assert!(!done(folder.path(), &format!("list {what}")).is_empty(), "{what}");
    }
}

#[test]
fn an_import_says_what_came_of_it_and_the_same_thing_not_five_times() {
    let folder = Folder::new();
    let here = folder.path();
    let clip = |name: usize| {
        format!(
            r#"{{"OTIO_SCHEMA": "Clip.1", "name": "{name}", "media_reference": null, "source_range": {{
            "OTIO_SCHEMA": "TimeRange.1",
            "start_time": {{"OTIO_SCHEMA": "RationalTime.1", "rate": 24, "value": 0}},
            "duration": {{"OTIO_SCHEMA": "RationalTime.1", "rate": 24, "value": 10}}}}}}"#
        )
    };
    let clips: Vec<String> = (0..5).map(clip).collect();
    let cut = format!(
        r#"{{"OTIO_SCHEMA": "Timeline.1", "name": "cut", "tracks": {{"OTIO_SCHEMA": "Stack.1",
        "children": [{{"OTIO_SCHEMA": "Track.1", "kind": "Video", "children": [{}]}}]}}}}"#,
        clips.join(",")
    );
    std::fs::write(here.join("cut.otio"), cut).unwrap();
    let said = done(here, "import cut.otio -o film.roomtone");
    assert!(
        said.contains("film.roomtone: 50 frames at 24 a second, tracks: 1, clips: 5"),
        "{said}"
    );
    assert!(said.contains("5 kept aside"), "{said}");
    let all = done(here, "import cut.otio -o film.roomtone --force --json");
    assert_eq!(all.matches("names no media").count(), 5, "{all}");
    let people = roomtone(here, "import cut.otio -o film.roomtone --force").error;
    assert_eq!(people.matches("names no media").count(), 4, "{people}");
    assert!(people.contains("... and 2 more: a clip names no media"), "{people}");
    let out = done(here, "export film.roomtone -o back.otio");
    assert!(out.starts_with("back.otio: "), "{out}");
}
