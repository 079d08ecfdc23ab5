//! The mixer: every strip shows how loud it is while the film plays, and what one turns, wires, moves and
//! leads elsewhere is one step of the history a gesture.

use super::rig::Window;
use eframe::egui::{Pos2, vec2};
use std::sync::Arc;
use timeline_format::mix::Strip;
use timeline_format::track::TrackKind;
use timeline_format::{Id, Param, Timeline, Value};

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// The sound page, wide enough for every strip.
fn mixer() -> Window {
    let mut window = Window::with_sample_at([2600.0, 1300.0], 1.0);
    window.ask("page-sound");
    window
}

fn go(window: &mut Window, frame: i64) {
    window.keys("Ctrl+T");
    window.harness.event(eframe::egui::Event::Text(frame.to_string()));
    window.steps(2);
    window.keys("Enter");
    assert_eq!(window.harness.state().position(), frame);
}

/// The strip of a track or a bus.
fn strip(film: &Timeline, owner: &str) -> Strip {
    let main = film.main().unwrap();
    let track = main.track(id(owner)).map(|(_, track)| track.header.strip.clone());
    track.unwrap_or_else(|| main.buses[&id(owner)].strip.clone())
}

/// Takes back one step, after which the film must be what it was.
fn undo_to(window: &mut Window, before: &Arc<Timeline>) {
    assert!(window.now() != *before, "nothing was done");
    window.keys("Ctrl+Z");
    assert!(window.now() == *before, "it was not one step");
}

fn order(film: &Timeline, owner: &str) -> Vec<String> {
    strip(film, owner).nodes.into_iter().map(|node| node.kind).collect()
}

fn below(place: Pos2) -> Pos2 {
    place + vec2(0.0, 5.0)
}

#[test]
fn strips_that_sound_show_it_and_fall_when_the_film_stands() {
    let mut window = Window::with_sample();
    window.ask("page-sound");
    window.keys("Home");
    window.keys("Space");
    window.until("a later frame", |app| app.position() > 60);
    let film = window.now();
    let main = film.main().unwrap();
    let of_sound = main.tracks.iter().filter(|track| track.header.kind == TrackKind::Sound);
    let strips: Vec<_> = of_sound.map(|track| track.id).chain(main.buses.keys().copied()).collect();
    let loud = |window: &Window| {
        let app = window.harness.state();
        let levels = strips.iter().filter_map(|strip| app.level(*strip));
        levels.filter(|rms| *rms > 1e-5).count()
    };
    assert!(loud(&window) >= 2, "a track and the bus that it leads to: {}", loud(&window));
    window.picture("mixer-levels");
    window.keys("Space");
    window.steps(3);
    assert!(window.has("Meter of Wind"));
}

#[test]
fn a_fader_with_keyframes_sets_one_at_the_playhead_and_keeps_the_others() {
    let mut window = mixer();
    go(&mut window, 40);
    let before = window.now();
    let keys = |film: &Timeline| match strip(film, "a-wind").gain {
        Some(Param::Animated(curve)) => curve.keys,
        other => panic!("the level lost its keyframes: {other:?}"),
    };
    let place = window.place_of("Level of Wind");
    window.drag(place, place + vec2(0.0, 30.0));
    let after = keys(&window.now());
    assert_eq!(after.len(), keys(&before).len() + 1);
    let new = after.iter().find(|key| key.at.as_whole() == Some(40)).unwrap();
    let Value::Number(level) = new.value else { panic!("{new:?}") };
    assert!(level < -20.0, "the fader stands lower: {level}");
    assert!(keys(&before).iter().all(|key| after.contains(key)));
    undo_to(&mut window, &before);
    window.click("Keyframe of the level of Wind");
    assert_eq!(keys(&window.now()).len(), keys(&before).len() + 1);
    window.click("Keyframe of the level of Wind");
    assert_eq!(keys(&window.now()), keys(&before), "a second click takes it away");
}

#[test]
fn a_fader_without_keyframes_stays_a_constant() {
    let mut window = mixer();
    go(&mut window, 40);
    let before = window.now();
    let place = window.place_of("Level of Steps and cloth");
    window.drag(place, place + vec2(0.0, -20.0));
    let gain = strip(&window.now(), "a-foley").gain;
    assert!(matches!(gain, Some(Param::Constant(_))), "{gain:?}");
    undo_to(&mut window, &before);
}

#[test]
fn a_send_is_taken_ahead_of_the_fader_and_stays_so_when_it_is_turned() {
    let mut window = mixer();
    let send = "Send Steps and cloth to The room's answer";
    let before = window.now();
    window.click(&format!("{send} ahead of the fader"));
    assert!(strip(&window.now(), "a-foley").sends[0].pre);
    undo_to(&mut window, &before);
    window.click(&format!("{send} ahead of the fader"));
    let pre = window.now();
    let place = window.place_of(send);
    window.drag(place, place + vec2(-25.0, 0.0));
    let turned = strip(&window.now(), "a-foley").sends[0].clone();
    let level = turned.gain.as_ref().map(|gain| gain.number_at(0.0, f64::NAN)).unwrap();
    assert!(turned.pre && level < -11.0, "{turned:?}");
    undo_to(&mut window, &pre);
    window.click(&format!("{send} ahead of the fader"));
    assert!(window.now() == before, "and behind it again");
}

