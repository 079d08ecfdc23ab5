//! The viewers: looked at closer, played, marked, compared, on the whole screen.

use super::rig::Window;
use crate::support::oracle;
use eframe::egui::{Pos2, Rect, pos2, vec2};
use image::{Rgb, RgbImage, RgbaImage};
use std::time::Duration;

/// A still of the film's size whose colours say where in it one is: red across, green down.
fn map() -> RgbImage {
    RgbImage::from_fn(320, 180, |x, y| Rgb([(x * 255 / 319) as u8, (y * 255 / 179) as u8, 40]))
}

/// A window over a film of a still that says where one is, at its first frame.
fn with_map() -> Window {
    let mut window = Window::empty();
    let path = window.beside("map.png");
    map().save(&path).unwrap();
    window.drop_file(path);
    window.until("the media", |app| app.film().unwrap().media.len() == 1);
    window.steps(2);
    window.click("map.png");
    window.keys(".");
    window.keys("Ctrl+Shift+A");
    window.keys("Home");
    window.until("the exact picture", roomtone::ui::App::is_exact);
    window.steps(3);
    window
}

/// Looks for something in the browser, and takes it up.
fn take_up(window: &mut Window, name: &str) {
    window.keys("Ctrl+F");
    window.harness.event(eframe::egui::Event::Text(name.into()));
    window.steps(3);
    window.click(name);
}

/// Where in the still one is, from 0 to 1, at a place on the screen.
fn seen_at(picture: &RgbaImage, at: Pos2) -> (f32, f32) {
    let pixel = picture.get_pixel(at.x as u32, at.y as u32).0;
    (f32::from(pixel[0]) / 255.0, f32::from(pixel[1]) / 255.0)
}

fn is_near(a: (f32, f32), b: (f32, f32)) -> bool {
    (a.0 - b.0).abs() < 0.02 && (a.1 - b.1).abs() < 0.02
}

#[test]
fn the_wheel_looks_closer_at_what_is_under_the_pointer_and_a_drag_moves_it() {
    let mut window = with_map();
    let viewer = window.rect_of("Program viewer");
    let at = viewer.center() + vec2(60.0, 30.0);
    let beside = at + vec2(-50.0, 0.0);
    let before = window.picture("viewer-fit");
    window.wheel(at, 200.0);
    window.harness.remove_cursor();
    window.steps(2);
    let closer = window.picture("viewer-closer");
    assert!(is_near(seen_at(&before, at), seen_at(&closer, at)), "what is under the pointer stays");
    let apart = |picture: &RgbaImage| seen_at(picture, at).0 - seen_at(picture, beside).0;
    let factor = apart(&before) / apart(&closer);
    assert!((1.8..2.8).contains(&factor), "{factor}");
    window.drag(at, at + vec2(40.0, 25.0));
    window.harness.remove_cursor();
    window.steps(2);
    let moved = window.picture("viewer-moved");
    assert!(is_near(seen_at(&closer, at), seen_at(&moved, at + vec2(40.0, 25.0))));
    window.wheel(at, -2000.0);
    window.wheel(at, 40.0);
    window.ask("viewer-fit");
    window.steps(2);
    window.harness.remove_cursor();
    window.steps(2);
    let fit = window.picture("viewer-fit-again");
    assert!(is_near(seen_at(&before, at), seen_at(&fit, at)));
}

#[test]
fn a_picture_is_shown_pixel_for_pixel_by_command() {
    let mut window = with_map();
    let viewer = window.rect_of("Program viewer");
    for (command, points) in [("viewer-actual", 1.0), ("viewer-double", 2.0), ("viewer-half", 0.5)]
    {
        window.ask(command);
        window.steps(2);
        let picture = window.picture(command);
        let middle = viewer.center();
        let across = 40.0 * points;
        let (left, right) = (
            seen_at(&picture, middle - vec2(across, 0.0)),
            seen_at(&picture, middle + vec2(across, 0.0)),
        );
        let pixels = (right.0 - left.0) * 319.0;
        assert!(
            (pixels - 80.0).abs() < 2.0,
            "{command}: {pixels} pixels in {} points",
            2.0 * across
        );
    }
    window.ask("viewer-larger");
    window.ask("viewer-smaller");
    assert!(window.has("Size of the film"));
}

