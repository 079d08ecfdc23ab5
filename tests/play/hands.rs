//! Hands that do anything at all, on films of which not everything is there.

use super::films::{self, Dice};
use roomtone::play::Offline;
use roomtone::play::Programme as _;
use roomtone::play::screen::{Intent, Screen};
use std::sync::Arc;
use std::time::Duration;

const LONG: Duration = Duration::from_mins(2);

#[test]
fn ten_thousand_seeks_speeds_and_edits_leave_the_film_right_and_the_memory_in_bounds() {
    let Some(film) = films::film("ten thousand") else { return };
    let delivered = film.delivered();
    let budget = 8 << 20;
    let screen = Screen::open(&film.timeline, film.path(), budget).unwrap();
    let mut other = (*film.timeline).clone();
    Arc::make_mut(&mut other.settings).raster =
        timeline_format::sequence::Raster { width: 96, height: 54 };
    let other = Arc::new(other);
    let mut dice = Dice(1);
    for number in 0..10_000 {
        let frame = dice.below(film.length() + 40) - 20;
        match dice.below(12) {
            0 => screen.film(Arc::clone(&other)),
            1 => screen.film(Arc::clone(&film.timeline)),
            2 | 3 => screen.show(frame, Intent::Rest),
            4..=7 => screen.show(frame, Intent::Drag { speed: dice.below(4000) as f64 - 2000.0 }),
            _ => screen.show(frame, Intent::Play { speed: dice.below(65) as f64 - 32.0 }),
        }
        if number % 500 == 0 {
            screen.film(Arc::clone(&film.timeline));
            let frame = dice.below(film.length());
            screen.show(frame, Intent::Rest);
            let shown = screen.wait_exact(frame, LONG).unwrap();
            assert!(
                shown.image.same_as(&delivered[frame as usize]),
                "frame {frame} after {number}"
            );
        }
        assert!(screen.counts().bytes <= budget, "{:?}", screen.counts());
    }
    assert_eq!(screen.problems(), Vec::<String>::new());
}

#[test]
fn what_is_missing_or_broken_is_a_slate_and_a_line_as_in_a_delivery() {
    let Some(film) = films::film("missing media") else { return };
    std::fs::remove_file(film.folder.file("leaning.mp4")).unwrap();
    std::fs::write(film.folder.file("still.png"), b"no picture at all").unwrap();
    std::fs::remove_file(film.folder.file("numbered.0012.png")).unwrap();
    let whole = std::fs::read(film.folder.file("uneven.mkv")).unwrap();
    std::fs::write(film.folder.file("uneven.mkv"), &whole[..whole.len() / 2]).unwrap();
    let delivered = film.delivered();
    let mut offline = Offline::open(&film.timeline, film.path(), 0..film.length()).unwrap();
    let screen = Screen::open(&film.timeline, film.path(), 64 << 20).unwrap();
    for frame in (0..film.length()).step_by(3).chain((0..film.length()).rev().step_by(5)) {
        screen.show(frame, Intent::Rest);
        let shown = screen.wait_exact(frame, LONG).unwrap();
        assert!(shown.image.same_as(&delivered[frame as usize]), "frame {frame}");
        offline.picture(frame).unwrap();
    }
    let names = |lines: Vec<String>| {
        lines
            .iter()
            .filter_map(|line| Some(line.split_once(": ")?.0.to_owned()))
            .collect::<Vec<_>>()
    };
    assert_eq!(names(screen.problems()), names(offline.unread()));
}

#[test]
fn a_screen_can_be_dropped_at_any_moment() {
    let Some(film) = films::film("dropping") else { return };
    for number in 0..20 {
        let screen = Screen::open(&film.timeline, film.path(), 16 << 20).unwrap();
        let (held, frames) = (Arc::new(()), film.length());
        let seen = Arc::clone(&held);
        screen.on_news(move || drop(Arc::clone(&seen)));
        for step in 0..number {
            screen.show(step * 37 % frames, Intent::Drag { speed: 100.0 });
        }
        drop(screen);
        assert_eq!(Arc::strong_count(&held), 1, "something of the screen lives on");
    }
}
