//! Stand-ins: made by themselves while nothing else is done, shown as what they are, left off when asked.

use super::rig::Window;
use crate::support::folder::Folder;
use crate::support::oracle;
use eframe::egui::vec2;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Bytes that hold a third of its frames: the exact ones have to be decoded again as one drags.
const BUDGET: usize = 48 << 20;

/// A window over a film of one large video whose frames lean on many others.
fn with_video(test: &str) -> Option<Window> {
    if !oracle::have("ffmpeg", test) {
        return None;
    }
    let folder = Folder::new();
    let mut film = roomtone::project::beginning(
        "1280x720".parse().unwrap(),
        "25".parse().unwrap(),
        48_000,
        "Large",
    );
    let path = folder.file("large.mp4");
    let source = "testsrc2=s=1280x720:r=25:d=4";
    let to = path.to_str().unwrap();
    let coding = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "250", "-pix_fmt", "yuv420p"];
    let mut words = vec!["-f", "lavfi", "-i", source];
    words.extend(coding);
    words.push(to);
    oracle::ffmpeg(&words);
    let media = roomtone::media::probe(&path).unwrap();
    roomtone::project::bring(&mut film, folder.path(), &path, media).unwrap();
    roomtone::project::save(&folder.file("film.roomtone"), &film).unwrap();
    Some(Window::within(BUDGET, folder, "film.roomtone"))
}

fn made(folder: &Path) -> Vec<PathBuf> {
    let found = std::fs::read_dir(folder.join(".roomtone-proxies"));
    found.into_iter().flatten().map(|entry| entry.unwrap().path()).collect()
}

fn is_whole(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "mov")
}

fn wait(window: &mut Window, most: Duration, mut is_done: impl FnMut(&Window) -> bool) -> bool {
    let start = Instant::now();
    while start.elapsed() < most {
        if is_done(window) {
            return true;
        }
        crossbeam::channel::after(Duration::from_millis(20)).recv().unwrap();
        window.steps(1);
    }
    false
}

#[test]
fn stand_ins_are_made_when_nobody_does_anything_and_shown_as_what_they_are() {
    let Some(mut window) = with_video("stand-ins by themselves") else { return };
    let folder = window.film.parent().unwrap().to_owned();
    assert!(made(&folder).is_empty(), "nobody is idle yet");
    let mut was_told = false;
    let long = Duration::from_mins(2);
    let done = wait(&mut window, long, |window| {
        was_told |= window.harness.state().stand_ins() == Some((0, 1));
        made(&folder).iter().any(|path| is_whole(path))
    });
    assert!(done && was_told, "made: {done}, told: {was_told}");
    window.ask("stand-ins-always");
    window.click("large.mp4");
    window.keys(".");
    window.keys("Home");
    window.keys("\\");
    window.until("the exact picture", roomtone::ui::App::is_exact);
    let from = window.place_of("Playhead");
    window.harness.hover_at(from);
    window.harness.drag_at(from);
    window.steps(1);
    let mut was_seen = false;
    for step in 0..400 {
        let far = if step % 2 == 0 { 300.0 } else { -250.0 };
        window.harness.hover_at(from + vec2(far + step as f32 * 0.2, 0.0));
        was_seen |= wait(&mut window, Duration::from_millis(400), |window| {
            window.harness.state().is_stand_in()
        });
        if was_seen {
            break;
        }
    }
    assert!(was_seen, "no stand-in was seen while one dragged");
    window.picture("stand-in");
    window.harness.drop_at(from);
    window.until("the exact picture", roomtone::ui::App::is_exact);
    assert!(!window.harness.state().is_stand_in());
}

#[test]
fn no_stand_in_is_made_where_none_is_wanted() {
    let Some(mut window) = with_video("no stand-ins") else { return };
    let folder = window.film.parent().unwrap().to_owned();
    window.ask("stand-ins-never");
    let came = wait(&mut window, Duration::from_secs(5), |_| !made(&folder).is_empty());
    assert!(!came, "{:?}", made(&folder));
    window.ask("make-stand-ins");
    let long = Duration::from_mins(2);
    assert!(wait(&mut window, long, |_| made(&folder).iter().any(|path| is_whole(path))));
}

#[test]
fn closing_the_window_leaves_no_half_of_a_stand_in() {
    let Some(mut window) = with_video("stand-ins at close") else { return };
    let folder = window.film.parent().unwrap().to_owned();
    window.ask("stand-ins-always");
    let began = wait(&mut window, Duration::from_mins(2), |_| !made(&folder).is_empty());
    assert!(began, "nothing was begun");
    let Window { harness, folder: kept, .. } = window;
    drop(harness);
    let halves: Vec<_> = made(&folder).into_iter().filter(|path| !is_whole(path)).collect();
    assert!(halves.is_empty(), "{halves:?}");
    drop(kept);
}