#[test]
fn what_a_node_hears_is_picked_beside_it() {
    let mut window = mixer();
    let before = window.now();
    let key = |film: &Timeline| strip(film, "room").nodes[0].wires.get("key").copied();
    assert_eq!(key(&before), Some(id("foley")));
    window.click("Key of Duck on Room tone");
    assert!(window.has("Hear Wind") && !window.has("Hear Main"));
    window.picture("mixer-wire");
    window.click("Hear Ambience");
    assert_eq!(key(&window.now()), Some(id("ambience")));
    undo_to(&mut window, &before);
    window.click("Key of Duck on Room tone");
    window.click("Nothing");
    assert_eq!(key(&window.now()), None);
    undo_to(&mut window, &before);
}

#[test]
fn nodes_are_put_in_order_by_hand_and_by_buttons() {
    let mut window = mixer();
    window.click("Add a node to Wind");
    window.click("Gain");
    let before = window.now();
    assert_eq!(order(&before, "a-wind"), ["tilt", "gain"]);
    let (tilt, gain) = (window.place_of("Tilt of Wind"), window.place_of("Gain of Wind"));
    window.drag(tilt, below(gain));
    assert_eq!(order(&window.now(), "a-wind"), ["gain", "tilt"]);
    undo_to(&mut window, &before);
    window.drag(gain, below(tilt));
    assert!(window.now() == before, "it is there already");
    window.click("Gain of Wind");
    window.click("Earlier");
    assert_eq!(order(&window.now(), "a-wind"), ["gain", "tilt"]);
    window.click("Later");
    assert_eq!(order(&window.now(), "a-wind"), ["tilt", "gain"]);
    window.click("Later");
    assert_eq!(order(&window.now(), "a-wind"), ["tilt", "gain"], "the last stays the last");
}

#[test]
fn a_strip_is_led_to_another_bus() {
    let mut window = mixer();
    let before = window.now();
    window.click("Output of Wind");
    window.click("Lead to Foley");
    assert_eq!(strip(&window.now(), "a-wind").output, Some(id("foley")));
    undo_to(&mut window, &before);
    window.click("Output of Ambience");
    assert!(!window.has("Lead to Ambience"));
    window.click("Lead to Foley");
    window.click("Output of Foley");
    assert!(!window.has("Lead to Ambience"), "sound does not go in a circle");
}

#[test]
fn a_meter_is_put_on_a_strip_and_measures_it() {
    let mut window = mixer();
    let before = window.now();
    window.click("Measure a strip");
    window.click("Measure Wind");
    assert!(window.has("Measured: Wind"));
    let node = strip(&window.now(), "a-wind").nodes.last().unwrap().id;
    window.keys("Home");
    window.keys("Space");
    window.until("loudness", |app| {
        app.loudness(id("a-wind"), node).is_some_and(|loudness| loudness > -70.0)
    });
    window.steps(2);
    window.picture("meters");
    assert!(window.has("Spectrum in thirds of an octave"));
    window.keys("Space");
    window.click("Measure anew");
    let loudness = window.harness.state().loudness(id("a-wind"), node);
    assert_eq!(loudness, Some(f32::NEG_INFINITY));
    window.click("Measured: Wind");
    window.click("Look at the meter of Mix");
    assert!(window.has("Measured: Mix"));
    undo_to(&mut window, &before);
}

#[test]
fn what_a_ducker_does_is_drawn_and_written_as_keyframes() {
    let mut window = mixer();
    let before = window.now();
    let duck = id("steps-back");
    window.until("the ride", |app| app.ride(id("room"), duck).is_some());
    let ride = window.harness.state().ride(id("room"), duck).unwrap();
    let deepest = ride.iter().map(|(_, level)| *level).fold(0.0, f64::min);
    assert!((deepest + 5.0).abs() < 0.01, "as deep as it is set: {deepest}");
    window.click("Duck of Room tone");
    window.picture("ride");
    window.click("Write as keyframes");
    let nodes = strip(&window.now(), "room").nodes;
    let kinds: Vec<_> = nodes.iter().map(|node| (node.kind.as_str(), node.bypass)).collect();
    assert_eq!(kinds, [("gain", false), ("duck", true)]);
    let Some(Param::Animated(curve)) = nodes[0].values.get("gain") else { panic!("{nodes:?}") };
    let rate = 48_000.0 / 25.0;
    for (sample, level) in &ride {
        let written = nodes[0].values["gain"].number_at(*sample as f64 / rate, f64::NAN);
        assert!((written - level).abs() <= 0.25, "{sample}: {written} {level}");
    }
    assert!(curve.keys.len() < ride.len() && curve.keys.len() > 4, "{}", curve.keys.len());
    window.picture("ride-written");
    undo_to(&mut window, &before);
}
