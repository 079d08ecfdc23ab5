//! The rules of the real-time thread, trapped: a minute of random edits and seeks under a kernel filter
//! that ends the program at the first system call of the thread that plays.
//!
//! A lock that is taken waits in the kernel (`futex`), and so do files, logs, clocks that are not read
//! from memory, big allocations and sleep: none can pass. Small allocations are trapped by the allocator.

use super::dice::Dice;
use super::film::{Film, Sound, hard, id, item, layer, sine};
use assert_no_alloc::assert_no_alloc;
use roomtone::signal::Samples;
use roomtone::sound::Mix;
use roomtone::sound::live::{self, Control, Live};
use roomtone::workers;
use seccompiler::{SeccompAction, SeccompFilter, TargetArch};
use std::collections::BTreeMap;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use timeline_format::mix::{Bus, Layout, NodeInstance, Send, Strip};
use timeline_format::parameter::{Curve, Ease, Follow, Key};
use timeline_format::{Extra, Frames, Param, Value};

/// Samples that the playing thread may go on before it is fed again.
const LEASH: i64 = 1024;
const MINUTE: i64 = 60 * 48_000;

/// What this test asks of the program that it starts: itself, with this set.
const ROLE: &str = "ROOMTONE_TEST_UNDER_FILTER";

/// What the two threads share; all of it is read and written without a wait.
#[derive(Debug, Default)]
struct Shared {
    /// Samples that may have been played.
    leash: AtomicI64,
    played: AtomicI64,
    /// The sharpest bend from one sample over the next to the one after, as the bits of a float.
    bend: AtomicU32,
    is_filtered: AtomicBool,
    has_failed: AtomicBool,
}

/// From here on, this thread may not call the kernel.
fn forbid_system_calls() -> bool {
    let Ok(arch) = TargetArch::try_from(std::env::consts::ARCH) else { return false };
    let (trap, other) = (SeccompAction::KillProcess, SeccompAction::Allow);
    let filter = SeccompFilter::new(BTreeMap::new(), trap, other, arch).unwrap();
    let program: seccompiler::BpfProgram = filter.try_into().unwrap();
    seccompiler::apply_filter(&program).is_ok()
}

/// The playing thread: never returns, as even that would be a system call.
fn play(live: &mut Live, shared: &Shared, offence: Option<fn()>) -> ! {
    let mut out = Samples::silence(2, 256);
    let mut last = [0.0_f32; 2];
    let is_filtered = forbid_system_calls();
    shared.is_filtered.store(is_filtered, Ordering::Release);
    shared.has_failed.store(!is_filtered, Ordering::Release);
    let mut total = 0;
    loop {
        while shared.leash.load(Ordering::Acquire) < total + 256 {
            std::hint::spin_loop();
        }
        assert_no_alloc(|| live.render(&mut out));
        let mut sharpest = f32::from_bits(shared.bend.load(Ordering::Relaxed));
        for sample in &out.channels()[0] {
            sharpest = sharpest.max((sample - 2.0 * last[1] + last[0]).abs());
            last = [last[1], *sample];
        }
        shared.bend.store(sharpest.to_bits(), Ordering::Relaxed);
        total += 256;
        shared.played.store(total, Ordering::Release);
        if let Some(offend) = offence
            && total > 48_000
        {
            offend();
        }
    }
}

fn node(name: &str, kind: &str, values: &[(&str, Param)]) -> NodeInstance {
    NodeInstance {
        id: id(name),
        kind: kind.into(),
        bypass: false,
        values: values.iter().map(|(id, value)| ((*id).to_owned(), value.clone())).collect(),
        wires: BTreeMap::new(),
        extra: Extra::new(),
    }
}

/// A slow curve around `middle`: whatever it moves, it moves without a step.
fn curve(dice: &mut Dice, middle: f64, width: f64) -> Param {
    let mut at = 0;
    let keys = (0..=dice.roll(30)).map(|_| {
        at += 5 + dice.roll(50) as i64;
        let value = Value::Number(middle + dice.between(-width, width));
        let ease = [Ease::Linear, Ease::Ease][dice.roll(2) as usize];
        Key { at: Frames::whole(at), value, ease }
    });
    Param::Animated(Curve { keys: keys.collect(), follow: Follow::Clip })
}

