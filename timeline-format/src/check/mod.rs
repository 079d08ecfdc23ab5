//! Everything that can be wrong with a film: one file a group of rules.

mod captions;
mod curves;
mod facts;
mod ids;
mod links;
mod media;
mod nesting;
mod parameters;
mod paths;
mod places;
mod references;
mod sources;
mod times;
mod transitions;
mod usable;

use crate::{Problem, Timeline};
use facts::Facts;

/// The most problems that are listed one by one.
const MOST: usize = 10_000;

/// Problems found so far.
#[derive(Debug, Default)]
struct Found {
    list: Vec<Problem>,
    unlisted: usize,
}

impl Found {
    fn add(&mut self, problem: Problem) {
        if self.list.len() < MOST {
            self.list.push(problem);
        } else {
            self.unlisted += 1;
        }
    }
}

/// A group of rules.
type Rules = fn(&Facts<'_>, &mut Found);

const RULES: [Rules; 13] = [
    ids::check,
    references::check,
    nesting::check,
    media::check,
    paths::check,
    places::check,
    times::check,
    transitions::check,
    sources::check,
    usable::check,
    links::check,
    curves::check,
    captions::check,
];

/// What is wrong with a film, in the order of its rules and its records: never a panic, and no file
/// is opened.
pub fn check(film: &Timeline) -> Vec<Problem> {
    let facts = Facts::of(film);
    let mut found = Found::default();
    for rules in RULES {
        rules(&facts, &mut found);
    }
    if found.unlisted > 0 {
        let message = format!("{} more problems are not listed", found.unlisted);
        found.list.push(Problem::error("too-many-problems", message));
    }
    found.list
}

#[cfg(test)]
mod tests;
