//! Repairs by the pointer over the viewer: laid, moved, proved, tracked; and the tools of faults.

use super::rig::Window;
use crate::support::folder::Folder;
use crate::support::oracle::ffmpeg;
use eframe::egui::{Event, Modifiers, Pos2, TouchDeviceId, TouchId, TouchPhase, vec2};
use roomtone::edit::Faulty;
use roomtone::picture::{WORKING, convert};
use roomtone::signal::PixelFormat;
use roomtone::ui::App;
use std::path::Path;
use timeline_format::parameter::Follow;
use timeline_format::{Effect, Id, Param, Source, Value};

/// Pixels of the pictures, which are as large as the frame.
const SIZE: [usize; 2] = [320, 180];
/// The middle of the blemish.
pub(super) const BLEMISH: [f64; 2] = [0.25, 0.5];

/// Dark on the left, light on the right, a red blemish of 8 pixels in the dark.
fn still(path: &Path) {
    let picture = image::RgbImage::from_fn(SIZE[0] as u32, SIZE[1] as u32, |x, y| {
        let away = (f64::from(x) + 0.5 - 80.0).hypot(f64::from(y) + 0.5 - 90.0);
        let ground = if x < 160 { 60 } else { 200 };
        image::Rgb(if away < 8.0 { [220, 30, 30] } else { [ground; 3] })
    });
    picture.save(path).unwrap();
}

/// A window over a film of one clip, at the page of corrections.
pub(super) fn window_of(name: &str, make: impl FnOnce(&Path)) -> Window {
    let mut window = Window::empty();
    let file = window.beside(name);
    make(&file);
    window.drop_file(file);
    window.until("the media", |app| app.film().unwrap().media.len() == 1);
    window.steps(2);
    window.click(name);
    window.keys(".");
    window.keys("Home");
    window.ask("page-correct");
    window.until("the exact picture", App::is_exact);
    window.steps(2);
    window
}

pub(super) fn page() -> Window {
    window_of("still.png", still)
}

/// Where a place of the picture lies on the screen.
fn at(window: &Window, [x, y]: [f64; 2]) -> Pos2 {
    let place = window.rect_of("Program viewer");
    let scale = (place.width() / SIZE[0] as f32).min(place.height() / SIZE[1] as f32);
    let size = vec2(SIZE[0] as f32, SIZE[1] as f32) * scale;
    place.center() - size / 2.0 + size * vec2(x as f32, y as f32)
}

/// The colour that is shown at a place of the picture.
pub(super) fn colour(app: &App, [x, y]: [f64; 2]) -> [i32; 3] {
    let Some(picture) = app.picture() else { return [-1; 3] };
    let rgb = convert::to(&picture, PixelFormat::RGB8, WORKING);
    let place = |part: f64, most: u32| ((part * f64::from(most)) as usize).min(most as usize - 1);
    let (column, line) = (place(x, rgb.width), place(y, rgb.height));
    let [green, blue, red] = [0, 1, 2];
    [red, green, blue].map(|nth| i32::from(rgb.lines(nth).nth(line).unwrap()[column]))
}

pub(super) fn is_near(one: [i32; 3], other: [i32; 3], by: i32) -> bool {
    one.iter().zip(other).all(|(one, other)| (one - other).abs() <= by)
}

fn effects(window: &Window) -> Vec<Effect> {
    let film = window.now();
    let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
    let clip = reel.iter().find_map(|item| item.clip.clone());
    clip.unwrap().look.effects.clone()
}

fn numbers(value: Option<&Param>) -> Vec<f64> {
    match value {
        Some(Param::Constant(Value::Vector(numbers))) => numbers.clone(),
        Some(Param::Constant(Value::Number(number))) => vec![*number],
        other => panic!("{other:?}"),
    }
}

fn is_at(found: &[f64], expected: [f64; 2], by: f64) -> bool {
    found.len() == 2 && found.iter().zip(expected).all(|(found, it)| (found - it).abs() < by)
}

fn alt_click(window: &mut Window, place: [f64; 2]) {
    let place = at(window, place);
    window.hold_down(Modifiers::ALT);
    window.click_at(place);
    window.hold_down(Modifiers::NONE);
}

pub(super) fn drag(window: &mut Window, from: [f64; 2], to: [f64; 2]) {
    let ends = [from, to].map(|place| at(window, place));
    window.drag(ends[0], ends[1]);
}

