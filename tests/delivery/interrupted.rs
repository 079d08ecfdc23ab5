//! Deliveries that are stopped, fail or are killed, and go on.

use super::film::Film;
use crate::support::folder::Folder;
use crate::support::oracle;
use crate::support::program::{command, done, roomtone};
use roomtone::deliver::presets::{self, Preset};
use roomtone::deliver::{Error, Left, Report, Target, deliver};
use roomtone::workers::Stop;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

fn frames() -> &'static Preset {
    presets::find("frames-png16").unwrap()
}

/// A film of 16-bit RGB, as the preset's pictures are.
fn film(length: i64) -> Film {
    let picture = frames().picture.as_ref().unwrap();
    let mut film = Film::new("25", length);
    (film.format, film.colour) = (picture.format, picture.colour);
    film
}

fn run(folder: &Folder, name: &str, film: &Film) -> Result<Report, Error> {
    let target = Target { path: folder.file(name), ..Target::default() };
    deliver(Box::new(film.clone()), frames(), &target, &Stop::new(), &mut |_| {})
}

/// Every file of a folder, and its bytes.
fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// As [`content`], without the name that the files begin with.
fn numbered(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let cut = |name: String| name.split_once('.').unwrap().1.to_owned();
    content(folder).into_iter().map(|(name, bytes)| (cut(name), bytes)).collect()
}

/// Delivers a film that breaks at `frame`; how many frames are kept.
fn break_at(folder: &Folder, film: &Film, frame: i64) -> i64 {
    let broken = Film { broken: Some(frame), ..film.clone() };
    match run(folder, "out", &broken).unwrap_err() {
        Error::Unfinished { left: Left::Frames { kept, folder: left }, .. } => {
            assert!(left == folder.file(".out.part") && left.is_dir(), "{}", left.display());
            kept
        }
        other => panic!("{other}"),
    }
}

#[test]
fn frames_that_are_whole_are_not_made_again() {
    let (folder, film) = (Folder::new(), film(40));
    let kept = break_at(&folder, &film, 31);
    assert!((20..=31).contains(&kept), "{kept}");
    assert!(!folder.file("out").exists());
    film.asked.lock().unwrap().clear();
    let report = run(&folder, "out", &film).unwrap();
    assert_eq!((report.frames, report.kept), (40, kept));
    let asked = film.asked.lock().unwrap().clone();
    assert_eq!(asked.len() as i64, 40 - kept, "{asked:?}");
    run(&folder, "straight", &film).unwrap();
    assert!(numbered(&folder.file("out")) == numbered(&folder.file("straight")));
    assert!(!folder.file(".out.part").exists());
}

