//! A film whose media are missing, renamed, cut short, empty, huge or not what their names say opens, plays,
//! says of each what is wrong, and is mended.

use super::rig::Window;
use crate::support::folder::Folder;
use std::path::Path;

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

/// A PNG whose header says that it is so wide and high, and has nothing else.
fn huge_png(side: u32) -> Vec<u8> {
    let mut chunk = b"IHDR".to_vec();
    chunk.extend(side.to_be_bytes());
    chunk.extend(side.to_be_bytes());
    chunk.extend([8, 2, 0, 0, 0]);
    let sum = chunk.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 }
        })
    });
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    bytes.extend(chunk);
    bytes.extend((!sum).to_be_bytes());
    bytes.extend(b"\0\0\0\0IEND\xae\x42\x60\x82");
    bytes
}

/// The sample film with each of its media broken in another way: which media, and words of what is said.
fn broken(folder: &Path) -> [(&'static str, &'static str); 6] {
    super::rig::sample(folder);
    let at = |name: &str| folder.join(name);
    let rain = std::fs::read(at("rain.mp4")).unwrap();
    std::fs::copy(at("rain.mp4"), at("street.jpg")).unwrap();
    std::fs::write(at("rain.mp4"), &rain[..rain.len() / 2]).unwrap();
    std::fs::write(at("desk.jpg"), b"").unwrap();
    std::fs::write(at("wind.ogg"), vec![0x55; 100_000]).unwrap();
    std::fs::write(at("roofs-3.png"), huge_png(60_000)).unwrap();
    std::fs::rename(at("sunlit-wall.jpg"), at("wall.jpg")).unwrap();
    [
        ("rain.mp4", "Invalid data"),
        ("street.jpg", "Invalid data"),
        ("desk.jpg", "the file is empty"),
        ("wind.ogg", "no picture or sound file that can be read"),
        ("roofs-3.png", "Invalid data"),
        ("sunlit-wall.jpg", "No such file"),
    ]
}

/// Looks into so many shots, and listens to the beginning.
fn go_through(window: &mut Window, shots: usize) {
    let film = window.now();
    let reel = film.main().unwrap().tracks[0].reel().unwrap();
    for (start, item) in reel.placed().take(shots) {
        window.keys("Ctrl+T");
        window.harness.event(eframe::egui::Event::Text((start + item.length / 2).to_string()));
        window.steps(2);
        window.keys("Enter");
        window.until("the exact picture", roomtone::ui::App::is_exact);
    }
    window.keys("Home");
    window.keys("Space");
    window.until("a later frame", |app| app.position() > 12);
    window.keys("Space");
    window.steps(3);
}

#[test]
fn each_broken_media_is_named_with_what_is_wrong() {
    let folder = Folder::new();
    let wrong = broken(folder.path());
    let mut window = Window::of(folder, "film.roomtone");
    go_through(&mut window, 9);
    let problems = window.harness.state().problems();
    for (file, words) in wrong {
        let line = problems.iter().find(|line| line.contains(file));
        assert!(line.is_some_and(|line| line.contains(words)), "{file}: {problems:#?}");
    }
}

#[test]
fn a_file_of_zeros_larger_than_memory_opens_and_is_named() {
    let folder = Folder::new();
    super::rig::sample(folder.path());
    let file = std::fs::File::create(folder.file("rain.mp4")).unwrap();
    file.set_len(64 << 30).unwrap();
    let mut window = Window::of(folder, "film.roomtone");
    go_through(&mut window, 5);
    let problems = window.harness.state().problems();
    assert!(problems.iter().any(|line| line.contains("rain.mp4")), "{problems:#?}");
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
