//! What each verb costs in the middle of a film of 100,000 clips: the edit, its place in the
//! history, and its undo.
//!
//! `cargo bench --bench edit [-- CLIPS]`. Figures are microseconds: the median and the 99th
//! percentile.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "this is a program for people who measure: it prints, and stops where it cannot go on"
)]

use roomtone::edit::{self, Edge, Edited, History, Insert, Lift, Manner, Material, Refused, Scope};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;
use timeline_format::sequence::Raster;
use timeline_format::track::{Anchor, Content, Place, TrackKind};
use timeline_format::{
    Clip, Frames, Id, IdSource, Item, Layered, Marker, Rate, Ratio, Sequence, Source, Timeline,
    Track,
};

const ROUNDS: usize = 1001;
const LENGTH: i64 = 10;
/// Free items anchored to clips all over the film.
const ITEMS: usize = 200;

type Verb = fn(&Middle<'_>, &mut IdSource) -> Result<Edited, Refused>;

/// A film and the clip in its middle.
struct Middle<'a> {
    film: &'a Timeline,
    scope: Scope,
    clip: Id,
    start: i64,
    by: i64,
}

const VERBS: &[(&str, Verb)] = &[
    ("insert", |it, ids| edit::insert(it.film, it.scope, &it.laid(3, ids), ids)),
    ("overwrite", |it, ids| edit::overwrite(it.film, it.scope, &it.laid(3, ids), ids)),
    ("lift", |it, ids| edit::lift(it.film, it.scope, &it.span(), ids)),
    ("extract", |it, ids| edit::extract(it.film, it.scope, &it.span(), ids)),
    ("remove, ripple", |it, ids| {
        edit::remove_clips(it.film, it.scope, &[it.clip], edit::Ripple::Follow, ids)
    }),
    ("razor", |it, ids| {
        edit::razor(it.film, it.scope, &edit::Razor { at: it.start + 4, tracks: None }, ids)
    }),
    ("ripple trim", |it, ids| edit::ripple_trim(it.film, it.scope, &it.tail(), ids)),
    ("trim", |it, ids| edit::trim(it.film, it.scope, &edit::Trim { by: -1, ..it.tail() }, ids)),
    ("roll", |it, ids| {
        let roll = edit::Roll { clip: it.clip, edge: Edge::Head, by: it.by };
        edit::roll(it.film, it.scope, &roll, ids)
    }),
    ("slip", |it, ids| {
        edit::slip(it.film, it.scope, &edit::Slip { clip: it.clip, by: it.by }, ids)
    }),
    ("slide", |it, ids| {
        edit::slide(it.film, it.scope, &edit::Slide { clip: it.clip, by: it.by }, ids)
    }),
    ("speed", |it, ids| {
        let keep = edit::Keep::Source(edit::Ripple::Follow);
        let speed = edit::SetSpeed { clip: it.clip, speed: Ratio::whole(2), keep };
        edit::set_speed(it.film, it.scope, &speed, ids)
    }),
    ("move, insert", |it, ids| {
        let (clips, by) = (vec![it.clip], 2 * LENGTH * it.by);
        let movement = edit::Move { clips, by, track: None, manner: Manner::Insert };
        edit::move_clips(it.film, it.scope, &movement, ids)
    }),
    ("swap", |it, ids| {
        let sequence = it.film.main().unwrap();
        let reel = sequence.tracks[0].reel().unwrap();
        let other = reel.at(it.start + 5 * LENGTH).and_then(|(index, _)| reel.get(index)).unwrap();
        edit::swap(it.film, it.scope, &edit::Swap { one: it.clip, other: other.id }, ids)
    }),
    ("dissolve", |it, ids| {
        let add = edit::AddTransition {
            clip: it.clip,
            edge: Edge::Tail,
            kind: "dissolve".to_owned(),
            length: 4,
            align: edit::Align::Centre,
            short: edit::Short::Refuse,
            shape: None,
            values: BTreeMap::new(),
        };
        edit::add_transition(it.film, it.scope, &add, ids)
    }),
    ("gain", |it, ids| edit::set_gain(it.film, it.scope, (it.clip, -6.0), ids)),
];

