//! What stands on screen has the pixels that a delivery has, however one came to the frame.

use super::films::{self, Dice, Film};
use roomtone::play::screen::{Intent, Of, Screen};
use roomtone::signal::Image;
use std::sync::Arc;
use std::time::Duration;
use timeline_format::Id;

const LONG: Duration = Duration::from_mins(2);

fn screen(film: &Film, budget: usize) -> Screen {
    Screen::open(&film.timeline, film.path(), budget).unwrap()
}

#[track_caller]
fn check(screen: &Screen, delivered: &[Arc<Image>], frame: i64, intent: Intent) {
    screen.show(frame, intent);
    let shown = screen.wait_exact(frame, LONG).unwrap();
    assert_eq!((shown.frame, shown.wanted), (frame, frame));
    let expected = &delivered[frame as usize];
    assert!(
        shown.image.same_as(expected),
        "frame {frame} is another picture, asked for {intent:?}"
    );
}

#[test]
fn every_frame_is_the_delivered_one_whichever_way_one_comes() {
    let Some(film) = films::film("the screen") else { return };
    let delivered = film.delivered();
    let length = film.length();
    let forward = screen(&film, 64 << 20);
    (0..length).for_each(|frame| check(&forward, &delivered, frame, Intent::Play { speed: 1.0 }));
    let backward = screen(&film, 64 << 20);
    let drag = Intent::Drag { speed: -60.0 };
    (0..length).rev().for_each(|frame| check(&backward, &delivered, frame, drag));
    let random = screen(&film, 64 << 20);
    let mut dice = Dice(11);
    for _ in 0..200 {
        check(&random, &delivered, dice.below(length), Intent::Rest);
    }
    assert_eq!(random.problems(), Vec::<String>::new());
    assert!(random.counts().exact >= 150, "{:?}", random.counts());
}

#[test]
fn every_frame_is_the_delivered_one_with_hardly_any_memory() {
    let Some(film) = films::film("little memory") else { return };
    let delivered = film.delivered();
    let budget = 160 << 10;
    let small = screen(&film, budget);
    let mut dice = Dice(5);
    for _ in 0..60 {
        let start = dice.below(film.length() - 8);
        let backward = dice.below(2) == 0;
        for step in 0..6 {
            let frame = if backward { start + 6 - step } else { start + step };
            let speed = if backward { -25.0 } else { 25.0 };
            check(&small, &delivered, frame, Intent::Drag { speed });
            assert!(small.counts().bytes <= budget, "{:?}", small.counts());
        }
    }
}

#[test]
fn the_last_wish_wins_and_what_is_near_is_never_called_exact() {
    let Some(film) = films::film("the last wish") else { return };
    let delivered = film.delivered();
    let screen = screen(&film, 64 << 20);
    let mut dice = Dice(3);
    for _ in 0..100 {
        for _ in 0..20 {
            screen.show(dice.below(film.length()), Intent::Drag { speed: 400.0 });
            if let Some(shown) = screen.latest().filter(|shown| shown.is_exact) {
                assert!(shown.image.same_as(&delivered[shown.wanted as usize]));
            }
        }
        check(&screen, &delivered, dice.below(film.length()), Intent::Rest);
    }
    assert!(screen.counts().dropped > 0);
}

#[test]
fn an_edited_film_is_shown_at_once_and_what_did_not_change_stays_decoded() {
    let Some(film) = films::film("an edit") else { return };
    let screen = screen(&film, 64 << 20);
    screen.show(20, Intent::Rest);
    let before = screen.wait_exact(20, LONG).unwrap();
    let mut edited = (*film.timeline).clone();
    let raster = timeline_format::sequence::Raster { width: 64, height: 36 };
    Arc::make_mut(&mut edited.settings).raster = raster;
    screen.film(Arc::new(edited));
    let after = screen.wait_exact(20, LONG).unwrap();
    assert_eq!((before.image.width, after.image.width), (128, 64));
    assert!(after.serial > before.serial);
    screen.film(Arc::clone(&film.timeline));
    let again = screen.wait_exact(20, LONG).unwrap();
    assert!(again.image.same_as(&before.image));
    assert!(Arc::ptr_eq(&again.image, &before.image), "it was decoded anew");
}

#[test]
fn the_wake_is_called_and_pictures_of_media_come_by_and_by() {
    let Some(film) = films::film("pictures of media") else { return };
    let screen = screen(&film, 64 << 20);
    let (woken, wakes) = crossbeam::channel::bounded(64);
    screen.on_news(move || woken.try_send(()).unwrap_or_default());
    let long = Of::Media(Id::parse("long").unwrap());
    assert!(screen.picture_of(long, 77, (64, 64)).is_none());
    let image = loop {
        if let Some(image) = screen.picture_of(long, 77, (64, 64)) {
            break image;
        }
        wakes.recv_timeout(LONG).unwrap();
    };
    assert_eq!((image.width, image.height), (64, 36));
    screen.show(0, Intent::Rest);
    wakes.recv_timeout(LONG).unwrap();
    let gone = Of::Media(Id::parse("nobody").unwrap());
    assert!(screen.picture_of(gone, 0, (64, 64)).is_none());
}
