//! A film of many clips, markers and free items: what is seen of them is there, and nothing else is touched.

use super::reel::with_reel;
use super::rig::Window;
use crate::support::folder::Folder;
use egui_kittest::kittest::Queryable as _;
use std::collections::BTreeSet;
use std::sync::Arc;
use timeline_format::clip::Generator;
use timeline_format::track::{Content, Place, TrackKind};
use timeline_format::{
    Clip, Extra, Frames, Id, Item, Layered, Marker, Reel, Sequence, Source, Timeline, Track,
};

/// How many of each there are, and how far they are apart, in frames.
const COUNT: usize = 4000;
const APART: i64 = 40;

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn colour() -> Clip {
    let values = std::collections::BTreeMap::new();
    Clip::new(Source::Generator(Generator { kind: "colour".into(), values, extra: Extra::new() }))
}

fn named(name: String) -> Clip {
    Clip { name, ..colour() }
}

fn crowded() -> Timeline {
    let rate = "25".parse().unwrap();
    let film = Timeline::new("320x180".parse().unwrap(), rate, 48_000, id("main"));
    let mut sequence = Sequence::new(rate);
    let clips =
        (0..COUNT).map(|n| Item::clip(id(&format!("c{n}")), APART, named(format!("clip-{n}"))));
    let mut lane = Track::sequential(id("v"), TrackKind::Picture);
    lane.content = Content::Sequential(clips.collect::<Reel>());
    sequence.tracks.push_back(Arc::new(lane));
    let titles = (0..COUNT).map(|n| {
        let at = Place::Absolute(Frames::whole(n as i64 * APART + 5));
        let length = if n == 0 { COUNT as i64 * APART } else { 30 };
        let clip = named(format!("title-{n}"));
        (id(&format!("t{n}")), Arc::new(Layered { at, length: Frames::whole(length), clip }))
    });
    let mut free = Track::free(id("titles"), TrackKind::Picture);
    free.content = Content::Free(titles.collect());
    sequence.tracks.push_back(Arc::new(free));
    for n in 0..COUNT {
        let at = Frames::whole(n as i64 * APART + 11);
        let marker = Marker { at, name: format!("note-{n}"), ..Marker::default() };
        sequence.markers.insert(id(&format!("m{n}")), Arc::new(marker));
    }
    film.with_sequence(id("main"), sequence)
}

fn count(window: &Window, part: &str) -> usize {
    window.harness.query_all_by_label_contains(part).count()
}

#[test]
fn of_many_things_those_are_there_that_are_seen() {
    let folder = Folder::new();
    roomtone::project::save(&folder.file("film.roomtone"), &crowded()).unwrap();
    let mut window = Window::of(folder, "film.roomtone");
    window.steps(2);
    for part in ["clip-", "title-", "Marker note-"] {
        let seen = count(&window, part);
        assert!((10..60).contains(&seen), "{part}: {seen} are there");
    }
    assert!(window.has("clip-3, 40 frames") && window.has("title-3, 30 frames"));
    assert!(window.has("Marker note-3"));
    window.keys("Ctrl+T");
    window.harness.event(eframe::egui::Event::Text((2000 * APART).to_string()));
    window.steps(2);
    window.keys("Enter");
    (0..6).for_each(|_| window.ask("zoom-in"));
    (0..5).for_each(|_| window.ask("zoom-out"));
    window.steps(2);
    assert!(window.has("clip-2000, 40 frames"), "the view goes with the zoom");
    assert!(window.has("title-1999, 30 frames") && window.has("Marker note-2000"));
    assert!(window.has(&format!("title-0, {} frames", COUNT as i64 * APART)), "a long one too");
    window.ask("zoom-fit");
    window.steps(2);
    assert_eq!((count(&window, "clip-"), count(&window, "title-1,")), (0, 0), "too narrow to tell");
    window.picture("crowd");
}

#[test]
fn free_items_with_a_picture_show_its_frames() {
    let mut window = with_reel();
    window.keys("Ctrl+S");
    let Window { harness, film: path, folder } = window;
    drop(harness);
    let (film, _) = roomtone::project::open(&path).unwrap();
    let mut sequence = (**film.main().unwrap()).clone();
    let media = *film.media.keys().next().unwrap();
    let clip = named("title".into());
    let clip = Clip { source: Source::Media(media), ..clip };
    let at = Place::Absolute(Frames::whole(10));
    let layer = Layered { at, length: Frames::whole(60), clip };
    let mut free = Track::free(id("titles"), TrackKind::Picture);
    free.content = Content::Free(std::iter::once((id("t1"), Arc::new(layer))).collect());
    sequence.tracks.push_back(Arc::new(free));
    roomtone::project::save(&path, &film.with_sequence(film.settings.main, sequence)).unwrap();
    let mut window = Window::of(folder, "film.roomtone");
    window.keys("\\");
    window.rest(std::time::Duration::from_millis(1500));
    let place = window.rect_of("title, 60 frames");
    let picture = window.picture("free-filmstrip");
    let inside = picture.enumerate_pixels().filter(|(x, y, _)| {
        place.shrink(3.0).contains(eframe::egui::pos2(*x as f32, *y as f32 - 14.0))
    });
    let colours: BTreeSet<[u8; 4]> =
        inside.map(|(_, _, pixel)| pixel.0.map(|value| value / 16)).collect();
    assert!(colours.len() > 20, "{} colours", colours.len());
}
