//! The rules of the real-time thread, trapped: a minute of random edits and seeks under a kernel filter
//! that ends the program at the first system call of the thread that plays.
//!
//! A lock that is taken waits in the kernel (`futex`), and so do files, logs, big allocations and sleep:
//! none can pass. Small allocations are trapped by the allocator.

use super::dice::Dice;
use super::film::Film;
use super::restless::Restless;
use crate::support::folder::Folder;
use assert_no_alloc::assert_no_alloc;
use roomtone::sound::Mix;
use roomtone::sound::device::{Clock, Edge, Form, Gate};
use roomtone::sound::live::{self, Control};
use roomtone::sound::nodes;
use roomtone::workers;
use seccompiler::{SeccompAction, SeccompFilter, TargetArch};
use std::collections::BTreeMap;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use timeline_format::mix::Layout;

/// Frames that the playing thread may go on before it is fed again: at eight times their speed fewer than are read
/// behind a film that is led, which may turn round at any time.
const LEASH: i64 = 512;
/// The device takes its samples so: not as the film has them.
const FORM: Form = Form { rate: 44_100, channels: 2 };
const MINUTE: i64 = 60 * 44_100;

/// What this test asks of the program that it starts: itself, with this set.
const ROLE: &str = "ROOMTONE_TEST_UNDER_FILTER";

/// What the two threads share; all of it is read and written without a wait.
#[derive(Debug, Default)]
struct Shared {
    /// Frames that may have been played.
    leash: AtomicI64,
    played: AtomicI64,
    /// The sharpest bend from one sample over the next to the one after, as the bits of a float.
    bend: AtomicU32,
    is_filtered: AtomicBool,
    has_failed: AtomicBool,
}

/// From here on, this thread may not call the kernel: but for the time, which is no wait, and which some
/// machines do not keep where it can be read.
fn forbid_system_calls() -> bool {
    let Ok(arch) = TargetArch::try_from(std::env::consts::ARCH) else { return false };
    let (trap, other) = (SeccompAction::KillProcess, SeccompAction::Allow);
    let allowed = BTreeMap::from([(libc::SYS_clock_gettime, Vec::new())]);
    let filter = SeccompFilter::new(allowed, trap, other, arch).unwrap();
    let program: seccompiler::BpfProgram = filter.try_into().unwrap();
    seccompiler::apply_filter(&program).is_ok()
}

/// The playing thread: never returns, as even that would be a system call.
fn play(edge: &mut Edge, shared: &Shared, offence: Option<fn()>) -> ! {
    let mut out = [0.0; 512];
    let mut last = [0.0_f32; 2];
    let is_filtered = forbid_system_calls();
    shared.is_filtered.store(is_filtered, Ordering::Release);
    shared.has_failed.store(!is_filtered, Ordering::Release);
    let mut total = 0;
    loop {
        while shared.leash.load(Ordering::Acquire) < total + 256 {
            std::hint::spin_loop();
        }
        assert_no_alloc(|| edge.fill(&mut out, Duration::ZERO));
        let mut sharpest = f32::from_bits(shared.bend.load(Ordering::Relaxed));
        for sample in out.iter().step_by(2) {
            sharpest = sharpest.max((sample - 2.0 * last[1] + last[0]).abs());
            last = [last[1], *sample];
        }
        shared.bend.store(sharpest.to_bits(), Ordering::Relaxed);
        total += 256;
        shared.played.store(total, Ordering::Release);
        if let Some(offend) = offence
            && total > 44_100
        {
            offend();
        }
    }
}

/// Feeds until the playing thread has come to `until`.
fn feed(control: &mut Control, clock: &Clock, film: &Film, shared: &Shared, until: i64) {
    let timeline = film.timeline();
    while shared.played.load(Ordering::Acquire) < until {
        control.advance();
        control.tend(&film.score(&timeline));
        assert!(clock.now().is_none_or(f64::is_finite));
        shared.leash.store(shared.played.load(Ordering::Acquire) + LEASH, Ordering::Release);
        std::thread::yield_now();
    }
}

/// One thing that a person does while the film plays: mostly edits, seeks, and the film led by hand or held.
fn touch(control: &mut Control, gate: &Gate, restless: &mut Restless, dice: &mut Dice) {
    let place = dice.roll(60 * 48_000) as i64;
    gate.open();
    match dice.roll(10) {
        0 => control.go(place),
        1 => control.scrub(place),
        2 if control.is_led() => control.scrub(control.position() + dice.roll(60_000) as i64),
        2 => control.shuttle(dice.between(-4.0, 4.0)),
        3 if control.is_led() => control.go(control.position()),
        4 => gate.shut(),
        5 | 6 => restless.change_one(dice),
        _ => restless.change(dice),
    }
    let timeline = restless.film.timeline();
    let problems = control.edit(&restless.film.score(&timeline));
    assert!(problems.is_empty(), "{problems:?}");
}

/// In the program that the test starts: plays a minute of the film while it changes.
#[expect(clippy::exit, reason = "the playing thread cannot end: even that is a system call")]
fn under_filter(offence: Option<fn()>) {
    let mut restless = Restless::new();
    let mut dice = Dice(5);
    restless.change(&mut dice);
    let timeline = restless.film.timeline();
    let (mix, problems) = Mix::playing(&restless.film.score(&timeline));
    assert!(problems.is_empty(), "{problems:?}");
    let (mut control, live) = live::start(mix, 0);
    let gate = Gate::until(i64::MAX);
    let (mut edge, clock) = Edge::new(live, 48_000, Layout::Stereo, &gate);
    edge.suit(FORM);
    let shared = Arc::new(Shared::default());
    let seen = Arc::clone(&shared);
    let _playing = workers::start("playing", move |_| play(&mut edge, &seen, offence)).unwrap();
    let (mut edits, mut until) = (0, 0);
    while until < MINUTE {
        until += 4096 + dice.roll(24_000) as i64;
        feed(&mut control, &clock, &restless.film, &shared, until);
        if shared.has_failed.load(Ordering::Acquire) {
            std::process::exit(3);
        }
        touch(&mut control, &gate, &mut restless, &mut dice);
        edits += 1;
    }
    let bend = f32::from_bits(shared.bend.load(Ordering::Relaxed));
    let kinds = restless.kinds.len();
    eprintln!("edits {edits} kinds {kinds} missed {} bend {bend}", control.missed());
    std::process::exit(0);
}

static HELD: Mutex<()> = Mutex::new(());

/// What each offence does on the playing thread.
const OFFENCES: [(&str, fn()); 4] = [
    ("lock", || drop(HELD.lock())),
    ("sleep", || std::thread::park_timeout(Duration::from_millis(1))),
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
    let folder = Folder::new();
    command.env("TMPDIR", folder.path()).env(ROLE, role).output().unwrap()
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
    let [edits, kinds, missed, bend] = numbers[..] else { panic!("{line}") };
    assert!(edits > 100.0, "{line}");
    assert!(kinds == nodes::ALL.len() as f64, "not every node was heard: {line}");
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
