//! The select page: the takes of a shot beside each other, gone through, rated and chosen by one hand.

use super::rig::Window;
use crate::support::folder::Folder;
use crate::support::oracle;
use crate::support::program::done;
use eframe::egui::{Event, pos2};
use std::sync::Arc;
use std::time::Duration;
use timeline_format::shot::TakeState;
use timeline_format::{Frames, Id, Shot, Take};

fn roofs(window: &Window) -> Arc<Shot> {
    Arc::clone(&window.now().shots[&Id::parse("roofs").unwrap()])
}

fn take(window: &Window, id: &str) -> Take {
    let shot = roofs(window);
    shot.takes.iter().find(|take| take.id.as_str() == id).unwrap().clone()
}

/// The lengths of what is cut in.
fn lengths(window: &Window) -> Vec<i64> {
    let film = window.now();
    let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
    reel.iter().map(|item| item.length).collect()
}

/// The page of takes, on which those of the roofs lie: no other shot has as many.
fn at_takes() -> Window {
    let mut window = Window::with_sample();
    window.keys("Home");
    window.ask("page-select");
    window.steps(2);
    window.click("roofs");
    window
}

#[test]
fn takes_are_gone_through_rated_and_chosen_by_one_hand_and_no_cut_moves() {
    let mut window = Window::with_sample();
    let before = lengths(&window);
    window.ask("page-select");
    window.click("roofs");
    for take in ["t1", "t2", "t3"] {
        assert!(window.has(&format!("take {take} of roofs")), "{take}");
    }
    assert_eq!(roofs(&window).take.as_str(), "t3", "the sample is as it was");
    window.keys("Right");
    window.keys("X");
    assert_eq!(
        take(&window, "t1").state,
        TakeState::Reject,
        "the second best lies beside the best"
    );
    window.keys("Right");
    window.keys("1");
    assert_eq!(take(&window, "t2").state, TakeState::Keep);
    window.keys("Left");
    window.keys("2");
    assert_eq!(take(&window, "t1").state, TakeState::Maybe);
    window.keys("Left");
    window.keys("Left");
    window.keys("0");
    assert_eq!(take(&window, "t3").state, TakeState::New, "there is none to the left of the first");
    assert_eq!(roofs(&window).take.as_str(), "t3", "to look at one does not choose it");
    window.keys("Right");
    window.keys("C");
    assert_eq!(roofs(&window).take.as_str(), "t1");
    assert_eq!(lengths(&window), before);
    window.until("a picture", |app| app.problems().is_empty());
    window.rest(Duration::from_millis(400));
    window.picture("select-page");
    window.ask("page-edit");
    window.keys("X");
    assert_eq!(take(&window, "t1").state, TakeState::Maybe, "elsewhere X is what it was");
}

#[test]
fn the_sheet_goes_down_by_rows_and_shows_what_is_rated_so() {
    let mut window = at_takes();
    window.keys("Down");
    window.keys("3");
    let rejected = ["t1", "t2"].map(|id| take(&window, id).state);
    assert_eq!(rejected.iter().filter(|state| **state == TakeState::Reject).count(), 1);
    assert!(window.has("Takes: All, 3"));
    window.click("Takes: Reject, 1");
    let seen = ["t1", "t2", "t3"].map(|id| window.has(&format!("take {id} of roofs")));
    assert_eq!(seen.iter().filter(|is_seen| **is_seen).count(), 1, "{seen:?}");
    window.click("Takes: All, 3");
    assert!(window.has("take t3 of roofs"));
}

#[test]
fn what_is_thought_of_a_take_and_what_of_it_is_good_are_one_edit_each() {
    let mut window = at_takes();
    let steps = window.harness.state().edits().len();
    window.click("Note on the take");
    for part in ["X marks", " 1 hand"] {
        window.harness.event(Event::Text(part.into()));
        window.steps(2);
    }
    let state = take(&window, "t3").state;
    window.click("take t3 of roofs");
    assert!(take(&window, "t3").note.ends_with("X marks 1 hand"));
    assert_eq!(take(&window, "t3").state, state, "what is written rates nothing");
    assert_eq!(window.harness.state().edits()[steps..], ["Note on take"]);
    window.ask("mark-source-in");
    assert!(window.harness.state_mut().ask("use-marked"));
    assert_eq!(take(&window, "t3").windows, [[0, 1].map(Frames::whole)]);
    window.ask("use-all");
    assert!(take(&window, "t3").windows.is_empty());
    assert_eq!(window.harness.state().edits().len(), steps + 3);
}

