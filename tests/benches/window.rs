//! What a turn of the window costs on a film of 100,000 clips: processor time, nothing drawn to a screen.
//!
//! `cargo bench --bench window`. ROOMTONE_CLIPS is how many clips (default 100,000).
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "this is a bench program")]

mod worked;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use roomtone::sound::device::{Device, Null};
use roomtone::ui::App;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use timeline_format::clip::Generator;
use timeline_format::track::{Content, Place, TrackKind};
use timeline_format::{
    Clip, Extra, Frames, Id, Item, Layered, Marker, Reel, Sequence, Source, Timeline, Track,
    Transition,
};
use worked::worked;

fn silent() -> Box<dyn Device> {
    Box::new(Null::default())
}

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// Ten tracks of short clips of a colour, a dissolve over every tenth cut, as many markers, and a free track
/// of as many titles.
fn film(clips: usize) -> Timeline {
    let rate = "25".parse().unwrap();
    let mut film = Timeline::new("640x360".parse().unwrap(), rate, 48_000, id("main"));
    let mut sequence = Sequence::new(rate);
    for track in 0..10 {
        let items = (0..clips / 10).map(|number| {
            let clip = Clip::new(colour());
            Item::clip(id(&format!("c{track}-{number}")), 20 + (number as i64 * 7) % 60, clip)
        });
        let mut lane = Track::sequential(id(&format!("v{track}")), TrackKind::Picture);
        lane.content = Content::Sequential(items.collect::<Reel>());
        for number in (1..clips / 10).step_by(10) {
            let cut = lane.cut_at(number).unwrap();
            lane.transitions.insert(cut, Arc::new(dissolve(track, number)));
        }
        sequence.tracks.push_back(Arc::new(lane));
    }
    for number in 0..clips / 10 {
        let at = Frames::whole(number as i64 * 43);
        let marker = Marker { at, ..Marker::default() };
        sequence.markers.insert(id(&format!("m{number}")), Arc::new(marker));
    }
    let titles = (0..clips / 10).map(|number| {
        let at = Place::Absolute(Frames::whole(number as i64 * 47));
        let (length, clip) = (Frames::whole(30), Clip::new(colour()));
        (id(&format!("t{number}")), Arc::new(Layered { at, length, clip }))
    });
    let mut free = Track::free(id("titles"), TrackKind::Picture);
    free.content = Content::Free(titles.collect());
    sequence.tracks.push_back(Arc::new(free));
    film = film.with_sequence(id("main"), sequence);
    film
}

fn colour() -> Source {
    let (kind, values) = ("colour".to_owned(), std::collections::BTreeMap::new());
    Source::Generator(Generator { kind, values, extra: Extra::new() })
}

fn dissolve(track: usize, number: usize) -> Transition {
    Transition {
        id: id(&format!("d{track}-{number}")),
        kind: "dissolve".into(),
        before: 4,
        after: 4,
        sampling: timeline_format::transition::Sampling::default(),
        shape: None,
        handles: timeline_format::transition::Handles::default(),
        values: std::collections::BTreeMap::new(),
        extra: Extra::new(),
    }
}

fn quantile(sorted: &[Duration], part: f64) -> f64 {
    let index = ((sorted.len() - 1) as f64 * part).round() as usize;
    sorted[index].as_secs_f64() * 1e3
}

fn measure(
    name: &str,
    harness: &mut Harness<'_, App>,
    mut act: impl FnMut(&mut Harness<'_, App>, usize),
) {
    let mut times = Vec::new();
    for turn in 0..120 {
        let start = worked();
        act(harness, turn);
        harness.step();
        times.push(worked().saturating_sub(start));
    }
    times.sort();
    let [p50, p95, worst] = [0.5, 0.95, 1.0].map(|part| quantile(&times, part));
    println!("  {name:34} p50 {p50:6.2} ms  p95 {p95:6.2} ms  worst {worst:6.2} ms");
}

/// How long an edit holds up the window until it is on its way to the journal, and how long until the
/// journal holds it.
fn journal(harness: &mut Harness<'_, App>, film: &Path) {
    let file = film.with_file_name(".film.roomtone.recovery");
    let (start, before) = (Instant::now(), worked());
    harness.state_mut().ask("add-marker");
    let held = worked().saturating_sub(before).as_secs_f64() * 1e3;
    while !file.exists() {
        std::thread::yield_now();
    }
    let whole = start.elapsed().as_secs_f64() * 1e3;
    let bytes = std::fs::metadata(&file).map_or(0, |facts| facts.len()) as f64 / 1e6;
    println!(
        "  an edit is given to the journal in {held:.2} ms, kept in {whole:.0} ms: {bytes:.1} MB"
    );
    harness.state_mut().ask("undo");
}

/// A clip that is dragged, and a value that is scrubbed: one gesture each, and one edit.
fn drags(harness: &mut Harness<'_, App>) {
    harness.state_mut().ask("zoom-in");
    harness.step();
    let lanes = harness.get_by_label("Lanes of the film").rect();
    let place = lanes.left_top() + eframe::egui::vec2(300.0, 60.0);
    harness.hover_at(place);
    harness.step();
    harness.drag_at(place);
    measure("a clip dragged", harness, |harness, turn| {
        harness.hover_at(place + eframe::egui::vec2(turn as f32, 0.0));
    });
    harness.drop_at(place);
    harness.step();
    harness.drag_at(place);
    harness.drop_at(place);
    harness.step();
    harness.step();
    let field = harness.get_by_label("Opacity").rect().center();
    harness.hover_at(field);
    harness.step();
    harness.drag_at(field);
    measure("a value scrubbed", harness, |harness, turn| {
        harness.hover_at(field - eframe::egui::vec2(turn as f32, 0.0));
    });
    harness.drop_at(field);
    harness.step();
    harness.state_mut().ask("zoom-fit");
}

fn main() {
    let clips = std::env::var("ROOMTONE_CLIPS").ok().and_then(|text| text.parse().ok());
    let clips: usize = clips.unwrap_or(100_000);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.roomtone");
    roomtone::project::save(&path, &film(clips)).unwrap();
    let opened = path.clone();
    let start = worked();
    let mut harness = Harness::builder()
        .with_size([1440.0, 900.0])
        .build_eframe(move |creation| App::new(&creation.egui_ctx, Some(&opened), silent));
    println!("\na turn of the window, a film of {clips} clips on ten tracks, processor time");
    println!("  opened in {:.0} ms", worked().saturating_sub(start).as_secs_f64() * 1e3);
    journal(&mut harness, &path);
    let middle = eframe::egui::pos2(800.0, 700.0);
    measure("at rest, some clips seen", &mut harness, |_, _| {});
    measure("the pointer over clips", &mut harness, |harness, turn| {
        harness.hover_at(middle + eframe::egui::vec2(turn as f32 * 3.0, 0.0));
    });
    harness.state_mut().ask("zoom-fit");
    measure("all clips seen", &mut harness, |_, _| {});
    measure("the pointer over all clips", &mut harness, |harness, turn| {
        harness.hover_at(middle + eframe::egui::vec2(turn as f32 * 3.0, 0.0));
    });
    measure("zooming", &mut harness, |harness, turn| {
        harness.state_mut().ask(if turn < 60 { "zoom-in" } else { "zoom-out" });
    });
    drags(&mut harness);
    measure("an edit in each turn", &mut harness, |harness, _| {
        harness.state_mut().ask("razor-all");
        harness.state_mut().ask("step-forward-more");
    });
    measure("an undo in each turn", &mut harness, |harness, _| {
        harness.state_mut().ask("undo");
    });
}
