//! A cut is made by the keyboard and by the pointer, undone to nothing, and made again.

use super::rig::Window;
use eframe::egui::vec2;
use std::sync::Arc;
use timeline_format::Timeline;

/// The clips of the first picture track: their sources' names and lengths.
fn cut_of(film: &Timeline) -> Vec<(String, i64)> {
    let main = film.main().unwrap();
    let reel = main.tracks[0].reel().unwrap();
    let clips = reel.iter().filter_map(|item| {
        let clip = item.clip.as_ref()?;
        Some((format!("{:?}", clip.source), item.length))
    });
    clips.collect()
}

fn dissolves(film: &Timeline) -> usize {
    film.main().unwrap().tracks[0].transitions.len()
}

/// Five stills beside the film, brought in through the window.
pub(super) fn with_stills() -> Window {
    let mut window = Window::empty();
    for (number, colour) in ["red", "green", "blue", "white", "black"].iter().enumerate() {
        let still = window.beside(&format!("still-{number}.png"));
        let source = format!("color={colour}:s=320x180");
        let path = still.to_str().unwrap();
        crate::support::oracle::ffmpeg(&["-f", "lavfi", "-i", &source, "-frames:v", "1", path]);
        window.drop_file(still);
    }
    window.until("the media", |app| app.film().unwrap().media.len() == 5);
    window.steps(2);
    window
}

#[test]
fn five_shots_and_two_dissolves_are_cut_by_the_keyboard() {
    let mut window = with_stills();
    for number in 0..5 {
        window.click(&format!("still-{number}.png"));
        window.keys(".");
    }
    let cut = cut_of(&window.now());
    assert_eq!(cut.len(), 5);
    assert!(cut.iter().all(|(_, length)| *length == 75), "{cut:?}");
    for cut in [1, 2] {
        window.keys("Home");
        (0..cut).for_each(|_| window.keys("Down"));
        window.keys("Ctrl+D");
    }
    assert_eq!(dissolves(&window.now()), 2, "{:?}", window.harness.state().said());
    window.keys("Home");
    window.keys("Ctrl+Shift+A");
    window.keys("Ctrl+Right");
    assert_eq!(cut_of(&window.now())[0].1, 76);
    let made = window.now();
    let steps = 5 + 5 + 2 + 1;
    (0..steps).for_each(|_| window.keys("Ctrl+Z"));
    let film = window.now();
    assert!(cut_of(&film).is_empty() && film.media.is_empty());
    (0..steps).for_each(|_| window.keys("Ctrl+Shift+Z"));
    assert!(Arc::ptr_eq(&window.now(), &made), "redo gives the very film that was undone");
    window.keys("Ctrl+S");
    assert_eq!(roomtone::project::open(&window.film).unwrap().0, *made);
}

#[test]
fn clips_are_trimmed_moved_and_chosen_by_the_pointer() {
    let mut window = with_stills();
    for number in 0..3 {
        window.click(&format!("still-{number}.png"));
        window.keys(".");
    }
    window.keys("\\");
    window.steps(2);
    let (first, second) =
        (window.place_of("still-0.png, 75 frames"), window.place_of("still-1.png, 75 frames"));
    let frame = (second.x - first.x) / 75.0;
    let edge = first + vec2(37.5 * frame - 2.0, 0.0);
    window.drag(edge, edge + vec2(-20.0 * frame, 0.0));
    let main = window.now();
    let lengths: Vec<i64> = cut_of(&main).iter().map(|(_, length)| *length).collect();
    assert_eq!(lengths[0], 55, "{:?}", window.harness.state().said());
    window.keys("Ctrl+Z");
    window.keys("B");
    window.drag(edge, edge + vec2(-20.0 * frame, 0.0));
    let lengths: Vec<i64> = cut_of(&window.now()).iter().map(|(_, length)| *length).collect();
    assert_eq!(lengths, [55, 75, 75]);
    assert_eq!(window.now().main().unwrap().length(), 205, "what follows moves");
    window.keys("V");
    window.click("still-1.png, 75 frames");
    window.keys("Shift+Delete");
    assert_eq!(cut_of(&window.now()).len(), 2);
}

#[test]
fn what_cannot_be_done_says_why_and_changes_nothing() {
    let mut window = with_stills();
    window.click("still-0.png");
    window.keys(".");
    let before = window.now();
    window.keys("Home");
    window.keys("Q");
    window.keys("Ctrl+R");
    window.harness.event(eframe::egui::Event::Text("fast".into()));
    window.steps(2);
    window.keys("Enter");
    let said = window.harness.state().said().join("\n");
    assert!(said.contains("is no speed: write 2"), "{said}");
    assert!(Arc::ptr_eq(&window.now(), &before));
}

#[test]
fn any_command_is_found_in_the_palette() {
    let mut window = Window::with_sample();
    let before = window.now().main().unwrap().markers.len();
    window.keys("Ctrl+Shift+P");
    window.harness.event(eframe::egui::Event::Text("add mark".into()));
    window.steps(3);
    window.keys("Enter");
    assert_eq!(window.now().main().unwrap().markers.len(), before + 1);
}

#[test]
fn what_was_not_saved_comes_back_when_the_film_is_opened_again() {
    let mut window = Window::with_sample();
    window.ask("add-marker");
    let (film, edited) = (window.film.clone(), window.now());
    let kept = window.beside(".film.roomtone.recovery");
    window.until("the recovery", |_| kept.exists());
    let found = roomtone::project::recovered(&film).unwrap().unwrap();
    assert_eq!((found.timeline, found.edits), ((*edited).clone(), 1));
}