#[test]
fn frames_that_are_damaged_or_would_be_others_are_made_again() {
    let (folder, film) = (Folder::new(), film(24));
    let kept = break_at(&folder, &film, 20);
    let part = folder.file(".out.part");
    let bytes = std::fs::read(part.join("out.1003.png")).unwrap();
    std::fs::write(part.join("out.1003.png"), &bytes[..bytes.len() - 7]).unwrap();
    let mut bytes = std::fs::read(part.join("out.1005.png")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(part.join("out.1005.png"), bytes).unwrap();
    std::fs::remove_file(part.join("out.1006.png")).unwrap();
    std::fs::write(part.join("out.2000.png"), "of another length").unwrap();
    assert_eq!(run(&folder, "out", &film).unwrap().kept, kept - 3);
    run(&folder, "straight", &film).unwrap();
    assert!(numbered(&folder.file("out")) == numbered(&folder.file("straight")));

    let folder = Folder::new();
    break_at(&folder, &film, 20);
    let graded = Film { look: 1, ..film.clone() };
    assert_eq!(run(&folder, "out", &graded).unwrap().kept, 0, "another look is another picture");
}

#[test]
fn a_film_of_another_length_goes_on_and_leaves_no_strangers() {
    let (folder, long) = (Folder::new(), film(40));
    let kept = break_at(&folder, &long, 30);
    let short = Film { length: 15, ..long };
    let report = run(&folder, "out", &short).unwrap();
    assert!(report.kept <= kept && report.kept >= 10, "{}", report.kept);
    run(&folder, "straight", &short).unwrap();
    assert!(numbered(&folder.file("out")) == numbered(&folder.file("straight")));
}

#[test]
fn a_delivery_that_is_at_work_is_left_alone() {
    for id in ["frames-png16", "draft-h264", "sound-wav"] {
        let (folder, preset) = (Folder::new(), presets::find(id).unwrap());
        let film = if id == "frames-png16" { film(50) } else { Film::new("25", 50) };
        let target = Target { path: folder.file("out"), ..Target::default() };
        let mut second = None;
        let first = deliver(Box::new(film.clone()), preset, &target, &Stop::new(), &mut |_| {
            second.get_or_insert_with(|| {
                let film = Box::new(film.clone());
                deliver(film, preset, &target, &Stop::new(), &mut |_| {}).unwrap_err()
            });
        });
        let second = second.unwrap();
        assert!(matches!(second, Error::Busy { .. } | Error::Exists { .. }), "{id}: {second}");
        assert_eq!(first.unwrap().kept, 0, "{id}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "{id}");
    }
}

/// A film of a minute in `folder`.
fn long_film(folder: &Path) {
    let clip = folder.join("clip.mp4").display().to_string();
    let picture = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25"];
    let coding = ["-t", "60", "-c:v", "libx264", "-preset", "ultrafast", &clip];
    oracle::ffmpeg(&[&picture[..], &coding].concat());
    done(folder, "new film.roomtone --size 320x180 --rate 25");
    done(folder, "add film.roomtone clip.mp4");
    done(folder, "cut film.roomtone append v1 clip --length 1500");
}

/// Starts the program and waits until `is_far` says that it is far enough.
fn start(folder: &Path, line: &str, is_far: impl Fn() -> bool) -> Child {
    let mut program = command(folder, line);
    let child = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let since = Instant::now();
    while !is_far() {
        assert!(since.elapsed() < Duration::from_mins(2), "it does not come far");
        std::thread::park_timeout(Duration::from_millis(5));
    }
    child
}

fn pictures(part: &Path) -> usize {
    std::fs::read_dir(part).map_or(0, |entries| entries.count().saturating_sub(2))
}

#[test]
fn frames_go_on_after_kills_and_come_out_as_without() {
    if !oracle::have("ffmpeg", "frames_go_on_after_kills_and_come_out_as_without") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    long_film(here);
    let call = "deliver film.roomtone --preset frames-png16 --to 260 -o shots";
    let part = here.join(".shots.part");
    for far in [30, 80] {
        let mut child = start(here, call, || pictures(&part) > far);
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!here.join("shots").exists() && part.is_dir());
    }
    let child = start(here, call, || pictures(&part) > 130);
    oracle::try_run("kill", &["-INT", &child.id().to_string()]);
    let said = child.wait_with_output().unwrap();
    let words = String::from_utf8(said.stderr).unwrap();
    assert_eq!(said.status.code(), Some(1), "{words}");
    assert!(words.contains("the same call goes on") && words.contains(".shots.part"), "{words}");
    let words = done(here, call);
    assert!(words.contains("kept from an interrupted delivery"), "{words}");
    done(here, "verify film.roomtone shots --preset frames-png16 --to 260");
    done(here, "deliver film.roomtone --preset frames-png16 --to 260 -o straight");
    let (shots, straight) = (numbered(&here.join("shots")), numbered(&here.join("straight")));
    let is_picture = |(name, _): &(&String, &Vec<u8>)| name.ends_with("png");
    assert_eq!(shots.len(), 261);
    assert!(shots.iter().filter(is_picture).eq(straight.iter().filter(is_picture)));
}

#[test]
fn what_a_killed_stream_left_is_found_and_removed_by_the_next() {
    if !oracle::have("ffmpeg", "what_a_killed_stream_left_is_found_and_removed_by_the_next") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    long_film(here);
    let call = "deliver film.roomtone --preset draft-h264 --recode -o film.mp4";
    let part = here.join(".film.mp4.part");
    let is_far = || std::fs::metadata(&part).is_ok_and(|facts| facts.len() > 0);
    let mut child = start(here, call, is_far);
    let busy = roomtone(here, call);
    assert_eq!(busy.code, 1);
    assert!(busy.error.contains("another delivery to film.mp4 is at work"), "{}", busy.error);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(part.exists() && !here.join("film.mp4").exists());
    let said = roomtone(here, "deliver film.roomtone --preset draft-h264 --to 20 -o film.mp4");
    assert_eq!(said.code, 0, "{}", said.error);
    assert!(said.error.contains("an interrupted delivery"), "{}", said.error);
    assert!(!part.exists() && here.join("film.mp4").exists());
    let child = start(here, &format!("{call} --force"), is_far);
    oracle::try_run("kill", &["-TERM", &child.id().to_string()]);
    let said = child.wait_with_output().unwrap();
    let words = String::from_utf8(said.stderr).unwrap();
    assert!(words.contains("the same call starts over"), "{words}");
    assert!(!part.exists() && here.join("film.mp4").exists());
}
