//! A tournament of takes: two at a time, which is better, until their order is known.
//!
//! One cannot put a hundred pictures in order, but one can say which of two is better. Takes are put
//! into the order one after the other, each by binary search (D. E. Knuth, The Art of Computer
//! Programming 3, 6.2.1, and 5.2.1 on binary insertion): n takes are at most n log2 n questions, and one more take asks a
//! few. What was said is kept in the shot, in order; the questions follow from it, so that one may stop
//! and go on whenever one likes, and the same answers give the same order.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::order_takes;
use crate::edit::takes::change_shot;
use std::collections::BTreeSet;
use timeline_format::shot::{Comparison, TakeState};
use timeline_format::{Id, Shot, Timeline};

/// How far a tournament has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Which of these two is better is to be said next.
    Ask([Id; 2]),
    /// The order, the best first.
    Decided(Vec<Id>),
}

/// The next question to the takes of a shot that are not rejected, or their order.
pub fn standing(shot: &Shot) -> Standing {
    let said = Said::of(&shot.compared);
    let mut ranked: Vec<Id> = Vec::new();
    for take in shot.takes.iter().filter(|take| take.state != TakeState::Reject) {
        match place_of(take.id, &ranked, &said) {
            Ok(place) => ranked.insert(place, take.id),
            Err(other) => return Standing::Ask([other, take.id]),
        }
    }
    Standing::Decided(ranked)
}

/// Where a take belongs among those that are in order, or with which of them it is to be compared.
fn place_of(take: Id, ranked: &[Id], said: &Said) -> Result<usize, Id> {
    let (mut low, mut high) = (0, ranked.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let other = ranked[middle];
        if said.is_better(take, other) {
            high = middle;
        } else if said.is_better(other, take) {
            low = middle + 1;
        } else {
            return Err(other);
        }
    }
    Ok(low)
}

/// How many questions put `takes` takes in order, at most: the sum of ⌈log2(k + 1)⌉ over those that are
/// there already.
pub fn most_questions(takes: usize) -> usize {
    (1..takes).map(|there| (usize::BITS - there.leading_zeros()) as usize).sum()
}

/// How many pairs of the shot's takes it was said of which is better.
pub fn said_of_pairs(shot: &Shot) -> usize {
    let is_there = |id: Id| shot.takes.iter().any(|take| take.id == id);
    shot.compared.iter().filter(|pair| is_there(pair.better) && is_there(pair.worse)).count()
}

/// Says which of two takes is better. The last word counts: what was said before and contradicts it is
/// forgotten. Once the tournament is decided, its order becomes the takes' ranks.
pub fn compare_takes(
    film: &Timeline,
    shot: Id,
    (better, worse): (Id, Id),
) -> Result<Edited, Refused> {
    let timeline = change_shot(film, shot, |shot| {
        for id in [better, worse] {
            if shot.takes.iter().all(|take| take.id != id) {
                return Err(Refused::NoSuch { what: "take", id });
            }
        }
        if better == worse {
            let words = format!("{better} is one take: name the better one, then the other");
            return Err(Refused::Value(words));
        }
        let new = Comparison { better, worse };
        if !shot.compared.contains(&new) {
            shot.compared.push(new);
            shot.compared = settled(&shot.compared);
        }
        Ok(())
    })?;
    ranked(&timeline, shot)
}

/// Forgets what was said of pairs of takes, and their ranks: the tournament begins anew.
pub fn forget_comparisons(film: &Timeline, shot: Id) -> Result<Edited, Refused> {
    let timeline = change_shot(film, shot, |shot| {
        shot.compared.clear();
        Ok(())
    })?;
    order_takes(&timeline, shot, &[])
}

/// The film with the tournament's order as ranks, if it is decided.
fn ranked(film: &Timeline, shot: Id) -> Result<Edited, Refused> {
    match film.shots.get(&shot).map(|found| standing(found)) {
        Some(Standing::Decided(order)) => order_takes(film, shot, &order),
        _ => Ok(Edited::plain(film.clone())),
    }
}

/// What was said without what the later contradicts.
fn settled(record: &[Comparison]) -> Vec<Comparison> {
    let mut said = Said::default();
    let mut kept: Vec<Comparison> = Vec::new();
    for pair in record.iter().rev() {
        if !said.is_better(pair.worse, pair.better) {
            said.pairs.insert((pair.better, pair.worse));
            kept.push(*pair);
        }
    }
    kept.reverse();
    kept
}

/// Pairs of takes, the better first.
#[derive(Debug, Default)]
struct Said {
    pairs: BTreeSet<(Id, Id)>,
}

