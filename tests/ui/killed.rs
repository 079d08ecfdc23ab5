//! Killed at any moment: no film is lost, nothing that was kept is unreadable, what was on screen a second
//! before is there, and the window that is opened next says what it recovered.
//!
//! Most kills hit a victim that has all of the window but its drawing; some hit the window itself, drawn and
//! used by keys and pointer. A few more hit the true program: see [`super::display`].

use crate::play::Dice;
use crate::support::folder::Folder;
use eframe::egui::{Context, Key, Modifiers, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use roomtone::project;
use roomtone::sound::device::{Device, Null};
use roomtone::ui::App;
use serde_json::{Map, json};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use timeline_format::Timeline;

/// Set where this program is the one that is killed: the film that it edits.
const VICTIM: &str = "ROOMTONE_TEST_VICTIM";
/// How often the victim without a picture is killed.
pub(super) const KILLS: usize = 176;
/// How often the window is killed.
pub(super) const WINDOW_KILLS: usize = 20;
/// How long ago something must have been on screen to be there afterwards, in milliseconds.
const LONG_AGO: u128 = 1000;

fn silent() -> Box<dyn Device> {
    Box::new(Null::default())
}

/// A film of one long clip of a colour.
pub(super) fn long_clip(path: &Path) {
    let text = json!({
        "format": 2, "min_reader": 2,
        "settings": {"raster": "64x36", "rate": "25", "sound": 48000, "main": "main"},
        "clips": {"a": {"length": 100_000, "generator": {"kind": "colour"}}},
        "tracks": {"v1": {"kind": "picture", "order": ["a", ""]}},
        "sequences": {"main": {"rate": "25", "tracks": ["v1", ""]}}
    });
    let (film, problems) = timeline_format::read(text.to_string().as_bytes()).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    project::save(path, &film).unwrap();
}

/// How much is in a film: each edit of a victim makes it one more or, undone, one less.
pub(super) fn size(film: &Timeline) -> i64 {
    let main = film.main().unwrap();
    let clips =
        main.tracks.iter().filter_map(|track| track.reel()).map(timeline_format::Reel::count);
    (main.markers.len() + clips.sum::<usize>()) as i64
}

/// The film with what was never saved of it, and the number of edits that were not.
pub(super) fn newest(path: &Path) -> (Timeline, u64) {
    let (saved, problems) = project::open(path).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    let found = project::recovered(path).unwrap().filter(|found| found.follows);
    found.map_or((saved, 0), |found| (found.timeline, found.edits))
}

/// Says what is on screen.
fn tell(app: &App) {
    let mut out = std::io::stdout();
    writeln!(out, "{}", size(&app.film().unwrap())).unwrap();
    out.flush().unwrap();
}

/// Says what the window said when it was opened.
fn tell_first(app: &App) {
    let mut out = std::io::stdout();
    app.said().iter().for_each(|words| writeln!(out, "said {words}").unwrap());
    tell(app);
}

/// Does something: mostly one more marker or cut, now and then a step back or a save.
fn ask(app: &mut App, turn: i64) {
    let id = match turn % 9 {
        0 | 2 | 5 => "add-marker",
        1 | 3 | 6 => "razor",
        7 => "undo",
        8 if turn % 5 == 0 => "save",
        _ => "step-forward",
    };
    app.ask(id);
    app.ask("step-forward");
}

#[test]
fn a_victim_without_a_picture_edits_until_it_is_killed() {
    let Ok(film) = std::env::var(VICTIM) else { return };
    let mut app = App::new(&Context::default(), Some(Path::new(&film)), silent);
    tell_first(&app);
    for turn in 0.. {
        ask(&mut app, turn);
        tell(&app);
        crossbeam::channel::after(Duration::from_millis(turn as u64 % 5)).recv().unwrap();
    }
}

/// A press of a key, and the drawing after it.
fn press(harness: &mut Harness<'_, App>, key: Key, modifiers: Modifiers) {
    harness.key_press_modifiers(modifiers, key);
    harness.step();
    tell(harness.state());
}

#[test]
fn a_window_edits_until_it_is_killed() {
    let Ok(film) = std::env::var(VICTIM) else { return };
    let mut harness = Harness::builder()
        .with_size([1280.0, 800.0])
        .build_eframe(move |it| App::new(&it.egui_ctx, Some(Path::new(&film)), silent));
    harness.step();
    tell_first(harness.state());
    let command = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };
    for turn in 0_u32.. {
        press(&mut harness, Key::M, Modifiers::NONE);
        let ruler = harness.get_by_label("Playhead").rect();
        let at = pos2(ruler.left() + 5.0 + (turn * 37 % 900) as f32, ruler.top() + 5.0);
        harness.hover_at(at);
        harness.drag_at(at);
        harness.hover_at(at + vec2(9.0, 0.0));
        harness.drop_at(at + vec2(9.0, 0.0));
        harness.step();
        press(&mut harness, Key::K, command);
        if turn % 4 == 3 {
            press(&mut harness, Key::Z, command);
        }
        if turn % 7 == 6 {
            press(&mut harness, Key::S, command);
        }
    }
}

/// What a victim told: what it said first, and what was on screen so many milliseconds before its end.
struct Told {
    said: String,
    shown: Vec<(i64, u128)>,
}

