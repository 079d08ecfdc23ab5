//! A gesture is one edit: from the press to the release, or until a field is left; the film follows meanwhile.

use super::rig::Window;
use eframe::egui::{Event, Modifiers, PointerButton, Pos2, vec2};
use std::sync::Arc;
use timeline_format::{Id, Param};

/// What is stated of the opacity of the moon.
fn opacity(window: &Window) -> Option<f64> {
    let film = window.now();
    let clip = film.main().unwrap().clip(Id::parse("v-moon").unwrap()).unwrap().clone();
    let param: &Param = clip.look.placement.get("opacity")?;
    Some(param.number_at(0.0, f64::NAN))
}

fn with_moon() -> Window {
    let mut window = Window::with_sample();
    window.keys("\\");
    window.click("moon, 96 frames");
    window
}

/// Presses, goes on in steps of 5 points, and says what `seen` saw at each.
fn scrub<T>(
    window: &mut Window,
    from: Pos2,
    steps: usize,
    held: Modifiers,
    seen: impl Fn(&Window) -> T,
) -> Vec<T> {
    window.harness.hover_at(from);
    window.steps(1);
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: held,
    };
    window.harness.event_modifiers(button(from, true), held);
    window.steps(1);
    let mut all = Vec::new();
    for step in 1..=steps {
        let to = from - vec2(5.0 * step as f32, 0.0);
        window.harness.event_modifiers(Event::PointerMoved(to), held);
        window.steps(1);
        all.push(seen(window));
    }
    window.harness.event_modifiers(button(from - vec2(5.0 * steps as f32, 0.0), false), held);
    window.steps(2);
    all
}

#[test]
fn a_field_that_is_scrubbed_is_one_edit_and_the_film_follows() {
    let mut window = with_moon();
    let before = window.now();
    let field = window.place_of("Opacity");
    let seen = scrub(&mut window, field, 8, Modifiers::NONE, opacity);
    let numbers: Vec<f64> = seen.iter().flatten().copied().collect();
    assert!(numbers.len() > 4, "the film follows while the pointer is down: {seen:?}");
    assert!(numbers.windows(2).all(|pair| pair[1] < pair[0]), "{numbers:?}");
    assert_eq!(window.harness.state().edits(), ["Opacity of moon"]);
    window.keys("Ctrl+Z");
    assert!(Arc::ptr_eq(&window.now(), &before), "one undo takes all of it back");
    window.keys("Ctrl+Shift+Z");
    assert_eq!(opacity(&window), numbers.last().copied());
}

#[test]
fn every_gesture_is_an_edit_of_its_own_and_one_that_comes_back_is_none() {
    let mut window = with_moon();
    let field = window.place_of("Opacity");
    for _ in 0..2 {
        scrub(&mut window, field, 4, Modifiers::NONE, |_| ());
    }
    assert_eq!(window.harness.state().edits(), ["Opacity of moon", "Opacity of moon"]);
    let mut window = with_moon();
    window.click("Opacity");
    window.harness.event(Event::Text("50".into()));
    window.steps(2);
    window.keys("Enter");
    let before = window.now();
    window.harness.hover_at(field);
    window.harness.drag_at(field);
    window.steps(1);
    for x in [-20.0, -40.0, -60.0] {
        window.harness.hover_at(field + vec2(x, 0.0));
        window.steps(1);
    }
    assert_eq!(window.harness.state().edits().len(), 2);
    for x in [-40.0, -20.0, 0.0] {
        window.harness.hover_at(field + vec2(x, 0.0));
        window.steps(1);
    }
    window.harness.drop_at(field);
    window.steps(2);
    assert_eq!(window.harness.state().edits(), ["Opacity of moon"], "{:?}", opacity(&window));
    assert!(*window.now() == *before);
}

#[test]
fn escape_gives_back_what_the_hand_does() {
    let mut window = with_moon();
    let before = window.now();
    let field = window.place_of("Opacity");
    window.harness.hover_at(field);
    window.harness.drag_at(field);
    window.steps(1);
    window.harness.hover_at(field - vec2(30.0, 0.0));
    window.steps(2);
    assert!(opacity(&window).is_some());
    window.harness.key_press(eframe::egui::Key::Escape);
    window.steps(1);
    window.harness.hover_at(field - vec2(40.0, 0.0));
    window.steps(1);
    window.harness.drop_at(field - vec2(40.0, 0.0));
    window.steps(2);
    assert!(opacity(&window).is_none() && window.harness.state().edits().is_empty());
    assert!(*window.now() == *before);
}

#[test]
fn shift_is_fine_and_control_is_coarse() {
    let far = |held| {
        let mut window = with_moon();
        let field = window.place_of("Opacity");
        scrub(&mut window, field, 4, held, |_| ());
        1.0 - opacity(&window).unwrap()
    };
    let plain = far(Modifiers::NONE);
    let fine = far(Modifiers::SHIFT);
    let coarse = far(Modifiers { ctrl: true, command: true, ..Modifiers::NONE });
    assert!(fine * 4.0 < plain && plain * 4.0 < coarse, "{fine} {plain} {coarse}");
}

#[test]
fn what_is_typed_is_one_edit_and_what_is_left_as_it_was_is_none() {
    let mut window = with_moon();
    window.click("Opacity");
    window.keys("Enter");
    assert!(window.harness.state().edits().is_empty(), "{:?}", window.harness.state().edits());
    window.click("Opacity");
    window.harness.event(Event::Text("37.5 %".into()));
    window.steps(2);
    window.keys("Enter");
    assert_eq!(opacity(&window), Some(0.375));
    assert_eq!(window.harness.state().edits(), ["Opacity of moon"]);
    window.click("Opacity");
    window.harness.event(Event::Text("loud".into()));
    window.steps(2);
    window.keys("Enter");
    assert_eq!(opacity(&window), Some(0.375));
    window.click("Set Opacity back");
    assert_eq!(opacity(&window), None);
}
