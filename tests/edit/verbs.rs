//! Every verb of the edit, its arguments drawn at random.

use super::film::{clip, id};
use roomtone::edit::{self, Edge, Edited, Insert, Lift, Manner, Material, Refused, Scope};
use std::collections::BTreeMap;
use timeline_format::{Frames, Id, IdSource, Ratio, Source, Timeline};

/// An edit: its number, two numbers to choose by, and how far.
pub type Drawn = (u8, usize, usize, i64);

/// An edit, and how to hold the frames after it against those before.
pub struct Done {
    pub edited: Result<Edited, Refused>,
    /// Frames that may differ, by track; `None` is not looked at.
    pub touched: Option<Box<dyn Fn(Id, i64) -> bool>>,
    /// What starts at or behind the frame moved by so much.
    pub moved: (i64, i64),
}

fn clips(film: &Timeline) -> Vec<(Id, i64, i64)> {
    let mut all = Vec::new();
    for track in film.main().unwrap().tracks.iter().filter_map(|track| track.reel()) {
        let clips = track.placed().filter(|(_, item)| !item.is_gap());
        all.extend(clips.map(|(start, item)| (item.id, start, start + item.length)));
    }
    all
}

/// How many kinds of edits there are.
pub const VERBS: u8 = 26;

/// Edits that part no clip and ripple nothing: trim, roll, slip, join, roll alone.
pub const STILL: [u8; 5] = [5, 7, 8, 16, VERBS - 1];

