//! How soon a seek, a pointer and an edit are heard.

use super::worked::worked;
use super::{AHEAD, Shelf, TRACKS, film, id};
use roomtone::play::Room;
use roomtone::signal::Samples;
use roomtone::sound::device::Capture;
use roomtone::sound::live;
use roomtone::sound::{Mix, Score};
use std::sync::Arc;
use std::time::{Duration, Instant};
use timeline_format::mix::Layout;
use timeline_format::{Param, Timeline};

/// `tracks` of the tracks.
fn part_of_film(tracks: usize) -> (Timeline, Shelf) {
    let (timeline, shelf) = film(120);
    let mut sequence = (**timeline.main().unwrap()).clone();
    sequence.tracks.truncate(tracks);
    (timeline.with_sequence(id("main"), sequence), shelf)
}

fn score<'a>(timeline: &'a Timeline, shelf: &'a Shelf) -> Score<'a> {
    let (layout, ahead, sequence) = (Layout::Stereo, AHEAD, id("main"));
    Score { timeline, sequence, sources: shelf, layout, ahead }
}

/// The middle of what `times` times take: by the clock, and of the processor.
fn middle(mut times: Vec<(Duration, Duration)>) -> (f64, f64) {
    let mut middle = |of: fn(&(Duration, Duration)) -> Duration| {
        times.sort_by_key(of);
        of(&times[times.len() / 2]).as_secs_f64() * 1e3
    };
    (middle(|times| times.0), middle(|times| times.1))
}

fn timed(work: impl FnOnce()) -> (Duration, Duration) {
    let (clock, processor) = (Instant::now(), worked());
    work();
    (clock.elapsed(), worked().saturating_sub(processor))
}

fn say(name: &str, times: Vec<(Duration, Duration)>) {
    let (clock, processor) = middle(times);
    println!("  {name:44} {clock:7.1} ms by the clock, {processor:7.1} ms of a core");
}

/// Plays on until nothing more is to be prepared.
fn come_to_rest(control: &mut live::Control, live: &mut live::Live, score: &Score<'_>) {
    let mut out = Samples::silence(2, 64);
    for _ in 0..60 {
        while control.advance() | control.tend(score) {
            live.render(&mut out);
        }
        live.render(&mut out);
    }
}

/// A seek, a pointer that moves and an edit while tracks play: from the call to the first sample in a
/// block of 64, read from memory.
pub(super) fn measure_seeks() {
    let (timeline, shelf) = part_of_film(64);
    let score = score(&timeline, &shelf);
    println!("\n64 of those tracks in blocks of 64; median of 9");
    let (mut control, mut live) = live::start(Mix::playing(&score).0, 0);
    let mut out = Samples::silence(2, 64);
    let mut times = [const { Vec::new() }; 4];
    for number in 1..=9 {
        come_to_rest(&mut control, &mut live, &score);
        let sample = number * 480_017;
        times[0].push(timed(|| {
            control.go(sample);
            live.render(&mut out);
        }));
        assert!((control.position() - sample).abs() <= 64, "it is there");
        let start = Instant::now();
        let processor = worked();
        while !control.is_exact() {
            if !control.advance() {
                control.tend(&score);
            }
            live.render(&mut out);
        }
        times[1].push((start.elapsed(), worked().saturating_sub(processor)));
        come_to_rest(&mut control, &mut live, &score);
        times[2].push(timed(|| {
            control.scrub(sample);
            live.render(&mut out);
        }));
        come_to_rest(&mut control, &mut live, &score);
        control.scrub(sample + 20_000);
        times[3].push(timed(|| {
            let mut steps = 0;
            let is_heard = |out: &Samples| out.channels()[0].iter().any(|x| x.abs() > 1e-4);
            while !is_heard(&out) || steps == 0 {
                live.render(&mut out);
                steps += 1;
            }
            assert!(steps < 20, "{steps} blocks");
        }));
    }
    let names = [
        "a seek, to its sound",
        "the same, with every tail (behind it)",
        "a pointer put down elsewhere",
        "a pointer that moves, to its sound",
    ];
    for (name, times) in names.into_iter().zip(times) {
        say(name, times);
    }
}

