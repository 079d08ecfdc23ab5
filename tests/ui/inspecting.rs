//! The inspector shows and sets what is chosen: clips, several at once, transitions, tracks, gaps, markers.

use super::rig::Window;
use eframe::egui::Event;
use egui_kittest::kittest::Queryable as _;
use roomtone::signal::Kind;
use timeline_format::{Id, Param, Ratio};

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn type_into(window: &mut Window, field: &str, text: &str) {
    window.click(field);
    window.harness.event(Event::Text(text.into()));
    window.steps(2);
    window.keys("Enter");
}

fn with(label: &str) -> Window {
    let mut window = Window::with_sample_at([1600.0, 1200.0], 1.0);
    window.keys("\\");
    window.click(label);
    window
}

#[test]
fn time_is_typed_as_timecode_seconds_or_frames() {
    let mut window = with("one window, 60 frames");
    let length = |window: &Window| {
        let film = window.now();
        let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
        reel.get(reel.index_of(id("v-one-window")).unwrap()).unwrap().length
    };
    for (text, frames) in [("2 s", 50), ("00:00:01:10", 35), ("58", 58)] {
        type_into(&mut window, "Length", text);
        assert_eq!(length(&window), frames, "{text}: {:?}", window.harness.state().said());
    }
    assert_eq!(window.harness.state().edits(), ["Length"; 3]);
    type_into(&mut window, "Speed", "50");
    let film = window.now();
    let clip = film.main().unwrap().clip(id("v-one-window")).unwrap().clone();
    assert_eq!((clip.speed, length(&window)), (Ratio::new(1, 2).unwrap(), 116));
}

#[test]
fn several_clips_are_set_at_once_and_say_where_they_differ() {
    let mut window = with("moon, 96 frames");
    type_into(&mut window, "Rotation", "5");
    window.harness.get_by_label("desk, 88 frames").click_modifiers(eframe::egui::Modifiers::SHIFT);
    window.steps(2);
    assert!(window.has("and 1 more are chosen"));
    let shown = window.harness.get_by_label("Rotation").value();
    assert_eq!(shown.as_deref(), Some("mixed"));
    type_into(&mut window, "Rotation", "-3°");
    let film = window.now();
    for clip in ["v-moon", "v-desk"] {
        let clip = film.main().unwrap().clip(id(clip)).unwrap();
        assert_eq!(clip.look.placement.get("rotation"), Some(&Param::number(-3.0)));
    }
    assert_eq!(window.harness.state().edits(), ["Rotation of moon", "Rotation of 2 clips"]);
    window.keys("Ctrl+Z");
    let clip = window.now().main().unwrap().clip(id("v-desk")).unwrap().clone();
    assert!(!clip.look.placement.contains_key("rotation"));
}

#[test]
fn a_track_shows_its_strip_and_nodes_with_units() {
    let mut window = with("Track Rain");
    let gain = window.harness.get_by_label("Gain").value();
    assert_eq!(gain.as_deref(), Some("0 dB"));
    type_into(&mut window, "Gain", "-6");
    type_into(&mut window, "To The room's answer", "-12.5 dB");
    let film = window.now();
    let strip = &film.main().unwrap().track(id("a-rain")).unwrap().1.header.strip;
    assert_eq!(strip.gain, Some(Param::number(-6.0)));
    assert_eq!(strip.sends[0].gain, Some(Param::number(-12.5)));
    window.click("Name");
    window.keys("End");
    for letter in [" ", "o", "n"] {
        window.harness.event(Event::Text(letter.into()));
        window.steps(1);
    }
    window.click("Muted");
    let film = window.now();
    let header = &film.main().unwrap().track(id("a-rain")).unwrap().1.header;
    assert_eq!((header.name.as_str(), header.strip.mute), ("Rain on", true));
    let edits = window.harness.state().edits();
    assert_eq!(edits, ["Gain of Rain", "To The room's answer of Rain", "Name of track", "Mute"]);
    window.picture("inspector-track");
}

#[test]
fn a_transition_has_its_length_sides_and_values() {
    let mut window = with("moon, 96 frames");
    let place = {
        let moon = window.harness.get_by_label("moon, 96 frames").rect();
        eframe::egui::pos2(moon.right() + 1.0, moon.top() + 8.0)
    };
    window.harness.hover_at(place);
    window.harness.drag_at(place);
    window.steps(1);
    window.harness.drop_at(place);
    window.steps(2);
    assert!(window.has("over the chosen cut"), "the dissolve is chosen");
    window.click("Wipe");
    type_into(&mut window, "Angle", "45");
    type_into(&mut window, "Softness", "25 %");
    type_into(&mut window, "Ahead", "10");
    let film = window.now();
    let transitions = &film.main().unwrap().tracks[0].transitions;
    let wipe = transitions.values().find(|it| it.kind == "wipe").unwrap();
    assert_eq!((wipe.before, wipe.after), (10, 15));
    assert_eq!(wipe.values.get("angle"), Some(&Param::number(45.0)));
    assert_eq!(wipe.values.get("softness"), Some(&Param::number(0.25)));
    assert_eq!(window.harness.state().edits().len(), 4);
}

