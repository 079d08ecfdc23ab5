//! The browser: takes found, seen, chosen and rated, by the pointer and by keys.

use super::rig::Window;
use crate::support::folder::Folder;
use eframe::egui::{Event, Rect, pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use std::collections::BTreeSet;
use std::sync::Arc;
use timeline_format::shot::TakeState;
use timeline_format::{Id, Shot};

fn roofs(window: &Window) -> Arc<Shot> {
    Arc::clone(&window.now().shots[&Id::parse("roofs").unwrap()])
}

/// What is thought of the takes of the roofs, their places, and which is shown.
fn takes(window: &Window) -> (Vec<TakeState>, Vec<Option<u32>>, String) {
    let shot = roofs(window);
    let states = shot.takes.iter().map(|take| take.state).collect();
    let ranks = shot.takes.iter().map(|take| take.rank).collect();
    (states, ranks, shot.take.to_string())
}

fn look_for(window: &mut Window, words: &str) {
    window.keys("Ctrl+F");
    window.harness.event(Event::Text(words.into()));
    window.steps(3);
}

/// How many colours there are where the picture of a line is drawn, about.
fn colours_beside(window: &mut Window, label: &str) -> usize {
    let row = window.harness.get_by_label(label).rect();
    let seen = Rect::from_min_size(pos2(row.left() + 18.0, row.top() + 3.0), vec2(60.0, 34.0));
    let picture = window.harness.render().unwrap();
    let pixels = picture.enumerate_pixels();
    let inside = pixels.filter(|(x, y, _)| seen.contains(pos2(*x as f32, *y as f32)));
    inside.map(|(_, _, pixel)| pixel.0.map(|value| value / 8)).collect::<BTreeSet<_>>().len()
}

#[track_caller]
fn until_seen(window: &mut Window, label: &str) {
    for _ in 0..400 {
        window.steps(1);
        if colours_beside(window, label) > 12 {
            return;
        }
        crossbeam::channel::after(std::time::Duration::from_millis(25)).recv().unwrap();
    }
    panic!("no picture of {label}");
}

#[test]
fn takes_are_chosen_and_rated_by_the_pointer_and_no_cut_moves() {
    let mut window = Window::with_sample();
    let lengths = |window: &Window| {
        let film = window.now();
        let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
        reel.iter().map(|item| item.length).collect::<Vec<_>>()
    };
    let before = lengths(&window);
    look_for(&mut window, "street");
    window.click("Takes of roofs");
    window.click("Choose take t1");
    window.click("Keep take t1");
    assert_eq!((takes(&window).0[0], takes(&window).2.as_str()), (TakeState::Keep, "t1"));
    window.click("Keep take t1");
    assert_eq!(takes(&window).0[0], TakeState::New, "the sign that is on takes the rating back");
    window.click("Reject take t1");
    assert_eq!(takes(&window).0[0], TakeState::Reject);
    until_seen(&mut window, "take t2 of roofs");
    window.picture("browser-takes");
    assert_eq!(lengths(&window), before);
    (0..4).for_each(|_| window.keys("Ctrl+Z"));
    assert_eq!(takes(&window), takes(&Window::with_sample()));
}

#[test]
fn takes_are_gone_through_rated_and_ranked_by_keys() {
    let mut window = Window::with_sample();
    look_for(&mut window, "roofs shot");
    window.keys("Tab");
    window.click("roofs");
    let (_, ranks, chosen) = takes(&window);
    assert_eq!((ranks[0], chosen.as_str()), (Some(2), "t3"), "the sample is as it was");
    window.keys("Alt+Down");
    assert_eq!(takes(&window).2, "t1", "the second best follows the best");
    window.keys("Alt+2");
    assert_eq!(takes(&window).0[0], TakeState::Maybe);
    window.keys("Alt+Shift+Up");
    assert_eq!(takes(&window).1, [Some(1), None, Some(2)]);
    window.keys("Alt+Up");
    assert_eq!(takes(&window).2, "t1", "there is none before the best");
    window.keys("Alt+Down");
    window.keys("Alt+Down");
    assert_eq!(takes(&window).2, "t2");
    window.keys("Alt+3");
    window.keys("Alt+1");
    assert_eq!(takes(&window).0[1], TakeState::Keep);
    window.keys("Alt+0");
    assert_eq!(takes(&window).0[1], TakeState::New);
}

#[test]
fn what_a_generator_was_told_is_found() {
    let mut window = Window::with_sample();
    look_for(&mut window, "birds 17");
    assert!(window.has("take t2 of roofs") && window.has("roofs-2.png"));
    assert!(!window.has("roofs-1.png") && !window.has("curtain"));
    until_seen(&mut window, "roofs-2.png");
    window.harness.get_by_label("roofs-2.png").hover();
    window.steps(60);
    window.picture("browser-card");
}

#[test]
fn the_browser_is_a_list_or_a_grid_filtered_and_ordered() {
    let mut window = Window::with_sample_at([1440.0, 1100.0], 1.0);
    window.until("the exact picture", roomtone::ui::App::is_exact);
    until_seen(&mut window, "curtain");
    window.picture("browser-list");
    window.click("Show a grid");
    window.click("curtain");
    (0..40).for_each(|_| {
        window.steps(2);
        crossbeam::channel::after(std::time::Duration::from_millis(20)).recv().unwrap();
    });
    window.picture("browser-grid");
    window.click("Show a list");
    window.click("Filter");
    window.click(&format!("{} Maybe", egui_phosphor::regular::QUESTION));
    window.keys("Escape");
    assert!(window.has("roofs") && window.has("roofs-1.png") && !window.has("desk.jpg"));
}

#[test]
fn the_browser_stays_as_wide_as_it_was_made() {
    let mut window = Window::with_sample();
    for form in ["Show a list", "Show a grid"] {
        window.click(form);
        let before = window.place_of("Order");
        window.steps(40);
        assert_eq!(window.place_of("Order"), before, "{form}");
    }
}

#[test]
fn a_clip_is_revealed_in_the_browser_whatever_was_looked_for() {
    let mut window = Window::with_sample();
    window.keys("Home");
    window.keys("F");
    let first = window.now().main().unwrap().tracks[0].reel().unwrap().clone();
    let source = first.iter().find_map(|item| item.clip.clone()).unwrap().source.clone();
    let timeline_format::Source::Shot(shot) = source else { panic!("{source:?}") };
    let name = format!("take t1 of {}", window.now().shots[&shot].name);
    look_for(&mut window, "wind");
    assert!(!window.has(&name));
    window.keys("Tab");
    window.keys("Alt+F");
    window.steps(4);
    assert!(window.has(&name), "the shot is unfolded to its takes");
    window.picture("browser-revealed");
}

#[test]
fn missing_media_are_slates_in_the_browser_and_can_be_listed() {
    let folder = Folder::new();
    super::rig::sample(folder.path());
    std::fs::remove_file(folder.file("roofs-3.png")).unwrap();
    std::fs::remove_file(folder.file("wind.ogg")).unwrap();
    let mut window = Window::of(folder, "film.roomtone");
    window.click("Filter");
    window.click("Missing");
    window.keys("Escape");
    for name in ["roofs", "roofs-3.png", "wind.ogg"] {
        assert!(window.has(name), "{name}");
    }
    assert!(!window.has("roofs-1.png"));
    window.picture("browser-missing");
}
