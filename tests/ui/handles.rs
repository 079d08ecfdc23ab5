//! Transitions whose clips have too few frames beside their cut: what is asked, and what each answer does.

use super::rig::Window;
use eframe::egui::vec2;
use egui_kittest::kittest::Queryable as _;
use std::sync::Arc;
use timeline_format::transition::Handles;
use timeline_format::{Timeline, Transition};

/// Two shots of 50 frames side by side, every frame of them used.
fn without_handles() -> Window {
    let mut window = Window::empty();
    for name in ["one.mp4", "two.mp4"] {
        let path = window.beside(name);
        let source = "testsrc2=s=320x180:r=25:d=2";
        let to = path.to_str().unwrap();
        crate::support::oracle::ffmpeg(&["-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p", to]);
        window.drop_file(path);
    }
    window.until("the media", |app| app.film().unwrap().media.len() == 2);
    window.steps(2);
    for name in ["one.mp4", "two.mp4"] {
        window.click(name);
        window.keys(".");
    }
    assert_eq!(length(&window.now()), 100);
    window
}

fn length(film: &Timeline) -> i64 {
    film.main().unwrap().length()
}

fn transition(window: &Window) -> Option<Arc<Transition>> {
    window.now().main().unwrap().tracks[0].transitions.values().next().cloned()
}

/// Asks for a dissolve over the cut; then the dialog waits.
fn ask(window: &mut Window) {
    window.keys("Home");
    window.keys("Down");
    window.keys("Ctrl+D");
    assert!(transition(window).is_none(), "nothing is laid before one has chosen");
    assert!(window.has("Leave it as it was   (Escape)"), "{:?}", window.harness.state().said());
}

#[test]
fn a_dissolve_without_handles_asks_and_escape_leaves_all_as_it_was() {
    let mut window = without_handles();
    let before = window.now();
    ask(&mut window);
    window.steps(2);
    window.picture("handles");
    assert!(window.has("Behind the end of one.mp4") && window.has("Ahead of the start of two.mp4"));
    assert_eq!(window.harness.query_all_by_label_contains("12 too few").count(), 2);
    window.keys("Z");
    window.keys("Escape");
    assert!(!window.has("Leave it as it was   (Escape)"));
    assert!(Arc::ptr_eq(&window.now(), &before));
}

#[test]
fn every_answer_does_what_it_says() {
    let mut window = without_handles();
    let before = window.now();
    for (key, handles) in [("1", Handles::Freeze), ("2", Handles::Mirror), ("3", Handles::Slow)] {
        ask(&mut window);
        window.keys(key);
        let made = transition(&window).unwrap();
        assert_eq!((made.before, made.after, made.handles), (12, 12, handles));
        assert_eq!(length(&window.now()), 100);
        window.keys("Ctrl+Z");
        assert!(Arc::ptr_eq(&window.now(), &before));
    }
    ask(&mut window);
    assert!(
        window.harness.query_all_by_label_contains("the film becomes 24 frames shorter").count()
            > 0
    );
    window.click("4   Overlap the clips");
    assert_eq!((length(&window.now()), transition(&window).unwrap().handles), (76, Handles::Real));
    window.keys("Ctrl+Z");
    ask(&mut window);
    window.click("5   Order more frames");
    assert_eq!(transition(&window).unwrap().handles, Handles::Freeze);
    window.steps(2);
    window.picture("work-order");
    assert!(window.harness.query_all_by_label_contains("12 frames ahead and 0 behind").count() > 0);
    window.click("Close");
    assert!(!window.has("Close"));
}

#[test]
fn a_transition_that_nearly_fits_can_be_shortened() {
    let mut window = without_handles();
    window.keys("Home");
    window.keys("Ctrl+Shift+A");
    (0..6).for_each(|_| window.keys("Ctrl+Left"));
    assert_eq!(length(&window.now()), 94);
    ask(&mut window);
    window.click("1   Shorten it");
    let made = transition(&window).unwrap();
    assert!((1..=6).contains(&made.length()) && made.handles == Handles::Real, "{made:?}");
    window.keys("\\");
    window.steps(2);
    let clip = window.place_of("two.mp4, 50 frames");
    let frame = 2.0 * (clip.x - window.place_of("one.mp4, 44 frames").x) / 94.0;
    let cut = clip + vec2(-25.0 * frame, -24.0);
    let handle = cut + vec2(made.after as f32 * frame, 0.0);
    window.drag(handle, handle + vec2(12.0 * frame, 0.0));
    assert_eq!(transition(&window), Some(made), "a drag too far asks first");
    window.harness.get_by_label_contains("Hold a frame").click();
    window.steps(2);
    let made = transition(&window).unwrap();
    assert!(made.after >= 12 && made.handles == Handles::Freeze, "{made:?}");
}

#[test]
fn each_handle_of_a_transition_is_dragged_alone_and_shows_its_length() {
    let mut window = Window::empty();
    for (number, colour) in ["red", "blue"].iter().enumerate() {
        let still = window.beside(&format!("still-{number}.png"));
        let source = format!("color={colour}:s=320x180");
        let path = still.to_str().unwrap();
        crate::support::oracle::ffmpeg(&["-f", "lavfi", "-i", &source, "-frames:v", "1", path]);
        window.drop_file(still);
        window.until("the media", |app| app.film().unwrap().media.len() == number + 1);
    }
    window.steps(2);
    for number in 0..2 {
        window.click(&format!("still-{number}.png"));
        window.keys(".");
    }
    window.keys("Home");
    window.keys("Down");
    window.keys("Ctrl+D");
    window.keys("S");
    window.keys("\\");
    window.steps(2);
    let (first, second) =
        (window.place_of("still-0.png, 75 frames"), window.place_of("still-1.png, 75 frames"));
    let frame = (second.x - first.x) / 75.0;
    let at = |frames: f32| first + vec2((37.5 + frames) * frame, -24.0);
    let split = |window: &Window| transition(window).map(|it| (it.before, it.after)).unwrap();
    assert_eq!(split(&window), (12, 12));
    window.drag(at(12.0), at(22.0));
    assert_eq!(split(&window), (12, 22), "{:?}", window.harness.state().said());
    window.drag(at(-12.0), at(-20.0));
    assert_eq!(split(&window), (20, 22));
    window.drag(at(1.0), at(-7.0));
    assert_eq!(split(&window), (28, 14), "the whole of it moves about its cut");
    window.harness.hover_at(at(14.0));
    window.steps(1);
    window.harness.drag_at(at(14.0));
    window.steps(1);
    window.harness.hover_at(at(24.0));
    window.steps(2);
    window.picture("transition-handle");
    window.harness.drop_at(at(24.0));
    window.steps(2);
    assert_eq!(split(&window), (28, 24));
}
