//! The sheet of takes, kept small by one hand: near-duplicates fold, a grid fills it, reasons are said, takes are
//! brought into step.

use super::rig::Window;
use crate::support::folder::Folder;
use crate::support::oracle;
use crate::support::program::done;
use std::time::Duration;
use timeline_format::shot::TakeState;
use timeline_format::{Frames, Id, Take};

fn take(window: &Window, shot: &str, id: &str) -> Take {
    let film = window.now();
    let shot = &film.shots[&Id::parse(shot).unwrap()];
    shot.takes.iter().find(|take| take.id.as_str() == id).unwrap().clone()
}

/// A shot with two takes that are nearly one, and another between them.
fn likes() -> Window {
    let folder = Folder::new();
    let scene = |seed: u32, light: u32| {
        image::RgbImage::from_fn(320, 180, |x, y| {
            let code = (x / 40 * 7 + y / 45 * 13 + seed) * 57 % 200 + light;
            image::Rgb([code as u8; 3])
        })
    };
    for (name, seed, light) in [("a", 0, 10), ("b", 5, 10), ("c", 0, 16)] {
        scene(seed, light).save(folder.file(&format!("{name}.png"))).unwrap();
    }
    done(folder.path(), "new film.roomtone --size 320x180 --rate 25");
    done(folder.path(), "add film.roomtone a.png b.png c.png --takes-of sea");
    let mut window = Window::of(folder, "film.roomtone");
    window.ask("page-select");
    window.steps(2);
    window.click("take a of sea");
    window
}

#[test]
fn near_duplicates_fold_beneath_the_first_of_them_and_unfold() {
    let mut window = likes();
    for id in ["a", "b", "c"] {
        window.click(&format!("take {id} of sea"));
        for _ in 0..3000 {
            if window.has("Sharpness") {
                break;
            }
            window.rest(Duration::from_millis(20));
        }
    }
    let seen = |window: &Window| ["a", "b", "c"].map(|id| window.has(&format!("take {id} of sea")));
    assert_eq!(seen(&window), [true; 3]);
    window.keys("S");
    window.steps(2);
    assert_eq!(seen(&window), [true, true, false]);
    window.picture("takes-folded");
    window.keys("S");
    window.steps(2);
    assert_eq!(seen(&window), [true; 3]);
    assert!(window.harness.state().edits().is_empty(), "to fold changes nothing");
}

#[test]
fn a_grid_fills_the_sheet_and_grows_to_twenty_five() {
    let mut window = likes();
    let width = |window: &Window| window.rect_of("take a of sea").width();
    let usual = width(&window);
    let mut widths = Vec::new();
    for _ in 0..4 {
        window.keys("B");
        window.steps(2);
        widths.push(width(&window));
    }
    assert!(widths.windows(2).all(|pair| pair[0] > pair[1]), "{widths:?}");
    window.keys("B");
    window.steps(2);
    assert!((width(&window) - usual).abs() < 1.0, "as large as their size lets again");
}

#[test]
fn a_key_says_why_a_take_is_not_the_one_and_takes_it_back() {
    let mut window = likes();
    window.keys("4");
    window.keys("6");
    let said = take(&window, "sea", "a");
    assert_eq!(
        (said.state, said.reasons),
        (TakeState::Reject, vec!["hands".into(), "flicker".into()])
    );
    window.keys("4");
    assert_eq!(take(&window, "sea", "a").reasons, ["flicker"]);
    window.keys("Right");
    window.keys("1");
    window.keys("8");
    let kept = take(&window, "sea", "b");
    assert_eq!(
        (kept.state, kept.reasons),
        (TakeState::Keep, vec!["light".into()]),
        "what was kept stays kept"
    );
    window.click("Because of light");
    assert!(take(&window, "sea", "b").reasons.is_empty());
    window.picture("takes-reasons");
}

#[test]
fn takes_are_brought_into_step_by_hand_and_by_what_moves() {
    if !oracle::have("ffmpeg", "takes_are_brought_into_step") {
        return;
    }
    let folder = Folder::new();
    for (name, from) in [("walk_take01", 9), ("walk_take02", 0)] {
        let clip = folder.file(&format!("{name}.mkv"));
        let filter = format!("trim=start_frame={from}:end_frame=48,setpts=PTS-STARTPTS");
        let source = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=24", "-vf", &filter];
        let coding = ["-c:v", "ffv1", "-pix_fmt", "yuv420p", clip.to_str().unwrap()];
        oracle::ffmpeg(&[&source[..], &coding].concat());
    }
    done(folder.path(), "new film.roomtone --size 320x180 --rate 24");
    done(folder.path(), "add film.roomtone walk_take01.mkv walk_take02.mkv --takes-of walk");
    let mut window = Window::of(folder, "film.roomtone");
    window.ask("page-select");
    window.steps(2);
    window.click("take walk_take02 of walk");
    let offset = |window: &Window| take(window, "walk", "walk_take02").offset;
    ["]", "]", "["].into_iter().for_each(|keys| window.keys(keys));
    assert_eq!(offset(&window), Frames::whole(1));
    window.keys("A");
    window
        .until("the takes in step", |app| app.edits().last().is_some_and(|it| it == "Align takes"));
    assert_eq!(offset(&window), Frames::whole(9));
    window.ask("undo");
    assert_eq!(offset(&window), Frames::whole(1), "all of it is one edit");
}
