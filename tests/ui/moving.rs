//! A clip is dragged while the film plays: picture, sound and window go on.

use super::reel::{LENGTH, lie, pictures, with_reel};
use super::rig::Window;
use crate::support::worked::worked;
use eframe::egui::vec2;
use std::time::Duration;

/// Steps of the pointer.
const STEPS: usize = 120;

/// What the processor works for a drawing of the window, in milliseconds.
fn cost(window: &mut Window) -> f64 {
    let before = worked();
    window.steps(1);
    worked().saturating_sub(before).as_secs_f64() * 1e3
}

fn rest() {
    crossbeam::channel::after(Duration::from_millis(8)).recv().unwrap();
}

/// The cost that nine of ten stay below.
fn most(mut costs: Vec<f64>) -> f64 {
    costs.sort_by(f64::total_cmp);
    costs[costs.len() * 9 / 10]
}

#[test]
fn a_clip_that_is_dragged_while_the_film_plays_holds_nothing_up() {
    let mut window = with_reel();
    window.keys("S");
    let lie = lie(&window);
    let edits = window.harness.state().edits().len();
    window.keys("Home");
    window.ask("loop");
    window.keys("Space");
    window.until("the film plays", |app| app.position() > 2 && app.heard() > 0.0);
    let still: Vec<f64> = (0..30)
        .map(|_| {
            rest();
            cost(&mut window)
        })
        .collect();
    let press = lie.at(100.0);
    window.harness.hover_at(press);
    window.steps(1);
    window.harness.drag_at(press);
    window.steps(1);
    let (mut costs, mut frames, mut silent) = (Vec::new(), Vec::new(), 0);
    for step in 0..STEPS {
        window.harness.hover_at(press + vec2(lie.frame() * (step % 30) as f32, 0.0));
        costs.push(cost(&mut window));
        frames.push(window.harness.state().position());
        silent += usize::from(window.harness.state().heard() == 0.0);
        rest();
    }
    for part in frames.chunks(STEPS / 6) {
        let moved = part.windows(2).any(|pair| pair[0] != pair[1]);
        assert!(moved, "the picture stands still: {part:?}");
    }
    assert_eq!(silent, 0, "the sound goes on");
    window.harness.drop_at(press + vec2(lie.frame() * 25.0, 0.0));
    window.steps(2);
    assert_eq!(window.harness.state().edits().len(), edits + 1, "one edit");
    assert_eq!(pictures(&window)[2..], [(25, -1), (LENGTH, 20)]);
    let now = window.harness.state().position();
    window.until("it plays on", |app| app.position() != now);
    let (still, dragged) = (most(still), most(costs));
    assert!(
        dragged < 2.0 * still + 16.0,
        "a drawing costs {dragged:.1} ms while one drags, and {still:.1} else"
    );
}
