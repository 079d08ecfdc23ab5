//! Clips are given names: in the inspector, by a key, by their menu.

use super::reel::{self, with_reel};
use super::rig::Window;
use eframe::egui::{Event, Modifiers};
use egui_kittest::kittest::Queryable as _;
use timeline_format::track::TrackKind;

/// The names of the clips of the pictures and of the sounds.
fn names(window: &Window) -> [Vec<String>; 2] {
    let film = window.now();
    [TrackKind::Picture, TrackKind::Sound].map(|kind| {
        let tracks = &film.main().unwrap().tracks;
        let track = tracks.iter().find(|it| it.header.kind == kind && it.reel().is_some());
        let clips = track.unwrap().reel().unwrap().iter().filter_map(|item| item.clip.as_ref());
        clips.map(|clip| clip.name.clone()).collect()
    })
}

fn write(window: &mut Window, words: &str) {
    window.harness.event(Event::Text(words.into()));
    window.steps(2);
}

/// A window whose second clip is chosen, with its sound.
fn with_second() -> Window {
    let mut window = with_reel();
    let at = reel::lie(&window).at(60.0);
    window.click_at(at);
    window
}

#[test]
fn a_name_that_is_written_in_the_inspector_is_one_edit() {
    let mut window = with_second();
    let steps = window.harness.state().edits().len();
    window.click("Name");
    for part in ["Kit", "chen", ", night"] {
        write(&mut window, part);
    }
    window.keys("Enter");
    let named = [String::new(), "Kitchen, night".to_owned(), String::new()];
    assert_eq!(names(&window), [named.to_vec(), named.to_vec()], "with the sound that goes along");
    assert_eq!(window.harness.state().edits()[steps..], ["Name"]);
    assert!(window.has("Kitchen, night, 40 frames"), "the timeline shows it");
    window.picture("clip-named");
    window.keys("Ctrl+Z");
    assert_eq!(window.harness.state().edits().len(), steps);
    assert_eq!(names(&window), [vec![""; 3], vec![""; 3]]);
}

#[test]
fn f2_asks_for_the_name_of_what_is_chosen() {
    let mut window = with_second();
    window.keys("F2");
    write(&mut window, "Kitchen");
    window.keys("Enter");
    assert_eq!(names(&window)[0], ["", "Kitchen", ""]);
    window.keys("F2");
    window.steps(2);
    window.picture("clip-name-asked");
    write(&mut window, "Cellar");
    window.keys("Escape");
    assert_eq!(names(&window)[0], ["", "Kitchen", ""], "Escape leaves the name as it was");
    window.keys("F2");
    write(&mut window, "Cellar");
    window.keys("Enter");
    assert_eq!(names(&window)[0], ["", "Cellar", ""], "what is typed takes its place");
    window.keys("Ctrl+A");
    window.keys("F2");
    write(&mut window, "All");
    window.keys("Enter");
    assert_eq!(names(&window), [vec!["All"; 3], vec!["All"; 3]]);
    window.keys("Ctrl+Z");
    assert_eq!(names(&window)[0], ["", "Cellar", ""], "one step for all of them");
    window.keys("Ctrl+Shift+A");
    window.keys("F2");
    window.steps(2);
    assert!(window.has("Name of the track"), "where no clip is chosen, the track is asked for");
}

#[test]
fn a_clip_of_several_is_named_alone() {
    let mut window = with_reel();
    let at = reel::lie(&window).at(60.0);
    window.hold_down(Modifiers::ALT);
    window.click_at(at);
    window.hold_down(Modifiers::NONE);
    window.keys("F2");
    write(&mut window, "Picture alone");
    window.keys("Enter");
    let [pictures, sounds] = names(&window);
    assert_eq!(pictures.iter().chain(&sounds).filter(|name| !name.is_empty()).count(), 1);
    assert!(window.harness.query_by_label("Picture alone, 40 frames").is_some());
}
