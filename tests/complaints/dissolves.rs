//! Dissolves of every length and alignment, with and without handles, are what they should be in every
//! frame; and trimmed again and again they are as if made anew.

use super::films::{self, Film};
use crate::support::folder::Folder;
use roomtone::edit::{self, AddTransition, Align, ChangeTransition, Edge, Scope, Short};
use serde_json::{Map, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::{Id, IdSource, Timeline};

/// Frames of each clip.
const LENGTH: i64 = 40;
/// Frames of each media ahead of its clip and behind it, where it has any.
const HANDLES: i64 = 30;

/// The level of frame `n` of the outgoing media and of the incoming one.
fn levels(n: i64) -> [f64; 2] {
    [(30 + n) as f64, (230 - 2 * n) as f64]
}

/// Two clips of numbered greys side by side: all that their media have, or with handles on both sides.
fn film(handles: i64) -> Film {
    let folder = Folder::new();
    let mut media = Map::new();
    for (which, name) in ["a", "b"].iter().enumerate() {
        for n in 0..LENGTH + 2 * handles {
            let path = folder.file(&format!("{name}.{n:03}.png"));
            films::grey(&path, levels(n)[which] as u8);
        }
        let mut row = films::described(&folder.file(&format!("{name}.###.png")));
        row["rate"] = json!("25");
        media.insert((*name).to_owned(), row);
    }
    let clip = |media: &str| json!({"media": media, "in": handles, "length": LENGTH});
    let document = films::with(films::empty(("64x36", "25")), media, vec![clip("a"), clip("b")]);
    Film { timeline: films::read(&document), folder }
}

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn scope() -> Scope {
    Scope::of(id("main"))
}

/// The transition over an edge of a clip, of a length and an alignment; short handles are frozen.
fn added(film: &Timeline, (clip, edge): (&str, Edge), length: i64, align: Align) -> Timeline {
    let edit = AddTransition {
        clip: id(clip),
        edge,
        kind: "dissolve".into(),
        length,
        align,
        short: Short::Freeze,
        shape: None,
        values: BTreeMap::new(),
    };
    edit::add_transition(film, scope(), &edit, &mut IdSource::seeded(3)).unwrap().timeline
}

/// What is expected of frame `at`, where a dissolve of `length` frames has `before` of them ahead of the
/// cut at `cut`: `None` of a side is black.
fn expected(at: i64, (cut, before, length): (i64, i64, i64), handles: i64) -> f64 {
    let last = LENGTH + 2 * handles - 1;
    let of_first = levels((handles + at).clamp(0, last))[0];
    let of_second = levels((handles + at - LENGTH).clamp(0, last))[1];
    let (out, new) = match cut {
        0 => (0.0, of_first),
        LENGTH => (of_first, of_second),
        _ => (of_second, 0.0),
    };
    let k = at - (cut - before);
    if !(0..length).contains(&k) {
        return if at < LENGTH { of_first } else { of_second };
    }
    let weight = (k as f64 + 0.5) / length as f64;
    out * (1.0 - weight) + new * weight
}

#[track_caller]
fn check(film: &Film, dissolve: (i64, i64, i64), handles: i64) {
    for (at, image) in film.pictures().iter().enumerate() {
        let (found, wanted) = (films::level(image), expected(at as i64, dissolve, handles));
        assert!((found - wanted).abs() < 0.6, "{found} and not {wanted} at {at}: {dissolve:?}");
    }
}

#[test]
fn every_dissolve_is_its_weights_with_handles_and_without() {
    for handles in [HANDLES, 0] {
        let plain = film(handles);
        let (folder, timeline) = (plain.folder, plain.timeline);
        let mut film = Film { folder, timeline: Arc::clone(&timeline) };
        for length in [1, 2, 7, 24] {
            for align in [Align::Start, Align::Centre, Align::End] {
                film.timeline = added(&timeline, ("c0", Edge::Tail), length, align).into();
                check(&film, (LENGTH, align.split(length).0, length), handles);
            }
        }
    }
}

#[test]
fn at_the_head_and_the_tail_of_a_film_a_dissolve_is_a_fade() {
    let plain = film(0);
    let (folder, timeline) = (plain.folder, plain.timeline);
    let mut film = Film { folder, timeline: Arc::clone(&timeline) };
    for length in [1, 2, 7, 24] {
        film.timeline = added(&timeline, ("c0", Edge::Head), length, Align::Start).into();
        check(&film, (0, 0, length), 0);
        film.timeline = added(&timeline, ("c1", Edge::Tail), length, Align::End).into();
        check(&film, (2 * LENGTH, length, length), 0);
    }
}

#[test]
fn a_dissolve_of_a_shot_with_its_own_continuation_cannot_be_seen() {
    let plain = film(HANDLES);
    let whole = json!({"media": "a", "in": 0, "length": 2 * LENGTH});
    let parts = [0, LENGTH].map(|first| json!({"media": "a", "in": first, "length": LENGTH}));
    let mut media = Map::new();
    media.insert("a".into(), {
        let mut row = films::described(&plain.folder.file("a.###.png"));
        row["rate"] = json!("25");
        row
    });
    let document = |clips| films::with(films::empty(("64x36", "25")), media.clone(), clips);
    let whole = films::read(&document(vec![whole]));
    let parted = films::read(&document(parts.to_vec()));
    let folder = plain.folder;
    let mut film = Film { folder, timeline: whole };
    let seen = film.pictures();
    for (length, align) in [(1, Align::Centre), (12, Align::Centre), (9, Align::Start)] {
        film.timeline = added(&parted, ("c0", Edge::Tail), length, align).into();
        for (at, (image, whole)) in film.pictures().iter().zip(&seen).enumerate() {
            let png = |image| roomtone::deliver::png(image, true).unwrap();
            assert!(png(image) == png(whole), "frame {at} of a dissolve of {length}");
        }
    }
}

#[test]
fn a_dissolve_that_was_trimmed_fifty_times_is_as_if_made_anew() {
    let plain = film(HANDLES);
    let (folder, timeline) = (plain.folder, plain.timeline);
    let mut trimmed = added(&timeline, ("c0", Edge::Tail), 12, Align::Centre);
    for step in 0..50_i64 {
        let (length, before) = (1 + step * 7 % 24, step * 5 % 24);
        let last = step == 49;
        let change = ChangeTransition {
            clip: id("c1"),
            edge: Edge::Head,
            kind: None,
            length: Some(if last { 10 } else { length }),
            align: Some(if last { Align::Before(4) } else { Align::Before(before.min(length)) }),
            short: Short::Freeze,
            sampling: None,
            shape: None,
            values: BTreeMap::new(),
        };
        let mut ids = IdSource::seeded(9);
        trimmed = edit::change_transition(&trimmed, scope(), &change, &mut ids).unwrap().timeline;
    }
    let fresh = added(&timeline, ("c0", Edge::Tail), 10, Align::Before(4));
    assert_eq!(timeline_format::write(&trimmed), timeline_format::write(&fresh));
    check(&Film { folder, timeline: trimmed.into() }, (LENGTH, 4, 10), HANDLES);
}