fn strip(dice: &mut Dice, buses: &[&str]) -> Strip {
    let mut strip = Strip { mute: dice.roll(6) == 0, solo: dice.roll(9) == 0, ..Strip::default() };
    strip.gain = Some(curve(dice, -12.0, 6.0));
    strip.pan = Some(curve(dice, 0.0, 0.5));
    for number in 0..dice.roll(3) {
        let ceiling = curve(dice, -9.0, 8.0);
        let made = match dice.roll(3) {
            0 => node(&format!("n{number}"), "limiter", &[("ceiling", ceiling)]),
            1 => node(&format!("n{number}"), "gain", &[("gain", curve(dice, -3.0, 3.0))]),
            _ => node(&format!("n{number}"), "pan", &[("position", curve(dice, 0.0, 0.6))]),
        };
        strip.nodes.push(made);
    }
    for to in buses {
        if dice.roll(2) == 0 {
            let gain = Some(curve(dice, -20.0, 6.0));
            strip.sends.push(Send { to: id(to), gain, pre: dice.roll(2) == 0 });
        }
    }
    strip
}

const BUSES: [&str; 6] = ["b1", "b2", "b3", "b4", "b5", "b6"];

/// Another film of the same low tones: other levels, places, nodes, buses, sends, side inputs.
fn edit(film: &mut Film, dice: &mut Dice) {
    film.sequence.tracks.clear();
    film.sequence.buses.clear();
    for (index, name) in BUSES.iter().enumerate() {
        let behind = &BUSES[index + 1..];
        let mut strip = strip(dice, behind);
        strip.solo = false;
        strip.output = behind.first().map(|next| id(next));
        let layout = Layout::Stereo;
        let bus = Bus { name: (*name).into(), role: None, layout, strip, extra: Extra::new() };
        film.sequence.buses.insert(id(name), Arc::new(bus));
    }
    for (number, sound) in ["s", "u", "s"].into_iter().enumerate() {
        let mut strip = strip(dice, &BUSES[..3]);
        strip.output = Some(id(BUSES[dice.roll(6) as usize]));
        if number == 1 {
            let mut duck = node("d", "duck", &[("depth", curve(dice, 10.0, 8.0))]);
            duck.wires = BTreeMap::from([("key".to_owned(), id("t0"))]);
            strip.nodes.push(duck);
        }
        let long = [item(&format!("c{number}"), 80 * 24, hard(sound, 0))];
        film.track(&format!("t{number}"), long.into()).header.strip = strip;
    }
    add_quiet(film, dice);
}

/// The film as it is, but for one strip's level and what is on the last track.
fn edit_one(film: &mut Film, dice: &mut Dice) {
    let changed = dice.roll(3) as usize;
    let mut track = (*film.sequence.tracks[changed]).clone();
    track.header.strip.gain = Some(curve(dice, -12.0, 6.0));
    film.sequence.tracks.set(changed, Arc::new(track));
    film.sequence.tracks.truncate(3);
    add_quiet(film, dice);
}

fn add_quiet(film: &mut Film, dice: &mut Dice) {
    let at = Frames::whole(dice.roll(1400) as i64);
    let quiet = layer(at, Frames::whole(1 + dice.roll(90) as i64), hard("q", 0));
    film.free("t9", vec![("c9", quiet)]);
}

/// Feeds until the playing thread has come to `until`.
fn feed(control: &mut Control, film: &Film, shared: &Shared, until: i64) {
    let timeline = film.timeline();
    while shared.played.load(Ordering::Acquire) < until {
        control.advance();
        control.tend(&film.score(&timeline));
        shared.leash.store(shared.played.load(Ordering::Acquire) + LEASH, Ordering::Release);
        std::thread::yield_now();
    }
}

/// One thing that a person does while the film plays: mostly edits, seeks, and the film led by hand.
fn touch(control: &mut Control, film: &mut Film, dice: &mut Dice) {
    let place = dice.roll(60 * 48_000) as i64;
    match dice.roll(9) {
        0 => control.go(place),
        1 => control.scrub(place),
        2 if control.is_led() => control.scrub(control.position() + dice.roll(60_000) as i64),
        2 => control.shuttle(dice.between(-4.0, 4.0)),
        3 if control.is_led() => control.go(control.position()),
        4 | 5 => edit_one(film, dice),
        _ => edit(film, dice),
    }
    let timeline = film.timeline();
    let problems = control.edit(&film.score(&timeline));
    assert!(problems.is_empty(), "{problems:?}");
}

