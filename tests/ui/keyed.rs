//! Keyframes: set in the inspector, and in lanes under their track moved, added, eased, chosen, taken away.

use super::rig::Window;
use eframe::egui::{Event, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use timeline_format::parameter::{Curve, Ease};
use timeline_format::{Id, Param};

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn frames(curve: &Curve) -> Vec<i64> {
    curve.keys.iter().map(|key| key.at.floor()).collect()
}

fn values(param: &Param) -> Vec<f64> {
    let Param::Animated(curve) = param else { panic!("{param:?} does not move") };
    curve.keys.iter().map(|key| param.number_at(key.at.to_f64(), f64::NAN)).collect()
}

/// The gain of the wind's track, which the sample moves.
fn wind(window: &Window) -> Curve {
    let film = window.now();
    let (_, track) = film.main().unwrap().track(id("a-wind")).unwrap();
    match &track.header.strip.gain {
        Some(Param::Animated(curve)) => curve.clone(),
        other => panic!("{other:?}"),
    }
}

fn opacity(window: &Window) -> Option<Param> {
    let film = window.now();
    film.main().unwrap().clip(id("v-moon")).unwrap().look.placement.get("opacity").cloned()
}

fn go_to(window: &mut Window, frame: i64) {
    window.keys("Ctrl+T");
    window.harness.event(Event::Text(frame.to_string()));
    window.steps(2);
    window.keys("Enter");
    assert_eq!(window.harness.state().position(), frame);
}

fn type_into(window: &mut Window, field: &str, text: &str) {
    window.click(field);
    window.harness.event(Event::Text(text.into()));
    window.steps(2);
    window.keys("Enter");
}

fn with_wind() -> Window {
    let mut window = Window::with_sample_at([1440.0, 1200.0], 1.0);
    window.keys("\\");
    window.click("Track Wind");
    window.steps(2);
    window
}

#[track_caller]
fn key(window: &Window, value: &str, frame: i64) -> Pos2 {
    let film = window.now();
    let header = &film.main().unwrap().header;
    let label =
        timeline_format::timecode::label(header.start + frame, header.rate, header.timecode);
    window.place_of(&format!("Key of {value} at {}", label.unwrap()))
}

#[test]
fn a_value_that_moves_is_set_by_a_key_at_the_playhead() {
    let mut window = Window::with_sample();
    window.keys("\\");
    window.click("moon, 96 frames");
    go_to(&mut window, 10);
    window.click("Set key of Opacity");
    go_to(&mut window, 40);
    type_into(&mut window, "Opacity", "20 %");
    let param = opacity(&window).unwrap();
    assert_eq!(values(&param), [1.0, 0.2]);
    let Param::Animated(curve) = &param else { unreachable!() };
    assert_eq!(frames(curve), [10, 40], "a field of a value that moves sets a key");
    type_into(&mut window, "Opacity", "30 %");
    assert_eq!(values(&opacity(&window).unwrap()), [1.0, 0.3], "and changes the key that is there");
    window.click("Previous key of Opacity");
    assert_eq!(window.harness.state().position(), 10);
    window.click("Next key of Opacity");
    assert_eq!(window.harness.state().position(), 40);
    window.click("Remove key of Opacity");
    assert_eq!(values(&opacity(&window).unwrap()), [1.0]);
    assert_eq!(
        window.harness.state().edits(),
        [
            "Set key of Opacity of moon",
            "Opacity of moon",
            "Opacity of moon",
            "Remove key of Opacity of moon"
        ]
    );
}

#[test]
fn a_value_that_its_shot_moves_goes_on_moving_when_a_key_is_set() {
    let mut window = Window::with_sample();
    window.keys("\\");
    window.click("desk, 88 frames");
    go_to(&mut window, 140);
    type_into(&mut window, "Scale", "1.5");
    let film = window.now();
    let clip = film.main().unwrap().clip(id("v-desk")).unwrap().clone();
    let Some(Param::Animated(curve)) = clip.look.placement.get("scale") else { panic!("{clip:?}") };
    assert_eq!(frames(curve), [-16, 44, 104]);
}

#[test]
fn keys_of_content_are_set_where_the_speed_says() {
    let mut window = Window::with_sample();
    window.keys("\\");
    let film = std::fs::read_to_string(&window.film).unwrap();
    let keyed = film.replace(
        "\"v-curtain\": {\n  \"length\": 56,\n  \"in\": 15,\n",
        "\"v-curtain\": {\n  \"length\": 28,\n  \"in\": 15,\n  \"speed\": 2,\n  \"placement\": {\"opacity\": {\"keys\": [{\"at\": 15, \"value\": 1.0}], \"follow\": \"content\"}},\n",
    );
    assert_ne!(film, keyed);
    let folder = crate::support::folder::Folder::new();
    super::rig::sample(folder.path());
    std::fs::write(folder.file("film.roomtone"), keyed).unwrap();
    window = Window::of(folder, "film.roomtone");
    window.keys("\\");
    let start = {
        let film = window.now();
        let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
        reel.start_of(reel.index_of(id("v-curtain")).unwrap()).unwrap()
    };
    window.harness.get_by_label_contains("curtain 200%").click();
    window.steps(2);
    go_to(&mut window, start + 10);
    type_into(&mut window, "Opacity", "50 %");
    let film = window.now();
    let clip = film.main().unwrap().clip(id("v-curtain")).unwrap().clone();
    let Some(Param::Animated(curve)) = clip.look.placement.get("opacity") else { panic!() };
    assert_eq!(frames(curve), [15, 35], "ten frames at twice the speed are twenty of the source");
    go_to(&mut window, start + 11);
    window.click("Previous key of Opacity");
    assert_eq!(window.harness.state().position(), start + 10);
}

#[test]
fn keys_are_dragged_in_time_and_value_as_one_edit() {
    let mut window = with_wind();
    assert_eq!(frames(&wind(&window)), [0, 62, 104, 588, 652]);
    let at = key(&window, "Gain", 104);
    let far = key(&window, "Gain", 588).x - at.x;
    let frame = far / 484.0;
    window.keys("S");
    window.drag(at, at + vec2(100.0 * frame, -8.0));
    let moved = wind(&window);
    assert_eq!(frames(&moved), [0, 62, 204, 588, 652], "{:?}", window.harness.state().said());
    let value = Param::Animated(moved).number_at(204.0, f64::NAN);
    assert!(value > -0.9, "dragged up: {value}");
    assert_eq!(window.harness.state().edits(), ["Move keys"]);
    window.picture("keyframe-lanes");
    window.keys("Ctrl+Z");
    assert_eq!(frames(&wind(&window)), [0, 62, 104, 588, 652]);
}

#[test]
fn keys_that_a_frame_goes_round_are_moved_eased_and_taken_away_together() {
    let mut window = with_wind();
    let (first, second) = (key(&window, "Gain", 62), key(&window, "Gain", 104));
    let (low, high) = (first.min(second), first.max(second));
    window.drag(low - vec2(9.0, 9.0), high + vec2(9.0, 9.0));
    window.keys("Alt+Shift+Right");
    assert_eq!(
        frames(&wind(&window)),
        [0, 72, 114, 588, 652],
        "{:?}",
        window.harness.state().edits()
    );
    let at = key(&window, "Gain", 72);
    for pressed in [true, false] {
        window.harness.event(Event::PointerMoved(at));
        window.harness.event(Event::PointerButton {
            pos: at,
            button: PointerButton::Secondary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        window.steps(2);
    }
    window.click("Hold");
    let eases: Vec<Ease> = wind(&window).keys.iter().map(|key| key.ease).collect();
    assert_eq!(eases, [Ease::Ease, Ease::Hold, Ease::Hold, Ease::Ease, Ease::Ease]);
    window.keys("Delete");
    assert_eq!(frames(&wind(&window)), [0, 588, 652]);
    assert_eq!(window.harness.state().edits(), ["Move keys", "Ease of keys", "Remove keys"]);
}
