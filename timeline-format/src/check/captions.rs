//! Captions say something, somewhere, in their order.

use super::Found;
use super::facts::Facts;
use crate::caption::{Captions, Cue};
use crate::{Id, Problem};
use std::collections::BTreeSet;

pub(super) fn check(facts: &Facts<'_>, found: &mut Found) {
    for sequence in &facts.sequences {
        for (id, captions) in &sequence.sequence.captions {
            let at = format!("/captions/{}~1{id}/cues", sequence.id);
            let mut add = |cue: &Cue, problem: Problem| {
                let place = sequence.place().frame(sequence.sequence, cue.at);
                found.add(problem.in_film(place).in_file(at.clone()));
            };
            of_captions(captions, sequence.length, &mut add);
        }
    }
}

fn of_captions(captions: &Captions, length: i64, add: &mut impl FnMut(&Cue, Problem)) {
    let mut names: BTreeSet<Id> = BTreeSet::new();
    let mut before: Option<&Cue> = None;
    for cue in &captions.cues {
        if !names.insert(cue.id) {
            let message = format!("two cues have the id {}", cue.id);
            add(cue, Problem::error("id-double", message).remedy("give one of them another id"));
        }
        if cue.length <= 0 || cue.at < 0 {
            let message = format!("the cue {} lasts {} frames from {}", cue.id, cue.length, cue.at);
            let problem = Problem::warning("cue-time", message);
            add(cue, problem.remedy("give it a first frame of 0 or more and a length"));
        }
        if before.is_some_and(|before| cue.at < before.at) {
            let message = format!("the cue {} stands behind one that comes later", cue.id);
            let problem = Problem::warning("cue-order", message);
            add(cue, problem.remedy("saving an edit of the captions puts them in order"));
        }
        if cue.end() > length {
            let message = format!("the cue {} is seen after the last frame of the film", cue.id);
            add(
                cue,
                Problem::warning("cue-past-end", message).remedy("shorten it, or take it away"),
            );
        }
        before = Some(cue);
    }
}
