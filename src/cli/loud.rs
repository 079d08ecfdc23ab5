//! How loud a delivery is to be, as commands are asked.

use super::Failure;
use super::film::Opened;
use super::output::Output;
use crate::deliver::Preset;
use crate::deliver::leveling::{self, Goal, Leveling, goal};
use crate::play::{Offline, Programme};
use crate::sound::Stem;
use crate::workers::Stop;
use clap::Args;
use serde_json::json;
use std::ops::Range;
use std::path::Path;

/// The loudness of what is delivered.
#[derive(Debug, Args)]
pub(super) struct Loud {
    /// Bring it to a loudness by one gain, and a true-peak limiter where that is needed: r128, a85, netflix,
    /// podcast, stream (see `roomtone list loudness`), or LUFS such as -18. Absent: what the preset says,
    /// else as it was mixed.
    #[arg(long, allow_hyphen_values = true, value_parser = goal)]
    loudness: Option<Goal>,
}

/// What is leveled, and where a trial may lie.
pub(super) struct Place<'a> {
    pub(super) opened: &'a Opened,
    pub(super) range: &'a Range<i64>,
    pub(super) beside: &'a Path,
}

impl Loud {
    /// The film at the loudness that is asked for; tells what that took.
    pub(super) fn level(
        &self,
        film: Box<dyn Programme>,
        preset: &Preset,
        place: &Place<'_>,
        stop: &Stop,
        output: Output,
    ) -> Result<Box<dyn Programme>, Failure> {
        Ok(leveled(film, self.tell(preset, place, stop, output)?))
    }

    /// What brings a delivery to the loudness that it must have.
    pub(super) fn expect(
        &self,
        preset: Option<&Preset>,
        place: &Place<'_>,
        stop: &Stop,
        output: Output,
    ) -> Result<Option<Leveling>, Failure> {
        match preset {
            Some(preset) => self.tell(preset, place, stop, output),
            None if self.loudness.is_none() => Ok(None),
            None => Err(Failure::call("--loudness also needs the --preset that it was made with")),
        }
    }

    fn tell(
        &self,
        preset: &Preset,
        place: &Place<'_>,
        stop: &Stop,
        output: Output,
    ) -> Result<Option<Leveling>, Failure> {
        let found = self.find(preset, place, stop)?;
        if let Some(leveling) = &found {
            output.say(words(leveling), || json!({"leveling": leveling}));
        }
        Ok(found)
    }

    /// What brings it there; `None` where nothing is asked for.
    pub(super) fn find(
        &self,
        preset: &Preset,
        place: &Place<'_>,
        stop: &Stop,
    ) -> Result<Option<Leveling>, Failure> {
        let stated = preset.sound.as_ref().and_then(|sound| sound.loudness);
        let Some(goal) = self.loudness.or(stated).filter(|_| preset.sound.is_some()) else {
            return Ok(None);
        };
        let (film, folder) = (&place.opened.timeline, place.opened.folder());
        let mut open = |stem: Option<Stem>| {
            let programme = match stem {
                None => Offline::open(film, &folder, place.range.clone())?,
                Some(stem) => Offline::of_stem(film, &folder, place.range.clone(), stem)?,
            };
            Ok(Box::new(programme) as Box<dyn Programme>)
        };
        let beside = place.beside.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = beside.unwrap_or(Path::new("."));
        Ok(Some(leveling::level(&mut open, goal, preset, folder, stop)?))
    }
}

/// The film, brought there.
pub(super) fn leveled(film: Box<dyn Programme>, leveling: Option<Leveling>) -> Box<dyn Programme> {
    match leveling {
        Some(leveling) => leveling::leveled(film, leveling),
        None => film,
    }
}

pub(super) fn words(leveling: &Leveling) -> String {
    let limiter = leveling
        .limiter
        .map(|ceiling| format!(", and a limiter at {ceiling:.1} dBTP"))
        .unwrap_or_default();
    format!("it measures {}: {:+.1} dB{limiter}", leveling.found, leveling.gain)
}
