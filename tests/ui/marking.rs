//! Markers that say something, and ranges that are drawn out by the keyboard.

use super::cutting::with_stills;
use super::rig::Window;
use eframe::egui::{Event, vec2};
use egui_kittest::kittest::Queryable as _;
use std::sync::Arc;
use timeline_format::Marker;

/// The marker of this name.
fn marker(window: &Window, name: &str) -> Option<Arc<Marker>> {
    let film = window.now();
    film.main().unwrap().markers.values().find(|marker| marker.name == name).cloned()
}

fn type_in(window: &mut Window, text: &str) {
    window.harness.event(Event::Text(text.into()));
    window.steps(2);
}

#[test]
fn a_marker_is_written_changed_dragged_and_removed() {
    let mut window = Window::with_sample();
    (0..3).for_each(|_| window.keys("Shift+Right"));
    window.keys("Ctrl+M");
    window.steps(2);
    type_in(&mut window, "too dark");
    window.keys("Tab");
    type_in(&mut window, "lift the lamp, ask Ada");
    window.click(&format!("{} green", egui_phosphor::regular::MAP_PIN));
    window.picture("marker");
    window.keys("Enter");
    let made = marker(&window, "too dark").unwrap();
    assert_eq!((made.note.as_str(), made.colour.as_str()), ("lift the lamp, ask Ada", "green"));
    assert_eq!((made.at.floor(), made.length.floor()), (30, 0));
    window.keys("Ctrl+M");
    window.steps(2);
    (0..2).for_each(|_| window.keys("Tab"));
    let length =
        window.harness.get_by_role_and_label(eframe::egui::accesskit::Role::TextInput, "Length");
    length.focus();
    window.steps(2);
    type_in(&mut window, "1 s");
    window.click("Write it down   (Enter)");
    let made = marker(&window, "too dark").unwrap();
    assert_eq!((made.at.floor(), made.length.floor()), (30, 25));
    let flag = window.place_of("Marker too dark green");
    window.drag(flag, flag + vec2(60.0, 0.0));
    let moved = marker(&window, "too dark").unwrap();
    assert!(moved.at > made.at && moved.note == made.note, "{moved:?}");
    window.click("Marker too dark green");
    assert_eq!(window.harness.state().position(), moved.at.floor());
    window.picture("marker-moved");
    window.keys("Ctrl+M");
    window.keys("Escape");
    assert_eq!(marker(&window, "too dark"), Some(moved));
    window.keys("Ctrl+Alt+M");
    assert_eq!(marker(&window, "too dark"), None);
}

#[test]
fn a_length_that_is_none_keeps_the_question_open() {
    let mut window = Window::with_sample();
    window.keys("Ctrl+M");
    window.steps(2);
    let length =
        window.harness.get_by_role_and_label(eframe::egui::accesskit::Role::TextInput, "Length");
    length.focus();
    window.steps(2);
    type_in(&mut window, "soon");
    let before = window.now();
    window.keys("Enter");
    assert!(window.has("Write it down   (Enter)") && Arc::ptr_eq(&before, &window.now()));
    let said = window.harness.state().said().join("\n");
    assert!(said.contains("length of the marker"), "{said}");
}

/// Three stills of 75 frames side by side, and the playhead at the start.
fn three() -> Window {
    let mut window = with_stills();
    for number in 0..3 {
        window.click(&format!("still-{number}.png"));
        window.keys(".");
    }
    window.keys("Home");
    window.keys("Ctrl+Shift+A");
    window
}

fn count(window: &Window) -> usize {
    let film = window.now();
    let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
    reel.iter().filter(|item| !item.is_gap()).count()
}

#[test]
fn a_range_is_drawn_out_by_the_keyboard_and_what_lies_in_it_is_chosen() {
    let mut window = three();
    let at = |window: &Window| window.harness.state().position();
    window.keys("Shift+Down");
    window.keys("Shift+Down");
    assert_eq!(at(&window), 150);
    window.steps(2);
    window.picture("range");
    window.keys("Delete");
    assert_eq!(count(&window), 1, "both clips of the range were chosen");
    window.keys("Ctrl+Z");
    window.keys("Shift+Up");
    window.keys("Delete");
    assert_eq!(count(&window), 2, "the range went back to its first clip");
    window.keys("Ctrl+Z");
    window.keys("Home");
    window.keys("Ctrl+Alt+Right");
    window.keys("Ctrl+Alt+Shift+Right");
    window.keys("Home");
    window.keys("Shift+O");
    assert_eq!(at(&window), 10, "eleven frames are marked");
    window.keys("Home");
    window.keys("Shift+End");
    window.keys("Delete");
    assert_eq!(count(&window), 0);
}

#[test]
fn what_lies_in_the_marks_or_behind_the_playhead_is_chosen() {
    let mut window = three();
    (0..8).for_each(|_| window.keys("Shift+Right"));
    window.keys("I");
    window.keys("Right");
    window.keys("O");
    window.keys("Ctrl+Alt+A");
    window.keys("Delete");
    assert_eq!(count(&window), 2, "the marks touch the second clip alone");
    window.keys("Ctrl+Z");
    window.keys("Ctrl+Shift+A");
    window.keys("Alt+A");
    window.keys("Delete");
    assert_eq!(count(&window), 1, "the second and the third");
}
