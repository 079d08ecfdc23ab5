//! Places are there, and what sounds in them is.

use super::Found;
use super::facts::Facts;
use crate::{Bed, Frames, Id, Location, Problem, Source};
use std::collections::BTreeSet;

pub(super) fn check(facts: &Facts<'_>, found: &mut Found) {
    let film = facts.film;
    let is_missing = |place: &Id| !film.places.contains_key(place);
    for (id, shot) in &film.shots {
        for place in shot.place.iter().filter(|place| is_missing(place)) {
            found.add(unknown(*place, "the shot").in_file(format!("/shots/{id}/place")));
        }
    }
    for (sequence, placed) in facts.clips() {
        for place in placed.clip.place.iter().filter(|place| is_missing(place)) {
            found.add(unknown(*place, "the clip").in_film(sequence.place_of(placed)));
        }
    }
    for (id, place) in &film.places {
        self::place(facts, *id, place, found);
    }
}

fn unknown(place: Id, who: &str) -> Problem {
    let message = format!("{who} is in the place {place}, which the film has not");
    Problem::warning("place-missing", message).remedy("make the place, or set it in another")
}

fn place(facts: &Facts<'_>, id: Id, place: &Location, found: &mut Found) {
    let mut names = BTreeSet::new();
    for bed in &place.beds {
        let at = format!("/places/{id}/beds");
        if !names.insert(bed.id) {
            let message = format!("the place {id} has two beds called {}", bed.id);
            let problem = Problem::error("id-double", message).in_file(at.clone());
            found.add(problem.remedy("give one of them another id"));
        }
        if let Some(what) = missing(facts, bed) {
            let message = format!(
                "the bed {} of the place {id} plays {what}, which the film has not",
                bed.id
            );
            let problem = Problem::error("source-missing", message).in_file(at.clone());
            found.add(problem.remedy("give it another source, or take it away"));
        }
        if bed.source_out.is_some_and(|out| out <= bed.source_in) {
            let message = format!("the bed {} of the place {id} ends where it begins", bed.id);
            let problem = Problem::error("time-order", message).in_file(at);
            found.add(problem.remedy("set its out behind its in"));
        }
    }
    if place.crossing.length < Frames::ZERO {
        let message = format!("the place {id} comes in over less than nothing");
        let at = format!("/places/{id}/crossing");
        let problem = Problem::error("time-negative", message).in_file(at);
        found.add(problem.remedy("set a length of 0 or more"));
    }
}

fn missing(facts: &Facts<'_>, bed: &Bed) -> Option<String> {
    let film = facts.film;
    let (what, is_there, id) = match &bed.source {
        Source::Media(id) => ("the media", facts.has_media(*id), id),
        Source::Shot(id) => ("the shot", film.shots.contains_key(id), id),
        Source::Sequence(id) => ("the sequence", film.sequences.contains_key(id), id),
        Source::Generator(_) => return None,
    };
    (!is_there).then(|| format!("{what} {id}"))
}
