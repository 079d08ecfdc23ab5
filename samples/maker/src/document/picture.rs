//! The picture: nine shots, five hard cuts, four dissolves where the place changes, two fades.

use super::{id, rate};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::parameter::{Curve, Ease, Follow, Key};
use timeline_format::shot::{FrameList, Look, Run, TakeState};
use timeline_format::track::{Content, TrackKind};
use timeline_format::transition::{Handles, Sampling};
use timeline_format::{
    Clip, ClipSound, Crossing, Cut, Extra, FadeShape, Frames, Id, Item, Param, Perspective, Reel,
    Shot, Source, Take, Track, Transition, Value,
};

/// A shot in the cut: its id, frames, frames of handle before, and the dissolve at its head.
struct Cutting {
    shot: &'static str,
    length: i64,
    source_in: i64,
    dissolve: i64,
}

const fn cut(shot: &'static str, length: i64, dissolve: i64) -> Cutting {
    Cutting { shot, length, source_in: 0, dissolve }
}

const CUT: &[Cutting] = &[
    cut("moon", 96, 25),
    cut("desk", 88, 30),
    cut("rain", 70, 0),
    cut("street", 84, 24),
    cut("one-window", 60, 0),
    cut("roofs", 70, 0),
    Cutting { source_in: 15, ..cut("curtain", 56, 30) },
    cut("sunlit-wall", 64, 0),
    cut("morning", 112, 32),
];

/// The last picture's way to black.
const FADE_OUT: i64 = 38;

/// The clip of a shot.
pub(super) fn clip_of(shot: &str) -> Id {
    id(&format!("v-{shot}"))
}

/// The first frame of a shot in the cut.
pub(super) fn start_of(shot: &str) -> i64 {
    CUT.iter().take_while(|cut| cut.shot != shot).map(|cut| cut.length).sum()
}

pub(super) fn length_of(shot: &str) -> i64 {
    CUT.iter().filter(|cut| cut.shot == shot).map(|cut| cut.length).sum()
}

pub(super) fn track() -> Track {
    let mut track = Track::sequential(id("v1"), TrackKind::Picture);
    track.header.name = String::from("Picture");
    let items = CUT.iter().map(|cut| {
        let mut clip = Clip::new(Source::Shot(id(cut.shot)));
        clip.source_in = Frames::whole(cut.source_in);
        clip.link = (cut.shot == "rain").then(|| id("rain"));
        clip.crossing = (cut.shot == "curtain").then(window_opens);
        Item::clip(clip_of(cut.shot), cut.length, clip)
    });
    track.content = Content::Sequential(items.collect::<Reel>());
    for (index, cut) in CUT.iter().enumerate().filter(|(_, cut)| cut.dissolve > 0) {
        let from = index.checked_sub(1).map(|before| clip_of(CUT[before].shot));
        let before = if from.is_some() { cut.dissolve / 2 } else { 0 };
        let over = Cut { from, to: Some(clip_of(cut.shot)) };
        let name = format!("d-{}", cut.shot);
        track.transitions.insert(over, dissolve(&name, before, cut.dissolve - before));
    }
    let end = Cut { from: Some(clip_of("morning")), to: None };
    track.transitions.insert(end, dissolve("d-end", FADE_OUT, 0));
    track
}

/// The room in the morning: its air comes in a little before one sees where it comes from.
fn window_opens() -> Crossing {
    let (length, lead) = (Frames::whole(36), Frames::whole(9));
    Crossing { length, lead, shape: FadeShape::EqualPower }
}

fn dissolve(name: &str, before: i64, after: i64) -> Arc<Transition> {
    Arc::new(Transition {
        id: id(name),
        kind: "dissolve".to_owned(),
        before,
        after,
        sampling: Sampling::Centre,
        shape: None,
        handles: Handles::Real,
        values: BTreeMap::new(),
        extra: Extra::new(),
    })
}

