//! What a take's pictures say of themselves, in numbers: how sharp, how noisy, how steady.
//!
//! A measure is a question that is asked of a hundred takes at once, so that the eye is left with the
//! few that deserve it. It judges nothing: a soft picture may be the right one. Measures of one picture
//! take a [`View`] of it, measures of time the [`Glimpse`]s of a run of frames, and nothing here opens a
//! file.

mod glimpse;
mod likeness;
mod luma;

pub use glimpse::Glimpse;
pub use likeness::Likeness;
pub use luma::{Luma, View};

signal::catalogue! {
    /// Every measure, in the order of a table's columns.
    pub ALL: MEASURE: Measure = sharpness noise lattice crushed blown flicker drift held
}

/// The description of a measure.
#[derive(Debug)]
pub struct Measure {
    /// Its name in files and on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it says and where its formula is from, in a few words.
    pub help: &'static str,
    /// What it counts in.
    pub unit: &'static str,
    /// Digits behind the point that mean something.
    pub digits: usize,
    /// Which end of a sorted list is looked at first.
    pub first: First,
    /// How it is found.
    pub of: Of,
}

/// Which takes a list that is sorted by a measure begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    /// Those with the least of it.
    Least,
    /// Those with the most of it.
    Most,
}

/// What a measure is taken of.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    /// One picture.
    Picture(fn(&View<'_>) -> f64),
    /// Frames that follow each other; `None` where there are too few.
    Time(fn(&[Glimpse]) -> Option<f64>),
}

/// The measure called `id`.
pub fn named(id: &str) -> Option<&'static Measure> {
    ALL.iter().find(|measure| measure.id == id).copied()
}

/// The median of some numbers; 0 of none.
pub fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    match numbers.len() {
        0 => 0.0,
        count => 0.5 * (numbers[(count - 1) / 2] + numbers[count / 2]),
    }
}
