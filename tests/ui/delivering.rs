//! The delivery page: a queue, what is stopped, what fails and is tried again, while editing goes on.

use super::rig::Window;
use egui_kittest::kittest::Queryable as _;
use std::path::Path;

/// A window at its delivery page, with the first frames of the film marked.
fn with_marks(frames: usize) -> Window {
    let mut window = Window::with_sample();
    window.keys("Home");
    window.keys("I");
    (0..frames / 10).for_each(|_| window.keys("Shift+Right"));
    window.keys("O");
    window.ask("page-deliver");
    window.click("Only the marked span");
    window
}

/// Asks for a delivery to a place.
fn deliver(window: &mut Window, to: &Path) {
    let field =
        window.harness.get_by_role_and_label(eframe::egui::accesskit::Role::TextInput, "Where to");
    field.focus();
    window.steps(2);
    window.keys("Ctrl+A");
    window.harness.event(eframe::egui::Event::Text(to.display().to_string()));
    window.steps(2);
    window.click(&format!("{} Deliver the film", egui_phosphor::regular::EXPORT));
}

fn told(window: &Window, words: &str) -> usize {
    window.harness.query_all_by_label_contains(words).count()
}

#[test]
fn two_wait_for_each_other_while_one_edits_and_time_left_is_told() {
    let mut window = with_marks(30);
    let (one, two) = (window.beside("one.mp4"), window.beside("two.mp4"));
    deliver(&mut window, &one);
    deliver(&mut window, &two);
    window.steps(2);
    assert_eq!(told(&window, "waits"), 1, "one runs, one waits");
    let mut was_told = false;
    let before = window.now();
    window.ask("page-edit");
    window.keys("Right");
    window.ask("add-marker");
    assert_eq!(
        window.now().main().unwrap().markers.len(),
        before.main().unwrap().markers.len() + 1
    );
    window.ask("page-deliver");
    for _ in 0..20_000 {
        was_told |= told(&window, "left") > 0;
        if window.harness.state().deliveries().0 {
            break;
        }
        crossbeam::channel::after(std::time::Duration::from_millis(30)).recv().unwrap();
        window.steps(1);
    }
    assert!(was_told, "how long it takes was not told");
    assert!(window.harness.state().deliveries().1.is_empty());
    assert_eq!(told(&window, "31 frames in"), 2);
    window.picture("delivered");
    for path in [&one, &two] {
        let media = roomtone::media::probe(path).unwrap();
        assert_eq!(media.length.unwrap().floor(), 31, "{}", path.display());
    }
    window.click("Take away one.mp4");
    assert_eq!(told(&window, "31 frames in"), 1);
    assert!(one.exists(), "the file stays");
}

#[test]
fn one_is_stopped_leaves_nothing_half_and_is_tried_again() {
    let mut window = with_marks(40);
    let (one, two) = (window.beside("one.mp4"), window.beside("two.mp4"));
    deliver(&mut window, &one);
    deliver(&mut window, &two);
    window.until("some progress", |app| !app.deliveries().0);
    window.rest(std::time::Duration::from_millis(300));
    window.click("Stop two.mp4");
    assert_eq!(told(&window, "waits"), 0, "what waits is taken out of the queue");
    window.click("Stop one.mp4");
    window.until("its end", |app| app.deliveries().0);
    assert!(window.harness.state().deliveries().1.is_empty(), "to be stopped is no failure");
    assert_eq!(told(&window, "stopped at frame"), 1);
    assert!(!one.exists(), "nothing half lies under its name");
    window.click("Try again one.mp4");
    window.steps(2);
    window.until("its end", |app| app.deliveries().0);
    assert!(one.exists() && !two.exists());
    assert_eq!(told(&window, "41 frames in"), 1);
}

#[test]
fn one_that_fails_says_why_and_can_be_tried_again() {
    let mut window = with_marks(10);
    let folder = window.beside("not-there");
    let path = folder.join("film.mp4");
    deliver(&mut window, &path);
    window.until("its end", |app| app.deliveries().0);
    let failed = window.harness.state().deliveries().1;
    assert_eq!(failed.len(), 1);
    assert!(failed[0].contains("not-there"), "it says where: {failed:?}");
    assert!(told(&window, &failed[0]) > 0, "what is said is seen");
    window.picture("delivery-failed");
    std::fs::create_dir(&folder).unwrap();
    window.click("Try again film.mp4");
    window.steps(2);
    window.until("its end", |app| app.deliveries().0);
    assert!(window.harness.state().deliveries().1.is_empty() && path.exists());
}

#[test]
fn what_is_there_is_kept_unless_one_says_otherwise() {
    let mut window = with_marks(10);
    let path = window.beside("film.mp4");
    std::fs::write(&path, b"kept").unwrap();
    deliver(&mut window, &path);
    assert!(window.harness.state().deliveries().0, "nothing was queued");
    assert!(window.harness.state().said().join("\n").contains("is there already"));
    assert_eq!(std::fs::read(&path).unwrap(), b"kept");
    window.click("Replace what is there");
    deliver(&mut window, &path);
    window.steps(2);
    window.until("its end", |app| app.deliveries().0);
    assert!(roomtone::media::probe(&path).is_ok());
}
