//! Stand-ins of media: the same frames under the same numbers, for the eye alone, and only while they are
//! up to date.

use crate::support::folder::Folder;
use crate::support::{barcode, oracle};
use roomtone::media::proxy::{self, Proxy};
use roomtone::media::{Pictures, probe};
use roomtone::play::screen::{Intent, Screen, StandIns};
use roomtone::workers::Stop;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

const COUNT: usize = 75;
const LONG: Duration = Duration::from_mins(2);
const CODING: &str =
    "-vf scale=1280:720:flags=neighbor -c:v libx264 -preset ultrafast -bf 2 -g 250";

/// A folder with a large video of a long group of pictures.
fn original(test: &str) -> Option<Folder> {
    if !oracle::have("ffmpeg", test) {
        return None;
    }
    let folder = Folder::new();
    let raw = barcode::raw(folder.path(), COUNT);
    barcode::coded(&raw, "large.mp4", "25", CODING);
    std::fs::remove_file(raw).unwrap();
    Some(folder)
}

#[test]
fn every_frame_has_its_number_and_an_original_that_changes_has_none() {
    let Some(folder) = original("stand-ins") else { return };
    let path = folder.file("large.mp4");
    let media = probe(&path).unwrap();
    let mut pictures = Pictures::open(&path, &media).unwrap();
    let (timing, first) = (pictures.timing(), pictures.frame(0).unwrap());
    assert!(proxy::helps(&media, &timing));
    assert!(Proxy::find(&path, folder.path(), &timing, &first).is_none());
    let stop = Stop::new();
    let made = proxy::make(&path, &media, folder.path(), &stop).unwrap().unwrap();
    let mut found = Proxy::find(&path, folder.path(), &timing, &first).unwrap();
    for n in (0..COUNT).chain((0..COUNT).rev().step_by(7)) {
        let rough = found.frame(n as i64).unwrap();
        assert_eq!((barcode::number(&rough.small()), rough.small().width), (n, 640));
        let (large, exact) = (rough.enlarged(), pictures.frame(n as i64).unwrap());
        assert_eq!((large.width, large.height, large.format), (1280, 720, exact.format));
        assert_eq!(large.colour, exact.colour);
        let pairs = large.planes[0].bytes().iter().zip(exact.lines(0).flatten());
        let off = pairs.map(|(a, b)| u64::from(a.abs_diff(*b))).sum::<u64>();
        assert!(off < 5 * 1280 * 720, "frame {n} is off by {}", off / (1280 * 720));
    }
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.extend_from_slice(b"\0\0\0\x08free");
    std::fs::write(&path, bytes).unwrap();
    assert!(Proxy::find(&path, folder.path(), &timing, &first).is_none(), "it is out of date");
    let again = proxy::make(&path, &media, folder.path(), &stop).unwrap().unwrap();
    assert!(again != made && again.is_file() && !made.exists());
}

#[test]
fn one_that_was_stopped_leaves_nothing() {
    let Some(folder) = original("a stopped stand-in") else { return };
    let path = folder.file("large.mp4");
    let stop = Stop::new();
    stop.raise();
    let made = proxy::make(&path, &probe(&path).unwrap(), folder.path(), &stop);
    assert!(!matches!(made, Ok(Some(_))));
    let left = std::fs::read_dir(folder.file(".roomtone-proxies")).unwrap().count();
    assert_eq!(left, 0);
}

/// A screen over a film of the large video of a folder.
fn screen(folder: &Folder) -> Screen {
    let path = folder.file("large.mp4");
    let mut media = serde_json::to_value(probe(&path).unwrap()).unwrap();
    media["path"] = json!("large.mp4");
    let text = json!({
        "format": 2, "min_reader": 2,
        "settings": {"raster": "1280x720", "rate": "25", "sound": 48000, "main": "main"},
        "media": {"large": media}, "clips": {"c": {"media": "large", "in": 0, "length": COUNT}},
        "tracks": {"v1": {"kind": "picture", "order": ["c", ""]}},
        "sequences": {"main": {"rate": "25", "tracks": ["v1", ""]}}
    });
    let (timeline, _) = timeline_format::read(text.to_string().as_bytes()).unwrap();
    Screen::open(&Arc::new(timeline), folder.path(), 12 << 20).unwrap()
}

#[test]
fn with_stand_ins_what_is_exact_is_the_original() {
    let Some(folder) = original("exact beside stand-ins") else { return };
    let screen = screen(&folder);
    screen.show(0, Intent::Rest);
    screen.wait_exact(0, LONG).unwrap();
    screen.make_stand_ins();
    while screen.is_making_stand_ins() {
        crossbeam::channel::after(Duration::from_millis(10)).recv().unwrap();
    }
    assert_eq!(std::fs::read_dir(folder.file(".roomtone-proxies")).unwrap().count(), 1);
    for frame in [70, 5, 60, 30, 74, 0] {
        screen.show(frame, Intent::Drag { speed: 500.0 });
        let any = screen.wait_any(LONG).unwrap();
        assert_eq!(any.wanted, frame);
        assert!(any.is_exact || any.frame == frame, "a stand-in has the very frame");
        assert_eq!(barcode::number(&any.image), frame as usize);
        let exact = screen.wait_exact(frame, LONG).unwrap();
        assert_eq!((barcode::number(&exact.image), exact.image.width), (frame as usize, 1280));
    }
}

#[test]
fn the_making_waits_while_it_is_held_and_ends_when_it_is_told_to() {
    let Some(folder) = original("stand-ins held") else { return };
    let screen = screen(&folder);
    let made = || {
        let found = std::fs::read_dir(folder.file(".roomtone-proxies"));
        let names = found.into_iter().flatten().map(|entry| entry.unwrap().path());
        names.filter(|path| path.extension().is_some_and(|ending| ending == "mov")).count()
    };
    let pause = |millis| {
        crossbeam::channel::after(Duration::from_millis(millis)).recv().unwrap();
    };
    screen.show(0, Intent::Rest);
    screen.wait_exact(0, LONG).unwrap();
    screen.hold_stand_ins(true);
    screen.make_stand_ins();
    pause(500);
    assert!(screen.is_making_stand_ins() && made() == 0, "it waits");
    screen.stop_stand_ins();
    while screen.is_making_stand_ins() {
        pause(5);
    }
    assert_eq!((made(), screen.stand_ins_progress()), (0, None));
    screen.hold_stand_ins(false);
    screen.make_stand_ins();
    while screen.is_making_stand_ins() {
        pause(5);
    }
    assert_eq!(made(), 1);
    screen.use_stand_ins(StandIns::Never);
    for frame in [70, 5, 60] {
        screen.show(frame, Intent::Drag { speed: 500.0 });
        assert!(!screen.wait_any(LONG).unwrap().is_stand_in);
        screen.wait_exact(frame, LONG).unwrap();
    }
}
