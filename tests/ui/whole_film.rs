//! A whole film by the pointer alone, and by the keyboard alone: media come in, five shots are cut with
//! two dissolves, trimmed, undone to nothing, made again, played, saved, delivered; and what was delivered
//! is the film.

use super::hands::{Keyboard, Mouse};
use super::rig::Window;
use crate::support::folder::Folder;
use crate::support::{golden, oracle};
use eframe::egui::vec2;
use egui_kittest::kittest::Queryable as _;
use roomtone::deliver::{presets, verify};
use roomtone::play::Offline;
use roomtone::workers::Stop;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use timeline_format::Timeline;

/// What is cut, in order: four stills, and a shot of 50 frames with sound.
pub(super) const SHOTS: [&str; 5] = ["dawn.png", "quay.png", "rain.mp4", "lamp.png", "room.png"];
/// Points that a frame is wide before anybody zooms.
const SCALE: f32 = 2.0;
/// How wide and high the window is.
const SIZE: [f32; 2] = [1280.0, 800.0];

/// A still with stripes of its own.
fn still(path: &Path, seed: u32) {
    let picture = image::RgbImage::from_fn(320, 180, |x, y| {
        let stripe = ((x + y * (seed + 1)) / 24 % 2) as u8 * 60;
        let colour = [[200, 90, 60], [60, 120, 180], [90, 150, 80], [180, 160, 70]];
        let colour = colour[seed as usize % 4];
        image::Rgb(colour.map(|level: u8| level - stripe.min(level)))
    });
    picture.save(path).unwrap();
}

/// A folder with an empty film, and its media in a folder beside it.
pub(super) fn rushes() -> Folder {
    let folder = Folder::new();
    let takes = folder.file("takes");
    std::fs::create_dir(&takes).unwrap();
    for (seed, name) in SHOTS.iter().enumerate().filter(|(_, name)| name.ends_with("png")) {
        still(&takes.join(name), seed as u32);
    }
    let to = takes.join("rain.mp4");
    let picture = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=2"];
    let sound = ["-f", "lavfi", "-i", "sine=330:r=48000:d=2", "-pix_fmt", "yuv420p"];
    oracle::ffmpeg(&[&picture[..], &sound, &[to.to_str().unwrap()]].concat());
    let empty = roomtone::project::beginning(
        "320x180".parse().unwrap(),
        "25".parse().unwrap(),
        48_000,
        "Quay",
    );
    roomtone::project::save(&folder.file("film.roomtone"), &empty).unwrap();
    folder
}

/// The lengths of the clips of the first picture track.
pub(super) fn lengths(film: &Timeline) -> Vec<i64> {
    let reel = film.main().unwrap().tracks[0].reel().unwrap();
    reel.iter().filter(|item| !item.is_gap()).map(|item| item.length).collect()
}

/// How many transitions lie on the first picture track.
pub(super) fn transitions(film: &Timeline) -> usize {
    film.main().unwrap().tracks[0].transitions.len()
}

fn is_empty(film: &Timeline) -> bool {
    film.media.is_empty() && film.main().unwrap().length() == 0
}

/// Where the film is delivered to.
pub(super) fn delivered(film: &Path) -> PathBuf {
    film.with_file_name("film-archive-ffv1.mkv")
}

/// Holds what lies under the delivery's name against the film.
#[track_caller]
pub(super) fn hold_against(film: &Arc<Timeline>, path: &Path) {
    let folder = path.parent().unwrap();
    let length = film.main().unwrap().length();
    let mut programme = Offline::open(film, folder, 0..length).unwrap();
    let preset = presets::find("archive-ffv1");
    let verdict =
        verify(&mut programme, &delivered(path), preset, &Stop::new(), &mut |_| {}).unwrap();
    assert!(verdict.agrees(), "{:#?}", verdict.differences);
    assert_eq!((verdict.frames, verdict.samples), (length, length * 1920));
}

/// Waits for the delivery and holds it against the film.
#[track_caller]
fn hold_delivery(window: &mut Window) {
    window.until("the delivery", |app| app.deliveries().0);
    assert_eq!(window.harness.state().deliveries().1, Vec::<String>::new());
    assert_eq!(*window.now(), roomtone::project::open(&window.film).unwrap().0);
    hold_against(&window.now(), &window.film.clone());
}

fn window() -> Window {
    Window::at_pace(rushes(), "film.roomtone", SIZE)
}