#[test]
fn two_takes_at_a_time_end_in_an_order() {
    let mut window = at_takes();
    ["Right", "Right", "0"].into_iter().for_each(|keys| window.keys(keys));
    window.ask("duel");
    window.steps(2);
    let wanted = ["t2", "t3", "t1"];
    let place = |take: &str| wanted.iter().position(|known| *known == take).unwrap();
    let sides = |window: &Window| {
        let seen = |take: &&&str| window.has(&format!("Better: take {take} of roofs"));
        wanted.iter().filter(seen).copied().collect::<Vec<_>>()
    };
    let mut questions = 0;
    while let [one, other] = sides(&window)[..] {
        questions += 1;
        assert!(questions < 4, "three takes are at most three questions");
        let left = |take: &str| window.place_of(&format!("Better: take {take} of roofs")).x;
        let (left, right) = if left(one) < left(other) { (one, other) } else { (other, one) };
        let is_left = place(left) < place(right);
        let better = if is_left { left } else { right };
        if questions == 1 {
            window.keys(if is_left { "Left" } else { "Right" });
        } else {
            window.click(&format!("Better: take {better} of roofs"));
        }
        window.steps(2);
    }
    window.picture("takes-in-order");
    assert!(questions > 1);
    let ranks = wanted.map(|id| take(&window, id).rank);
    assert_eq!(ranks, [Some(1), Some(2), Some(3)]);
    assert!(window.has("In order, the best first: t2, t3, t1"));
    window.click("Compare anew");
    window.steps(2);
    assert_eq!(sides(&window).len(), 2);
    window.rest(Duration::from_millis(600));
    window.picture("two-takes");
}

/// A shot with a red take and a green one, of which the red one is in hand.
fn two_colours() -> Window {
    let folder = Folder::new();
    for (name, colour) in [("red", [255, 0, 0]), ("green", [0, 128, 0])] {
        let still = image::RgbImage::from_pixel(320, 180, image::Rgb(colour));
        still.save(folder.file(&format!("{name}.png"))).unwrap();
    }
    done(folder.path(), "new film.roomtone --size 320x180 --rate 25");
    done(folder.path(), "add film.roomtone red.png green.png --takes-of sea");
    let mut window = Window::of(folder, "film.roomtone");
    window.ask("page-select");
    window.steps(2);
    window.click("take red of sea");
    window
}

/// The frame in which two takes are seen: its middle, and how wide the picture in it is.
fn frame(window: &Window) -> (eframe::egui::Pos2, f32) {
    let place = window.rect_of("Two takes in one frame");
    (place.center(), place.width().min(place.height() * 16.0 / 9.0))
}

/// What is seen at places across it, from 0 to 1: r, g, y, o for red over green, or another sign.
fn colours(window: &mut Window, name: &str) -> String {
    window.rest(Duration::from_millis(400));
    let (middle, width) = frame(window);
    let picture = window.picture(name);
    let colour = |part: f32| {
        let at = pos2(middle.x + (part - 0.5) * width, middle.y + 3.0);
        match picture.get_pixel(at.x as u32, at.y as u32).0 {
            [100..=254, 10..=120, 0..=59, _] => 'o',
            [200..=255, 0..=59, 0..=59, _] => 'r',
            [0..=59, 90..=199, 0..=59, _] => 'g',
            [200..=255, 200..=255, 0..=59, _] => 'y',
            _ => '?',
        }
    };
    [0.1, 0.3, 0.45, 0.55, 0.7, 0.9].into_iter().map(colour).collect()
}

#[test]
fn two_takes_are_seen_in_one_frame_by_a_wipe_by_what_differs_over_each_other_and_in_turn() {
    let mut window = two_colours();
    window.keys("W");
    assert!(window.has("red against green"));
    assert_eq!(colours(&mut window, "takes-wipe"), "rrrggg");
    let (middle, width) = frame(&window);
    window.drag(middle, pos2(middle.x + 0.3 * width, middle.y));
    assert_eq!(colours(&mut window, "takes-wipe-dragged"), "rrrrrg");
    window.keys("D");
    assert_eq!(colours(&mut window, "takes-difference"), "yyyyyy");
    window.keys("V");
    assert_eq!(colours(&mut window, "takes-over"), "oooooo");
    for (wanted, name) in [("rrrrrr", "one"), ("gggggg", "other"), ("rrrrrr", "one-again")] {
        window.keys("F");
        assert_eq!(colours(&mut window, &format!("takes-flip-{name}")), wanted);
    }
    window.keys("G");
    assert!(!window.has("Two takes in one frame"));
    assert!(window.has("take red of sea"), "all are laid out again");
    assert!(window.harness.state().edits().is_empty(), "to look changes nothing");
}

