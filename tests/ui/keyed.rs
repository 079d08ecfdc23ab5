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

#[test]
fn a_double_click_in_a_lane_adds_a_key_on_the_curve() {
    let mut window = with_wind();
    let (from, to) = (key(&window, "Gain", 104), key(&window, "Gain", 588));
    let before = Param::Animated(wind(&window));
    window.double_click_at(from + (to - from) * 0.5);
    let after = wind(&window);
    assert_eq!(after.keys.len(), 6, "{:?}", window.harness.state().edits());
    let place = after.keys[3].at.to_f64();
    let after = Param::Animated(after);
    assert!((place - 346.0).abs() < 4.0, "{place}");
    let far = (after.number_at(place, 0.0) - before.number_at(place, 0.0)).abs();
    assert!(far < 1e-9, "the key lies on the curve: {far}");
    assert_eq!(window.harness.state().edits(), ["Add key of Gain"]);
    window.keys("Delete");
    assert_eq!(wind(&window).keys.len(), 5, "the new key is the chosen one");
    window.keys("Ctrl+Alt+F");
    assert!(window.harness.query_by_label_contains("Key of Gain").is_none(), "no lanes are shown");
}

#[test]
fn keys_that_are_moved_one_press_after_the_other_are_moved_by_each() {
    let mut window = with_wind();
    let at = key(&window, "Gain", 104);
    window.click_at(at);
    window.ask("focus-timeline");
    (0..2).for_each(|_| window.keys("Alt+Right"));
    assert_eq!(frames(&wind(&window)), [0, 62, 106, 588, 652]);
    assert_eq!(window.harness.state().edits(), ["Move keys"; 2]);
}

/// The direction of the wipe over the cut at frame 96.
fn angle(window: &Window) -> Option<Param> {
    let film = window.now();
    let track = film.main().unwrap().tracks[0].clone();
    let mut wipes = track.transitions.values().filter(|it| it.kind == "wipe");
    wipes.next().unwrap().values.get("angle").cloned()
}

#[test]
fn a_transition_is_set_and_moved_by_its_own_parameters() {
    let mut window = Window::with_sample_at([1440.0, 1200.0], 1.0);
    window.keys("\\");
    window.click("moon, 96 frames");
    let clip = window.rect_of("moon, 96 frames");
    let frame = clip.width() / 96.0;
    window.click_at(clip.right_center() + vec2(2.0, 16.0));
    window.steps(2);
    if window.has("A hard cut") {
        window.ask("add-dissolve");
        window.steps(2);
    }
    window.click("Wipe");
    type_into(&mut window, "Angle", "30");
    assert_eq!(angle(&window), Some(Param::number(30.0)), "{:?}", window.harness.state().said());
    let film = window.now();
    let main = film.main().unwrap();
    let track = main.tracks[0].clone();
    let (cut, wipe) = track.transitions.iter().find(|(_, it)| it.kind == "wipe").unwrap();
    let reel = track.reel().unwrap();
    let start = reel.start_of(reel.index_of(cut.to.unwrap()).unwrap()).unwrap() - wipe.before;
    go_to(&mut window, start + 2);
    window.click("Set key of Angle");
    go_to(&mut window, start + 8);
    type_into(&mut window, "Angle", "90");
    assert_eq!(values(&angle(&window).unwrap()), [30.0, 90.0]);
    let Some(Param::Animated(curve)) = angle(&window) else { panic!() };
    assert_eq!(frames(&curve), [2, 8], "counted from the start of the transition");
    window.picture("transition-lanes");
    let at = key(&window, "Angle", start + 8);
    window.keys("S");
    window.drag(at, at + vec2(2.0 * frame, 0.0));
    let Some(Param::Animated(curve)) = angle(&window) else { panic!() };
    assert_eq!(frames(&curve), [2, 10], "{:?}", window.harness.state().said());
    let edits = window.harness.state().edits();
    assert_eq!(edits.last().map(String::as_str), Some("Move keys"));
    window.keys("Ctrl+Z");
    let Some(Param::Animated(curve)) = angle(&window) else { panic!() };
    assert_eq!(frames(&curve), [2, 8]);
}

/// Every parameter of every transition has its field, and a key where keys can move it.
#[test]
fn every_parameter_of_every_transition_is_in_the_inspector() {
    let mut window = super::reel::with_reel();
    let lie = super::reel::lie(&window);
    window.click_at(lie.at(40.0) + vec2(1.0, 0.0));
    window.ask("add-dissolve");
    for kind in roomtone::picture::transitions::ALL {
        if window.harness.query_all_by_label(kind.label).count() == 1 {
            window.click(kind.label);
        }
        window.steps(2);
        for parameter in kind.parameters {
            let name = format!("{} of {}", parameter.label, kind.label);
            let is_field = window.harness.query_all_by_label_contains(parameter.label).count() > 0;
            assert!(is_field && window.has(&format!("Set key of {}", parameter.label)), "{name}");
        }
    }
}
