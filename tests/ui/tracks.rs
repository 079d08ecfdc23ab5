//! The headers of the tracks: every switch does what it says, tracks are named, sized and taken away.

use super::reel::{lie, pictures, sounds, with_reel};
use super::rig::Window;
use eframe::egui::{Event, vec2};
use egui_kittest::kittest::Queryable as _;
use std::sync::Arc;
use timeline_format::Track;
use timeline_format::track::TrackKind;

fn track(window: &Window, kind: TrackKind) -> Arc<Track> {
    let film = window.now();
    let main = film.main().unwrap();
    let mut tracks = main.tracks.iter().filter(|track| track.header.kind == kind);
    Arc::clone(tracks.next().unwrap())
}

fn picture(window: &Window) -> Arc<Track> {
    track(window, TrackKind::Picture)
}

fn sound(window: &Window) -> Arc<Track> {
    track(window, TrackKind::Sound)
}

/// Clicks what is named so in part.
fn press(window: &mut Window, part: &str) {
    window.harness.get_by_label_contains(part).click();
    window.steps(2);
}

#[test]
fn a_track_is_renamed_by_a_double_click_and_by_a_key() {
    let mut window = with_reel();
    let name = window.place_of("Target V1");
    window.double_click_at(name);
    window.steps(2);
    assert!(window.has("Name of the track"));
    window.harness.event(Event::Text("Plates".into()));
    window.steps(2);
    window.picture("track-renamed");
    window.keys("Enter");
    assert_eq!(picture(&window).header.name, "Plates");
    assert!(window.has("Target Plates"));
    window.keys("F2");
    window.steps(2);
    window.harness.event(Event::Text(" of the sky".into()));
    window.steps(2);
    window.keys("Escape");
    window.steps(2);
    assert_eq!(picture(&window).header.name, "Plates", "Escape leaves the name as it was");
    window.keys("Ctrl+Z");
    assert_eq!(picture(&window).header.name, "");
}

#[test]
fn a_locked_track_is_touched_by_no_edit() {
    let mut window = with_reel();
    let before = pictures(&window);
    press(&mut window, "Lock V1");
    assert!(picture(&window).header.locked);
    let lie = lie(&window);
    window.click_at(lie.at(60.0));
    window.keys("Delete");
    assert_eq!(pictures(&window), before);
    press(&mut window, "Lock V1");
    window.click_at(lie.at(60.0));
    window.keys("Delete");
    assert_ne!(pictures(&window), before, "{:?}", window.harness.state().said());
}

#[test]
fn a_track_that_is_free_of_sync_stays_when_others_ripple() {
    let mut window = with_reel();
    press(&mut window, "Sync of A1");
    assert!(sound(&window).header.sync_free);
    window.keys("Ctrl+L");
    let lie = lie(&window);
    window.click_at(lie.at(20.0));
    window.keys("Shift+Delete");
    assert_eq!((pictures(&window).len(), sounds(&window).len()), (2, 3));
}

#[test]
fn mute_solo_and_hide_are_in_the_film_and_are_heard_and_seen() {
    let mut window = with_reel();
    window.keys("Space");
    window.until("the sound", |app| app.heard() > 1e-3);
    window.keys("Space");
    press(&mut window, "Mute A1");
    assert!(sound(&window).header.strip.mute);
    window.keys("Home");
    window.rest(std::time::Duration::from_millis(300));
    window.keys("Space");
    window.until("a later frame", |app| app.position() > 20);
    assert!(window.harness.state().heard() < 1e-4, "{}", window.harness.state().heard());
    window.keys("Space");
    press(&mut window, "Mute A1");
    press(&mut window, "Solo A1");
    assert!(sound(&window).header.strip.solo && !sound(&window).header.strip.mute);
    window.keys("Home");
    window.until("the exact picture", roomtone::ui::App::is_exact);
    let seen = window.harness.state().picture().unwrap();
    press(&mut window, "Show or hide V1");
    assert!(picture(&window).header.hidden);
    window.rest(std::time::Duration::from_millis(300));
    window.until("the exact picture", roomtone::ui::App::is_exact);
    let hidden = window.harness.state().picture().unwrap();
    assert!(!seen.same_as(&hidden), "the hidden track is not seen");
}

#[test]
fn edits_go_to_the_tracks_that_are_targeted() {
    let mut window = with_reel();
    let before = (pictures(&window), sounds(&window));
    window.click("Target V1");
    window.keys("Ctrl+L");
    (0..2).for_each(|_| window.keys("Shift+Right"));
    window.ask("razor");
    assert_eq!(pictures(&window), before.0, "it is not targeted");
    assert_eq!(sounds(&window).len(), before.1.len() + 1);
    window.click("Target V1");
    window.ask("razor");
    assert_eq!(pictures(&window).len(), before.0.len() + 1);
}

#[test]
fn a_track_is_made_higher_by_its_edge_and_by_keys() {
    let mut window = with_reel();
    let height = |window: &Window| super::reel::clips(window, 40)[0].height();
    let before = height(&window);
    let clip = super::reel::clips(&window, 40)[0];
    let header = window.rect_of("Target V1");
    let edge = eframe::egui::pos2(header.center().x, clip.bottom());
    window.drag(edge, edge + vec2(0.0, 60.0));
    let dragged = height(&window);
    assert!((dragged - before - 60.0).abs() < 6.0, "{before} {dragged}");
    window.keys("Ctrl+Alt+Down");
    window.steps(1);
    assert!(height(&window) < dragged);
    window.keys("Ctrl+Alt+Up");
    window.steps(1);
    assert!((height(&window) - dragged).abs() < 1.0);
}

#[test]
fn a_track_is_taken_away_by_its_menu_and_by_a_command() {
    let mut window = with_reel();
    let count = |window: &Window| window.now().main().unwrap().tracks.len();
    let before = count(&window);
    window.ask("add-picture-track");
    let name = window.place_of("Target V2");
    window.secondary_click_at(name);
    window.click("Take this track away");
    assert_eq!(count(&window), before);
    window.ask("remove-track");
    assert_eq!(count(&window), before - 1);
    assert!(!window.has("Target V1"));
    window.keys("Ctrl+Z");
    assert_eq!(count(&window), before);
}

#[test]
fn the_history_is_read_and_jumped_in() {
    let mut window = with_reel();
    let whole = window.now();
    let lie = lie(&window);
    window.click_at(lie.at(60.0));
    window.keys("Delete");
    window.click_at(lie.at(20.0));
    window.keys("Delete");
    let last = window.now();
    window.click("History");
    window.steps(3);
    let step = |window: &Window, name: &str| -> Vec<String> {
        let found = window.harness.query_all_by_label_contains(name);
        found
            .filter_map(|node| egui_kittest::kittest::NodeT::accesskit_node(&node).label())
            .collect()
    };
    let lifts = step(&window, "  Lift");
    assert_eq!(lifts.len(), 2, "{lifts:?}");
    window.picture("history");
    let laid = step(&window, "  Overwrite").last().unwrap().clone();
    window.click(&laid);
    assert!(Arc::ptr_eq(&window.now(), &whole), "back to what was laid");
    let undone = format!("{}  (undone)", lifts[1]);
    window.click(&undone);
    assert!(Arc::ptr_eq(&window.now(), &last), "and forward again, over two edits");
    window.click(&lifts[0]);
    window.keys("Ctrl+Shift+Z");
    assert!(Arc::ptr_eq(&window.now(), &last));
}