#[test]
fn a_clone_comes_from_where_alt_was_clicked_and_is_one_step() {
    let mut window = page();
    let steps = window.harness.state().edits().len();
    window.keys("C");
    drag(&mut window, [0.2, 0.5], [0.3, 0.5]);
    assert!(effects(&window).is_empty(), "nobody said where it comes from");
    alt_click(&mut window, [0.7, 0.5]);
    drag(&mut window, [0.2, 0.5], [0.3, 0.5]);
    let made = effects(&window);
    assert_eq!((made.len(), made[0].kind.as_str()), (1, "clone"));
    assert!(is_at(&numbers(made[0].values.get("offset")), [0.5, 0.0], 0.01), "{made:?}");
    let mask = &made[0].masks[0];
    assert_eq!(mask.kind, "stroke");
    assert!(is_at(&numbers(mask.values.get("centre")), [0.25, 0.5], 0.01), "{mask:?}");
    window.until("the clone", |app| is_near(colour(app, BLEMISH), [200; 3], 3));
    assert!(is_near(colour(window.harness.state(), [0.25, 0.7]), [60; 3], 1));
    assert_eq!(window.harness.state().edits().len(), steps + 1);
    drop(window.picture("correct-clone"));
    window.keys("Ctrl+Z");
    assert!(effects(&window).is_empty());
}

#[test]
fn a_circle_patches_a_blemish_and_the_proof_finds_nothing_outside_of_it() {
    let mut window = page();
    window.keys("P");
    window.keys("E");
    drag(&mut window, BLEMISH, [0.25 + 16.0 / 320.0, 0.5]);
    let made = effects(&window);
    assert_eq!((made.len(), made[0].kind.as_str()), (1, "inpaint"));
    let size = numbers(made[0].masks[0].values.get("size"));
    assert!(is_at(&size, [32.0 / 320.0, 32.0 / 180.0], 0.02), "{size:?}");
    window.until("the patch", |app| is_near(colour(app, BLEMISH), [60; 3], 4));
    window.keys("Shift+P");
    window.until("the proof", |app| app.proof().is_some());
    let (changed, outside, all) = window.harness.state().proof().unwrap();
    assert_eq!((outside, all), (0, SIZE[0] * SIZE[1]));
    let disc = std::f64::consts::PI * 64.0;
    assert!((changed as f64) > 0.8 * disc && (changed as f64) < 8.0 * disc, "{changed}");
    window.steps(2);
    drop(window.picture("correct-proof"));
    window.keys("W");
    window.until("the wipe", |app| app.proof().is_some());
    window.steps(2);
    drop(window.picture("correct-wipe"));
}

fn touch(window: &mut Window, phase: TouchPhase, pos: Pos2, force: f32) {
    let (device_id, id, force) = (TouchDeviceId(1), TouchId(1), Some(force));
    window.harness.event(Event::Touch { device_id, id, phase, pos, force });
}

#[test]
fn paint_has_pressure_and_every_stroke_is_a_step_of_one_effect() {
    let mut window = page();
    window.keys("B");
    window.keys("]");
    let (from, to) = (at(&window, [0.6, 0.3]), at(&window, [0.9, 0.3]));
    window.harness.hover_at(from);
    window.steps(1);
    touch(&mut window, TouchPhase::Start, from, 0.5);
    window.harness.drag_at(from);
    window.steps(1);
    for part in 1..=4 {
        let place = from + (to - from) * (part as f32 / 4.0);
        touch(&mut window, TouchPhase::Move, place, 0.5 + 0.125 * part as f32);
        window.harness.hover_at(place);
        window.steps(1);
    }
    touch(&mut window, TouchPhase::End, to, 1.0);
    window.harness.drop_at(to);
    window.steps(2);
    let made = effects(&window);
    assert_eq!((made.len(), made[0].kind.as_str()), (1, "paint"));
    let strokes = numbers(made[0].values.get("strokes"));
    let pressures: Vec<f64> = strokes.chunks_exact(3).map(|point| point[2]).collect();
    assert!((pressures[0] + 0.5).abs() < 0.01, "{pressures:?}");
    assert!(pressures[1..].is_sorted() && pressures[pressures.len() - 1] > 0.9, "{pressures:?}");
    assert!((numbers(made[0].values.get("size"))[0] - 72.0).abs() < 0.1, "a step wider");
    window.until("the paint", |app| is_near(colour(app, [0.75, 0.3]), [255; 3], 2));
    drag(&mut window, [0.6, 0.7], [0.9, 0.7]);
    let made = effects(&window);
    assert_eq!(made.len(), 1, "it goes on with the paint before");
    assert!(numbers(made[0].values.get("strokes")).len() > strokes.len());
    window.until("more paint", |app| is_near(colour(app, [0.75, 0.7]), [255; 3], 2));
    drop(window.picture("correct-paint"));
    window.keys("Ctrl+Z");
    assert_eq!(numbers(effects(&window)[0].values.get("strokes")), strokes);
    window.keys("Ctrl+Z");
    assert!(effects(&window).is_empty());
}

