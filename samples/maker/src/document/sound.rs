//! The sound that belongs to what is seen: the rain's own, gusts, and foley. The air is that of the places.

use super::id;
use super::mix;
use super::picture::{clip_of, length_of, start_of};
use super::places::numbers;
use std::sync::Arc;
use timeline_format::clip::{Fade, FadeShape, Generator};
use timeline_format::track::{Anchor, Content, Place, TrackKind};
use timeline_format::{Clip, Extra, Frames, Item, Layered, Param, Reel, Role, Source, Track};

/// Something that is heard because it is seen, hung on a shot.
struct Event {
    name: &'static str,
    kind: &'static str,
    shot: &'static str,
    /// Frames behind the shot's first.
    at: i64,
    length: i64,
    /// In dB.
    gain: f64,
    pan: f64,
    seed: f64,
    values: &'static [(&'static str, f64)],
    word: Option<(&'static str, &'static str)>,
}

const EVENT: Event = Event {
    name: "",
    kind: "touch",
    shot: "",
    at: 0,
    length: 40,
    gain: 0.0,
    pan: 0.0,
    seed: 0.0,
    values: &[],
    word: None,
};

/// A hand on the desk; a cup put down; somebody who crosses the street below; the curtain, as it is drawn.
const EVENTS: &[Event] = &[
    Event {
        name: "f-hand",
        shot: "desk",
        at: 34,
        gain: -4.0,
        pan: -0.15,
        seed: 11.0,
        values: &[("hardness", 12.0), ("size", 120.0), ("rub", -4.0)],
        word: Some(("material", "wood")),
        ..EVENT
    },
    Event {
        name: "f-cup",
        shot: "desk",
        at: 62,
        gain: -9.0,
        pan: 0.2,
        seed: 5.0,
        values: &[("hardness", 60.0), ("size", 9.0), ("settle", 2.0)],
        word: Some(("material", "china")),
        ..EVENT
    },
    step("f-step-1", 6, 101.0, -14.0, -0.5),
    step("f-step-2", 20, 102.0, -13.0, -0.42),
    step("f-step-3", 33, 103.0, -12.6, -0.33),
    step("f-step-4", 47, 104.0, -12.2, -0.24),
    step("f-step-5", 60, 105.0, -12.8, -0.16),
    step("f-step-6", 74, 106.0, -13.4, -0.08),
];

const fn step(name: &'static str, at: i64, seed: f64, gain: f64, pan: f64) -> Event {
    let (values, word) = (&[("hardness", 68.0), ("wet", -9.0)], Some(("ground", "concrete")));
    Event { name, kind: "step", shot: "street", at, gain, pan, seed, values, word, ..EVENT }
}

pub(super) fn tracks() -> Vec<Track> {
    vec![rain(), wind(), foley()]
}

/// The sound of the rain's own clip, in step with its picture.
fn rain() -> Track {
    let mut track = Track::sequential(id("a-rain"), TrackKind::Sound);
    track.header.name = String::from("Rain");
    track.header.role = Some(Role::Ambience);
    track.header.strip = mix::into_the_room(-20.0);
    let mut clip = Clip::new(Source::Shot(id("rain")));
    clip.link = Some(id("rain"));
    clip.sound.gain = Some(Param::number(-6.0));
    clip.sound.fade_in = Some(fade(3));
    clip.sound.fade_out = Some(fade(14));
    let items = [
        Item::gap(id("g-rain"), start_of("rain")),
        Item::clip(id("s-rain"), length_of("rain"), clip),
    ];
    track.content = Content::Sequential(items.into_iter().collect::<Reel>());
    track
}

/// Gusts, which swell when the light on the headland is found, and again with the sun.
fn wind() -> Track {
    let mut track = Track::free(id("a-wind"), TrackKind::Sound);
    track.header.name = String::from("Wind");
    track.header.role = Some(Role::Ambience);
    track.header.strip = mix::wind();
    let blows = |shot: &str, ahead: i64, beyond: i64, fades: (i64, i64), seed: f64| {
        let values = [("level", -34.0), ("speed", 9.0), ("gust", 26.0), ("seed", seed)];
        let mut clip = made("wind", &values);
        clip.sound.fade_in = Some(fade(fades.0));
        clip.sound.fade_out = Some(fade(fades.1));
        Arc::new(beside(shot, -ahead, length_of(shot) + ahead + beyond, clip))
    };
    let night = (id("s-wind-night"), blows("moon", 0, 24, (36, 44), 4.0));
    let day = (id("s-wind-day"), blows("morning", 20, 0, (44, 56), 6.0));
    track.content = Content::Free([night, day].into_iter().collect());
    track
}

/// One lane of foley.
fn foley() -> Track {
    let mut track = Track::free(id("a-foley"), TrackKind::Sound);
    track.header.name = String::from("Steps and cloth");
    track.header.role = Some(Role::Foley);
    track.header.strip = mix::into_the_room(-10.0);
    let spotted = EVENTS.iter().map(|event| (id(event.name), Arc::new(layer(event))));
    let cloth = [("f-cloth-sit", sits()), ("f-cloth-air", airs())];
    let cloth = cloth.into_iter().map(|(name, layer)| (id(name), Arc::new(layer)));
    track.content = Content::Free(spotted.chain(cloth).collect());
    track
}

fn layer(event: &Event) -> Layered {
    let mut clip = made(event.kind, event.values);
    if let Source::Generator(made) = &mut clip.source {
        made.values.insert("seed".to_owned(), Param::number(event.seed));
        let word = event.word.map(|(name, word)| (name.to_owned(), mix::word(word)));
        made.values.extend(word);
    }
    clip.sound.gain = Some(Param::number(event.gain));
    clip.sound.pan = Some(Param::number(event.pan));
    beside(event.shot, event.at, event.length, clip)
}

fn made(kind: &str, values: &[(&str, f64)]) -> Clip {
    let (kind, values, extra) = (kind.to_owned(), numbers(values), Extra::new());
    Clip::new(Source::Generator(Generator { kind, values, extra }))
}

fn beside(shot: &str, at: i64, length: i64, clip: Clip) -> Layered {
    let anchor = Anchor { clip: clip_of(shot), offset: Frames::whole(at) };
    Layered { at: Place::Anchored(anchor), length: Frames::whole(length), clip }
}

/// Somebody at the desk moves once.
fn sits() -> Layered {
    let motion = [(0, 0.0), (6, 0.5), (11, 0.2), (16, 0.35), (26, 0.0)];
    beside("desk", 24, 27, cloth(&motion, -46.0, "wool"))
}

/// The window opens: the curtain is heard before it is seen, and goes on with its drawn motion.
fn airs() -> Layered {
    let motion =
        [(0, 0.0), (14, 0.7), (28, 0.3), (44, 0.9), (58, 0.35), (76, 0.6), (92, 0.15), (104, 0.0)];
    beside("curtain", -9, 105, cloth(&motion, -38.0, "cotton"))
}

/// Cloth that follows a drawn motion, in metres a second at frames of its own.
fn cloth(motion: &[(i64, f64)], level: f64, cloth: &str) -> Clip {
    let mut clip = made("fabric", &[("level", level), ("restless", 0.0), ("seed", 7.0)]);
    if let Source::Generator(made) = &mut clip.source {
        made.values.insert("cloth".to_owned(), mix::word(cloth));
        made.values.insert("motion".to_owned(), mix::moving(motion));
    }
    clip
}

fn fade(frames: i64) -> Fade {
    Fade { length: Frames::whole(frames), shape: FadeShape::EqualPower }
}
