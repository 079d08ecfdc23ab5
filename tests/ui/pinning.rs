//! A picture pinned to what moves below it, by one key.

use super::correcting_by_hand::moving;
use super::rig::Window;
use crate::support::folder::Folder;
use crate::support::{card, oracle, program};
use roomtone::ui::App;

/// Pixels that everything below moves in a frame.
const BY: [f64; 2] = [1.5, 0.75];

/// A window over a film of a card above a clip that moves.
fn page() -> Window {
    let folder = Folder::new();
    let here = folder.path();
    moving(&here.join("moving.mkv"));
    for line in [
        "new film.roomtone --size 320x180 --rate 25",
        "add film.roomtone moving.mkv",
        "cut film.roomtone append v1 moving --length 16",
        "cut film.roomtone track card",
        "cut film.roomtone append card generator:colour --length 16",
        "cut film.roomtone set card@0 scale 0.3",
    ] {
        program::done(here, line);
    }
    let mut window = Window::of(folder, "film.roomtone");
    window.ask("page-composite");
    window.until("the exact picture", App::is_exact);
    window
}

#[test]
fn a_card_stays_on_what_moves_below_it_and_that_is_one_step() {
    if !oracle::have("ffmpeg", "a_card_stays_on_what_moves_below_it") {
        return;
    }
    let mut window = page();
    let film = window.now();
    window.keys("Shift+P");
    window.until("the track", |app| !app.is_tracking());
    window.steps(2);
    let said = window.harness.state().said();
    for name in ["pin_top_left", "pin_top_right", "pin_bottom_right", "pin_bottom_left"] {
        let found = card::keys(&window.now(), name);
        assert_eq!(found.len(), 16, "{name}: {said:?}");
        for (n, pin) in found.iter().enumerate() {
            let far = [0, 1].map(|axis| pin[axis] - BY[axis] * n as f64);
            assert!(far[0].hypot(far[1]) < 0.4, "{name} in frame {n}: {pin:?}");
        }
    }
    drop(window.picture("composite-pinned"));
    window.ask("undo");
    assert!(std::sync::Arc::ptr_eq(&film, &window.now()));
}
