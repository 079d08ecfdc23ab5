//! An hour of work in the window, pressed together: what it holds in memory stays within its bounds, by its
//! own account of pictures, of textures and of the versions of the film.

use super::rig::Window;
use crate::play::Dice;
use eframe::egui::{Pos2, pos2, vec2};
use std::collections::BTreeSet;
use std::sync::Arc;
use timeline_format::{Item, Timeline};

/// What pictures may take.
const BUDGET: usize = 24 << 20;
/// Things that are done.
const DEEDS: usize = 1500;
/// The most textures: 600 small pictures each of the browser and of filmstrips, and those of the viewers.
const TEXTURES: usize = 1300;

/// The items of a film, by their places in memory.
fn items(film: &Timeline) -> BTreeSet<*const Item> {
    let main = film.main().unwrap();
    let reels = main.tracks.iter().filter_map(|track| track.reel());
    reels.flat_map(|reel| reel.iter().map(std::ptr::from_ref)).collect()
}

/// A place of the timeline, somewhere.
fn somewhere(window: &Window, dice: &mut Dice) -> Pos2 {
    let all = window.panel("timeline");
    let across = dice.below(all.width() as i64 - 200) as f32;
    pos2(all.left() + 180.0 + across, all.top() + 60.0 + dice.below(180) as f32)
}

/// One thing that an editor does.
fn do_something(window: &mut Window, dice: &mut Dice) {
    const COMMANDS: [&str; 22] = [
        "razor",
        "razor-all",
        "add-marker",
        "trim-back",
        "trim-forward",
        "nudge-forward",
        "nudge-back",
        "ripple-delete",
        "lift-clips",
        "add-dissolve",
        "enable",
        "slip-forward",
        "undo",
        "undo",
        "redo",
        "page-sound",
        "page-edit",
        "zoom-in",
        "zoom-out",
        "zoom-fit",
        "match-frame",
        "browser-form",
    ];
    let at = somewhere(window, dice);
    match dice.below(10) {
        0 | 1 => window.drag(at, at + vec2(dice.below(160) as f32 - 80.0, 0.0)),
        2 | 3 => {
            let ruler = pos2(at.x, window.panel("timeline").top() + 40.0);
            window.drag(ruler, ruler + vec2(dice.below(400) as f32 - 200.0, 0.0));
        }
        4 => window.click_at(at),
        5 => window.wheel(at, dice.below(200) as f32 - 100.0),
        _ => {
            let command = COMMANDS[dice.below(COMMANDS.len() as i64) as usize];
            window.harness.state_mut().ask(command);
            window.steps(1);
        }
    }
}

#[test]
fn an_hour_of_work_pressed_together_stays_within_its_bounds() {
    let mut window = Window::with_sample_within(BUDGET);
    let mut dice = Dice(12);
    let mut films: Vec<Arc<Timeline>> = vec![window.now()];
    let (mut frames, mut most) = (0, 0);
    for deed in 0..DEEDS {
        do_something(&mut window, &mut dice);
        let held = window.harness.state().held();
        assert!(held.frames <= BUDGET / 4 * 3, "{deed}: {held:?}");
        assert!(held.small <= BUDGET / 8 + (1 << 20), "{deed}: {held:?}");
        assert!(held.notices <= 200, "{deed}: {held:?}");
        let textures = window.harness.ctx.tex_manager().read().num_allocated();
        assert!(textures <= TEXTURES, "{deed}: {textures} textures");
        (frames, most) = (frames.max(held.frames), most.max(textures));
        let now = window.now();
        if !Arc::ptr_eq(films.last().unwrap(), &now) {
            films.push(now);
        }
        assert!(held.versions <= films.len(), "{deed}: {held:?} of {}", films.len());
    }
    assert!(frames > 0 && most > 4, "something was held: {frames} bytes, {most} textures");
    let mut all: BTreeSet<*const Item> = BTreeSet::new();
    films.iter().for_each(|film| all.extend(items(film)));
    let largest = films.iter().map(|film| items(film).len()).max().unwrap();
    let (held, edits) = (all.len(), films.len());
    assert!(edits > 100, "{edits} versions");
    let bound = largest + edits * 600;
    assert!(held <= bound, "{edits} versions of {largest} items hold {held}, not {bound}");
    drop(films);
    window.ask("page-edit");
    window.until("the exact picture", roomtone::ui::App::is_exact);
}