impl Said {
    fn of(record: &[Comparison]) -> Self {
        Self { pairs: record.iter().map(|pair| (pair.better, pair.worse)).collect() }
    }

    /// Whether one is better than another: as was said, or as follows from it.
    fn is_better(&self, one: Id, other: Id) -> bool {
        if self.pairs.contains(&(one, other)) {
            return true;
        }
        if self.pairs.contains(&(other, one)) {
            return false;
        }
        let (mut seen, mut open) = (BTreeSet::from([one]), vec![one]);
        while let Some(better) = open.pop() {
            for worse in self.worse_than(better) {
                if worse == other {
                    return true;
                }
                if seen.insert(worse) {
                    open.push(worse);
                }
            }
        }
        false
    }

    fn worse_than(&self, better: Id) -> impl Iterator<Item = Id> {
        let lowest = Id::parse("-").map(|lowest| (better, lowest));
        let from = lowest.into_iter().flat_map(move |from| self.pairs.range(from..));
        from.take_while(move |pair| pair.0 == better).map(|pair| pair.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{film, id, media_id};
    use crate::edit::{Rating, add_take, bring_takes, rate_take};
    use timeline_format::Take;

    fn with_takes(names: &[&str]) -> Timeline {
        let mut film = film("|AAAA|BB|");
        film = bring_takes(&film, (id("door"), "Door"), &[media_id('a')]).unwrap().timeline;
        film = change_shot(&film, id("door"), |shot| {
            shot.takes.clear();
            Ok(())
        })
        .unwrap();
        for name in names {
            let take = Take::new(id(name), media_id('a'));
            film = add_take(&film, id("door"), &take).unwrap().timeline;
        }
        film
    }

    fn said(film: &Timeline, better: &str, worse: &str) -> Timeline {
        compare_takes(film, id("door"), (id(better), id(worse))).unwrap().timeline
    }

    fn asks(film: &Timeline) -> Standing {
        standing(&film.shots[&id("door")])
    }

    #[test]
    fn the_last_word_counts_and_what_follows_is_not_asked() {
        let film = with_takes(&["a", "b", "c"]);
        assert_eq!(asks(&film), Standing::Ask([id("a"), id("b")]));
        let film = said(&film, "a", "b");
        let film = said(&film, "b", "c");
        assert_eq!(asks(&film), Standing::Decided(vec![id("a"), id("b"), id("c")]));
        let ranks: Vec<_> = film.shots[&id("door")].takes.iter().map(|take| take.rank).collect();
        assert_eq!(ranks, [Some(1), Some(2), Some(3)]);
        let turned = said(&film, "c", "a");
        let kept = &turned.shots[&id("door")].compared;
        assert_eq!(kept.len(), 2, "{kept:?}");
        assert_eq!(asks(&turned), Standing::Decided(vec![id("b"), id("c"), id("a")]));
    }

    #[test]
    fn rejected_takes_do_not_play_and_a_new_one_asks_little() {
        let film = with_takes(&["a", "b", "c", "d"]);
        let film = said(&said(&said(&film, "a", "b"), "b", "c"), "c", "d");
        let reject = Rating { state: Some(TakeState::Reject), ..Rating::default() };
        let film = rate_take(&film, (id("door"), id("b")), &reject).unwrap().timeline;
        assert_eq!(asks(&film), Standing::Decided(vec![id("a"), id("c"), id("d")]));
        let take = Take::new(id("e"), media_id('a'));
        let film = add_take(&film, id("door"), &take).unwrap().timeline;
        assert_eq!(asks(&film), Standing::Ask([id("c"), id("e")]));
        let film = said(&said(&film, "e", "c"), "a", "e");
        assert_eq!(asks(&film), Standing::Decided(vec![id("a"), id("e"), id("c"), id("d")]));
        let anew = forget_comparisons(&film, id("door")).unwrap().timeline;
        assert_eq!(asks(&anew), Standing::Ask([id("a"), id("c")]));
        assert!(anew.shots[&id("door")].takes.iter().all(|take| take.rank.is_none()));
    }

    #[test]
    fn nonsense_is_refused() {
        let film = with_takes(&["a", "b"]);
        let compare = |shot: &str, one: &str, other: &str| {
            compare_takes(&film, id(shot), (id(one), id(other)))
        };
        assert!(compare("door", "a", "a").is_err());
        assert!(compare("door", "a", "z").is_err());
        assert!(compare("gate", "a", "b").is_err());
        assert_eq!([0, 1, 2, 3, 4, 5, 100].map(most_questions), [0, 0, 1, 3, 5, 8, 573]);
    }
}
