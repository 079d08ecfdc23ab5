//! Everything that can be pressed has a name, the keyboard reaches it, and no sign is a colour alone.

use super::rig::Window;
use eframe::egui::accesskit::{Action, Role};
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use std::collections::BTreeSet;

/// Whether something can be done with a node. A bar that scrolls is told by its role, and a plane that other
/// things lie on by those: they have no other name.
fn is_for_hands(node: &AccessKitNode<'_>) -> bool {
    let is_plane = node.role() == Role::Unknown && !node.data().children().is_empty();
    let can = |action| node.data().supports_action(action);
    let is_bar = node.role() == Role::ScrollBar;
    !node.is_root() && !is_bar && !is_plane && (can(Action::Focus) || can(Action::Click))
}

/// The name of a node, without signs.
fn name_of(node: &AccessKitNode<'_>) -> Option<String> {
    let label = node.label().or_else(|| node.data().placeholder().map(str::to_owned));
    label.filter(|label| label.chars().any(char::is_alphanumeric))
}

/// What can be focused or clicked and has no name that can be said.
fn nameless(window: &Window) -> Vec<String> {
    let all = window.harness.root().children_recursive();
    let all = all.map(|node| node.accesskit_node());
    let faulty = all.filter(|node| is_for_hands(node) && name_of(node).is_none());
    faulty
        .map(|node| format!("{:?} {:?} at {:?}", node.role(), node.label(), node.raw_bounds()))
        .collect()
}

#[track_caller]
fn check(window: &mut Window, what: &str) {
    window.steps(3);
    let faulty = nameless(window);
    assert!(faulty.is_empty(), "{what}: {} have no name:\n{}", faulty.len(), faulty.join("\n"));
}

#[test]
fn every_widget_of_the_pages_of_pictures_has_a_name() {
    let mut window = Window::with_sample();
    window.until("the exact picture", roomtone::ui::App::is_exact);
    for page in ["page-select", "page-correct", "page-deliver", "page-edit"] {
        window.ask(page);
        check(&mut window, page);
    }
    window.click("roofs");
    check(&mut window, "a source is viewed");
    window.ask("compare-wipe");
    window.rest(std::time::Duration::from_millis(300));
    check(&mut window, "a wipe");
    window.click("Show a grid");
    check(&mut window, "the browser as a grid");
    window.ask("rename-track");
    check(&mut window, "a track is renamed");
    window.keys("Escape");
    window.click("History");
    check(&mut window, "the history");
    window.ask("full-screen");
    check(&mut window, "the whole screen");
}

#[test]
fn every_widget_of_the_page_of_sound_has_a_name() {
    let mut window = Window::with_sample();
    window.ask("page-sound");
    check(&mut window, "the sound page");
    for strip in ["Track Wind", "Track Rain"] {
        window.click(strip);
        check(&mut window, strip);
    }
}

#[test]
fn every_widget_of_what_is_chosen_has_a_name() {
    let mut window = Window::with_sample_at([1440.0, 1400.0], 1.0);
    window.keys("\\");
    window.until("the exact picture", roomtone::ui::App::is_exact);
    for chosen in ["moon, 96 frames", "Track Wind", "Track Rain"] {
        window.click(chosen);
        check(&mut window, chosen);
    }
    window.click("moon, 96 frames");
    window.ask("add-dissolve");
    let clip = window.rect_of("moon, 96 frames");
    window.click_at(clip.right_center() + eframe::egui::vec2(2.0, 16.0));
    check(&mut window, "a transition");
    window.keys("M");
    let marker = window.place_like("Marker ");
    window.click_at(marker);
    check(&mut window, "a marker");
    window.click("moon, 96 frames");
    window.keys("F2");
    check(&mut window, "the question for a name");
}

#[test]
fn every_widget_of_every_question_has_a_name() {
    let mut window = Window::with_sample();
    window.ask("mark-clip");
    for command in ["go-to-timecode", "set-length", "set-speed", "palette", "keys", "edit-marker"] {
        window.ask(command);
        check(&mut window, command);
        window.keys("Escape");
        window.steps(2);
    }
    window.ask("add-marker");
    window.ask("quit");
    check(&mut window, "the question before the window closes");
    window.click("Stay");
    for filter in ["Filter", "Order", "File", "Viewer"] {
        window.click(filter);
        check(&mut window, filter);
        window.keys("Escape");
    }
}

