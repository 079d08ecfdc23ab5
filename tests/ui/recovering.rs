//! What is left beside a film that nobody can read is kept aside, under a name that is told.

use super::rig::{Window, sample};
use crate::support::folder::Folder;

#[test]
fn a_recovery_that_cannot_be_read_is_kept_and_told() {
    let folder = Folder::new();
    sample(folder.path());
    let left = folder.file(".film.roomtone.recovery");
    std::fs::write(&left, "half a line of what was not sa").unwrap();
    let mut window = Window::of(folder, "film.roomtone");
    let kept = window.beside("film-unreadable-1.recovery");
    let said = window.harness.state().said().join("\n");
    assert!(said.contains("film-unreadable-1.recovery"), "{said}");
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), "half a line of what was not sa");
    window.ask("add-marker");
    window.until("the new recovery", |_| left.exists());
    let found = roomtone::project::recovered(&window.film).unwrap().unwrap();
    assert_eq!(found.edits, 1);
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), "half a line of what was not sa");
}