#[test]
fn a_repair_is_moved_by_its_handles_and_seen_in_the_frames_that_keys_say() {
    let mut window = page();
    window.keys("H");
    window.keys("E");
    window.keys("1");
    drag(&mut window, BLEMISH, [0.3, 0.5]);
    window.keys("V");
    let made = effects(&window);
    assert_eq!(made[0].kind, "heal");
    let Some(Param::Animated(curve)) = &made[0].mix else { panic!("{:?}", made[0].mix) };
    assert_eq!(curve.follow, Follow::Content);
    let held: Vec<f64> =
        [0.0, 1.0].iter().map(|at| made[0].mix.as_ref().unwrap().number_at(*at, 9.0)).collect();
    assert_eq!(held, [1.0, 0.0], "this frame alone: {curve:?}");
    let source = window.place_of("Source of heal");
    window.drag(source, at(&window, [0.25, 0.8]));
    let offset = numbers(effects(&window)[0].values.get("offset"));
    assert!(is_at(&offset, [0.0, 0.3], 0.02), "{offset:?}");
    let target = window.place_of("Target of heal");
    window.drag(target, at(&window, [0.35, 0.5]));
    let moved = &effects(&window)[0];
    assert!(is_at(&numbers(moved.masks[0].values.get("centre")), [0.35, 0.5], 0.02));
    assert!(is_at(&numbers(moved.values.get("offset")), [-0.1, 0.3], 0.03), "the source stays");
    drop(window.picture("correct-handles"));
    window.keys("3");
    assert_eq!(effects(&window)[0].mix, None, "it is seen in the whole clip");
}

/// A number for every place of a grid, the same each time.
fn chance(x: i64, y: i64) -> f64 {
    let mixed = (x.wrapping_mul(0x9E37_79B9) ^ y.wrapping_mul(0x85EB_CA6B)) as u64;
    let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x2C1B_3C6D_49F3_A1B5);
    ((mixed ^ (mixed >> 32)) & 0xFFFF) as f64 / 65535.0
}

/// Noise in cells of 7 pixels, smooth between them.
fn noise(x: f64, y: f64) -> f64 {
    let (x, y) = (x / 7.0, y / 7.0);
    let (left, top) = (x.floor(), y.floor());
    let ease = |part: f64| part * part * (3.0 - 2.0 * part);
    let (u, v) = (ease(x - left), ease(y - top));
    let at = |dx: i64, dy: i64| chance(left as i64 + dx, top as i64 + dy);
    let line = |dy: i64| at(0, dy) * (1.0 - u) + at(1, dy) * u;
    line(0) * (1.0 - v) + line(1) * v
}

/// Pixels that everything moves in a frame.
const BY: [f64; 2] = [1.5, 0.75];

/// 16 frames of noise that moves.
pub(super) fn moving(path: &Path) {
    let raw = path.with_extension("raw");
    let mut bytes = Vec::new();
    for frame in 0..16 {
        let off = BY.map(|by| by * f64::from(frame));
        bytes.extend((0..SIZE[0] * SIZE[1]).map(|place| {
            let (x, y) = ((place % SIZE[0]) as f64, (place / SIZE[0]) as f64);
            (30.0 + 190.0 * noise(x - off[0], y - off[1])) as u8
        }));
    }
    std::fs::write(&raw, bytes).unwrap();
    let input = raw.to_str().unwrap();
    let form = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", "320x180", "-r", "25", "-i", input];
    let coding = ["-c:v", "ffv1", "-pix_fmt", "yuv420p", path.to_str().unwrap()];
    ffmpeg(&[&form[..], &coding].concat());
}

/// The places of a repair's middle, by frames of the source.
fn places(window: &Window) -> Vec<(i64, [f64; 2])> {
    let made = effects(window);
    let Some(Param::Animated(curve)) = made[0].masks[0].values.get("centre") else {
        panic!("{made:?}")
    };
    let place = |value: &Value| match value {
        Value::Vector(numbers) => [numbers[0], numbers[1]],
        other => panic!("{other:?}"),
    };
    curve.keys.iter().map(|key| (key.at.floor(), place(&key.value))).collect()
}

