//! Titles and captions in the window: laid, written, moved, drawn in.

use super::rig::Window;
use eframe::egui::{Event, vec2};
use std::sync::Arc;
use timeline_format::{Captions, Param, Source, Value};

fn captions(window: &Window) -> Option<Arc<Captions>> {
    let film = window.now();
    film.main().unwrap().captions.values().next().cloned()
}

/// The text of the title that was laid last.
fn written(window: &Window) -> Option<String> {
    let film = window.now();
    let main = film.main().unwrap();
    let layers = main.tracks.iter().filter_map(|track| track.layers());
    let clips = layers.flat_map(|layers| layers.values()).map(|layer| &layer.clip.source);
    let made = clips.filter_map(|source| match source {
        Source::Generator(made) if made.kind == "title" => Some(made.values.get("text").cloned()),
        _ => None,
    });
    match made.flatten().next() {
        Some(Param::Constant(Value::Text(text))) => Some(text),
        _ => None,
    }
}

#[test]
fn a_title_is_laid_and_written_in_the_inspector() {
    let mut window = Window::with_sample_at([1700.0, 1000.0], 1.0);
    let before = window.now();
    window.ask("add-title");
    window.steps(3);
    let tracks = |window: &Window| window.now().main().unwrap().tracks.len();
    assert_eq!(tracks(&window), before.main().unwrap().tracks.len() + 1);
    window.click("Text");
    window.keys("Ctrl+A");
    window.harness.event(Event::Text("Before morning".into()));
    window.steps(3);
    assert_eq!(written(&window).as_deref(), Some("Before morning"));
    window.ask("add-lower-third");
    window.steps(2);
    assert_eq!(tracks(&window), before.main().unwrap().tracks.len() + 1, "one track for all");
}

#[test]
fn a_caption_is_written_moved_split_and_drawn_into_the_picture() {
    let mut window = Window::with_sample_at([1700.0, 1000.0], 1.0);
    window.ask("go-to-start");
    window.ask("add-caption");
    window.steps(3);
    window.click("Caption");
    window.harness.event(Event::Text("Is it morning".into()));
    window.steps(3);
    let cue = captions(&window).unwrap().cues[0].clone();
    assert_eq!((cue.at, cue.text.as_str()), (0, "Is it morning"));
    window.click("Caption at the head");
    window.steps(2);
    let own = captions(&window).unwrap();
    assert_eq!(own.cues[0].place, timeline_format::caption::CuePlace::Top);
    let place = window.place_of("Caption Is it morning");
    window.drag(place, place + vec2(60.0, 0.0));
    window.steps(2);
    let moved = captions(&window).unwrap().cues[0].at;
    assert!(moved > 0, "{moved}");
    window.ask("burn-captions");
    window.steps(2);
    assert!(captions(&window).unwrap().burned);
    window.ask("next-caption");
    window.steps(2);
    window.keys("Right");
    window.ask("split-caption");
    window.steps(2);
    assert_eq!(captions(&window).unwrap().cues.len(), 2);
    window.keys("Ctrl+Z");
    assert_eq!(captions(&window).unwrap().cues.len(), 1);
}