#[test]
fn the_source_viewer_looks_closer_by_itself() {
    let mut window = with_map();
    window.click("map.png");
    let (source, program) = (window.rect_of("Source viewer"), window.rect_of("Program viewer"));
    window.rest(Duration::from_millis(300));
    let before = window.picture("source-fit");
    window.keys("Ctrl+Alt+Shift+D");
    window.rest(Duration::from_millis(300));
    let after = window.picture("source-double");
    let off = vec2(50.0, 0.0);
    let apart = |picture: &RgbaImage, place: Rect| {
        seen_at(picture, place.center() + off).0 - seen_at(picture, place.center()).0
    };
    assert!((apart(&before, program) - apart(&after, program)).abs() < 0.01);
    let pixels = apart(&after, source) * 319.0;
    assert!((pixels - 25.0).abs() < 1.5, "50 points are 25 pixels at 200%: {pixels}");
    assert!(apart(&before, source) > apart(&after, source));
}

#[test]
fn marks_and_steps_act_on_the_viewer_that_has_the_keys() {
    let mut window = Window::with_sample();
    take_up(&mut window, "rain.mp4");
    (0..3).for_each(|_| window.keys("Right"));
    window.keys("I");
    (0..5).for_each(|_| window.keys("Right"));
    window.keys("O");
    let (film, source) = (window.harness.state().marks(), window.harness.state().source());
    assert_eq!((film, source), ((None, None), Some((8, Some(3), Some(9)))));
    assert_eq!(window.harness.state().position(), 0, "the film stays where it is");
    window.keys("Shift+I");
    assert_eq!(window.harness.state().source().unwrap().0, 3);
    window.keys("Shift+O");
    assert_eq!(window.harness.state().source().unwrap().0, 8);
    window.keys("End");
    assert_eq!(window.harness.state().source().unwrap().0, 83);
    assert!(window.has("00:00:03:08"), "its timecode is seen: frame 83 at 25");
    window.click("Program viewer");
    (0..2).for_each(|_| window.keys("Right"));
    window.keys("I");
    (0..2).for_each(|_| window.keys("Right"));
    window.keys("O");
    assert_eq!(window.harness.state().marks(), (Some(2), Some(5)));
    assert_eq!(window.harness.state().source(), Some((83, Some(3), Some(9))));
    window.keys("Alt+Q");
    window.keys("Home");
    assert_eq!(
        (window.harness.state().source().unwrap().0, window.harness.state().position()),
        (0, 4)
    );
    window.keys("Ctrl+Alt+I");
    window.click("Mark source out");
    assert_eq!(window.harness.state().source(), Some((0, Some(0), Some(1))));
    window.click("Clear source marks");
    assert_eq!(window.harness.state().source(), Some((0, None, None)));
}

#[test]
fn what_is_marked_in_the_source_is_what_is_laid_and_the_film_has_the_keys_again() {
    let mut window = Window::with_sample();
    take_up(&mut window, "rain.mp4");
    (0..10).for_each(|_| window.keys("Right"));
    window.keys("I");
    (0..14).for_each(|_| window.keys("Right"));
    window.keys("O");
    let before = window.now().main().unwrap().length();
    window.keys(",");
    assert_eq!(
        window.now().main().unwrap().length(),
        before + 15,
        "{:?}",
        window.harness.state().said()
    );
    assert_eq!(window.harness.state().position(), 15);
    window.keys("Home");
    assert_eq!(window.harness.state().position(), 0, "the keys went back to the film");
}

