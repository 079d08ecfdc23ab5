//! Deliveries that fail leave nothing under the final name, and say why.

use super::film::Film;
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::deliver::presets::{self, Preset};
use roomtone::deliver::{Error, Left, Target, deliver};
use roomtone::workers::Stop;

fn names(folder: &Folder) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path()).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn run(folder: &Folder, film: Film, preset: &Preset, stop_at: i64) -> Result<(), Error> {
    let target = Target { path: folder.file("out"), ..Target::default() };
    let stop = Stop::new();
    let raise = stop.clone();
    let mut progress = |progress: &roomtone::deliver::Progress| {
        if progress.frame >= stop_at {
            raise.raise();
        }
    };
    deliver(Box::new(film), preset, &target, &stop, &mut progress).map(drop)
}

#[test]
fn a_frame_that_fails_ends_it_and_is_named() {
    for id in ["draft-h264", "frames-png16"] {
        let folder = Folder::new();
        let preset = presets::find(id).unwrap();
        let picture = preset.picture.as_ref().unwrap();
        let mut film = Film::new("25", 80);
        (film.format, film.colour) = (picture.format, picture.colour);
        (film.start, film.broken) = (90_000, Some(53));
        let said = run(&folder, film, preset, i64::MAX).unwrap_err().to_string();
        assert!(said.starts_with("at 01:00:02:03 (frame 53): the clip fell off"), "{id}: {said}");
        let left: &[&str] = if id == "draft-h264" { &[] } else { &[".out.part"] };
        assert_eq!(names(&folder), left, "{id}");
    }
}

#[test]
fn stopping_ends_it_soon_and_leaves_finished_frames_alone() {
    for id in ["draft-h264", "sound-wav", "frames-exr"] {
        let folder = Folder::new();
        let preset = presets::find(id).unwrap();
        let mut film = Film::new("25", 1_000_000);
        if let Some(picture) = &preset.picture {
            (film.format, film.colour) = (picture.format, picture.colour);
        }
        let error = run(&folder, film, preset, 1).unwrap_err();
        let Error::Unfinished { why, left } = error else { panic!("{id}: {error}") };
        assert!(matches!(*why, Error::Stopped { frames: 1_000_000, .. }), "{id}: {why}");
        let is_kept = matches!(left, Left::Frames { kept: 1.., .. });
        assert_eq!(names(&folder).len(), usize::from(is_kept), "{id}: {:?}", names(&folder));
        assert!(is_kept == (id == "frames-exr"), "{id}: {left}");
    }
}

#[test]
fn what_is_there_stays_unless_forced() {
    let folder = Folder::new();
    std::fs::write(folder.file("out"), "before").unwrap();
    let preset = presets::find("draft-h264").unwrap();
    let error = run(&folder, Film::new("25", 3), preset, i64::MAX).unwrap_err();
    assert!(matches!(error, Error::Exists { .. }), "{error}");
    assert_eq!(std::fs::read(folder.file("out")).unwrap(), b"before");
    assert_eq!(names(&folder), ["out"]);
}

#[test]
fn films_that_do_not_suit_are_refused_before_anything_is_written() {
    let mut odd = Film::new("25", 3);
    odd.raster.height = 191;
    let mut small = Film::new("25", 3);
    small.raster.width = 128;
    let mut slow = Film::new("25", 3);
    slow.sample_rate = 44_100;
    for (film, id, word) in [
        (Film::new("25", 0), "draft-h264", "no frame"),
        (odd, "web-h264", "both sides"),
        (small, "master-dnxhr-hqx", "256x120"),
        (slow, "web-av1", "44100"),
    ] {
        let folder = Folder::new();
        let preset = presets::find(id).unwrap();
        let said = run(&folder, film, preset, i64::MAX).unwrap_err().to_string();
        assert!(said.contains(word) && said.contains(id), "{said}");
        assert!(names(&folder).is_empty());
    }
}

#[test]
fn a_folder_that_vanishes_is_named() {
    let folder = Folder::new();
    let inner = folder.file("inner");
    std::fs::create_dir(&inner).unwrap();
    let preset = presets::find("draft-h264").unwrap();
    let target = Target { path: inner.join("out.mp4"), ..Target::default() };
    let remove = inner.clone();
    let error =
        deliver(Box::new(Film::new("25", 30)), preset, &target, &Stop::new(), &mut move |_| {
            drop(std::fs::remove_dir_all(&remove));
        })
        .unwrap_err();
    assert!(matches!(error, Error::Output { .. }), "{error}");
    assert!(error.to_string().contains("out.mp4") && !inner.exists(), "{error}");
}

/// A small disk of its own, where the system lets a test have one.
struct SmallDisk(Folder);

impl SmallDisk {
    fn new(kilobytes: u32, test: &str) -> Option<Self> {
        let folder = Folder::new();
        let size = format!("size={kilobytes}k");
        let path = folder.path().to_str().unwrap();
        let mounted = oracle::try_run("mount", &["-t", "tmpfs", "-o", &size, "tmpfs", path]);
        if !mounted {
            eprintln!("SKIPPED {test}: a small disk cannot be mounted without the right to");
            return None;
        }
        Some(Self(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        oracle::try_run("umount", &[self.0.path().to_str().unwrap()]);
    }
}

#[test]
fn a_full_disk_is_named_and_left_without_half_a_file() {
    for id in ["draft-h264", "master-prores-422hq", "archive-ffv1", "frames-png16", "sound-wav"] {
        let Some(disk) = SmallDisk::new(300, "a_full_disk_is_named") else { return };
        let preset = presets::find(id).unwrap();
        let mut film = Film::new("25", 2000);
        if let Some(picture) = &preset.picture {
            (film.format, film.colour) = (picture.format, picture.colour);
        }
        let error = run(&disk.0, film, preset, i64::MAX).unwrap_err();
        assert!(error.to_string().contains("the disk is full"), "{id}: {error}");
        let Error::Unfinished { why, left } = error else { panic!("{id}: {error}") };
        assert!(matches!(*why, Error::Full { frames: 2000, .. }), "{id}: {why}");
        let is_kept = matches!(left, Left::Frames { .. });
        assert_eq!(names(&disk.0).len(), usize::from(is_kept), "{id}: {:?}", names(&disk.0));
        assert!(is_kept == (id == "frames-png16"), "{id}: {left}");
    }
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let folder = Folder::new();
    std::fs::write(folder.file("file"), "").unwrap();
    for path in [folder.file("none/out.mp4"), folder.file("file/out.mp4"), "/proc/out.mp4".into()] {
        let preset = presets::find("draft-h264").unwrap();
        let target = Target { path: path.clone(), ..Target::default() };
        let film = Box::new(Film::new("25", 3));
        let error = deliver(film, preset, &target, &Stop::new(), &mut |_| {}).unwrap_err();
        assert!(matches!(error, Error::Output { .. }), "{error}");
        assert!(error.to_string().contains(path.parent().unwrap().to_str().unwrap()), "{error}");
    }
}
