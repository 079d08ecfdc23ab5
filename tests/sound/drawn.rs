//! What a waveform is drawn by is what is heard: the level of a clip, and the samples that a generator makes.

use super::film::{Film, Sound, clip, hard, id, item, layer};
use roomtone::signal::Samples;
use roomtone::sound::{clip_level, generators};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::clip::Generator;
use timeline_format::mix::Layout;
use timeline_format::parameter::{Curve, Ease, Follow, Key};
use timeline_format::shot::Look;
use timeline_format::{
    Clip, ClipSound, Extra, Fade, FadeShape, Frames, Param, Ratio, Shot, Source, Take, Value,
};

fn keys(follow: Follow, keys: &[(i64, f64)]) -> Param {
    let key = |(at, value): &(i64, f64)| Key {
        at: Frames::whole(*at),
        value: Value::Number(*value),
        ease: Ease::Linear,
    };
    Param::Animated(Curve { keys: keys.iter().map(key).collect(), follow })
}

fn fade(frames: i64, shape: FadeShape) -> Option<Fade> {
    Some(Fade { length: Frames::whole(frames), shape })
}

/// A film of one steady sound at full scale, as a video whose clips count in frames.
fn film() -> Film {
    let mut film = Film::new("24", 48_000);
    film.video("a", "24", Sound::new(48_000, vec![vec![1.0; 240_000]]));
    film
}

/// Holds the level that is drawn of the free item against what is heard of it.
#[track_caller]
fn check(mut film: Film, clip: Clip) {
    let (start, length) = (Frames::new(7, 2).unwrap(), Frames::whole(40));
    film.free("t", vec![("l", layer(start, length, clip.clone()))]);
    let heard = film.bounce(Layout::Mono).channels()[0].clone();
    let timeline = film.timeline();
    let sequence = timeline.main().unwrap();
    let level = clip_level(&timeline, sequence, &clip, (start, start.plus(length).unwrap()));
    for (sample, heard) in heard.iter().enumerate() {
        let drawn = level.at(sample as i64);
        assert!((f64::from(*heard) - drawn).abs() < 1e-5, "{sample}: {heard} {drawn}");
    }
    assert!(heard.iter().any(|sample| *sample > 0.05));
}

#[test]
fn gain_keys_and_fades_are_drawn_as_they_are_heard() {
    let mut plain = hard("a", 10);
    plain.sound.gain = Some(Param::number(-9.0));
    plain.sound.fade_in = fade(12, FadeShape::Smooth);
    plain.sound.fade_out = fade(9, FadeShape::Exponential);
    check(film(), plain.clone());
    for follow in [Follow::Clip, Follow::Content] {
        let mut moving = plain.clone();
        moving.sound.gain = Some(keys(follow, &[(4, -30.0), (20, 0.0), (36, -6.0)]));
        check(film(), moving.clone());
        moving.speed = Ratio::new(1, 2).unwrap();
        moving.source_in = Frames::whole(3);
        check(film(), moving);
    }
}

#[test]
fn what_a_shot_and_its_take_say_is_drawn_too() {
    let mut film = film();
    let sound = |gain: f64| ClipSound { gain: Some(Param::number(gain)), ..ClipSound::default() };
    let take = Take {
        faults: Vec::new(),
        id: id("t1"),
        media: id("a"),
        state: timeline_format::shot::TakeState::Keep,
        rank: None,
        note: String::new(),
        reasons: Vec::new(),
        rate: None,
        offset: Frames::whole(2),
        windows: Vec::new(),
        frames: None,
        look: Look::default(),
        sound: Some(ClipSound { fade_in: fade(8, FadeShape::EqualPower), ..sound(-3.0) }),
        extra: Extra::new(),
    };
    let shot = Shot {
        name: "s".into(),
        take: id("t1"),
        takes: vec![take],
        mark_in: None,
        mark_out: None,
        look: Look::default(),
        sound: ClipSound { hard: true, ..sound(-12.0) },
        place: None,
        perspective: None,
        note: String::new(),
        compared: Vec::new(),
        extra: Extra::new(),
    };
    film.timeline.shots.insert(id("s"), Arc::new(shot));
    let mut shown = clip("a", 0);
    shown.source = Source::Shot(id("s"));
    shown.sound.fade_out = fade(5, FadeShape::EqualGain);
    check(film, shown);
}

#[test]
fn what_a_generator_makes_is_drawn_as_it_is_heard() {
    let values = BTreeMap::from([
        ("frequency".to_owned(), Param::number(300.0)),
        ("level".to_owned(), keys(Follow::Clip, &[(0, -40.0), (20, -3.0)])),
    ]);
    let made = Generator { kind: "tone".into(), values, extra: Extra::new() };
    let mut film = Film::new("24", 48_000);
    let mut shown = Clip::new(Source::Generator(made.clone()));
    (shown.source_in, shown.sound.hard) = (Frames::whole(6), true);
    film.track("t", vec![timeline_format::Item::gap(id("g"), 5), item("c", 30, shown)]);
    let heard = film.bounce(Layout::Mono).channels()[0].clone();
    let rates = (film.sequence.header.rate, 48_000);
    let (mut sound, channels) = generators::build(&made, rates, Frames::whole(6)).unwrap();
    let mut drawn = Samples::silence(channels, 30 * 2000);
    sound.fill(6 * 2000, &mut drawn);
    for (heard, drawn) in heard[5 * 2000..].iter().zip(&drawn.channels()[0]) {
        assert!((heard - drawn).abs() < 1e-5, "{heard} {drawn}");
    }
}
