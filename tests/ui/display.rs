//! The true program at a true display: a virtual one, drawn by a software driver, used by real keys.

use super::killed::{long_clip, newest, size};
use super::rig::sample;
use super::screen::{Display, can_be, wait};
use crate::support::folder::Folder;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How often the true program is killed.
pub(super) const KILLS: usize = 4;
/// The film that lies on disk.
fn saved(film: &Path) -> Arc<timeline_format::Timeline> {
    Arc::new(roomtone::project::open(film).unwrap().0)
}

#[test]
fn a_marker_is_set_and_saved_by_keys_in_the_true_program() {
    if !can_be("a_marker_is_set_and_saved_by_keys_in_the_true_program") {
        return;
    }
    let folder = Folder::new();
    sample(folder.path());
    let film = folder.file("film.roomtone");
    let markers = || saved(&film).main().unwrap().markers.clone();
    let before = markers().len();
    let display = Display::start(folder.path());
    let mut program = display.open(&film);
    display.press(&["Home", "Right", "Right", "Right", "m", "ctrl+s"]);
    wait("the marker in the saved film", || markers().len() == before + 1);
    let places: Vec<i64> = markers().values().map(|marker| marker.at.floor()).collect();
    assert!(places.contains(&3), "{places:?}");
    display.press(&["ctrl+q"]);
    wait("the end", || program.0.try_wait().unwrap().is_some());
    assert!(program.0.wait().unwrap().success(), "{}", display.said());
}

#[test]
fn the_true_program_is_killed_and_loses_nothing_that_was_kept() {
    if !can_be("the_true_program_is_killed_and_loses_nothing_that_was_kept") {
        return;
    }
    let folder = Folder::new();
    let film = folder.file("film.roomtone");
    long_clip(&film);
    let display = Display::start(folder.path());
    let mut least = size(&newest(&film).0);
    for kill in 0..KILLS {
        let mut program = display.open(&film);
        wait("an edit", || {
            display.press(&["m"]);
            size(&newest(&film).0) > least
        });
        let kept = size(&newest(&film).0);
        display.press(&["m", "Right", "ctrl+k", "Right", "m"]);
        crossbeam::channel::after(Duration::from_millis(kill as u64 * 83)).recv().unwrap();
        program.0.kill().unwrap();
        program.0.wait().unwrap();
        least = size(&newest(&film).0);
        assert!(least >= kept, "kill {kill}: {least} of {kept}");
    }
    let _program = display.open(&film);
    display.press(&["ctrl+s"]);
    wait("the recovered film, saved", || size(&saved(&film)) == least);
}
