//! A tournament ends in the true order, whoever begins, and asks no more than it has to.

use roomtone::edit::{
    self, Standing, bring_takes, compare_takes, most_questions, said_of_pairs, standing,
};
use std::sync::Arc;
use timeline_format::media::MediaKind;
use timeline_format::sequence::Raster;
use timeline_format::{Id, IdSource, Media, Rate, Timeline};

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// A film with a shot of so many takes.
fn film(takes: usize) -> (Timeline, Vec<Id>) {
    let raster = Raster { width: 64, height: 36 };
    let mut film = Timeline::new(raster, Rate::FILM, 48_000, id("main"));
    let names: Vec<Id> = (0..takes).map(|number| id(&format!("t{number:03}"))).collect();
    for name in &names {
        let media = Media::new(MediaKind::Still, format!("{name}.png"));
        film.media.insert(*name, Arc::new(media));
    }
    (bring_takes(&film, (id("door"), "Door"), &names).unwrap().timeline, names)
}

/// The takes in an order by chance.
fn shuffled(takes: &[Id], seed: u64) -> Vec<Id> {
    let mut ids = IdSource::seeded(seed);
    let mut keyed: Vec<(Id, Id)> = takes.iter().map(|take| (ids.next_id(), *take)).collect();
    keyed.sort();
    keyed.into_iter().map(|(_, take)| take).collect()
}

/// Answers by the order until none is asked; how often that was.
fn play(mut film: Timeline, best_first: &[Id]) -> (Timeline, usize) {
    let place = |take: Id| best_first.iter().position(|known| *known == take).unwrap();
    let mut asked = 0;
    while let Standing::Ask([one, other]) = standing(&film.shots[&id("door")]) {
        asked += 1;
        let pair = if place(one) < place(other) { (one, other) } else { (other, one) };
        film = compare_takes(&film, id("door"), pair).unwrap().timeline;
        if asked % 7 == 0 {
            film = timeline_format::read(timeline_format::write(&film).as_bytes()).unwrap().0;
        }
    }
    (film, asked)
}

#[test]
fn any_order_is_found_within_the_bound_and_becomes_the_ranks() {
    for (count, seeds) in [(1, 1), (2, 2), (3, 12), (5, 12), (16, 6), (33, 3), (64, 1)] {
        for seed in 0..seeds {
            let (start, takes) = film(count);
            let order = shuffled(&takes, seed);
            let (end, asked) = play(start, &order);
            let shot = &end.shots[&id("door")];
            assert_eq!(standing(shot), Standing::Decided(order.clone()), "{count} takes, {seed}");
            assert!(asked <= most_questions(count), "{asked} questions for {count}");
            let bound = count as f64 * (count as f64).log2();
            assert!(asked as f64 <= bound, "{asked} questions for {count}, {bound}");
            assert_eq!(said_of_pairs(shot), asked);
            let rank = |take: &Id| shot.takes.iter().find(|known| known.id == *take).unwrap().rank;
            let ranks: Vec<Option<u32>> = order.iter().map(rank).collect();
            let expected: Vec<Option<u32>> =
                (1..=count as u32).map(|rank| (asked > 0).then_some(rank)).collect();
            assert_eq!(ranks, expected);
        }
    }
}

#[test]
fn a_hundred_takes_and_one_more_ask_seven_more_questions_at_most() {
    let (start, takes) = film(100);
    let order = shuffled(&takes, 5);
    let (end, _) = play(start, &order);
    let late = id("late");
    let mut film = end;
    film.media.insert(late, Arc::new(Media::new(MediaKind::Still, "late.png")));
    let film = bring_takes(&film, (id("door"), ""), &[late]).unwrap().timeline;
    let mut with_late = order;
    with_late.insert(31, late);
    let (end, asked) = play(film, &with_late);
    assert!((1..=7).contains(&asked), "{asked}");
    assert_eq!(standing(&end.shots[&id("door")]), Standing::Decided(with_late));
}

#[test]
fn what_was_said_is_in_the_file_and_comes_back() {
    let (start, takes) = film(3);
    let (end, _) = play(start, &shuffled(&takes, 1));
    let text = timeline_format::write(&end);
    assert!(text.contains("\"compared\": [\n"), "{text}");
    let (back, problems) = timeline_format::read(text.as_bytes()).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(back, end);
    let anew = edit::forget_comparisons(&end, id("door")).unwrap().timeline;
    assert!(!timeline_format::write(&anew).contains("compared"));
}
