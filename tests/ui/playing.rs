//! Playing, stepping, going somewhere; the paused picture is the delivered one.

use super::rig::Window;
use roomtone::picture::{WORKING, convert};
use roomtone::play::{Offline, Programme as _};
use roomtone::signal::PixelFormat;

#[test]
fn the_paused_picture_has_the_pixels_of_the_delivery() {
    let mut window = Window::with_sample();
    let film = window.now();
    let length = film.main().unwrap().length();
    let folder = window.film.parent().unwrap().to_owned();
    let mut offline = Offline::open(&film, &folder, 0..length).unwrap();
    for frame in [0, 133, 240, length - 1] {
        window.keys("Ctrl+T");
        window.harness.event(eframe::egui::Event::Text(frame.to_string()));
        window.steps(2);
        window.keys("Enter");
        assert_eq!(window.harness.state().position(), frame);
        window.until("the exact picture", roomtone::ui::App::is_exact);
        let shown = window.harness.state().picture().unwrap();
        let delivered = offline.picture(frame).unwrap();
        let rgb = |image: &roomtone::signal::Image| convert::to(image, PixelFormat::RGB8, WORKING);
        assert!(rgb(&shown).same_as(&rgb(&delivered)), "frame {frame}");
    }
}

#[test]
fn the_picture_after_a_play_is_the_one_that_the_program_writes_for_that_frame() {
    let mut window = Window::with_sample();
    let folder = window.film.parent().unwrap().to_owned();
    for edits in [0, 2, 5] {
        window.keys("Home");
        (0..edits).for_each(|_| window.keys("Down"));
        let start = window.harness.state().position();
        window.keys("Space");
        window.until("a later frame", |app| app.position() > start + 3);
        window.keys("Space");
        window.until("the exact picture", roomtone::ui::App::is_exact);
        let frame = window.harness.state().position();
        let call = format!("frame film.roomtone {frame} -o {frame}.png");
        crate::support::program::done(&folder, &call);
        let written = image::open(folder.join(format!("{frame}.png"))).unwrap().to_rgba8();
        let shown = window.harness.state().picture().unwrap();
        let shown = roomtone::deliver::png(&shown, false).unwrap();
        let shown = image::load_from_memory(&shown).unwrap().to_rgba8();
        assert!(shown == written, "frame {frame}");
    }
}

#[test]
fn steps_edits_and_marks_are_where_the_keys_say() {
    let mut window = Window::with_sample();
    let at = |window: &Window| window.harness.state().position();
    window.keys("Right");
    window.keys("Right");
    window.keys("Left");
    assert_eq!(at(&window), 1);
    window.keys("Shift+Right");
    assert_eq!(at(&window), 11);
    window.keys("I");
    window.keys("Down");
    let edit = at(&window);
    assert!(edit > 11);
    window.keys("O");
    window.keys("Home");
    window.keys("Shift+O");
    assert_eq!(at(&window), edit);
    window.keys("Shift+I");
    assert_eq!(at(&window), 11);
    window.keys("End");
    window.keys("Up");
    assert!(at(&window) < window.now().main().unwrap().length());
}

#[test]
fn space_plays_and_holds() {
    let mut window = Window::with_sample();
    window.keys("Space");
    window.until("a later frame", |app| app.position() > 5);
    window.keys("Space");
    let held = window.harness.state().position();
    window.steps(5);
    assert_eq!(window.harness.state().position(), held);
    window.until("the exact picture", roomtone::ui::App::is_exact);
}

#[test]
fn the_film_is_delivered_from_its_page_while_editing_goes_on() {
    let mut window = Window::with_sample();
    window.keys("Home");
    window.keys("I");
    window.keys("Shift+Right");
    window.keys("O");
    window.ask("page-deliver");
    window.click("Only the marked span");
    window.click(&format!("{} Deliver the film", egui_phosphor::regular::EXPORT));
    window.ask("page-edit");
    window.ask("add-marker");
    window.until("the delivery", |app| app.deliveries().0);
    let (_, failed) = window.harness.state().deliveries();
    assert!(failed.is_empty(), "{failed:?}");
    let delivered: Vec<_> = std::fs::read_dir(window.film.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("film-"))
        .collect();
    assert_eq!(delivered.len(), 1, "{delivered:?}");
}