/// In the program that the test starts: plays a minute of the film while it changes.
#[expect(clippy::exit, reason = "the playing thread cannot end: even that is a system call")]
fn under_filter(offence: Option<fn()>) {
    let mut film = Film::new("24", 48_000);
    film.sound("s", Sound::new(48_000, vec![sine(48_000, 81 * 48_000, 220.0, 0.3)]));
    film.sound("u", Sound::new(44_100, vec![sine(44_100, 81 * 44_100, 97.0, 0.3)]));
    film.sound("q", Sound::new(48_000, vec![vec![0.0; 200_000]]));
    let mut dice = Dice(5);
    edit(&mut film, &mut dice);
    let timeline = film.timeline();
    let (mix, problems) = Mix::playing(&film.score(&timeline));
    assert!(problems.is_empty(), "{problems:?}");
    let (mut control, mut live) = live::start(mix, 0);
    let shared = Arc::new(Shared::default());
    let seen = Arc::clone(&shared);
    let _playing = workers::start("playing", move |_| play(&mut live, &seen, offence)).unwrap();
    let (mut edits, mut until) = (0, 0);
    while until < MINUTE {
        until += 4096 + dice.roll(24_000) as i64;
        feed(&mut control, &film, &shared, until);
        if shared.has_failed.load(Ordering::Acquire) {
            std::process::exit(3);
        }
        touch(&mut control, &mut film, &mut dice);
        edits += 1;
    }
    let bend = f32::from_bits(shared.bend.load(Ordering::Relaxed));
    eprintln!("edits {edits} missed {} bend {bend}", control.missed());
    std::process::exit(0);
}

static HELD: Mutex<()> = Mutex::new(());

/// What each offence does on the playing thread.
const OFFENCES: [(&str, fn()); 4] = [
    ("lock", || drop(HELD.lock())),
    ("sleep", || std::thread::park_timeout(std::time::Duration::from_millis(1))),
    ("file", || drop(std::fs::metadata("/"))),
    ("log", || eprintln!("here")),
];

/// Not a test of its own: what the others start, with [`ROLE`] set.
#[test]
fn playing_under_filter() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let held = HELD.lock();
    let offence = OFFENCES.iter().find(|(name, _)| *name == role).map(|(_, offend)| *offend);
    under_filter(offence);
    drop(held);
}

#[expect(clippy::disallowed_methods, reason = "a broken rule ends the program: it is another one")]
fn start(role: &str) -> Output {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "sound::realtime::playing_under_filter", "--nocapture"]);
    command.env(ROLE, role).output().unwrap()
}

#[test]
fn a_minute_of_random_edits_and_seeks_makes_no_system_call_and_no_click() {
    let done = start("play");
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    if is_without_filters(&done) {
        return;
    }
    assert!(done.status.success(), "{:?}\n{said}", done.status);
    let line = said.lines().find(|line| line.contains("edits ")).unwrap();
    let numbers: Vec<f64> = line.split_whitespace().filter_map(|w| w.parse().ok()).collect();
    let [edits, missed, bend] = numbers[..] else { panic!("{line}") };
    assert!(edits > 100.0, "{line}");
    assert!(missed == 0.0, "{line}");
    assert!(bend > 1e-5 && bend < 0.02, "{line}");
}

/// Whether this kernel cannot filter system calls; then the test says so, and fails in CI.
fn is_without_filters(done: &Output) -> bool {
    let is_without = done.status.code() == Some(3);
    if is_without {
        assert!(std::env::var_os("CI").is_none(), "CI skips nothing");
        eprintln!("SKIPPED sound::realtime: this kernel has no filters of system calls");
    }
    is_without
}

#[test]
fn the_filter_traps_locks_sleep_files_and_logs() {
    for (name, _) in OFFENCES {
        let done = start(name);
        if is_without_filters(&done) {
            return;
        }
        assert_eq!(done.status.code(), None, "{name} was not trapped: {:?}", done.status);
    }
}