/// The ids and names of what can be focused now.
fn focusable(window: &Window) -> Vec<(String, String)> {
    let all = window.harness.root().children_recursive().map(|node| node.accesskit_node());
    let open = all.filter(|node| {
        !node.is_root() && !node.is_disabled() && node.data().supports_action(Action::Focus)
    });
    open.map(|node| (format!("{:?}", node.id()), name_of(&node).unwrap_or_default())).collect()
}

fn focused(window: &Window) -> Option<String> {
    let mut all = window.harness.root().children_recursive().map(|node| node.accesskit_node());
    all.find(AccessKitNode::is_focused).map(|node| format!("{:?}", node.id()))
}

/// Goes through all that can be focused by `Tab`.
#[track_caller]
fn reach_all(window: &mut Window, what: &str) {
    window.steps(2);
    let wanted = focusable(window);
    assert!(wanted.len() > 20, "{what} has {} things to reach", wanted.len());
    let mut reached = BTreeSet::new();
    for _ in 0..wanted.len() * 2 {
        window.keys("Tab");
        reached.extend(focused(window));
    }
    let missed: Vec<&(String, String)> =
        wanted.iter().filter(|(id, _)| !reached.contains(id)).collect();
    assert!(missed.is_empty(), "{what}: the keyboard does not reach {missed:?}");
    window.keys("Escape");
}

#[test]
fn the_keyboard_reaches_everything_on_every_page() {
    let mut window = Window::with_sample();
    window.until("the exact picture", roomtone::ui::App::is_exact);
    for page in ["page-select", "page-edit", "page-sound", "page-deliver"] {
        window.ask(page);
        reach_all(&mut window, page);
    }
}

#[test]
fn the_keyboard_reaches_everything_of_what_is_chosen() {
    let mut window = Window::with_sample_at([1440.0, 1400.0], 1.0);
    window.keys("\\");
    window.until("the exact picture", roomtone::ui::App::is_exact);
    for chosen in ["moon, 96 frames", "Track Wind"] {
        window.click(chosen);
        reach_all(&mut window, chosen);
    }
}

#[test]
fn a_widget_that_was_reached_by_the_keyboard_is_pressed_by_it() {
    let mut window = super::reel::with_reel();
    let node = window.harness.get_by_label("Target V1");
    node.focus();
    window.steps(2);
    let is_on = |window: &Window| {
        let node = window.harness.get_by_label("Target V1").accesskit_node();
        node.toggled() == Some(eframe::egui::accesskit::Toggled::True)
    };
    let before = is_on(&window);
    window.keys("Space");
    assert_ne!(is_on(&window), before, "the space bar presses it");
    window.rest(std::time::Duration::from_millis(150));
    assert_eq!(window.harness.state().position(), 0, "and does not play the film");
    window.keys("Escape");
    window.keys("Space");
    window.until("a later frame", |app| app.position() > 3);
}

#[test]
fn a_switch_that_is_on_is_told_by_more_than_its_colour() {
    let mut window = Window::with_sample();
    window.until("the exact picture", roomtone::ui::App::is_exact);
    for (label, command) in
        [("Loop", "loop"), ("Safe areas", "safe-areas"), ("Snapping", "snapping")]
    {
        let place = window.rect_of(label);
        let grey = |window: &mut Window| {
            window.harness.remove_cursor();
            window.steps(2);
            let picture = window.picture("switch");
            let pixel = |x: u32, y: u32| {
                let [r, g, b, _] = picture.get_pixel(x, y).0;
                0.2126 * f32::from(r) + 0.7152 * f32::from(g) + 0.0722 * f32::from(b)
            };
            let rows = place.top() as u32..place.bottom() as u32;
            let all =
                rows.flat_map(|y| (place.left() as u32..place.right() as u32).map(move |x| (x, y)));
            all.map(|(x, y)| pixel(x, y)).collect::<Vec<f32>>()
        };
        let before = grey(&mut window);
        window.ask(command);
        let after = grey(&mut window);
        let differ = before.iter().zip(&after).filter(|(a, b)| (**a - **b).abs() > 60.0).count();
        assert!(differ >= 24, "{label}: without colour, {differ} pixels tell on from off");
    }
}