#[test]
fn a_film_is_made_by_the_pointer_alone() {
    if !oracle::have("ffmpeg", "a_film_is_made_by_the_pointer_alone") {
        return;
    }
    let mut window = window();
    let mut hand = Mouse(&mut window);
    hand.choose("File", "Bring in media");
    hand.click_like("takes");
    hand.click_like("Open");
    hand.0.until("the media", |app| app.film().unwrap().media.len() == SHOTS.len());
    hand.0.steps(2);
    for name in SHOTS {
        let end = hand.0.now().main().unwrap().length();
        let (from, to) = (hand.0.place_of(name), hand.on_track("V1", end as f32, SCALE));
        hand.drag(from, to + vec2(3.0, 0.0));
    }
    assert_eq!(lengths(&hand.0.now()), [75, 75, 50, 75, 75], "{:?}", hand.0.harness.state().said());
    for cut in [75.0, 275.0] {
        let place = hand.on_track("V1", cut, SCALE);
        hand.click_at(place);
        hand.click("Add dissolve");
    }
    assert_eq!(transitions(&hand.0.now()), 2, "{:?}", hand.0.harness.state().said());
    let tail = hand.on_track("V1", 350.0, SCALE) + vec2(-2.0, 16.0);
    hand.drag(tail, tail + vec2(-20.0 * SCALE, 0.0));
    hand.click("Ripple");
    let cut = hand.on_track("V1", 150.0, SCALE) + vec2(-2.0, 16.0);
    trimmed_halfway(&mut hand, cut);
    hand.drag(cut, cut + vec2(-15.0 * SCALE, 0.0));
    assert_eq!(lengths(&hand.0.now()), [75, 60, 50, 75, 55], "{:?}", hand.0.harness.state().said());
    hand.click("Select");
    let made = hand.0.now();
    while !is_empty(&hand.0.now()) {
        hand.choose("Edit", "Undo");
    }
    golden::check("undone", &hand.0.settle());
    for _ in 0..1 + SHOTS.len() + 2 + 2 {
        hand.choose("Edit", "Redo");
    }
    assert!(Arc::ptr_eq(&hand.0.now(), &made), "redo gives the very film that was undone");
    let start = hand.0.harness.get_by_label("Playhead").rect().left_center() + vec2(1.0, 0.0);
    hand.click_at(start);
    assert_eq!(hand.0.harness.state().position(), 0);
    hand.0.until("the exact picture", roomtone::ui::App::is_exact);
    golden::check("cut-by-mouse", &hand.0.settle());
    hand.click("Play or pause");
    hand.0.until("a later frame", |app| app.position() > 12);
    hand.click("Play or pause");
    hand.0.until("the exact picture", roomtone::ui::App::is_exact);
    hand.choose("File", "Save");
    hand.click_like("Deliver");
    hand.click("Archive FFV1");
    hand.click_like("Deliver the film");
    hold_delivery(&mut window);
    assert!(window.harness.ctx.input(|input| input.keys_down.is_empty()));
}

/// Holds a trim that is under way against the picture of one, and lets go where it began.
fn trimmed_halfway(hand: &mut Mouse<'_>, edge: eframe::egui::Pos2) {
    let before = hand.0.now();
    let harness = &mut hand.0.harness;
    harness.hover_at(edge);
    harness.step();
    harness.drag_at(edge);
    harness.step();
    harness.hover_at(edge + vec2(-30.0 * SCALE, 0.0));
    golden::check("trim-under-way", &hand.0.settle());
    hand.0.harness.hover_at(edge);
    hand.0.steps(2);
    hand.0.harness.drop_at(edge);
    hand.0.steps(2);
    assert!(Arc::ptr_eq(&hand.0.now(), &before), "let go where it began, nothing is done");
}

#[test]
fn a_film_is_made_by_the_keyboard_alone() {
    if !oracle::have("ffmpeg", "a_film_is_made_by_the_keyboard_alone") {
        return;
    }
    let mut window = window();
    let mut hand = Keyboard(&mut window);
    hand.press("Ctrl+I");
    for keys in ["Down", "Enter", "Ctrl+A", "Enter"] {
        hand.press(keys);
    }
    hand.0.until("the media", |app| app.film().unwrap().media.len() == SHOTS.len());
    for name in SHOTS {
        hand.press("Ctrl+F");
        hand.press("Ctrl+A");
        hand.write(name);
        hand.reach(name);
        hand.press("Enter");
        hand.press(".");
    }
    assert_eq!(lengths(&hand.0.now()), [75, 75, 50, 75, 75], "{:?}", hand.0.harness.state().said());
    hand.press("Escape");
    hand.press("Home");
    for downs in [1, 3] {
        (0..downs).for_each(|_| hand.press("Down"));
        hand.press("Ctrl+D");
    }
    assert_eq!(transitions(&hand.0.now()), 2, "{:?}", hand.0.harness.state().said());
    hand.press("End");
    hand.press("Left");
    hand.press("Ctrl+Shift+A");
    (0..2).for_each(|_| hand.press("Shift+Left"));
    hand.command("tail to playhead");
    hand.press("Home");
    (0..3).for_each(|_| hand.press("Shift+Right"));
    hand.press("Q");
    assert_eq!(lengths(&hand.0.now()), [45, 75, 50, 75, 54], "{:?}", hand.0.harness.state().said());
    let made = hand.0.now();
    while !is_empty(&hand.0.now()) {
        hand.press("Ctrl+Z");
    }
    for _ in 0..1 + SHOTS.len() + 2 + 2 {
        hand.command("redo");
    }
    assert!(Arc::ptr_eq(&hand.0.now(), &made), "redo gives the very film that was undone");
    hand.press("Home");
    hand.press("Ctrl+F");
    hand.press("Ctrl+A");
    hand.press("Delete");
    hand.press("Tab");
    hand.0.until("the exact picture", roomtone::ui::App::is_exact);
    golden::check("cut-by-keyboard", &hand.0.settle());
    hand.press("L");
    hand.0.until("a later frame", |app| app.position() > 12);
    hand.press("K");
    hand.0.until("the exact picture", roomtone::ui::App::is_exact);
    hand.press("Ctrl+S");
    hand.press("Shift+3");
    hand.reach("Archive FFV1");
    hand.press("Enter");
    hand.reach(&format!("{} Deliver the film", egui_phosphor::regular::EXPORT));
    hand.press("Enter");
    hold_delivery(&mut window);
    let is_untouched = window.harness.ctx.input(|input| input.pointer.latest_pos().is_none());
    assert!(is_untouched, "the pointer was never there");
}