#[test]
fn takes_are_held_against_the_chosen_one_or_the_one_that_was_said() {
    let mut window = at_takes();
    ["Right", "H", "Right", "W"].into_iter().for_each(|keys| window.keys(keys));
    assert!(window.has("t2 against t1"));
    window.keys("Left");
    assert!(window.has("t1 against t3"), "none is held against itself: the chosen one is");
    window.keys("W");
    assert!(window.has("take t1 of roofs"), "the same again lays them out");
}

#[test]
fn takes_play_beside_each_other_in_step_and_are_held_by_the_same_key() {
    if !oracle::have("ffmpeg", "takes_play_beside_each_other_in_step") {
        return;
    }
    let folder = Folder::new();
    for (name, length) in [("walk_take01", "48"), ("walk_take02", "48"), ("walk_take03", "12")] {
        let clip = folder.file(&format!("{name}.mkv"));
        let source = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=24", "-frames:v", length];
        let coding = ["-c:v", "ffv1", "-g", "1", "-pix_fmt", "yuv420p", clip.to_str().unwrap()];
        oracle::ffmpeg(&[&source[..], &coding].concat());
    }
    let takes = "walk_take01.mkv walk_take02.mkv walk_take03.mkv";
    done(folder.path(), "new film.roomtone --size 320x180 --rate 24");
    done(folder.path(), &format!("add film.roomtone {takes} --takes-of walk"));
    let mut window = Window::of(folder, "film.roomtone");
    window.ask("page-select");
    window.keys("Space");
    let is_late = |frames: &[i64]| frames.len() == 3 && frames.iter().all(|frame| *frame > 0);
    let frames = |app: &roomtone::ui::App| app.takes().into_values().collect::<Vec<_>>();
    window.until("later frames of all", |app| is_late(&frames(app)));
    window.until("a frame behind the end of the shortest", |app| {
        let seen = frames(app);
        seen.iter().max() > Some(&12) && seen.iter().min() == Some(&11)
    });
    window.keys("Space");
    window.until("the same moment of all", |app| {
        let seen = frames(app);
        let long: Vec<i64> = seen.iter().copied().filter(|frame| *frame != 11).collect();
        long.windows(2).all(|pair| pair[0] == pair[1])
    });
    let mut held = frames(window.harness.state());
    for _ in 0..50 {
        window.rest(Duration::from_millis(200));
        if frames(window.harness.state()) == held {
            break;
        }
        held = frames(window.harness.state());
    }
    assert_eq!(frames(window.harness.state()), held);
    window.picture("takes-playing");
    window.ask("play-takes");
    window.until("other frames", |app| frames(app) != held);
    assert_eq!(window.harness.state().position(), 0, "the film stands");
}

#[test]
fn takes_are_measured_meanwhile_and_sorted_as_the_program_sorts_them() {
    let mut window = at_takes();
    for id in ["t1", "t2", "t3"] {
        window.click(&format!("take {id} of roofs"));
        for _ in 0..3000 {
            if window.has("Sharpness") {
                break;
            }
            window.rest(Duration::from_millis(20));
        }
        assert!(window.has("Sharpness"), "{id} is measured");
    }
    window.click("Order of takes");
    window.click("By sharpness");
    window.steps(2);
    let place = |window: &Window, id: &str| {
        let at = window.place_of(&format!("take {id} of roofs"));
        (at.y as i64, at.x as i64)
    };
    let mut seen = vec!["t1", "t2", "t3"];
    seen.sort_by_key(|id| place(&window, id));
    let said = done(window.folder.path(), "takes film.roomtone roofs --by sharpness --json");
    let sorted: Vec<serde_json::Value> =
        said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let sorted = sorted.iter().filter(|object| object.get("measures").is_some());
    let sorted: Vec<&str> = sorted.map(|object| object["take"].as_str().unwrap()).collect();
    assert_eq!(seen, sorted);
    window.picture("takes-sorted");
}