#[test]
fn a_marker_and_a_gap_are_set_where_they_are_chosen() {
    let mut window = with("moon, 96 frames");
    window.keys("Home");
    window.ask("step-forward-more");
    window.ask("add-marker");
    window.click("Marker");
    type_into(&mut window, "Length", "1 s");
    type_into(&mut window, "At", "30");
    let film = window.now();
    let mut markers = film.main().unwrap().markers.values();
    assert!(markers.any(|it| (it.at.floor(), it.length.floor()) == (30, 25)));
    window.click("desk, 88 frames");
    window.ask("lift-clips");
    let moon = window.harness.get_by_label("moon, 96 frames").rect();
    let gap = moon.right_center() + eframe::egui::vec2(20.0, 0.0);
    window.harness.hover_at(gap);
    window.harness.drag_at(gap);
    window.steps(1);
    window.harness.drop_at(gap);
    window.steps(2);
    assert!(window.has("A gap"), "{:?}", window.harness.state().said());
    let before = window.now().main().unwrap().length();
    type_into(&mut window, "Length", "20");
    let film = window.now();
    let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
    assert_eq!(
        reel.iter().find(|item| item.is_gap()).map(|item| item.length),
        Some(20),
        "{:?}",
        window.harness.state().said()
    );
    assert!(film.main().unwrap().length() < before);
    assert_eq!(window.harness.state().edits().last().map(String::as_str), Some("Length of gap"));
}

#[test]
fn fades_and_levels_of_a_sound_are_set() {
    let mut window = with("moon, 96 frames");
    let alone = eframe::egui::Modifiers::ALT;
    let sounds = window.harness.get_all_by_label("rain, 70 frames");
    sounds.last().unwrap().click_modifiers(alone);
    window.steps(2);
    type_into(&mut window, "Gain", "-4.5");
    type_into(&mut window, "Fade in", "12");
    let film = window.now();
    let sound = film.main().unwrap().clip(id("s-rain")).unwrap().sound.clone();
    assert_eq!(sound.gain, Some(Param::number(-4.5)));
    assert_eq!(sound.fade_in.map(|fade| fade.length.floor()), Some(12));
    assert_eq!(window.harness.state().edits(), ["Gain of rain", "Fade in"]);
}

#[test]
fn a_grade_is_put_on_adjusted_and_taken_off() {
    let mut window = with("moon, 96 frames");
    let effects = |window: &Window| {
        let film = window.now();
        film.main().unwrap().clip(id("v-moon")).unwrap().look.effects.clone()
    };
    let add = |window: &mut Window, label: &str| {
        window.click("Add grade");
        window.click(label);
        window.steps(2);
    };
    add(&mut window, "Exposure");
    assert_eq!(effects(&window)[0].kind, "exposure");
    type_into(&mut window, "Stops", "1.5");
    assert_eq!(effects(&window)[0].values.get("stops"), Some(&Param::number(1.5)));
    window.click("Set key of Stops");
    assert!(matches!(effects(&window)[0].values["stops"], Param::Animated(_)));
    window.click("Bypass Exposure");
    assert!(effects(&window)[0].bypass);
    window.ask("bypass-grade");
    assert!(!effects(&window)[0].bypass);
    window.click("Set all of Exposure back");
    assert!(effects(&window)[0].values.is_empty());
    add(&mut window, "Balance");
    window.click("Balance earlier");
    let kinds: Vec<_> = effects(&window).iter().map(|effect| effect.kind.clone()).collect();
    assert_eq!(kinds, ["balance", "exposure"]);
    window.click("Take Balance off");
    window.click("Take Exposure off");
    assert!(effects(&window).is_empty());
}

#[test]
fn several_clips_are_graded_at_once() {
    let mut window = with("moon, 96 frames");
    window.harness.get_by_label("desk, 88 frames").click_modifiers(eframe::egui::Modifiers::SHIFT);
    window.steps(2);
    window.click("Add grade");
    window.click("Exposure");
    window.steps(2);
    type_into(&mut window, "Stops", "-1");
    let film = window.now();
    for clip in ["v-moon", "v-desk"] {
        let effects = &film.main().unwrap().clip(id(clip)).unwrap().look.effects;
        assert_eq!(effects[0].values.get("stops"), Some(&Param::number(-1.0)), "{clip}");
    }
}

/// Every parameter of every operation has its field, and a key where keys can move it.
#[test]
fn every_parameter_of_every_operation_is_in_the_inspector() {
    for operation in roomtone::picture::grade::ALL {
        let mut window = with("moon, 96 frames");
        window.click("Add grade");
        window.click(operation.label);
        window.steps(2);
        for parameter in operation.parameters {
            let name = format!("{} of {}", parameter.label, operation.label);
            if matches!(parameter.kind, Kind::File { .. } | Kind::Look) {
                continue;
            }
            assert!(window.has(&format!("Set key of {}", parameter.label)), "{name}");
        }
    }
}

#[test]
fn the_menu_of_operations_stays_in_reach_of_what_was_put_on() {
    let mut window = with("moon, 96 frames");
    for label in ["Tonal zones", "Exposure"] {
        window.click("Add grade");
        window.click(label);
        window.steps(2);
    }
    let film = window.now();
    let effects = &film.main().unwrap().clip(id("v-moon")).unwrap().look.effects;
    let kinds: Vec<_> = effects.iter().map(|effect| effect.kind.as_str()).collect();
    assert_eq!(kinds, ["zones", "exposure"]);
}
