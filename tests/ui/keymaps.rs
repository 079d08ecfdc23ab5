//! Hands that come from Resolve and Media Composer cut, trim, play and mark with the keys that they know.

use super::cutting::with_stills;
use super::rig::Window;
use eframe::egui::Key;
use timeline_format::Timeline;

fn with_keymap(label: &str) -> Window {
    let mut window = with_stills();
    window.ask("keys");
    window.steps(4);
    window.click(label);
    window.click("Close");
    window
}

fn lengths(film: &Timeline) -> Vec<i64> {
    let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
    reel.iter().filter(|item| !item.is_gap()).map(|item| item.length).collect()
}

/// Two stills laid one behind the other by a key, and a cut, trims, marks and a lift by others.
struct Hands {
    keymap: &'static str,
    overwrite: &'static str,
    insert: &'static str,
    razor: &'static str,
    tail: &'static str,
    mark: [&'static str; 2],
    lift: &'static str,
    step: &'static str,
    next_edit: &'static str,
    play: &'static str,
    dissolve: &'static str,
}

fn cut_with(hands: &Hands) {
    let mut window = with_keymap(hands.keymap);
    let at = |window: &Window| window.harness.state().position();
    window.click("still-0.png");
    window.keys(hands.overwrite);
    window.click("still-1.png");
    window.keys(hands.insert);
    assert_eq!(lengths(&window.now()), [75, 75], "{:?}", window.harness.state().said());
    window.keys("Home");
    window.keys(hands.next_edit);
    window.keys(hands.dissolve);
    assert_eq!(window.now().main().unwrap().tracks[0].transitions.len(), 1);
    window.keys("Ctrl+Z");
    window.keys("Home");
    (0..30).for_each(|_| window.keys(hands.step));
    assert_eq!(at(&window), 30);
    window.keys("Ctrl+Shift+A");
    window.keys(hands.razor);
    assert_eq!(lengths(&window.now()), [30, 45, 75]);
    (0..10).for_each(|_| window.keys(hands.step));
    window.keys(hands.tail);
    assert_eq!(lengths(&window.now()), [30, 10, 75], "{:?}", window.harness.state().said());
    window.keys("Home");
    window.keys(hands.next_edit);
    assert_eq!(at(&window), 30);
    window.keys(hands.mark[0]);
    (0..4).for_each(|_| window.keys(hands.step));
    window.keys(hands.mark[1]);
    window.keys(hands.lift);
    assert_eq!(lengths(&window.now()), [30, 5, 75], "marked out on a frame includes it");
    window.keys("Home");
    window.keys(hands.play);
    window.until("a later frame", |app| app.position() > 3);
    window.keys("K");
    let held = at(&window);
    window.steps(5);
    assert_eq!(at(&window), held);
}

#[test]
fn a_hand_from_resolve_cuts_trims_plays_and_marks() {
    cut_with(&Hands {
        keymap: "Like Resolve",
        overwrite: "F10",
        insert: "F9",
        razor: "Ctrl+B",
        tail: "Shift+]",
        mark: ["I", "O"],
        lift: "Alt+Delete",
        step: "Right",
        next_edit: "Down",
        play: "Space",
        dissolve: "Ctrl+T",
    });
}

#[test]
fn a_hand_from_media_composer_cuts_trims_plays_and_marks() {
    cut_with(&Hands {
        keymap: "Like Media Composer",
        overwrite: "B",
        insert: "V",
        razor: "H",
        tail: "P",
        mark: ["E", "R"],
        lift: "Z",
        step: "4",
        next_edit: "S",
        play: "5",
        dissolve: "\\",
    });
}

#[test]
fn k_with_l_goes_frame_by_frame_and_on_slowly_while_both_are_held() {
    let mut window = Window::with_sample();
    let at = |window: &Window| window.harness.state().position();
    window.keys("Home");
    window.harness.key_down(Key::K);
    window.steps(1);
    for frame in 1..=3 {
        window.harness.key_down(Key::L);
        window.steps(1);
        window.harness.key_up(Key::L);
        window.steps(1);
        assert_eq!(at(&window), frame, "a frame a press");
    }
    window.harness.key_down(Key::J);
    window.steps(1);
    window.harness.key_up(Key::J);
    window.steps(1);
    assert_eq!(at(&window), 2);
    window.harness.key_down(Key::L);
    window.steps(1);
    let start = std::time::Instant::now();
    window.until("a later frame", |app| app.position() > 8);
    let took = start.elapsed().as_secs_f64();
    assert!(took > 5.0 / 25.0 * 2.0, "six frames in {took} s is no slow motion");
    window.harness.key_up(Key::L);
    window.steps(1);
    let held = at(&window);
    crossbeam::channel::after(std::time::Duration::from_millis(400)).recv().unwrap();
    window.steps(3);
    assert_eq!(at(&window), held, "let go, it holds");
    window.harness.key_up(Key::K);
    window.steps(1);
    window.keys("L");
    window.until("plays at its own speed", |app| app.position() > held + 3);
    window.keys("K");
}
