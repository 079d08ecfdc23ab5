//! What has the keyboard, and which keys stay the film's.

use super::hands::Keyboard;
use super::reel;
use super::rig::Window;
use egui_kittest::kittest::Queryable as _;

fn at(window: &Window) -> i64 {
    window.harness.state().position()
}

fn has_keyboard(window: &Window, label: &str) -> bool {
    window.harness.query_all_by_label(label).any(|node| node.is_focused())
}

/// Gives a line of the browser the keyboard.
fn reach(window: &mut Window, line: &str) {
    window.harness.get_by_label(line).focus();
    window.steps(3);
    assert!(has_keyboard(window, line));
}

#[test]
fn a_line_of_the_browser_goes_up_and_down_and_leaves_the_film_the_other_arrows() {
    let mut window = Window::with_sample();
    reach(&mut window, "roofs");
    (0..3).for_each(|_| window.keys("Right"));
    window.keys("Left");
    assert_eq!(at(&window), 2, "the film goes on");
    assert!(has_keyboard(&window, "roofs"), "and the line keeps the rest");
    window.keys("Down");
    assert!(!has_keyboard(&window, "roofs"));
    window.keys("Up");
    assert!(has_keyboard(&window, "roofs"));
    assert_eq!(at(&window), 2, "up and down are the list's");
    window.keys("Enter");
    assert!(window.harness.state().source().is_some(), "it is taken up");
    window.keys("Right");
    assert_eq!(at(&window), 2, "the source has the keys now, which is a still");
}

#[test]
fn a_click_on_the_timeline_takes_the_keys_from_what_had_them() {
    let mut window = reel::with_reel();
    let lie = reel::lie(&window);
    reach(&mut window, "counted.mp4");
    window.click_at(lie.at(60.0));
    assert!(!has_keyboard(&window, "counted.mp4"));
    window.keys("Home");
    for (keys, frame) in [("Right", 1), ("Down", 40), ("Down", 80), ("Up", 40), ("Left", 39)] {
        window.keys(keys);
        assert_eq!(at(&window), frame, "{keys}");
    }
}

#[test]
fn a_line_that_was_clicked_eats_no_key_of_the_film() {
    let mut window = reel::with_reel();
    window.click("counted.mp4");
    window.keys("Home");
    (0..2).for_each(|_| window.keys("Right"));
    assert_eq!(window.harness.state().source().unwrap().0, 2, "the source is played by them");
    window.ask("focus-timeline");
    (0..2).for_each(|_| window.keys("Right"));
    assert_eq!((window.harness.state().source().unwrap().0, at(&window)), (2, 2));
}

#[test]
fn the_timeline_is_reached_by_the_keyboard_and_leaves_every_key_to_the_film() {
    let mut window = reel::with_reel();
    reach(&mut window, "counted.mp4");
    window.keys("F6");
    assert!(has_keyboard(&window, "Lanes of the film"));
    window.keys("Home");
    for (keys, frame) in [("Right", 1), ("Down", 40), ("Up", 0), ("Shift+Right", 10)] {
        window.keys(keys);
        assert_eq!(at(&window), frame, "{keys}");
    }
    assert!(has_keyboard(&window, "Lanes of the film"));
    window.picture("timeline-has-keys");
    window.keys("Escape");
    assert!(!has_keyboard(&window, "Lanes of the film"));
    Keyboard(&mut window).reach("Lanes of the film");
    window.keys("Left");
    assert_eq!(at(&window), 9);
    window.keys("Space");
    window.until("a later frame", |app| app.position() > 12);
    window.keys("Space");
}

#[test]
fn a_field_of_text_is_written_in_and_the_film_stays_as_it_is() {
    let mut window = reel::with_reel();
    let before = window.now();
    let steps = window.harness.state().edits().len();
    window.keys("Ctrl+A");
    window.keys("Ctrl+F");
    for keys in ["Ctrl+A", "Ctrl+X", "Ctrl+C", "Ctrl+Z", "Ctrl+Y", "Delete", "Left", "Ctrl+Right"] {
        window.keys(keys);
        assert!(std::sync::Arc::ptr_eq(&before, &window.now()), "{keys}");
    }
    assert_eq!((window.harness.state().edits().len(), at(&window)), (steps, 0));
    window.keys("F6");
    window.keys("Ctrl+Z");
    assert_eq!(window.harness.state().edits().len(), steps - 1);
}