/// An edit of one track of 256 that play: what is done ahead of it, and by the thread that plays.
pub(super) fn measure_edits() {
    let (mut timeline, shelf) = part_of_film(TRACKS);
    let made = timed(|| drop(Mix::playing(&score(&timeline, &shelf))));
    let (mut control, mut live) = live::start(Mix::playing(&score(&timeline, &shelf)).0, 0);
    control.tend(&score(&timeline, &shelf));
    let mut out = Samples::silence(2, 128);
    let (mut edits, mut before, mut during) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..9 {
        while control.readers().read() {}
        for _ in 0..40 {
            before.push(timed(|| live.render(&mut out)));
        }
        control.manage();
        control.readers().read();
        let mut main = (**timeline.main().unwrap()).clone();
        let mut track = (*main.tracks[7]).clone();
        track.header.strip.gain = Some(Param::number(-20.0 - f64::from(number)));
        main.tracks.set(7, Arc::new(track));
        timeline = timeline.with_sequence(id("main"), main);
        edits.push(timed(|| assert!(control.edit(&score(&timeline, &shelf)).is_empty())));
        for _ in 0..20 {
            during.push(timed(|| live.render(&mut out)));
        }
    }
    println!("\nan edit of one of {TRACKS} tracks; median of 9");
    say("a mix made anew, for comparison", vec![made]);
    say("an edit, both mixes", edits);
    say("128 samples of what plays, before", before);
    say("the same while the edit is made", during);
}

/// The same tracks from Wave files through the whole player: seeks as soon as a film is open, and later.
pub(super) fn measure_files() {
    let (timeline, shelf) = part_of_film(64);
    let folder = tempfile::tempdir().unwrap();
    for (name, sound) in &shelf.0 {
        let file = folder.path().join(format!("{name}.wav"));
        std::fs::write(file, wave(sound, 600_000)).unwrap();
    }
    let timeline = Arc::new(timeline);
    let (mut cold, mut warm) = (Vec::new(), Vec::new());
    for number in 1..=5 {
        let device = Capture::new(None);
        let lent = Box::new(device.clone());
        let room = Room::open(&timeline, folder.path(), 0..5_000_000, lent).unwrap();
        device.take(64);
        cold.push(seek(&room, &device, number * 480_017));
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(3) {
            device.take(64);
            std::thread::park_timeout(Duration::from_micros(1300));
        }
        warm.push(seek(&room, &device, number * 480_017 + 1_000_003));
    }
    println!("\n64 tracks from 8 Wave files, through the whole player; median of 5");
    say("a seek as soon as the film is open", cold);
    say("a seek later", warm);
}

/// From a seek to its sound, in blocks of 64.
fn seek(room: &Room, device: &Capture, sample: i64) -> (Duration, Duration) {
    timed(|| {
        room.go(sample);
        let is_there = |now: f64| (0.0..8000.0).contains(&(now - sample as f64));
        while !room.clock().now().is_some_and(is_there) {
            device.take(64);
            std::thread::park_timeout(Duration::from_micros(300));
        }
    })
}

/// A Wave file of floats that holds `length` samples of a sound that goes round.
fn wave(sound: &[Vec<f32>; 2], length: usize) -> Vec<u8> {
    let bytes = (length * 8) as u32;
    let mut file = Vec::with_capacity(44 + length * 8);
    file.extend(b"RIFF");
    file.extend((36 + bytes).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x03\0\x02\0");
    file.extend(48_000_u32.to_le_bytes());
    file.extend((48_000_u32 * 8).to_le_bytes());
    file.extend(b"\x08\0\x20\0data");
    file.extend(bytes.to_le_bytes());
    for index in 0..length {
        for channel in sound {
            file.extend(channel[index % channel.len()].to_le_bytes());
        }
    }
    file
}
