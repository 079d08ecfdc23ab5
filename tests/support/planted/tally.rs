//! What finders say of films, counted.

use super::super::faults::{ALL, Find, Limits, Watcher};
use super::{Fault, Film, Take};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A photograph in which places were copied over others by whoever made it: blocks that lie 3 pixels across and 162 down
/// from each other correlate by 0.99.
const COPIED: &str = "grass";

/// A fault at one strength.
#[derive(Debug)]
pub struct Row {
    /// The fault.
    pub fault: &'static Fault,
    /// How strong it was.
    pub strength: f64,
    /// For every film whether it was found, and the highest score of it.
    pub found: Vec<(bool, f64)>,
}

/// What all finders said of all films.
#[derive(Debug, Default)]
pub struct Tally {
    /// Accusations that are true, by finder.
    pub right: BTreeMap<&'static str, usize>,
    /// Films that were accused wrongly, and the score, by finder.
    pub wrong: BTreeMap<&'static str, Vec<(String, f64)>>,
    /// Clean films that were looked at.
    pub clean: usize,
}

impl Row {
    /// In how many films it was found.
    pub fn hits(&self) -> usize {
        self.found.iter().filter(|it| it.0).count()
    }
}

impl Tally {
    /// Of a finder's accusations, how many were true, and how many there were.
    pub fn precision(&self, kind: &str) -> (usize, usize) {
        let right = self.right.get(kind).copied().unwrap_or(0);
        (right, right + self.wrong.get(kind).map_or(0, Vec::len))
    }

    fn accuse(&mut self, kind: &'static str, film: String, score: f64) {
        self.wrong.entry(kind).or_default().push((film, score));
    }

    /// Asks these finders (all, if none is named) about films in which nothing is planted.
    pub fn ask_clean(&mut self, kinds: &[&str], films: &[Film]) {
        let said: Vec<Vec<Find>> =
            films.par_iter().map(|film| finds(&Take::of(*film), kinds)).collect();
        self.clean += films.len();
        for (film, finds) in films.iter().zip(said) {
            for (kind, score) in strongest(&finds, |_| true) {
                if kind == "texture" && film.photo == COPIED {
                    *self.right.entry(kind).or_default() += 1;
                } else {
                    self.accuse(kind, film.name(), score);
                }
            }
        }
    }

    /// Asks them about the first of the films in which a fault of some strength is planted.
    pub fn ask_planted(
        &mut self,
        kinds: &[&str],
        fault: &'static Fault,
        strength: f64,
        films: usize,
    ) -> Row {
        let films = &fault.films[..films.min(fault.films.len())];
        let asked = |film: &Film| {
            let take = (fault.plant)(*film, strength);
            let finds = finds(&take, kinds);
            (take, finds)
        };
        let said: Vec<(Take, Vec<Find>)> = films.par_iter().map(asked).collect();
        let found = said.iter().map(|(take, finds)| self.judge(fault, take, finds)).collect();
        Row { fault, strength, found }
    }

    /// Whether a fault was found in a film, and how strong; other finds are right or wrong.
    fn judge(&mut self, fault: &Fault, take: &Take, finds: &[Find]) -> (bool, f64) {
        let meets =
            |find: &Find| find.frames.start < take.there.end && take.there.start < find.frames.end;
        let is_true = |find: &Find| find.kind != fault.kind || meets(find);
        let told = strongest(finds, is_true);
        for (kind, score) in told.iter().map(|(kind, score)| (*kind, *score)) {
            if kind == fault.kind
                || fault.also.contains(&kind)
                || kind == "texture" && take.film.photo == COPIED
            {
                *self.right.entry(kind).or_default() += 1;
            } else {
                self.accuse(kind, format!("{} with {}", take.film.name(), fault.kind), score);
            }
        }
        for (kind, score) in strongest(finds, |find| !is_true(find)) {
            self.accuse(kind, format!("{} with {} elsewhere", take.film.name(), fault.kind), score);
        }
        let score = told.get(fault.kind);
        (score.is_some(), score.copied().unwrap_or(0.0))
    }
}

/// The strongest find of each kind.
fn strongest(finds: &[Find], wanted: impl Fn(&Find) -> bool) -> BTreeMap<&'static str, f64> {
    let mut all = BTreeMap::new();
    for find in finds.iter().filter(|find| wanted(find)) {
        let score = all.entry(find.kind).or_insert(find.score);
        *score = score.max(find.score);
    }
    all
}

/// What finders find in a film.
pub fn finds(take: &Take, kinds: &[&str]) -> Vec<Find> {
    let limits = Limits::own();
    let finders = ALL.iter().filter(|it| kinds.is_empty() || kinds.contains(&it.id));
    let mut searches: Vec<_> = finders.map(|it| (it.search)(&limits)).collect();
    let mut watcher = Watcher::new(take.film.frames);
    for frame in 0..take.film.frames {
        let image = take.image(frame);
        let sight = watcher.sight(frame as i64, &image);
        searches.iter_mut().for_each(|search| search.see(&sight));
    }
    searches.into_iter().flat_map(|search| search.found(24.0)).collect()
}