pub(super) fn shots() -> Vec<(Id, Shot)> {
    let still = |name: &str, media: &str, place: &str, look: Look, note: &str| {
        (id(name), shot(name, vec![take("t1", media, TakeState::Keep, "")], place, look, note))
    };
    vec![
        still(
            "moon",
            "coast-moon",
            "coast",
            push([-448.0, -52.0], 1.0, 1.13, 112),
            "a slow push to the one light",
        ),
        still(
            "desk",
            "desk",
            "room",
            push([-70.0, 130.0], 1.03, 1.10, 104),
            "still pushing: as if through that window",
        ),
        (
            id("rain"),
            shot(
                "rain",
                vec![take("t1", "rain", TakeState::Keep, "")],
                "room",
                Look::default(),
                "H.264, with its own sound",
            ),
        ),
        still(
            "street",
            "street",
            "street",
            push([-40.0, 60.0], 1.0, 1.12, 96),
            "down the street, towards the car",
        ),
        still("one-window", "one-window", "street", Look::default(), "held 2.4 s; nothing moves"),
        roofs(),
        curtain(),
        still(
            "sunlit-wall",
            "sunlit-wall",
            "room",
            drift([[-26.0, 10.0], [26.0, -6.0]], 1.05, 80),
            "with the sun, to the right",
        ),
        still(
            "morning",
            "coast-morning",
            "coast",
            push([-300.0, -40.0], 1.14, 1.0, 112),
            "the first move, the other way",
        ),
    ]
}

fn roofs() -> (Id, Shot) {
    let takes = vec![
        Take {
            rank: Some(2),
            ..take("t1", "roofs-1", TakeState::Maybe, "good birds; the roofs stand in a row")
        },
        take("t2", "roofs-2", TakeState::Reject, "spires thin as knives: nobody built these"),
        Take {
            rank: Some(1),
            ..take("t3", "roofs-3", TakeState::Keep, "the church gives the eye a place to land")
        },
    ];
    let look = drift([[0.0, -40.0], [0.0, 34.0]], 1.08, 86);
    let mut shot = shot("roofs", takes, "street", look, "up, into the light");
    shot.take = id("t3");
    (id("roofs"), shot)
}

fn curtain() -> (Id, Shot) {
    let last = crate::pictures::CURTAIN - 1;
    let twos = FrameList::new(vec![Run { first: 0, last, times: 2 }]);
    let take = Take {
        frames: twos,
        rate: Some(rate(25)),
        ..take("t1", "curtain", TakeState::Keep, "drawn on twos")
    };
    (id("curtain"), shot("curtain", vec![take], "room", Look::default(), "the window opens: air"))
}

fn shot(name: &str, takes: Vec<Take>, place: &str, look: Look, note: &str) -> Shot {
    Shot {
        name: name.replace('-', " "),
        take: id("t1"),
        takes,
        mark_in: None,
        mark_out: None,
        look,
        sound: ClipSound::default(),
        place: Some(id(place)),
        perspective: Some(perspective_of(name)),
        note: note.to_owned(),
        compared: Vec::new(),
        extra: Extra::new(),
    }
}

/// How near a shot lets one be.
fn perspective_of(shot: &str) -> Perspective {
    match shot {
        "desk" | "rain" | "sunlit-wall" => Perspective::Close,
        "one-window" | "curtain" => Perspective::Medium,
        _ => Perspective::Wide,
    }
}

fn take(name: &str, media: &str, state: TakeState, note: &str) -> Take {
    Take { state, note: note.to_owned(), ..Take::new(id(name), id(media)) }
}

/// A move along the lens towards a point, in pixels from the centre, that stays where it is.
fn push(point: [f64; 2], from: f64, to: f64, frames: i64) -> Look {
    let scale = keys([Value::Number(from), Value::Number(to)], frames);
    let at = |scale: f64| {
        Value::Vector(point.map(|p| (p * (1.0 - scale) * 100.0).round() / 100.0 + 0.0).to_vec())
    };
    let mut look = Look::default();
    look.placement.insert("position".to_owned(), keys([at(from), at(to)], frames));
    look.placement.insert("scale".to_owned(), scale);
    look
}

/// A move across, a little enlarged so that no edge is seen.
fn drift(places: [[f64; 2]; 2], scale: f64, frames: i64) -> Look {
    let points = places.map(|[x, y]| Value::Vector(vec![x, y]));
    let mut look = Look::default();
    look.placement.insert("position".to_owned(), keys(points, frames));
    look.placement.insert("scale".to_owned(), Param::number(scale));
    look
}

/// From one value to another: already moving at the cut, slowing into the end.
fn keys([from, to]: [Value; 2], frames: i64) -> Param {
    let key = |at, value, ease| Key { at: Frames::whole(at), value, ease };
    let keys =
        vec![key(-16, from, Ease::Bezier([0.35, 0.25, 0.55, 0.95])), key(frames, to, Ease::Linear)];
    Param::Animated(Curve { keys, follow: Follow::Clip })
}