/// Lets a victim edit for a while, and kills it.
#[expect(clippy::disallowed_methods, reason = "a test starts the program that it tests")]
fn kill_after(victim: &str, film: &Path, time: Duration) -> Told {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([&format!("ui::killed::{victim}"), "--exact", "--nocapture"]);
    command.env(VICTIM, film).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut victim = command.spawn().unwrap();
    let output = BufReader::new(victim.stdout.take().unwrap());
    let (send, lines) = crossbeam::channel::bounded(100_000);
    let start = Instant::now();
    let reader = roomtone::workers::start("reader", move |_| {
        for line in output.lines().map_while(Result::ok) {
            send.send((line, start.elapsed())).unwrap();
        }
    });
    let mut all: Vec<(String, Duration)> = Vec::new();
    while !all.iter().any(|(line, _)| is_size(line)) {
        all.push(lines.recv_timeout(Duration::from_mins(1)).unwrap());
    }
    crossbeam::channel::after(time).recv().unwrap();
    let killed = start.elapsed();
    victim.kill().unwrap();
    victim.wait().unwrap();
    reader.unwrap().join().unwrap();
    all.extend(lines.iter());
    let shown = all.iter().filter_map(|(line, at)| {
        Some((line.trim().parse().ok()?, killed.saturating_sub(*at).as_millis()))
    });
    let said = all.iter().filter_map(|(line, _)| line.split_once("said "));
    Told { said: said.map(|(_, words)| words).collect::<String>(), shown: shown.collect() }
}

fn is_size(line: &str) -> bool {
    line.trim().parse::<i64>().is_ok()
}

/// Sizes that a film may have after a kill: the last that was on screen a second before, and every one
/// since; and what the edit made that was under way.
fn allowed(shown: &[(i64, u128)]) -> impl Fn(i64) -> bool {
    let old = shown.iter().rposition(|(_, before)| *before >= LONG_AGO).unwrap_or(0);
    let sizes: Vec<i64> = shown[old..].iter().map(|(size, _)| *size).collect();
    let last = sizes.last().copied().unwrap_or_default();
    move |size| sizes.contains(&size) || (size - last).abs() <= 1
}

/// Kills a victim so often, and looks after each kill what is left of its film.
fn kill_many(victim: &str, kills: usize) {
    let folder = Folder::new();
    let path = folder.file("film.roomtone");
    long_clip(&path);
    let (mut dice, mut expected, mut edits) = (Dice(kills as u64), 0, 0);
    let mut recoveries = 0;
    for kill in 0..kills {
        let time = if kill % 20 == 7 { 1200 } else { dice.below(60) as u64 };
        let told = kill_after(victim, &path, Duration::from_millis(time));
        let is_told = told.said.contains(&format!("{edits} edits were recovered"));
        assert!(is_told || edits == 0, "kill {kill}: {edits} edits, and it said {:?}", told.said);
        assert!(
            kill == 0 || told.shown[0].0 == expected,
            "kill {kill}: {expected} and {:?}",
            told.shown
        );
        let (film, unsaved) = newest(&path);
        let is_there = allowed(&told.shown);
        assert!(is_there(size(&film)), "kill {kill}: {} of {:?}", size(&film), told.shown);
        assert_eq!(film.main().unwrap().length(), 100_000, "kill {kill}");
        (expected, edits) = (size(&film), unsaved);
        recoveries += usize::from(unsaved > 0);
    }
    assert!(expected > kills as i64 / 2, "the victims edited: {expected}");
    assert!(recoveries > kills / 2, "edits were under way: {recoveries}");
}

#[test]
fn kills_at_random_moments_lose_no_film_and_nothing_a_second_old() {
    kill_many("a_victim_without_a_picture_edits_until_it_is_killed", KILLS);
}

#[test]
fn kills_of_the_drawn_window_lose_no_film_and_nothing_a_second_old() {
    kill_many("a_window_edits_until_it_is_killed", WINDOW_KILLS);
}

#[test]
fn an_edit_of_a_hundred_thousand_clips_is_kept_while_the_window_goes_on() {
    let folder = Folder::new();
    let path = folder.file("film.roomtone");
    let (clip, mut clips) = (json!({"length": 20, "generator": {"kind": "colour"}}), Map::new());
    (0..100_000).for_each(|number| drop(clips.insert(format!("c{number}"), clip.clone())));
    let mut order: Vec<String> = clips.keys().cloned().collect();
    order.push(String::new());
    let text = json!({
        "format": 2, "min_reader": 2,
        "settings": {"raster": "64x36", "rate": "25", "sound": 48000, "main": "main"},
        "clips": clips, "tracks": {"v1": {"kind": "picture", "order": order}},
        "sequences": {"main": {"rate": "25", "tracks": ["v1", ""]}}
    });
    let (film, _) = timeline_format::read(text.to_string().as_bytes()).unwrap();
    project::save(&path, &film).unwrap();
    let (film, autosave) = (Arc::new(film), project::Autosave::start(&path).unwrap());
    let start = Instant::now();
    (1..=50).for_each(|edit| autosave.keep(Arc::clone(&film), edit, "Trim"));
    let given = start.elapsed();
    drop(autosave);
    let kept = start.elapsed();
    println!("50 edits given to the journal in {given:?}, kept in {kept:?}");
    let found = project::recovered(&path).unwrap().unwrap();
    assert_eq!((found.edits, size(&found.timeline)), (50, 100_000));
    assert!(
        given * 10 < kept,
        "who edits does not wait for what is written: {given:?} of {kept:?}"
    );
}

#[test]
fn there_are_two_hundred_kills() {
    assert_eq!(KILLS + WINDOW_KILLS + super::display::KILLS, 200);
}
