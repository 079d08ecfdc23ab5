//! A film whose media are missing, cut short, empty or not what their names say opens, plays, says what is
//! wrong, and is mended.

use super::rig::Window;
use crate::support::folder::Folder;

#[test]
fn missing_media_are_slates_until_they_are_found_again() {
    let (kept, away) = (Folder::new(), Folder::new());
    super::rig::sample(kept.path());
    std::fs::rename(kept.file("street.jpg"), away.file("street.jpg")).unwrap();
    let mut window = Window::of(kept, "film.roomtone");
    let said = window.harness.state().said().join("\n");
    assert!(said.contains("1 media are not where the film says"), "{said}");
    window.keys("Home");
    window.until("the exact picture", roomtone::ui::App::is_exact);
    window.harness.state_mut().relink(away.path());
    window.until("the media", |app| app.said().iter().any(|words| words == "1 media found"));
    let media = window.now();
    let street = media.media.values().find(|media| media.path.ends_with("street.jpg")).unwrap();
    assert!(window.film.parent().unwrap().join(&street.path).exists(), "{}", street.path);
}

#[test]
fn broken_media_do_not_stop_the_film() {
    let folder = Folder::new();
    super::rig::sample(folder.path());
    let rain = std::fs::read(folder.file("rain.mp4")).unwrap();
    std::fs::write(folder.file("rain.mp4"), &rain[..rain.len() / 2]).unwrap();
    std::fs::write(folder.file("desk.jpg"), b"").unwrap();
    std::fs::write(folder.file("wind.ogg"), vec![0x55; 100_000]).unwrap();
    std::fs::copy(folder.file("rain.mp4"), folder.file("street.jpg")).unwrap();
    let mut window = Window::of(folder, "film.roomtone");
    let length = window.now().main().unwrap().length();
    for frame in [0, length / 4, length / 3, length / 2, length - 1] {
        window.keys("Ctrl+T");
        window.harness.event(eframe::egui::Event::Text(frame.to_string()));
        window.steps(2);
        window.keys("Enter");
        window.until("the exact picture", roomtone::ui::App::is_exact);
    }
    window.keys("Home");
    window.keys("Space");
    window.until("a later frame", |app| app.position() > 12);
    window.keys("Space");
    window.steps(3);
    let problems = window.harness.state().problems();
    assert!(!problems.is_empty(), "what cannot be read is told");
}

#[test]
fn a_film_that_is_whole_has_nothing_to_tell() {
    let mut window = Window::with_sample();
    window.keys("Home");
    window.until("the exact picture", roomtone::ui::App::is_exact);
    window.keys("Space");
    window.until("a later frame", |app| app.position() > 12);
    window.keys("Space");
    window.steps(30);
    assert_eq!(window.harness.state().problems(), Vec::<String>::new());
}
