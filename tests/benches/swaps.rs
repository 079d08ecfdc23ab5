//! How soon a seek, a pointer and an edit are heard.

use super::worked::worked;
use super::{AHEAD, Shelf, TRACKS, film, id};
use roomtone::signal::Samples;
use roomtone::sound::live;
use roomtone::sound::{Mix, Score, Sources};
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
    let (layout, ahead, sequence) = (Layout::Stereo, AHEAD, id("main"));
    let score = Score { timeline: &timeline, sequence, sources: &shelf, layout, ahead };
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
    let (layout, ahead, sequence) = (Layout::Stereo, AHEAD, id("main"));
    let score =
        |timeline| Score { timeline, sequence, sources: &shelf as &dyn Sources, layout, ahead };
    let made = timed(|| drop(Mix::playing(&score(&timeline))));
    let (mut control, mut live) = live::start(Mix::playing(&score(&timeline)).0, 0);
    control.tend(&score(&timeline));
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
        timeline = timeline.with_sequence(sequence, main);
        edits.push(timed(|| assert!(control.edit(&score(&timeline)).is_empty())));
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
