//! Undo and redo, over and over, at random: every film comes back to the byte.

use super::film::film;
use super::verbs::apply;
use crate::play::Dice;
use roomtone::edit::History;
use std::sync::Arc;
use timeline_format::{IdSource, Timeline};

/// Random steps: edits, and steps back and forth.
const STEPS: usize = 100_000;
/// A film that has grown so long is begun anew.
const LONGEST: usize = 60;

fn text(film: &Timeline) -> String {
    timeline_format::write(film)
}

/// One row of steps from a film: what every version was when it was made, and that it is that again
/// whenever one comes to it. The number of steps that were taken.
fn walk(dice: &mut Dice, ids: &mut IdSource) -> usize {
    let start = Arc::new(film(&[7, 3, 9, 4, 6, 5]));
    let mut history = History::new(Arc::clone(&start));
    let mut texts = vec![text(&start)];
    let mut taken = 0;
    while history.steps().len() < LONGEST && taken < 400 {
        taken += 1;
        match dice.below(5) {
            0 | 1 => {
                let drawn = (dice.below(256) as u8, dice.below(1000) as usize);
                let drawn = (drawn.0, drawn.1, dice.below(1000) as usize, dice.below(19) - 9);
                let now = Arc::clone(history.now());
                if let Ok(edited) = apply(&now, drawn, ids).edited {
                    texts.truncate(history.position() + 1);
                    texts.push(text(&edited.timeline));
                    history.push("edit", edited.timeline);
                }
            }
            2 | 3 => drop(history.undo().map(str::to_owned)),
            _ => drop(history.redo().map(str::to_owned)),
        }
        if taken % 16 == 0 {
            assert_eq!(text(history.now()), texts[history.position()], "after {taken} steps");
        }
    }
    while history.undo().is_some() {
        assert!(text(history.now()) == texts[history.position()]);
    }
    assert!(Arc::ptr_eq(history.now(), &start));
    taken
}

#[test]
fn a_hundred_thousand_steps_back_and_forth_give_every_film_back_to_the_byte() {
    let (mut dice, mut ids) = (Dice(23), IdSource::seeded(23));
    let mut taken = 0;
    while taken < STEPS {
        taken += walk(&mut dice, &mut ids);
    }
}
