//! What an audience notices of a sound track without knowing why: rooms that change at a cut, hum that
//! comes and goes, holes, clipped and inverted recordings.
//!
//! Cuts and holes are looked for in the mix, which is what is heard: a bed that covers a change is no fault.
//! What is wrong with a recording is looked for in the recording. Sound that has slipped from its picture is
//! written in the document, and told with all else that is wrong there (`link-out-of-sync`).

mod ear;
mod placed;
mod recordings;

use crate::play::{Failed, Programme};
use crate::signal::Samples;
use crate::sound::stretch::Stretch;
use crate::workers::Stop;
use std::path::Path;
use std::sync::Arc;
use timeline_format::problem::FilmPlace;
use timeline_format::{Problem, Sequence, Timeline};

crate::signal::catalogue! {
    /// Every check, in the order in which findings of one place are told.
    pub ALL: CHECK: Check = level room hum dead_air offset polarity clipping
}

/// One thing that is looked for.
#[derive(Debug)]
pub struct Check {
    /// Its name, the code of its problems.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it looks for, with its limits, in one sentence.
    pub help: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
    /// Where it looks.
    looks: Looks,
}

/// Where a check looks, and what it says of what it finds there.
#[derive(Debug)]
enum Looks {
    /// At the mix on both sides of a cut, where something sounds on both.
    Beside(fn(&Stretch, &Stretch) -> Option<String>),
    /// At the mix under each frame; frames in a row are one finding.
    Under(fn(&Samples) -> bool),
    /// At the part of a recording that a clip plays, and its sample rate.
    Behind(fn(&Samples, u32) -> Option<String>),
}

/// So many frames, as people say it.
fn frames(count: i64) -> String {
    if count == 1 { "a frame".to_owned() } else { format!("{count} frames") }
}

impl Check {
    fn problem(&self, words: String, place: FilmPlace) -> Problem {
        Problem::warning(self.id, words).remedy(self.remedy).in_film(place)
    }
}

/// A film to be listened to.
#[derive(Debug, Clone, Copy)]
pub struct Film<'a> {
    /// The document.
    pub timeline: &'a Timeline,
    /// Its main sequence.
    pub sequence: &'a Arc<Sequence>,
    /// Where its media paths start from.
    pub folder: &'a Path,
}

/// Listens to a film from front to back, and tells what it found, in the order of the film.
///
/// `tell` hears how many frames it has listened to.
///
/// # Errors
/// Where the mix cannot be made.
pub fn listen(
    film: Film<'_>,
    mix: &mut dyn Programme,
    stop: &Stop,
    tell: &mut dyn FnMut(i64),
) -> Result<Vec<Problem>, Failed> {
    let mut found = ear::listen(film, mix, stop, tell)?;
    found.extend(recordings::listen(film, stop));
    found.sort_by_key(|(frame, _)| *frame);
    Ok(found.into_iter().map(|(_, problem)| problem).collect())
}
