//! A film at its device, read from files: edited, sought and led by hand, and then the bounce again.

use super::disk::wave;
use super::film::{Film, Sound, hard, item, noise};
use crate::support::folder::Folder;
use roomtone::play::Room;
use roomtone::sound::device::Capture;
use std::sync::Arc;
use std::time::{Duration, Instant};
use timeline_format::Param;
use timeline_format::mix::Layout;

const SECOND: usize = 48_000;

/// Takes blocks until the last of what was heard lies in `bounce`; where its end lies there.
fn until_heard(device: &Capture, bounce: &[f32]) -> usize {
    const RUN: usize = 1024;
    let (start, mut heard) = (Instant::now(), Vec::new());
    loop {
        assert!(start.elapsed() < Duration::from_secs(30), "it does not come");
        let block = device.take(64).unwrap();
        heard.extend(block.chunks_exact(2).map(|frame| frame[0]));
        std::thread::yield_now();
        if heard.len() % RUN > 0 {
            continue;
        }
        let last = &heard[heard.len() - RUN..];
        let found = bounce.windows(RUN).position(|window| window[0] == last[0] && window == last);
        if let Some(place) = found {
            return place + RUN;
        }
    }
}

#[test]
fn a_film_from_files_is_the_bounce_behind_whatever_is_done_to_it() {
    let folder = Folder::new();
    let mut film = Film::new("24", SECOND as u32);
    let channels = vec![noise(1, 20 * SECOND), noise(2, 20 * SECOND)];
    std::fs::write(folder.file("n.wav"), wave(SECOND as u32, &channels)).unwrap();
    film.sound("n", Sound::new(SECOND as u32, channels));
    film.track("t1", vec![item("c1", 20 * 24, hard("n", 0))]);
    let device = Capture::new(None);
    let timeline = Arc::new(film.timeline());
    let length = 20 * SECOND as i64;
    let room = Room::open(&timeline, folder.path(), 0..length, Box::new(device.clone())).unwrap();
    let bounce = film.bounce(Layout::Stereo).channels()[0].clone();
    assert!(until_heard(&device, &bounce) < 10 * SECOND);
    room.go(3 * SECOND as i64);
    while until_heard(&device, &bounce) < 3 * SECOND {}
    let mut track = (*film.sequence.tracks[0]).clone();
    track.header.strip.gain = Some(Param::number(-7.0));
    film.sequence.tracks.set(0, Arc::new(track));
    room.edit(Arc::new(film.timeline()));
    let bounce = film.bounce(Layout::Stereo).channels()[0].clone();
    let edited = until_heard(&device, &bounce);
    assert!(edited > 3 * SECOND, "{edited}");
    room.gate().shut();
    device.take(4800);
    room.scrub_to(12 * SECOND as i64);
    let start = Instant::now();
    let is_there = || {
        let now = room.clock().now().unwrap_or(0.0);
        (now - 12.0 * SECOND as f64).abs() < 2.0
    };
    while !is_there() {
        assert!(start.elapsed() < Duration::from_secs(30), "the pointer is not reached");
        device.take(64);
    }
    room.end_scrub();
    assert!(!room.gate().is_open(), "it was held before");
    room.gate().open();
    let went_on = until_heard(&device, &bounce);
    assert!(went_on > 12 * SECOND && went_on < 20 * SECOND, "{went_on}");
    assert!(room.unread().is_empty(), "{:?}", room.unread());
}

/// What is heard is the bounce, though no more than some seconds of the file are in memory at a time.
#[test]
fn a_file_too_long_to_be_kept_is_read_as_it_plays() {
    const LENGTH: usize = 70 * SECOND;
    let folder = Folder::new();
    let mut film = Film::new("24", SECOND as u32);
    let channels = vec![noise(1, LENGTH), noise(2, LENGTH)];
    std::fs::write(folder.file("n.wav"), wave(SECOND as u32, &channels)).unwrap();
    film.sound("n", Sound::new(SECOND as u32, channels));
    film.track("t1", vec![item("c1", 70 * 24, hard("n", 0))]);
    let device = Capture::new(None);
    let timeline = Arc::new(film.timeline());
    let length = LENGTH as i64;
    let room = Room::open(&timeline, folder.path(), 0..length, Box::new(device.clone())).unwrap();
    let bounce = film.bounce(Layout::Stereo).channels()[0].clone();
    assert!(until_heard(&device, &bounce) < 40 * SECOND);
    for place in [66, 3, 61, 20].map(|second| second * SECOND) {
        room.go(place as i64);
        while !(place..place + 3 * SECOND).contains(&until_heard(&device, &bounce)) {}
    }
    assert!(room.unread().is_empty(), "{:?}", room.unread());
}

#[test]
fn a_file_that_is_missing_is_silence_and_a_problem() {
    let folder = Folder::new();
    let mut film = Film::new("24", SECOND as u32);
    let channels = vec![noise(1, 10 * SECOND), noise(2, 10 * SECOND)];
    std::fs::write(folder.file("n.wav"), wave(SECOND as u32, &channels)).unwrap();
    film.sound("n", Sound::new(SECOND as u32, channels));
    film.track("t1", vec![item("c1", 5 * 24, hard("n", 0))]);
    let bounce = film.bounce(Layout::Stereo).channels()[0].clone();
    film.sound("gone", Sound::new(SECOND as u32, vec![noise(3, 10 * SECOND)]));
    film.track("t2", vec![item("c2", 8 * 24, hard("gone", 0))]);
    let device = Capture::new(None);
    let (timeline, end) = (Arc::new(film.timeline()), 8 * SECOND as i64);
    let room = Room::open(&timeline, folder.path(), 0..end, Box::new(device.clone())).unwrap();
    assert!(
        until_heard(&device, &bounce) < 5 * SECOND,
        "the rest is heard as if it were not there"
    );
    room.go(6 * SECOND as i64);
    let is_there = || room.clock().now().is_some_and(|now| now > 6.1 * SECOND as f64);
    let start = Instant::now();
    while !is_there() {
        assert!(start.elapsed() < Duration::from_secs(30), "the seek does not come");
        device.take(64);
    }
    let alone = device.take(4800).unwrap();
    assert!(alone.iter().all(|sample| *sample == 0.0), "alone it is nothing at all");
    let lines = room.unread();
    assert!(lines.iter().any(|line| line.contains("gone.wav")), "{lines:?}");
}
