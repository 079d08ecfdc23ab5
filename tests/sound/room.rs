//! A film at its device, read from files: edited, sought and led by hand, and then the bounce again.

use super::film::{Film, Sound, hard, item, noise};
use crate::support::folder::Folder;
use roomtone::play::Room;
use roomtone::sound::device::Capture;
use std::sync::Arc;
use std::time::{Duration, Instant};
use timeline_format::Param;
use timeline_format::mix::Layout;

const SECOND: usize = 48_000;

/// A Wave file of floats, as its first definition has it.
fn wave(channels: &[Vec<f32>]) -> Vec<u8> {
    let (count, length) = (channels.len(), channels[0].len());
    let bytes = (count * length * 4) as u32;
    let mut file = Vec::new();
    file.extend(b"RIFF");
    file.extend((36 + bytes).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend(3_u16.to_le_bytes());
    file.extend((count as u16).to_le_bytes());
    file.extend((SECOND as u32).to_le_bytes());
    file.extend(((SECOND * count * 4) as u32).to_le_bytes());
    file.extend(((count * 4) as u16).to_le_bytes());
    file.extend(32_u16.to_le_bytes());
    file.extend(b"data");
    file.extend(bytes.to_le_bytes());
    for index in 0..length {
        channels.iter().for_each(|channel| file.extend(channel[index].to_le_bytes()));
    }
    file
}

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
    std::fs::write(folder.file("n.wav"), wave(&channels)).unwrap();
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