#[test]
fn the_source_plays_with_its_sound_at_every_speed() {
    let mut window = Window::with_sample();
    take_up(&mut window, "rain.mp4");
    window.keys("Space");
    window.until("a later frame of the source", |app| app.source().unwrap().0 > 10);
    window.until("its sound", |app| app.heard() > 1e-3);
    assert_eq!(window.harness.state().position(), 0, "the film is held");
    window.keys("K");
    window.steps(2);
    let held = window.harness.state().source().unwrap().0;
    window.rest(Duration::from_millis(200));
    assert_eq!(window.harness.state().source().unwrap().0, held);
    window.keys("J");
    window.until("an earlier frame", |app| app.source().unwrap().0 < held - 2);
    window.keys("K");
    window.keys("Home");
    window.keys("L");
    window.keys("L");
    window.keys("L");
    window.until("the end", |app| app.source().unwrap().0 == 83);
    window.picture("source-played");
    window.click("Program viewer");
    window.keys("Space");
    window.until("a later frame of the film", |app| app.position() > 5);
    window.click("Play source");
    window.until("an earlier frame of the source", |app| app.source().unwrap().0 < 80);
    let held = window.harness.state().position();
    window.rest(Duration::from_millis(200));
    assert_eq!(window.harness.state().position(), held, "one viewer plays at a time");
}

#[test]
fn the_source_is_gone_along_by_the_pointer_and_sound_alone_is_played_too() {
    let mut window = Window::with_sample();
    take_up(&mut window, "wind.ogg");
    let bar = window.rect_of("Source playhead");
    let at = |part: f32| pos2(bar.left() + bar.width() * part, bar.center().y);
    window.drag(at(0.1), at(0.5));
    let frame = window.harness.state().source().unwrap().0;
    assert!((570_000..582_000).contains(&frame), "samples: {frame}");
    assert!(window.has("00:00:12:00") || window.has("00:00:11:24"), "its timecode is the film's");
    window.keys("Space");
    window.until("a later sample", |app| app.source().unwrap().0 > frame + 9600);
    window.until("its sound", |app| app.heard() > 1e-4);
    window.keys("Space");
    window.picture("source-sound");
}

/// Two stills of one colour, of which the first is cut in and the second is viewed.
fn red_and_green() -> Window {
    let mut window = super::cutting::with_stills();
    window.click("still-0.png");
    window.keys(".");
    window.keys("Home");
    window.click("still-1.png");
    window.until("the exact picture", roomtone::ui::App::is_exact);
    window
}

/// What is seen at places across a viewer, from 0 to 1: r, g, b or another letter.
fn colours(window: &mut Window, name: &str, parts: &[f32]) -> String {
    window.rest(Duration::from_millis(400));
    let viewer = window.rect_of("Program viewer");
    let picture = window.picture(name);
    let colour = |part: &f32| {
        let at = pos2(viewer.left() + viewer.width() * part, viewer.center().y + 3.0);
        match picture.get_pixel(at.x as u32, at.y as u32).0 {
            [200..=255, 0..=59, 0..=59, _] => 'r',
            [0..=59, 90..=199, 0..=59, _] => 'g',
            [200..=255, 200..=255, 0..=59, _] => 'y',
            _ => '?',
        }
    };
    parts.iter().map(colour).collect()
}

#[test]
fn the_film_is_compared_beside_by_a_wipe_and_by_what_differs() {
    let mut window = red_and_green();
    let parts = [0.1, 0.3, 0.45, 0.55, 0.7, 0.9];
    assert_eq!(colours(&mut window, "compare-off", &parts), "rrrrrr");
    window.ask("compare-wipe");
    assert_eq!(colours(&mut window, "compare-wipe", &parts), "rrrggg");
    let (viewer, line) = (window.rect_of("Program viewer"), window.place_of("Wipe line"));
    window.drag(line, pos2(viewer.left() + viewer.width() * 0.8, line.y));
    assert_eq!(colours(&mut window, "compare-wipe-dragged", &parts), "rrrrrg");
    window.ask("compare-split");
    assert_eq!(colours(&mut window, "compare-split", &parts), "rrrggg");
    window.ask("compare-difference");
    assert_eq!(
        colours(&mut window, "compare-difference", &parts),
        "yyyyyy",
        "red and green, both far"
    );
    window.ask("compare-off");
    assert_eq!(colours(&mut window, "compare-off-again", &parts), "rrrrrr");
}