#[expect(clippy::too_many_lines, reason = "one line a verb")]
pub fn apply(film: &Timeline, (verb, a, b, by): Drawn, ids: &mut IdSource) -> Done {
    let scope = Scope::of(id("main"));
    let all = clips(film);
    let at = (b % 90) as i64;
    let length = 1 + (a % 7) as i64;
    let span = at..at + length;
    let still = (i64::MAX, 0);
    let (chosen, start, end) = all.get(a % all.len().max(1)).copied().unwrap_or((id("x"), 0, 1));
    let other = all.get(b % all.len().max(1)).map_or(id("x"), |found| found.0);
    let edge = if b % 2 == 0 { Edge::Head } else { Edge::Tail };
    let link = ids.next_id();
    let part = |track: &str| {
        let mut clip = clip(b, false);
        clip.link = Some(link);
        Material { track: id(track), clip, length }
    };
    let parts = Insert { at, parts: vec![part("v1"), part("a1")] };
    let tracks = vec![id("v1"), id("a1")];
    let lift = Lift { span: span.clone(), tracks };
    let reach = by.abs().max(1) + 40;
    let near = move |_: Id, frame: i64| frame >= start - reach && frame < end + reach;
    let done = |edited, touched: Option<Box<dyn Fn(Id, i64) -> bool>>| Done {
        edited,
        touched,
        moved: still,
    };
    let within = span.clone();
    match verb % VERBS {
        0 => Done {
            edited: edit::insert(film, scope, &parts, ids),
            touched: Some(Box::new(|_, _| false)),
            moved: (at, length),
        },
        1 => done(
            edit::overwrite(film, scope, &parts, ids),
            Some(Box::new(move |track, frame| track != id("a2") && within.contains(&frame))),
        ),
        2 => done(
            edit::lift(film, scope, &lift, ids),
            Some(Box::new(move |track, frame| track != id("a2") && within.contains(&frame))),
        ),
        3 => Done {
            edited: edit::extract(film, scope, &lift, ids),
            touched: Some(Box::new(move |track, frame| {
                track == id("a2") || within.contains(&frame)
            })),
            moved: (span.end, -length),
        },
        4 => done(
            edit::razor(film, scope, &edit::Razor { at, tracks: None }, ids),
            Some(Box::new(|_, _| false)),
        ),
        5 => done(
            edit::trim(film, scope, &edit::Trim { clip: chosen, edge, by }, ids),
            Some(Box::new(near)),
        ),
        6 => {
            done(edit::ripple_trim(film, scope, &edit::Trim { clip: chosen, edge, by }, ids), None)
        }
        7 => done(
            edit::roll(film, scope, &edit::Roll { clip: chosen, edge, by }, ids),
            Some(Box::new(near)),
        ),
        8 => done(
            edit::slip(film, scope, &edit::Slip { clip: chosen, by }, ids),
            Some(Box::new(near)),
        ),
        9 => done(
            edit::slide(film, scope, &edit::Slide { clip: chosen, by }, ids),
            Some(Box::new(near)),
        ),
        10 => done(edit::swap(film, scope, &edit::Swap { one: chosen, other }, ids), None),
        11 => {
            let manner = if b % 2 == 0 { Manner::Insert } else { Manner::Overwrite };
            let edit = edit::Move { clips: vec![chosen], by, track: None, manner };
            done(edit::move_clips(film, scope, &edit, ids), None)
        }
        12 => {
            let ripple = if b % 2 == 0 { edit::Ripple::Follow } else { edit::Ripple::Stay };
            done(edit::remove_clips(film, scope, &[chosen], ripple, ids), None)
        }
        13 => {
            let edit = edit::AddTransition {
                clip: chosen,
                edge,
                kind: "dissolve".to_owned(),
                length,
                align: edit::Align::Centre,
                short: [edit::Short::Shorten, edit::Short::Freeze, edit::Short::Shift][b % 3],
                shape: None,
                values: BTreeMap::new(),
            };
            done(edit::add_transition(film, scope, &edit, ids), Some(Box::new(|_, _| false)))
        }
        14 => {
            let speeds = [(2, 1), (1, 2), (3, 2), (1, 1), (-1, 1), (2, 3)];
            let (over, under) = speeds[a % speeds.len()];
            let keep = match b % 3 {
                0 => edit::Keep::Source(edit::Ripple::Follow),
                1 => edit::Keep::Source(edit::Ripple::Stay),
                _ => edit::Keep::Length,
            };
            let speed = Ratio::new(over, under).unwrap();
            let edit = edit::SetSpeed { clip: chosen, speed, keep };
            done(edit::set_speed(film, scope, &edit, ids), None)
        }
        15 => done(edit::reverse(film, scope, chosen, ids), Some(Box::new(near))),
        16 => {
            let alone = Scope { linked: false, ..scope };
            let roll = edit::Roll { clip: chosen, edge, by };
            done(edit::roll(film, alone, &roll, ids), Some(Box::new(near)))
        }
        17 => {
            let duration = edit::Duration::Frames(length + 3);
            let edit = edit::SetDuration { clip: chosen, duration, ripple: edit::Ripple::Follow };
            done(edit::set_duration(film, scope, &edit, ids), None)
        }
        18 => {
            let parts = Insert {
                at,
                parts: vec![part("v1"), Material { length: length + 2, ..part("a1") }],
            };
            done(edit::overwrite(film, scope, &parts, ids), None)
        }
        19 => {
            let freeze =
                edit::Freeze { clip: chosen, at: start + (end - start) / 2, length: Some(length) };
            done(edit::freeze(film, scope, &freeze, ids), None)
        }
        20 => {
            let lift = Lift { span: span.clone(), tracks: vec![id("v1")] };
            done(edit::extract(film, scope, &lift, ids), None)
        }
        21 => {
            let lift = Lift { span: span.clone(), tracks: vec![id(["v1", "a1"][a % 2])] };
            done(
                edit::lift(film, scope, &lift, ids),
                Some(Box::new(move |_, at| span.contains(&at))),
            )
        }
        22 => {
            let source = Source::Media(id(["m-24", "m-25", "m-30"][b % 3]));
            let source_in = (b % 2 == 0).then(|| Frames::whole(a as i64 % 20));
            let edit = edit::Replace { clip: chosen, source, source_in };
            done(edit::replace_source(film, scope, &edit, ids), None)
        }
        23 => {
            let alone = Scope { linked: false, ..scope };
            let razor = edit::Razor { at, tracks: Some(vec![id(["v1", "a1"][a % 2])]) };
            done(edit::razor(film, alone, &razor, ids), Some(Box::new(|_, _| false)))
        }
        24 => {
            let (tracks, name) = (vec![id("v1"), id("a1")], "reel".to_owned());
            done(edit::nest(film, scope, &edit::Nest { span, tracks, name }, ids), None)
        }
        _ => done(
            edit::join(film, scope, &edit::Join { clip: chosen }, ids),
            Some(Box::new(|_, _| false)),
        ),
    }
}
