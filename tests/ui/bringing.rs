//! Media are brought in by dialog and by dropping folders; lost ones are found again through their dialog.

use super::rig::Window;
use crate::support::folder::Folder;
use egui_kittest::kittest::Queryable as _;
use std::path::Path;

fn still(path: &Path) {
    image::RgbImage::from_pixel(32, 18, image::Rgb([200, 90, 40])).save(path).unwrap();
}

fn names(window: &Window) -> Vec<String> {
    let film = window.now();
    let mut names: Vec<String> = film.media.values().map(|media| media.path.clone()).collect();
    names.sort();
    names
}

/// Clicks the lowest of what is labelled so.
fn press(window: &mut Window, label: &str) {
    let found = window.harness.query_all_by_label_contains(label).map(|node| node.rect());
    let lowest = found.max_by(|a, b| a.top().total_cmp(&b.top()));
    let place = lowest.unwrap_or_else(|| panic!("there is no {label}")).center();
    window.click_at(place);
    window.steps(2);
}

#[test]
fn a_folder_is_dropped_with_all_that_is_in_it() {
    let mut window = Window::empty();
    let folder = window.beside("shots");
    std::fs::create_dir_all(folder.join("deeper")).unwrap();
    still(&folder.join("a.png"));
    still(&folder.join("deeper/b.png"));
    for number in 1..=5 {
        still(&folder.join(format!("run-{number:04}.png")));
    }
    std::fs::write(folder.join("notes.txt"), "no media").unwrap();
    window.drop_file(folder);
    window.until("the media", |app| app.film().unwrap().media.len() == 3);
    assert_eq!(names(&window), ["shots/a.png", "shots/deeper/b.png", "shots/run-####.png"]);
    window.steps(3);
    assert!(window.has("a.png") && window.has("b.png"));
    window.keys("Ctrl+Z");
    assert!(names(&window).is_empty(), "one edit brought them all");
}

#[test]
fn files_are_chosen_in_the_import_dialog() {
    let mut window = Window::empty();
    still(&window.beside("one.png"));
    still(&window.beside("two.png"));
    window.keys("Ctrl+I");
    window.steps(6);
    window.picture("import-dialog");
    press(&mut window, "one.png");
    press(&mut window, "Open");
    window.until("the media", |app| app.film().unwrap().media.len() == 1);
    assert_eq!(names(&window), ["one.png"]);
    window.keys("Ctrl+I");
    window.steps(6);
    window.keys("Escape");
    window.steps(4);
    assert_eq!(names(&window).len(), 1, "waved away, it does nothing");
}

#[test]
fn lost_media_are_found_through_the_relink_dialog() {
    let kept = Folder::new();
    super::rig::sample(kept.path());
    std::fs::create_dir(kept.file("moved")).unwrap();
    std::fs::rename(kept.file("street.jpg"), kept.file("moved/street.jpg")).unwrap();
    let mut window = Window::of(kept, "film.roomtone");
    window.ask("relink-media");
    window.steps(6);
    window.picture("relink-dialog");
    press(&mut window, "moved");
    press(&mut window, "Open");
    window.until("the media", |app| app.said().iter().any(|words| words == "1 media found"));
    let film = window.now();
    let street = film.media.values().find(|media| media.path.contains("street")).unwrap();
    assert_eq!(street.path, "moved/street.jpg");
    assert!(window.harness.query_all_by_label_contains("not where the film says").count() == 0);
}
