//! The page of grades, used by hand: wheels, curves, looks, the strip of clips.

use super::rig::Window;
use eframe::egui::{Event, vec2};
use timeline_format::{Id, Param, Value};

fn page() -> Window {
    let mut window = Window::with_sample_at([1600.0, 1000.0], 1.0);
    window.ask("page-grade");
    window.until("the exact picture", roomtone::ui::App::is_exact);
    window.steps(3);
    window
}

/// The effects of a clip of the sample.
fn effects(window: &Window, clip: &str) -> Vec<timeline_format::Effect> {
    let film = window.now();
    film.main().unwrap().clip(Id::parse(clip).unwrap()).unwrap().look.effects.clone()
}

/// The clip that the strip has first.
fn first(window: &Window) -> String {
    let film = window.now();
    let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
    reel.iter().find(|item| item.clip.is_some()).unwrap().id.to_string()
}

#[test]
fn a_wheel_puts_its_operation_on_and_is_one_edit() {
    let mut window = page();
    let clip = first(&window);
    let before = effects(&window, &clip).len();
    let at = window.place_of("Highlights wheel");
    window.drag(at, at + vec2(-10.0, -30.0));
    window.steps(2);
    let found = effects(&window, &clip);
    assert_eq!(found.len(), before + 1);
    let zones = found.last().unwrap();
    assert_eq!(zones.kind, "zones");
    let Param::Constant(Value::Vector(numbers)) = &zones.values["highlights"] else {
        panic!("{zones:?}")
    };
    assert!(numbers[0] > 1.05 && numbers[2] < 1.0 && numbers[3] == 1.0, "{numbers:?}");
    assert_eq!(window.harness.state().edits(), ["Tonal zones: Highlights"]);
    window.picture("grade");
    window.double_click_at(window.place_of("Highlights wheel"));
    window.steps(2);
    assert!(effects(&window, &clip).last().unwrap().values.is_empty());
}

#[test]
fn a_curve_is_drawn_by_points() {
    let mut window = page();
    let clip = first(&window);
    let board = window.rect_of("Master");
    let at = board.left_bottom() + vec2(board.width() * 0.5, -board.height() * 0.5);
    window.double_click_at(at);
    window.steps(2);
    let points = |window: &Window| match &effects(window, &clip).last().unwrap().values["master"] {
        Param::Constant(Value::Vector(numbers)) => numbers.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(points(&window).len(), 6);
    window.drag(at, at + vec2(0.0, -24.0));
    window.steps(2);
    let drawn = points(&window);
    assert!(drawn[3] > drawn[2] + 0.05, "{drawn:?}");
    let moved = at + vec2(0.0, -24.0);
    window.double_click_at(moved);
    window.steps(2);
    assert_eq!(points(&window).len(), 4);
}

#[test]
fn looks_are_taken_saved_and_shared_along_the_strip() {
    let mut window = page();
    let clip = first(&window);
    let before = effects(&window, &clip).len();
    window.click("Look Cool shadows, warm highlights, quiet mids");
    assert_eq!(effects(&window, &clip).len(), before + 2);
    window.click("Name of a look");
    window.harness.event(Event::Text("Dawn".into()));
    window.steps(2);
    window.click("Save look");
    assert_eq!(window.now().looks.len(), 1);
    window.keys("Escape");
    window.ask("next-clip");
    window.steps(2);
    window.click("Share Dawn");
    window.steps(2);
    let shared = window.now();
    let reel = shared.main().unwrap().tracks[0].reel().unwrap().clone();
    let clips: Vec<_> = reel.iter().filter_map(|item| item.clip.clone()).collect();
    assert_eq!(clips[1].look.effects.last().unwrap().kind, "look");
    window.ask("grade-before");
    window.picture("grade-looks");
}

#[test]
fn a_still_is_kept_seen_beside_the_film_and_its_grade_is_taken() {
    let mut window = page();
    let at = window.place_of("Highlights wheel");
    window.drag(at, at + vec2(-10.0, -30.0));
    window.steps(2);
    window.ask("keep-still");
    window.steps(3);
    let kept = window.now();
    assert_eq!(kept.stills.len(), 1);
    let name = kept.stills.values().next().unwrap().name.clone();
    window.click(&format!("Still {name}"));
    window.until("the picture of the still", roomtone::ui::App::has_still);
    window.steps(2);
    window.place_of("Wipe line");
    window.picture("grade-still");
    window.ask("next-clip");
    window.steps(2);
    window.click(&format!("Take the grade of {name}"));
    window.steps(2);
    let film = window.now();
    let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
    let clips: Vec<_> = reel.iter().filter_map(|item| item.clip.clone()).collect();
    assert_eq!(clips[1].look.effects.last().unwrap().kind, "zones");
    window.click(&format!("Take still {name} away"));
    window.steps(2);
    assert!(window.now().stills.is_empty());
}
