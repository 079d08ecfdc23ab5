//! Killed at any moment: no film is lost, nothing that was kept is unreadable, and what was on screen a
//! second before is there.

use crate::support::folder::Folder;
use roomtone::project::{self, Autosave};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use timeline_format::{Frames, Marker, Timeline};

/// Set where this program is the one that is killed: the film that it edits.
const VICTIM: &str = "ROOMTONE_TEST_VICTIM";
/// How often it is killed.
const KILLS: usize = 200;

fn with_marker(film: &Timeline, number: u64) -> Timeline {
    let mut ids = timeline_format::IdSource::seeded(number);
    let marker = Marker { at: Frames::whole(number as i64), ..Marker::default() };
    let scope = roomtone::edit::Scope::of(film.settings.main);
    roomtone::edit::add_marker(film, scope, &marker, &mut ids).unwrap().timeline
}

fn markers(film: &Timeline) -> u64 {
    film.main().unwrap().markers.len() as u64
}

/// Edits and now and then saves, and says what is on screen, until it is killed.
#[test]
fn a_victim_edits_until_it_is_killed() {
    let Ok(film) = std::env::var(VICTIM) else { return };
    let path = Path::new(&film);
    let mut now = newest(path);
    let mut autosave = Autosave::start(path).unwrap();
    for edit in 1.. {
        now = with_marker(&now, markers(&now) + 1);
        autosave.keep(Arc::new(now.clone()), edit, "Add marker");
        println!("{}", markers(&now));
        std::io::stdout().flush().unwrap();
        if edit % 7 == 0 {
            project::save(path, &now).unwrap();
            autosave.saved(path);
        }
        crossbeam::channel::after(Duration::from_millis(edit % 5)).recv().unwrap();
    }
}

/// Lets a victim edit for a while, kills it; what was on screen, and when, in milliseconds before.
#[expect(clippy::disallowed_methods, reason = "a test starts the program that it tests")]
fn kill_after(film: &Path, time: Duration) -> Vec<(u64, u128)> {
    let mut victim = Command::new(std::env::current_exe().unwrap());
    victim.args(["ui::killed::a_victim_edits_until_it_is_killed", "--exact", "--nocapture"]);
    victim.env(VICTIM, film).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut victim = victim.spawn().unwrap();
    let output = BufReader::new(victim.stdout.take().unwrap());
    let (send, shown) = crossbeam::channel::bounded(100_000);
    let start = Instant::now();
    let reader = roomtone::workers::start("reader", move |_| {
        for line in output.lines().map_while(Result::ok) {
            if let Ok(count) = line.trim().parse::<u64>() {
                send.send((count, start.elapsed())).unwrap();
            }
        }
    });
    let first = shown.recv_timeout(Duration::from_mins(1)).unwrap();
    crossbeam::channel::after(time).recv().unwrap();
    let killed = start.elapsed();
    victim.kill().unwrap();
    victim.wait().unwrap();
    reader.unwrap().join().unwrap();
    let all = std::iter::once(first).chain(shown.iter());
    all.map(|(count, at)| (count, killed.saturating_sub(at).as_millis())).collect()
}

#[test]
fn two_hundred_kills_lose_no_film_and_nothing_a_second_old() {
    let folder = Folder::new();
    let path = folder.file("film.roomtone");
    let empty = project::beginning("64x36".parse().unwrap(), "24".parse().unwrap(), 48_000, "");
    project::save(&path, &empty).unwrap();
    let mut before = 0;
    for kill in 0..KILLS {
        let time = if kill % 20 == 0 { 1200 } else { kill as u64 * 37 % 60 };
        let shown = kill_after(&path, Duration::from_millis(time));
        let there = markers(&newest(&path));
        let old = shown.iter().filter(|(_, before)| *before >= 1000).map(|(count, _)| *count);
        let must = old.max().unwrap_or(before).max(before);
        assert!(there >= must, "kill {kill}: {there} of {must} edits are there");
        before = there;
    }
    assert!(before > KILLS as u64, "the victims edited: {before}");
}

/// The film with what was never saved of it.
fn newest(path: &Path) -> Timeline {
    let (saved, problems) = project::open(path).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    let found = project::recovered(path).unwrap();
    found.filter(|found| found.follows).map_or(saved, |found| found.timeline)
}
