//! A track through a clip, and what goes with it: a mask, the clip itself, another clip.

mod beside;
mod goal;
mod keys;
mod passage;
mod steady;

pub use goal::{Goal, Set};
pub use passage::{Passage, Passed};
pub use steady::{Stabilise, Stabilised};

use super::follow::{Followed, Grip, follow};
use super::place::path_of;
use crate::media;
use crate::workers::Stop;
use std::path::Path;
use timeline_format::{Frames, Id, Timeline};

/// Why nothing was tracked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotTracked {
    /// What was asked for is not there, or cannot go with a track.
    #[error("{0}")]
    Asked(String),
    /// The film says of no media, or of none that is a file here, what it shows.
    #[error("{0}")]
    Film(String),
    /// Its pictures were not read, there is nothing in them to hold on to, or the work was stopped.
    #[error(transparent)]
    Media(#[from] media::Error),
}

/// What is to be followed, where, and what is to go with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Track {
    /// The clip, of the main sequence.
    pub clip: Id,
    /// What is taken up of its picture.
    pub grip: Grip,
    /// The frame of the film in which it is taken up.
    pub taken: i64,
    /// The first frame of the film in which it is followed, and the first in which it is no more; `None`: the clip's ends.
    pub part: [Option<i64>; 2],
    /// What goes with it, if anything does.
    pub goal: Option<Goal>,
}

/// What came of a track.
#[derive(Debug)]
pub struct Tracked<'a> {
    /// The frames that it goes through.
    pub passage: Passage<'a>,
    /// Where it is in each of them.
    pub followed: Followed,
    /// What is set so that its goal goes with it, each by `edit::set_parameter`.
    pub sets: Vec<Set>,
}

impl Track {
    /// The frames that it goes through.
    ///
    /// # Errors
    /// Where the clip is not seen in them, shows no media, or has not what is to go along.
    pub fn passage<'a>(&self, film: &'a Timeline) -> Result<Passage<'a>, NotTracked> {
        let passage = Passage::of(film, self.clip, (self.taken, self.part))?;
        self.goal.map_or(Ok(()), |goal| goal.check(film, passage.clip))?;
        Ok(passage)
    }

    /// Follows it through the pictures of its clip, whose film's paths start from `folder`; `tell` is called after each.
    ///
    /// # Errors
    /// As [`Self::passage`]; and where pictures cannot be read, hold nothing to hold on to, or `stop` was raised.
    pub fn run<'a>(
        &self,
        film: &'a Timeline,
        folder: &Path,
        (stop, tell): (&Stop, &dyn Fn()),
    ) -> Result<Tracked<'a>, NotTracked> {
        let passage = self.passage(film)?;
        let media = passage.media(film)?;
        let path = path_of(media, folder).ok_or_else(|| {
            NotTracked::Film(format!("the media {} is no local file", media.path))
        })?;
        let frames: Vec<Frames> = passage.frames.iter().map(|frame| frame.showing.at).collect();
        let followed = follow((&path, media), (&frames, passage.taken), self.grip, (stop, tell))?;
        let goal = self.goal.map(|goal| goal.values(film, &passage, (self.grip, &followed)));
        let sets = goal.transpose()?.unwrap_or_default();
        Ok(Tracked { passage, followed, sets })
    }
}