#[test]
fn a_repair_goes_with_what_it_lies_on_and_keys_by_hand_win() {
    let mut window = window_of("moving.mkv", moving);
    (0..4).for_each(|_| window.keys("Right"));
    window.until("the exact picture", App::is_exact);
    window.keys("P");
    window.keys("E");
    drag(&mut window, [0.4, 0.5], [0.46, 0.5]);
    window.keys("V");
    window.keys("Shift+.");
    window.until("the track", |app| !app.is_tracking());
    window.steps(2);
    let said = window.harness.state().said();
    let found = places(&window);
    let start = found[0].1;
    assert_eq!(
        found.iter().map(|it| it.0).collect::<Vec<_>>(),
        (4..16).collect::<Vec<_>>(),
        "{said:?}"
    );
    for (frame, place) in &found {
        for axis in [0, 1] {
            let moved = (place[axis] - start[axis]) * SIZE[axis] as f64;
            let expected = BY[axis] * (frame - 4) as f64;
            assert!((moved - expected).abs() < 0.3, "{frame}: {moved} {expected}");
        }
    }
    drop(window.picture("correct-track"));
    (0..3).for_each(|_| window.keys("Right"));
    window.until("the exact picture", App::is_exact);
    let target = window.place_of("Target of patch");
    window.drag(target, target + vec2(30.0, 0.0));
    let by_hand = places(&window)[3];
    assert_eq!(by_hand.0, 7);
    assert!((by_hand.1[0] - found[3].1[0]) * 320.0 > 4.0, "{by_hand:?}");
    (0..3).for_each(|_| window.keys("Left"));
    window.keys("T");
    window.until("the track", |app| !app.is_tracking());
    window.steps(2);
    let both = places(&window);
    assert_eq!(both.len(), 16, "back to the first frame too: {:?}", window.harness.state().said());
    assert_eq!(both[7], by_hand, "what a hand has set stays");
    assert!((both[8].1[0] - found[4].1[0]).abs() * 320.0 < 0.3);
}

#[test]
fn a_track_that_is_stopped_changes_nothing() {
    let mut window = window_of("moving.mkv", moving);
    window.keys("P");
    drag(&mut window, [0.4, 0.5], [0.46, 0.5]);
    let film = window.now();
    window.keys("T");
    window.keys("Shift+T");
    window.until("the end", |app| !app.is_tracking());
    window.steps(2);
    let is_same = std::sync::Arc::ptr_eq(&film, &window.now());
    let was_over =
        window.harness.state().said().iter().any(|words| words.contains("followed through"));
    assert!(is_same || was_over);
}

#[test]
fn going_to_a_fault_takes_up_what_mends_it_with_its_region_and_frames() {
    let mut window = page();
    window.ask("save");
    let film = window.now();
    let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
    let clip = reel.iter().find_map(|item| item.clip.clone()).unwrap();
    let of = match &clip.source {
        Source::Media(media) => Faulty::Media(*media),
        Source::Shot(shot) => Faulty::Take(*shot, film.shots[shot].take),
        other => panic!("{other:?}"),
    };
    let frames = [0, 3].map(timeline_format::Frames::whole);
    let mut fault = timeline_format::Fault::new(Id::parse("k3q9").unwrap(), "texture", frames, 1.0);
    fault.region = Some([0.2, 0.4, 0.3, 0.6]);
    let kept = roomtone::edit::keep_faults(&film, of, vec![fault]).unwrap();
    let path = window.film.clone();
    roomtone::project::save(&path, &kept.timeline).unwrap();
    let folder = std::mem::replace(&mut window.folder, Folder::new());
    drop(window);
    let mut window = Window::of(folder, "film.roomtone");
    window.ask("page-correct");
    window.until("the exact picture", App::is_exact);
    let label = roomtone::picture::faults::named("texture").unwrap().label;
    window.click(&format!("{label} k3q9"));
    window.until("the exact picture", App::is_exact);
    assert!(window.has("Region of the fault") && window.has("Lay Patch"));
    drop(window.picture("correct-fault"));
    window.keys("G");
    let made = effects(&window);
    assert_eq!((made.len(), made[0].kind.as_str()), (1, "inpaint"));
    let mask = &made[0].masks[0];
    assert!(is_at(&numbers(mask.values.get("centre")), [0.25, 0.5], 1e-4));
    assert!(is_at(&numbers(mask.values.get("size")), [0.1, 0.2], 1e-4));
    assert!(made[0].mix.is_some(), "in the frames of the fault");
}
