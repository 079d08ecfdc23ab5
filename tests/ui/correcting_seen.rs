//! A clip seen before its repairs, and made steady.

use super::correcting_by_hand::{BLEMISH, colour, drag, is_near, moving, page, window_of};
use super::rig::Window;
use eframe::egui::{Event, Key, Modifiers};
use roomtone::ui::App;
use std::sync::Arc;

fn key(window: &mut Window, pressed: bool) {
    let (key, modifiers) = (Key::Backtick, Modifiers::NONE);
    let event = Event::Key { key, physical_key: Some(key), pressed, repeat: false, modifiers };
    window.harness.event(event);
    window.steps(2);
}

#[test]
fn before_and_after_is_for_the_eye_alone() {
    let mut window = page();
    window.keys("B");
    drag(&mut window, [0.2, 0.5], [0.3, 0.5]);
    window.until("the paint", |app| is_near(colour(app, BLEMISH), [255; 3], 2));
    let (film, edits) = (window.now(), window.harness.state().edits());
    window.ask("bypass-repairs");
    window.until("before", |app| is_near(colour(app, BLEMISH), [220, 30, 30], 3));
    window.ask("bypass-repairs");
    window.until("after", |app| is_near(colour(app, BLEMISH), [255; 3], 2));
    key(&mut window, true);
    window.until("before, held", |app| is_near(colour(app, BLEMISH), [220, 30, 30], 3));
    drop(window.picture("correct-before"));
    key(&mut window, false);
    window.until("after, let go", |app| is_near(colour(app, BLEMISH), [255; 3], 2));
    assert!(Arc::ptr_eq(&film, &window.now()));
    assert_eq!(window.harness.state().edits(), edits);
}

/// What is seen about the middle of the picture.
fn middle(app: &App) -> Vec<[i32; 3]> {
    let places =
        (0..25).map(|nth| [0.4 + 0.05 * f64::from(nth % 5), 0.4 + 0.05 * f64::from(nth / 5)]);
    places.map(|place| colour(app, place)).collect()
}

/// How far two are apart, in codes.
fn apart(one: &[[i32; 3]], other: &[[i32; 3]]) -> i32 {
    let pairs = one.iter().flatten().zip(other.iter().flatten());
    pairs.map(|(one, other)| (one - other).abs()).sum::<i32>() / (3 * one.len() as i32)
}

#[test]
fn a_clip_is_made_to_lie_as_at_the_playhead_in_one_step() {
    let mut window = window_of("moving.mkv", moving);
    let steps = window.harness.state().edits().len();
    let see = |window: &mut Window, frame: i64| {
        window.keys("Home");
        (0..frame).for_each(|_| window.keys("Right"));
        window.until("the exact picture", App::is_exact);
        middle(window.harness.state())
    };
    let (first, late) = (see(&mut window, 0), see(&mut window, 10));
    assert!(apart(&first, &late) > 20, "it moves: {}", apart(&first, &late));
    see(&mut window, 0);
    window.ask("stabilise-locked");
    window.until("the track", |app| !app.is_tracking());
    window.steps(2);
    let said = window.harness.state().said();
    assert_eq!(window.harness.state().edits().len(), steps + 1, "{said:?}");
    let (first, late) = (see(&mut window, 0), see(&mut window, 10));
    assert!(apart(&first, &late) < 8, "it stays: {} {said:?}", apart(&first, &late));
    assert!(said.iter().any(|words| words.contains("steady through 16 frames")), "{said:?}");
}