#[test]
fn both_sides_of_any_cut_under_the_playhead_are_seen() {
    let mut window = super::cutting::with_stills();
    for number in 0..3 {
        window.click(&format!("still-{number}.png"));
        window.keys(".");
    }
    window.keys("Home");
    window.keys("Ctrl+Shift+A");
    window.ask("two-up");
    let sides = |before: &str, behind: &str| {
        (
            format!("Last before the cut: {before} frame 0"),
            format!("First behind the cut: {behind} frame 0"),
        )
    };
    (0..7).for_each(|_| window.keys("Shift+Right"));
    window.steps(2);
    let (before, behind) = sides("still-0.png", "still-1.png");
    assert!(window.has(&before) && window.has(&behind), "70 of 75: its tail is nearer");
    assert_eq!(colours(&mut window, "two-up", &[0.25]), "r");
    (0..7).for_each(|_| window.keys("Shift+Right"));
    let (before, behind) = sides("still-1.png", "still-2.png");
    assert!(window.has(&before) && window.has(&behind), "140 of 150");
    assert_eq!(colours(&mut window, "two-up-next", &[0.25]), "g");
}

#[test]
fn overlays_are_drawn_and_taken_away_by_command() {
    let mut window = with_map();
    window.ask("viewer-double");
    window.steps(2);
    let viewer = window.rect_of("Program viewer");
    let drawn = Rect::from_center_size(viewer.center(), vec2(640.0, 360.0)).intersect(viewer);
    let bare = window.picture("overlays-none");
    let differ = |one: &RgbaImage, other: &RgbaImage| {
        let inside =
            one.enumerate_pixels().filter(|(x, y, _)| drawn.contains(pos2(*x as f32, *y as f32)));
        inside.filter(|(x, y, pixel)| pixel.0 != other.get_pixel(*x, *y).0).count()
    };
    for command in ["safe-areas", "guides", "overlay-words"] {
        window.ask(command);
        window.steps(2);
        let with = window.picture(command);
        assert!(differ(&bare, &with) > 300, "{command} draws nothing");
        window.ask(command);
        window.steps(2);
        let without = window.picture("overlays-again");
        assert_eq!(differ(&bare, &without), 0, "{command} stays");
    }
}

#[test]
fn the_whole_screen_has_every_pixel_of_the_film() {
    let mut window = Window::with_sample_at([1920.0, 1080.0], 1.0);
    (0..7).for_each(|_| window.keys("Shift+Right"));
    window.keys("F11");
    window.until("the exact picture", roomtone::ui::App::is_exact);
    window.steps(3);
    let screen = window.picture("full-screen-pixels");
    let shown = window.harness.state().picture().unwrap();
    let png = roomtone::deliver::png(&shown, false).unwrap();
    let film = image::load_from_memory(&png).unwrap().to_rgb8();
    assert_eq!((screen.width(), screen.height()), (film.width(), film.height()));
    let pairs = screen.pixels().zip(film.pixels());
    let wrong = pairs.filter(|(a, b)| (0..3).any(|c| a.0[c].abs_diff(b.0[c]) > 1)).count();
    assert_eq!(wrong, 0, "pixels of the screen are not those of the film");
    window.keys("Escape");
    assert!(window.has("Program viewer"), "Escape leads back");
}

#[test]
fn match_frame_shows_the_frame_that_the_film_shows_backwards_too() {
    if !oracle::have("ffmpeg", "match frame") {
        return;
    }
    let mut window = Window::empty();
    let raw = crate::support::barcode::raw(window.folder.path(), 50);
    let path =
        crate::support::barcode::coded(&raw, "counted.mp4", "25", "-c:v libx264 -qp 0 -g 12");
    window.drop_file(path);
    window.until("the media", |app| app.film().unwrap().media.len() == 1);
    window.steps(2);
    window.click("counted.mp4");
    window.keys(".");
    window.keys("Home");
    window.ask("reverse");
    (0..10).for_each(|_| window.keys("Right"));
    window.keys("F");
    window.until("the exact picture", roomtone::ui::App::is_exact);
    window.rest(Duration::from_millis(600));
    let picture = window.picture("match-frame");
    let number = |viewer: &str| super::reel::number_in(&picture, window.rect_of(viewer));
    assert_eq!((number("Program viewer"), number("Source viewer")), (39, 39));
    assert_eq!(window.harness.state().source().unwrap().0, 39);
}
