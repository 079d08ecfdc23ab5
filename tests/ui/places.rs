//! Places and foley in the window: under the ruler, beside the mixer, and at the playhead.

use super::rig::Window;
use eframe::egui::vec2;
use timeline_format::{Frames, Id, Perspective, Source};

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn sound_page() -> Window {
    let mut window = Window::with_sample_at([1900.0, 1100.0], 1.0);
    window.ask("page-sound");
    window.keys("Home");
    window.steps(2);
    window
}

#[test]
fn the_place_at_the_playhead_is_shown_and_set() {
    let mut window = sound_page();
    assert!(window.has("Place The coast") && window.has("Place The street"));
    assert!(window.has("Mute Sea"));
    let before = window.now();
    window.click("Mute Sea");
    let sea = |window: &Window| {
        let film = window.now();
        let beds = film.places[&id("coast")].beds.clone();
        beds.into_iter().find(|bed| bed.id == id("sea")).unwrap()
    };
    assert!(sea(&window).strip.mute);
    window.keys("Ctrl+Z");
    assert!(window.now() == before);
    window.click("Place The street");
    window.steps(2);
    assert!(window.has("Mute Traffic"), "a click shows another place");
    window.picture("place");
    let lead = window.place_of("Lead of The street");
    window.drag(lead, lead + vec2(40.0, 0.0));
    let street = window.now().places[&id("street")].crossing;
    assert!(street.lead > Frames::whole(12), "{street:?}");
    window.keys("Ctrl+Z");
    assert!(window.now() == before, "a drag is one step");
}

#[test]
fn a_crossing_is_dragged_ahead_of_its_cut_under_the_ruler() {
    let mut window = sound_page();
    let before = window.now();
    let crossing = window.place_of("Crossing to The street");
    window.drag(crossing, crossing + vec2(-60.0, 0.0));
    let street = window.now().places[&id("street")].crossing;
    assert!(street.lead > before.places[&id("street")].crossing.lead, "{street:?}");
    window.keys("Ctrl+Z");
    assert!(window.now() == before, "a drag is one step");
}

#[test]
fn a_place_is_made_for_the_chosen_clips_and_taken_away() {
    let mut window = sound_page();
    let before = window.now();
    window.click("Make a place");
    window.click("Kitchen");
    let film = window.now();
    let moon = film.shots[&id("moon")].place.unwrap();
    assert_eq!(film.places[&moon].name, "Kitchen");
    assert!(window.has("Place Kitchen"));
    window.click("Remove the place");
    assert_eq!(window.now().shots[&id("moon")].place, None);
    window.keys("Ctrl+Z");
    window.keys("Ctrl+Z");
    assert!(window.now() == before);
}

#[test]
fn foley_is_spotted_at_the_playhead_and_shots_say_how_near_one_is() {
    let mut window = sound_page();
    let before = window.now();
    window.ask("step-forward-more");
    let at = window.harness.state().position();
    window.ask("spot-step");
    let film = window.now();
    let lane = film.main().unwrap().track(id("a-foley")).unwrap().1.layers().unwrap();
    let old = before.main().unwrap().track(id("a-foley")).unwrap().1.layers().unwrap();
    let new: Vec<_> = lane.iter().filter(|(id, _)| !old.contains_key(*id)).collect();
    assert_eq!(new.len(), 1);
    let start = film.main().unwrap().start_of(new[0].1).unwrap();
    assert_eq!(start, Frames::whole(at));
    assert!(matches!(&new[0].1.clip.source, Source::Generator(made) if made.kind == "step"));
    window.keys("Ctrl+Z");
    window.ask("seen-close");
    assert_eq!(window.now().shots[&id("moon")].perspective, Some(Perspective::Close));
    window.keys("Ctrl+Z");
    assert!(window.now() == before);
}

#[test]
fn the_inspector_says_where_a_shot_is_and_sets_it() {
    let mut window = Window::with_sample();
    window.click("moon, 96 frames");
    let before = window.now();
    window.click("Place");
    window.click("The street");
    assert_eq!(window.now().shots[&id("moon")].place, Some(id("street")));
    window.keys("Ctrl+Z");
    assert!(window.now() == before);
    window.click("Size");
    window.click("medium");
    assert_eq!(window.now().shots[&id("moon")].perspective, Some(Perspective::Medium));
    window.keys("Ctrl+Z");
    assert!(window.now() == before);
}
