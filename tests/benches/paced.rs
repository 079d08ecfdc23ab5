//! Tracks by the clock of a device, in turn with a loop as long that cannot be late by its own fault.

use super::worked::worked;
use super::{AHEAD, RATE, TRACKS, film, id, inert, median};
use roomtone::signal::Samples;
use roomtone::sound::Mix;
use roomtone::sound::live;
use roomtone::sound::quantum::QUANTUM;
use roomtone::workers;
use std::time::{Duration, Instant};
use timeline_format::mix::Layout;

/// Blocks that the device's buffer holds.
const HELD: u32 = 2;
/// Blocks after which the tracks and the loop take turns: ten seconds.
const TURN: i64 = 3750;

/// What was counted of blocks by the clock.
#[derive(Debug, Default)]
struct Counts {
    blocks: i64,
    /// Not there when they were to be heard.
    xruns: i64,
    /// Not there when they were to be heard, had the buffer held one.
    late: i64,
    /// Took more of a core than they last.
    long: i64,
}

/// Blocks that a device takes by the clock, from a buffer that holds some: one that is not there when it is
/// to be heard is an xrun. How long each took is kept in `times`.
fn pace(counts: &mut Counts, blocks: i64, times: &mut Vec<Duration>, mut block: impl FnMut()) {
    let period = Duration::from_nanos(1_000_000_000 * QUANTUM as u64 / u64::from(RATE));
    let mut room_at = Instant::now();
    for _ in 0..blocks {
        wait_until(room_at);
        let begun = worked();
        block();
        let took = worked().saturating_sub(begun);
        times.push(took);
        counts.long += i64::from(took > period);
        let now = Instant::now();
        counts.late += i64::from(now > room_at + period);
        let behind = now.saturating_duration_since(room_at + HELD * period);
        counts.xruns += i64::from(!behind.is_zero());
        room_at += behind + period;
    }
    counts.blocks += blocks;
}

/// The tracks, and in turn with them a loop that touches no memory and lasts as long: what that one is late
/// by, the machine took away.
pub(super) fn measure(seconds: i64) {
    let (timeline, shelf) = film(seconds);
    let mix = Mix::ahead(&timeline, id("main"), &shelf, Layout::Stereo, 4 * AHEAD).0;
    let (mut control, mut live) = live::start(mix, 0);
    control.advance();
    let feeding = workers::start("feeding", move |stop| {
        while !stop.is_raised() {
            if !control.advance() {
                std::thread::park_timeout(Duration::from_millis(1));
            }
        }
        control.missed()
    });
    let mut out = Samples::silence(2, QUANTUM);
    let (mut tracks, mut idle) = (Counts::default(), Counts::default());
    let steps = seconds * i64::from(RATE) / QUANTUM as i64;
    while tracks.blocks < steps {
        let blocks = TURN.min(steps - tracks.blocks);
        let mut times = Vec::with_capacity(blocks as usize);
        pace(&mut tracks, blocks, &mut times, || live.render(&mut out));
        let turns = inert::turns_of(median(&times));
        times.clear();
        pace(&mut idle, blocks, &mut times, || inert::turn(turns));
    }
    let feeding = feeding.unwrap();
    feeding.stop().raise();
    let missed = feeding.join().unwrap();
    println!(
        "\nthe {TRACKS} tracks by the clock for {seconds} s, blocks of {QUANTUM}, {HELD} in the buffer; in \
         turn a loop that touches no memory, as long:"
    );
    println!("  tracks: {}, not read in time {missed}", tracks.told());
    println!("  loop:   {}", idle.told());
}

impl Counts {
    fn told(&self) -> String {
        let Self { blocks, xruns, late, long } = self;
        format!(
            "xruns {xruns} of {blocks} blocks, late had the buffer held one {late}, took more of a core \
             than they last {long}"
        )
    }
}

/// Rests as a thread does that waits for its device, but wakes in time.
fn wait_until(due: Instant) {
    const EARLY: Duration = Duration::from_micros(150);
    let rest = due.saturating_duration_since(Instant::now() + EARLY);
    if !rest.is_zero() {
        std::thread::park_timeout(rest);
    }
    while Instant::now() < due {
        std::hint::spin_loop();
    }
}
