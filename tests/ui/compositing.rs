//! The composite page: layers are seen, masks are drawn over the film and moved by their handles.

use super::rig::Window;
use eframe::egui::vec2;
use timeline_format::{Mask, Param, Value};

/// The masks of all clips.
fn masks(window: &Window) -> Vec<Mask> {
    let film = window.now();
    let main = film.main().unwrap();
    let reels = main.tracks.iter().filter_map(|track| track.reel());
    let clips = reels.flat_map(|reel| reel.iter().filter_map(|item| item.clip.clone()));
    let masks: Vec<Mask> = clips.flat_map(|clip| clip.look.masks.clone()).collect();
    masks
}

fn numbers(mask: &Mask, name: &str) -> Vec<f64> {
    match mask.values.get(name) {
        Some(Param::Constant(Value::Vector(numbers))) => numbers.clone(),
        other => panic!("{name} is {other:?}"),
    }
}

#[test]
fn a_mask_is_put_on_and_moved_by_its_handles_as_one_edit_each() {
    let mut window = Window::with_sample();
    window.until("the exact picture", roomtone::ui::App::is_exact);
    window.ask("page-composite");
    window.steps(3);
    window.ask("mask-ellipse");
    window.steps(3);
    assert_eq!(masks(&window).len(), 1);
    let from = window.place_of("Centre of ellipse");
    window.drag(from, from + vec2(60.0, 30.0));
    window.steps(2);
    let centre = numbers(&masks(&window)[0], "centre");
    assert!(centre[0] > 0.52 && centre[1] > 0.52, "{centre:?}");
    let moved = window.place_of("Centre of ellipse");
    assert!((moved - from - vec2(60.0, 30.0)).length() < 8.0, "{moved:?} {from:?}");
    let side = window.place_of("Width of ellipse");
    window.drag(side, side + vec2(40.0, 0.0));
    window.steps(2);
    assert!(numbers(&masks(&window)[0], "size")[0] > 0.5);
    (0..3).for_each(|_| window.ask("second-forward"));
    window.ask("show-matte");
    window.until("the exact picture", roomtone::ui::App::is_exact);
    window.steps(3);
    drop(window.picture("composite-ellipse"));
    for _ in 0..2 {
        window.ask("next-matte-view");
        window.steps(2);
        window.until("the exact picture", roomtone::ui::App::is_exact);
    }
    assert!(window.has("What the masks in hand cover"));
    window.steps(3);
    let at = window.place_of("Centre of ellipse") + vec2(24.0, 12.0);
    let is_white = |window: &mut Window| {
        window.steps(2);
        let seen = window.picture("composite-matte").get_pixel(at.x as u32, at.y as u32).0;
        seen[..3].iter().all(|value| *value > 240)
    };
    assert!((0..60).any(|_| is_white(&mut window)), "what is covered is white");
    window.ask("show-matte");
    window.steps(2);
    for _ in 0..3 {
        window.ask("undo");
    }
    assert!(masks(&window).is_empty());
}

#[test]
fn a_path_is_drawn_point_by_point() {
    let mut window = Window::with_sample();
    window.until("the exact picture", roomtone::ui::App::is_exact);
    window.ask("page-composite");
    window.steps(3);
    window.ask("mask-path");
    window.steps(3);
    let from = window.place_of("Point 1 of path");
    window.drag(from, from + vec2(-30.0, -20.0));
    window.steps(2);
    let points = numbers(&masks(&window)[0], "points");
    assert_eq!(points.len(), 28);
    assert!(points[0] < 0.29 && points[1] < 0.24, "{points:?}");
    window.until("the exact picture", roomtone::ui::App::is_exact);
    window.steps(2);
    drop(window.picture("composite-path"));
}

#[test]
fn layers_are_listed_and_an_adjustment_is_laid_over_them() {
    let mut window = Window::with_sample();
    window.until("the exact picture", roomtone::ui::App::is_exact);
    window.ask("page-composite");
    window.steps(3);
    let tracks = window.now().main().unwrap().tracks.len();
    window.click("Add adjustment");
    window.steps(3);
    assert_eq!(window.now().main().unwrap().tracks.len(), tracks + 1);
    assert!(window.has("Add mask"));
    window.until("the exact picture", roomtone::ui::App::is_exact);
    window.steps(2);
    drop(window.picture("composite-layers"));
}
