//! Every tool of the timeline, used by the pointer; what it did is looked up in the film.

use super::reel::{FIRST, LENGTH, above, clips, lie, number_in, pictures, sounds, with_reel};
use super::rig::Window;
use eframe::egui::{Modifiers, Pos2, pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use std::sync::Arc;
use timeline_format::{Clip, Item, Ratio, Timeline};

const WHOLE: (i64, i64) = (LENGTH, FIRST);

/// A film without snapping, with a tool in hand.
fn with_tool(keys: &str) -> Window {
    let mut window = with_reel();
    window.keys("S");
    window.keys(keys);
    window
}

#[test]
fn the_razor_cuts_where_it_is_clicked_and_shift_cuts_every_track() {
    let mut window = with_tool("C");
    let lie = lie(&window);
    window.click_at(lie.at(60.2));
    let cut = [WHOLE, (20, 20), (20, 40), WHOLE];
    assert_eq!((pictures(&window), sounds(&window)), (cut.to_vec(), cut.to_vec()), "linked");
    window.keys("Ctrl+L");
    window.click_at(lie.at(10.1));
    assert_eq!((pictures(&window).len(), sounds(&window).len()), (5, 4), "its track alone");
    window.hold_down(Modifiers::SHIFT);
    window.click_at(lie.at(100.1));
    window.hold_down(Modifiers::NONE);
    assert_eq!((pictures(&window).len(), sounds(&window).len()), (6, 5), "every track");
}

#[test]
fn the_roll_tool_moves_a_cut_and_nothing_else() {
    let mut window = with_tool("N");
    let lie = lie(&window);
    let cut = lie.at(40.0) + vec2(-2.0, 0.0);
    window.drag(cut, cut + vec2(10.0 * lie.frame(), 0.0));
    assert_eq!(pictures(&window), [(50, 20), (30, 30), WHOLE]);
    assert_eq!(sounds(&window), [(50, 20), (30, 30), WHOLE]);
    window.keys("Ctrl+Z");
    let cut = lie.at(80.0) + vec2(2.0, 0.0);
    window.drag(cut, cut + vec2(-15.0 * lie.frame(), 0.0));
    assert_eq!(pictures(&window), [WHOLE, (25, 20), (55, 5)]);
}

#[test]
fn the_slip_tool_shows_another_part_of_the_source() {
    let mut window = with_tool("Y");
    let lie = lie(&window);
    window.drag(lie.at(60.0), lie.at(55.0));
    assert_eq!(
        pictures(&window),
        [WHOLE, (40, 25), WHOLE],
        "later frames are pulled in from the right"
    );
    window.drag(lie.at(60.0), lie.at(70.0));
    assert_eq!(pictures(&window), [WHOLE, (40, 15), WHOLE]);
    assert_eq!(sounds(&window), [WHOLE, (40, 15), WHOLE]);
}

#[test]
fn the_slide_tool_moves_a_clip_between_its_neighbours() {
    let mut window = with_tool("U");
    let lie = lie(&window);
    window.drag(lie.at(60.0), lie.at(68.0));
    assert_eq!(pictures(&window), [(48, 20), WHOLE, (32, 28)]);
    assert_eq!(window.now().main().unwrap().length(), 120);
}

#[test]
fn the_ripple_tool_trims_both_edges_and_what_follows_moves() {
    let mut window = with_tool("B");
    let lie = lie(&window);
    let tail = lie.at(40.0) + vec2(-2.0, 0.0);
    window.drag(tail, tail + vec2(-10.0 * lie.frame(), 0.0));
    assert_eq!(pictures(&window), [(30, 20), WHOLE, WHOLE]);
    assert_eq!(sounds(&window), [(30, 20), WHOLE, WHOLE]);
    window.keys("Ctrl+Z");
    let head = lie.at(40.0) + vec2(2.0, 0.0);
    window.drag(head, head + vec2(10.0 * lie.frame(), 0.0));
    assert_eq!(pictures(&window), [WHOLE, (30, 30), WHOLE]);
}

#[test]
fn the_hand_moves_the_view_and_no_clip() {
    let mut window = with_tool("H");
    let (before, lie) = (window.now(), lie(&window));
    let place = clips(&window, LENGTH)[1];
    window.drag(lie.at(60.0), lie.at(60.0) + vec2(-150.0, 0.0));
    let moved = clips(&window, LENGTH)[1];
    assert!((place.center().x - moved.center().x - 150.0).abs() < 1.5, "{place:?} {moved:?}");
    assert!(Arc::ptr_eq(&window.now(), &before));
}

#[test]
fn a_clip_is_moved_in_time_and_to_another_track() {
    let mut window = with_tool("V");
    window.ask("add-picture-track");
    window.keys("\\");
    window.steps(2);
    let lie = lie(&window);
    window.drag(lie.at(100.0), lie.at(125.0));
    assert_eq!(pictures(&window), [WHOLE, WHOLE, (25, -1), WHOLE]);
    assert_eq!(sounds(&window), [WHOLE, WHOLE, (25, -1), WHOLE], "its sound goes along");
    window.keys("Ctrl+Z");
    let up = window.place_of("Target V2").y;
    window.drag(lie.at(60.0), pos2(lie.at(60.0).x, up));
    assert_eq!(above(&window), [(40, -1), WHOLE], "{:?}", window.harness.state().said());
    assert_eq!(pictures(&window), [WHOLE, (40, -1), WHOLE]);
    assert_eq!(sounds(&window), [WHOLE; 3]);
}

#[test]
fn a_drag_round_clips_chooses_them() {
    let mut window = with_tool("V");
    let lie = lie(&window);
    let beyond = lie.at(121.5);
    window.drag(beyond, lie.at(70.0) + vec2(0.0, 6.0));
    window.picture("marquee");
    window.keys("Delete");
    assert_eq!(pictures(&window), [WHOLE], "the second and the third, and the gaps at the end go");
    assert_eq!(sounds(&window), [WHOLE], "with what is linked to them");
}

#[test]
fn a_source_is_dragged_from_the_browser_onto_a_track() {
    let mut window = with_tool("V");
    let lie = lie(&window);
    let line = window.rect_of("counted.mp4").center();
    window.drag(line, lie.at(60.0));
    assert_eq!(pictures(&window), [WHOLE, (20, 20), (120, 0)], "over what lies there");
    window.keys("Ctrl+Z");
    window.keys("\\");
    window.keys("Home");
    window.steps(4);
    let at = super::reel::lie(&window).at(80.0);
    window.hold_down(Modifiers { ctrl: true, command: true, ..Modifiers::NONE });
    window.drag(line, at);
    window.hold_down(Modifiers::NONE);
    assert_eq!(pictures(&window), [WHOLE, WHOLE, (120, 0), WHOLE], "with Ctrl between");
}

/// Presses at a place, goes to another, and holds the button there.
fn hold(window: &mut Window, from: Pos2, to: Pos2) {
    window.harness.hover_at(from);
    window.steps(1);
    window.harness.drag_at(from);
    window.steps(1);
    for part in 1..=4 {
        window.harness.hover_at(from + (to - from) * (part as f32 / 4.0));
        window.steps(1);
    }
}

#[test]
fn a_drag_that_snaps_shows_where_and_lands_there() {
    let mut window = with_reel();
    (0..10).for_each(|_| window.keys("Shift+Right"));
    window.ask("add-marker");
    window.keys("Home");
    window.keys("N");
    let lie = lie(&window);
    let white = |window: &mut Window, name: &str| {
        let picture = window.picture(name);
        let x = lie.at(100.0).x.round() as u32;
        let column = |x: u32| {
            let lanes = (lie.y as u32 - 25)..(lie.y as u32 + 150);
            lanes
                .filter(|y| picture.get_pixel(x, *y).0[..3].iter().all(|value| *value > 235))
                .count()
        };
        (x - 1..=x + 1).map(column).max().unwrap()
    };
    let cut = lie.at(80.0) + vec2(-2.0, 0.0);
    let near = cut + vec2(20.0 * lie.frame() - 8.0, 0.0);
    let before = white(&mut window, "snap-before");
    hold(&mut window, cut, near);
    let during = white(&mut window, "snap");
    assert!(during > before + 120, "a line stands at the marker: {before} {during}");
    window.harness.drop_at(near);
    window.steps(2);
    assert_eq!(pictures(&window), [WHOLE, (60, 20), (20, 40)]);
    window.keys("Ctrl+Z");
    window.keys("S");
    hold(&mut window, cut, near);
    let free = white(&mut window, "snap-off");
    assert!(free < before + 40, "there is no line where nothing snaps: {free}");
    window.harness.drop_at(near);
    window.steps(2);
    assert!(pictures(&window)[1].0 < 60);
}

#[test]
fn while_one_trims_the_two_frames_beside_the_cut_are_seen() {
    let mut window = with_tool("N");
    let lie = lie(&window);
    let cut = lie.at(40.0) + vec2(-2.0, 0.0);
    hold(&mut window, cut, cut + vec2(10.0 * lie.frame(), 0.0));
    let (last, first) = (
        "Last before the cut: counted.mp4 frame 69".to_owned(),
        "First behind the cut: counted.mp4 frame 30".to_owned(),
    );
    assert!(window.has(&last) && window.has(&first));
    window.rest(std::time::Duration::from_millis(800));
    let picture = window.picture("trim-two-up");
    let seen = |label: &str| -> usize { number_in(&picture, window.rect_of(label)) };
    assert_eq!((seen(&last), seen(&first)), (69, 30), "the pixels are those of the frames");
    window.harness.drop_at(cut);
    window.steps(2);
    assert!(!window.has(&last));
}

/// Opens the menu of the clip at a place and asks for an entry.
#[track_caller]
fn choose(window: &mut Window, at: Pos2, label: &str) {
    window.secondary_click_at(at);
    let is_it = |words: &str| {
        let keys = words.strip_prefix(label);
        keys.is_some_and(|keys| {
            keys.is_empty() || !keys.trim_start().starts_with(char::is_lowercase)
        })
    };
    let menu = window.place_like("Reveal in browser");
    let mut found = window.harness.query_all_by_label_contains(label).filter(|node| {
        let words = egui_kittest::kittest::NodeT::accesskit_node(node).label();
        let is_in_menu = (node.rect().center().x - menu.x).abs() < 1.0;
        is_in_menu && words.is_some_and(|words| is_it(&words))
    });
    let entry = found.next().unwrap_or_else(|| panic!("the menu has no {label}")).rect();
    drop(found);
    window.click_at(entry.center());
    window.steps(2);
}

/// A window, a place on its second clip, and its film; the playhead stands there.
fn over_the_second() -> (Window, Pos2, Arc<Timeline>) {
    let mut window = with_tool("V");
    let lie = lie(&window);
    window.click_at(lie.at(100.0));
    (0..5).for_each(|_| window.keys("Shift+Right"));
    let before = window.now();
    (window, lie.at(60.0), before)
}

/// Takes the last edit back.
fn undone(window: &mut Window, before: &Arc<Timeline>) {
    window.keys("Ctrl+Z");
    assert!(Arc::ptr_eq(&window.now(), before));
}

/// How many pictures are linked.
fn link(window: &Window) -> usize {
    let film = window.now();
    let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
    let is_linked = |item: &&Item| item.clip.as_ref().is_some_and(|clip| clip.link.is_some());
    reel.iter().filter(is_linked).count()
}

fn second(window: &Window) -> Arc<Clip> {
    let film = window.now();
    let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
    reel.get(1).unwrap().clip.clone().unwrap()
}

#[test]
fn every_entry_of_a_clips_menu_does_what_it_says() {
    let (mut window, at, before) = over_the_second();
    let back = |window: &mut Window| undone(window, &before);
    choose(&mut window, at, "Delete");
    assert_eq!(pictures(&window), [WHOLE, (40, -1), WHOLE]);
    back(&mut window);
    choose(&mut window, at, "Ripple delete");
    assert_eq!(pictures(&window), [WHOLE, WHOLE]);
    back(&mut window);
    choose(&mut window, at, "Cut");
    assert_eq!(
        window.now().main().unwrap().tracks[0]
            .reel()
            .unwrap()
            .iter()
            .filter(|it| !it.is_gap())
            .count(),
        2
    );
    back(&mut window);
    choose(&mut window, at, "Copy");
    window.keys("End");
    choose(&mut window, at, "Paste");
    assert_eq!(pictures(&window), [WHOLE; 4]);
    back(&mut window);
    window.keys("Home");
    (0..5).for_each(|_| window.keys("Shift+Right"));
    for (entry, hint) in [("Length ...", "2.4 s"), ("Speed ...", "150%")] {
        choose(&mut window, at, entry);
        let asked = window.harness.query_all_by_label_contains(hint).count();
        let placed =
            window.harness.query_all(egui_kittest::kittest::by().predicate(|node| {
                node.data().placeholder().is_some_and(|words| words.contains(hint))
            }));
        assert!(asked + placed.count() > 0, "{entry} asks");
        window.keys("Escape");
    }
}

#[test]
fn every_other_entry_of_a_clips_menu_does_what_it_says() {
    let (mut window, at, before) = over_the_second();
    let back = |window: &mut Window| undone(window, &before);
    choose(&mut window, at, "Reverse");
    assert_eq!(second(&window).speed, Ratio::whole(-1));
    back(&mut window);
    choose(&mut window, at, "Switch on or off");
    assert!(second(&window).disabled);
    back(&mut window);
    choose(&mut window, at, "Cut at playhead");
    assert_eq!(pictures(&window), [WHOLE, (10, 20), (30, 30), WHOLE]);
    back(&mut window);
    choose(&mut window, at, "Add dissolve");
    assert_eq!(window.now().main().unwrap().tracks[0].transitions.len(), 1);
    back(&mut window);
    choose(&mut window, at, "Match frame");
    assert_eq!(window.harness.state().source().unwrap().0, 30);
    choose(&mut window, at, "Mark clip");
    assert_eq!(window.harness.state().marks(), (Some(40), Some(80)));
    assert_eq!(
        window.harness.state().source().unwrap().1,
        None,
        "the film's marks, not the source's"
    );
    choose(&mut window, at, "Unlink");
    assert_eq!(link(&window), 2);
    back(&mut window);
    window.keys("Ctrl+A");
    choose(&mut window, at, "Group");
    assert!(second(&window).group.is_some());
    choose(&mut window, at, "Ungroup");
    assert!(second(&window).group.is_none());
    window.keys("Ctrl+Z");
    window.keys("Ctrl+Z");
    choose(&mut window, at, "Reveal in browser");
    assert!(window.has("counted.mp4"));
}
