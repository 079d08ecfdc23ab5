//! Waveforms on the timeline, measured in pixels: files and generators, gain, keyframes and fades.

use super::rig::Window;
use crate::support::folder::Folder;
use eframe::egui::Rect;
use egui_kittest::kittest::Queryable as _;
use image::RgbaImage;
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::clip::Generator;
use timeline_format::parameter::{Curve, Ease, Follow, Key};
use timeline_format::track::{Content, Place, Role};
use timeline_format::{
    Clip, Extra, Fade, FadeShape, Frames, Id, Item, Layered, Param, Reel, Source, Value,
};

const LENGTH: i64 = 200;

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// A tone at -6 dB.
fn tone() -> Clip {
    let values = BTreeMap::from([
        ("frequency".to_owned(), Param::number(500.0)),
        ("level".to_owned(), Param::number(-6.0)),
    ]);
    Clip::new(Source::Generator(Generator { kind: "tone".into(), values, extra: Extra::new() }))
}

/// A film of one tone on the dialogue track and the same as a free item, as `change` leaves them.
fn with_tone(higher: usize, change: impl FnOnce(&mut Clip)) -> Window {
    let folder = Folder::new();
    let path = folder.file("film.roomtone");
    let raster = "320x180".parse().unwrap();
    let film = roomtone::project::beginning(raster, "25".parse().unwrap(), 48_000, "Tone");
    let mut sequence = (**film.main().unwrap()).clone();
    let mut clip = tone();
    change(&mut clip);
    for track in sequence.tracks.iter_mut().map(Arc::make_mut) {
        let layer = Layered {
            at: Place::Absolute(Frames::ZERO),
            length: Frames::whole(LENGTH),
            clip: clip.clone(),
        };
        match track.header.role {
            Some(Role::Dialogue) => {
                let item = Item::clip(id("c1"), LENGTH, clip.clone());
                track.content = Content::Sequential(std::iter::once(item).collect::<Reel>());
            }
            Some(Role::Foley) => {
                track.content =
                    Content::Free(std::iter::once((id("l1"), Arc::new(layer))).collect());
            }
            _ => {}
        }
    }
    let film = film.with_sequence(film.settings.main, sequence);
    roomtone::project::save(&path, &film).unwrap();
    let mut window = Window::of(folder, "film.roomtone");
    window.keys("\\");
    (0..higher).for_each(|_| window.ask("tracks-higher"));
    window.rest(std::time::Duration::from_millis(900));
    window
}

/// The places of the tone on both tracks, the upper first: the whole of each clip.
fn places(window: &Window) -> Vec<Rect> {
    let label = format!("tone, {LENGTH} frames");
    let found = window.harness.query_all_by_label(&label).map(|node| node.rect());
    let mut found: Vec<Rect> =
        found.map(|rect| rect.expand2(eframe::egui::vec2(7.0, 0.0))).collect();
    found.sort_by(|a, b| a.top().total_cmp(&b.top()));
    found
}

/// How high the waveform is at a part of a clip, against the room that it has.
fn height(picture: &RgbaImage, place: Rect, part: f32) -> f32 {
    let x = (place.left() + place.width() * part) as u32;
    let (top, bottom) = (place.top() as u32 + 16, place.bottom() as u32 - 2);
    let is_light = |y: &u32| picture.get_pixel(x, *y).0[..3].iter().all(|value| *value > 150);
    (top..bottom).filter(is_light).count() as f32 / (bottom - top) as f32
}

#[track_caller]
fn check(picture: &RgbaImage, place: Rect, part: f32, decibels: f32) {
    let expected = 10.0_f32.powf(decibels / 40.0);
    let found = height(picture, place, part);
    assert!((found - expected).abs() < 0.09, "at {part}: {found}, not {expected}");
}

#[test]
fn a_generator_is_drawn_at_the_root_of_its_level() {
    let mut window = with_tone(0, |_| {});
    let picture = window.picture("waveform-tone");
    let places = places(&window);
    assert_eq!(places.len(), 2, "on a track of clips and a free one");
    for place in places {
        [0.1, 0.4, 0.8].iter().for_each(|part| check(&picture, place, *part, -6.0));
    }
}

#[test]
fn gain_keys_and_fades_are_seen_along_the_clip() {
    let mut window = with_tone(3, |clip| {
        let key = |at: i64, value: f64| Key {
            at: Frames::whole(at),
            value: Value::Number(value),
            ease: Ease::Linear,
        };
        let keys = vec![key(80, 0.0), key(120, -18.0)];
        clip.sound.gain = Some(Param::Animated(Curve { keys, follow: Follow::Clip }));
        let length = Frames::whole(40);
        clip.sound.fade_in = Some(Fade { length, shape: FadeShape::EqualGain });
    });
    let picture = window.picture("waveform-moving");
    let clip = places(&window)[0];
    check(&picture, clip, 0.1, -6.0 - 6.02);
    check(&picture, clip, 0.3, -6.0);
    check(&picture, clip, 0.5, -6.0 - 9.0);
    check(&picture, clip, 0.8, -6.0 - 18.0);
}

#[test]
fn a_clip_that_is_off_shows_no_sound() {
    let mut window = with_tone(0, |clip| clip.disabled = true);
    let label = format!("tone (off), {LENGTH} frames");
    let picture = window.picture("waveform-off");
    let places: Vec<Rect> =
        window.harness.query_all_by_label(&label).map(|node| node.rect()).collect();
    assert_eq!(places.len(), 2);
    assert!(places.iter().all(|place| height(&picture, *place, 0.5) < 0.02));
}