impl Middle<'_> {
    fn laid(&self, length: i64, ids: &mut IdSource) -> Insert {
        let clip = Clip { link: Some(ids.next_id()), ..clip(1) };
        let part = |track| Material { track: id(track), clip: clip.clone(), length };
        Insert { at: self.start + 5, parts: vec![part("v1"), part("a1")] }
    }

    fn span(&self) -> Lift {
        Lift { span: self.start + 1..self.start + 4, tracks: vec![id("v1"), id("a1")] }
    }

    fn tail(&self) -> edit::Trim {
        edit::Trim { clip: self.clip, edge: Edge::Tail, by: self.by }
    }
}

fn main() {
    let words = std::env::args().skip(1).find_map(|word| word.parse().ok());
    let clips: usize = words.unwrap_or(100_000);
    println!("an edit in the middle of {clips} clips, and its undo: median and 99th percentile");
    let film = Arc::new(film(clips));
    let clip = id(&format!("v1-{}", clips / 4));
    for (name, verb) in VERBS {
        let times = measure(&film, clip, *verb);
        println!("{name:15} {:>8.1} us {:>8.1} us", times[ROUNDS / 2], times[ROUNDS * 99 / 100]);
    }
    let sequence = film.main().unwrap();
    let started = Instant::now();
    for _ in 0..ROUNDS {
        std::hint::black_box(sequence.length());
    }
    let layout = started.elapsed().as_secs_f64() * 1e6 / ROUNDS as f64;
    println!("the places of {ITEMS} anchored items {layout:>8.1} us");
}

/// Microseconds of every round, in order: the edit, its step in the history, the undo.
fn measure(film: &Arc<Timeline>, clip: Id, verb: Verb) -> Vec<f64> {
    let mut ids = IdSource::seeded(1);
    let mut history = History::new(Arc::clone(film));
    let start =
        film.main().unwrap().find(clip).and_then(|found| {
            film.main().unwrap().tracks[found.track].reel()?.start_of(found.index?)
        });
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|round| {
            let (by, scope) = (if round % 2 == 0 { 1 } else { -1 }, Scope::of(id("main")));
            let started = Instant::now();
            let now = Arc::clone(history.now());
            let middle = Middle { film: &now, scope, clip, start: start.unwrap(), by };
            let edited = verb(&middle, &mut ids).unwrap();
            history.push("edit", edited.timeline);
            history.undo();
            started.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times
}

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn clip(number: usize) -> Clip {
    let mut clip = Clip::new(Source::Media(id(["m-24", "m-25", "m-30"][number % 3])));
    clip.source_in = Frames::whole(12);
    clip
}

/// Pictures with their sounds, half of the clips each; free items beside clips; markers.
fn film(clips: usize) -> Timeline {
    let raster = Raster { width: 1920, height: 1080 };
    let mut film = Timeline::new(raster, Rate::FILM, 48_000, id("main"));
    for (name, rate) in [("m-24", "24"), ("m-25", "25"), ("m-30", "30000/1001")] {
        let media = format!(r#"{{"path":"a.mov","kind":"video","rate":"{rate}","length":60}}"#);
        film.media.insert(id(name), Arc::new(serde_json::from_str(&media).unwrap()));
    }
    let mut sequence = Sequence::new(Rate::FILM);
    for (name, kind) in [("v1", TrackKind::Picture), ("a1", TrackKind::Sound)] {
        let items = (0..clips / 2).map(|number| {
            let link = Some(id(&format!("l-{number}")));
            Item::clip(id(&format!("{name}-{number}")), LENGTH, Clip { link, ..clip(number) })
        });
        let content = Content::Sequential(items.collect());
        let track = Track { content, ..Track::sequential(id(name), kind) };
        sequence.tracks.push_back(Arc::new(track));
    }
    let layers = (0..ITEMS).map(|number| {
        let clip_id = id(&format!("v1-{}", number * 7919 % (clips / 2)));
        let at = Place::Anchored(Anchor { clip: clip_id, offset: Frames::ONE });
        let item = Layered { at, length: Frames::whole(4), clip: clip(number) };
        (id(&format!("f-{number}")), Arc::new(item))
    });
    let content = Content::Free(layers.collect());
    sequence
        .tracks
        .push_back(Arc::new(Track { content, ..Track::free(id("f"), TrackKind::Sound) }));
    let marker = |number: i64| Marker { at: Frames::whole(number * 1000), ..Marker::default() };
    let markers = (0..100).map(|number| (id(&format!("k-{number}")), Arc::new(marker(number))));
    sequence.markers = markers.collect();
    film.with_sequence(id("main"), sequence)
}
