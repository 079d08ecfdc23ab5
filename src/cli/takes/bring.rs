//! `roomtone takes FILM --bring MEDIA...`: a shot for each group of takes.

use super::folder::{candidates, told_apart};
use super::{Arguments, look};
use crate::cli::film::Opened;
use crate::cli::output::Output;
use crate::cli::{Done, Failure, interrupt};
use crate::edit::{self, into_shots};
use crate::play::{Seen, Wish, takes_in};
use serde_json::json;
use timeline_format::{Id, IdSource, Timeline};

/// Brings the takes, saves the film, tells the shots.
pub(super) fn run(arguments: &Arguments, opened: &Opened, output: Output) -> Done {
    let stop = interrupt::stop_on_interrupt();
    let paths = takes_in(&arguments.bring, arguments.numbered(), &stop)?;
    let wish = Wish { is_remembered: true, ..Wish::default() };
    let (seen, lost) = told_apart(look(&paths, wish, output)?);
    lost.iter().for_each(|error| output.note(format_args!("left out: {error}")));
    let mut bench = Bench::new(opened)?;
    for shot in into_shots(&candidates(&seen)) {
        let takes: Vec<&Seen> = shot.takes().map(|take| &seen[take]).collect();
        bench.bring(&shot.name, &takes, arguments.shot)?;
    }
    if seen.is_empty() {
        return Err(anyhow::anyhow!("there was nothing to bring; the film is as it was").into());
    }
    crate::project::save(&opened.path, &bench.film)?;
    for (id, name, takes) in &bench.made {
        let plural = if takes.len() == 1 { "" } else { "s" };
        output.say(
            format!("{id:16} {name}: {} new take{plural}", takes.len()),
            || json!({"shot": id, "name": name, "takes": takes}),
        );
    }
    Ok(())
}

/// A film that takes come into.
struct Bench<'a> {
    opened: &'a Opened,
    film: Timeline,
    ids: IdSource,
    /// Shots, their names, and the takes that are new.
    made: Vec<(Id, String, Vec<Id>)>,
}

impl<'a> Bench<'a> {
    fn new(opened: &'a Opened) -> Result<Self, Failure> {
        let ids = IdSource::seeded(getrandom::u64()?);
        Ok(Self { opened, film: (*opened.timeline).clone(), ids, made: Vec::new() })
    }

    /// Brings takes into the shot that is named, else into the one that has some of them already, else
    /// into a new one.
    fn bring(&mut self, name: &str, takes: &[&Seen], named: Option<Id>) -> Done {
        let folder = self.opened.folder();
        let mut media = Vec::new();
        for take in takes {
            let found = take.media.clone();
            media.push(crate::project::bring(&mut self.film, &folder, &take.path, found)?);
        }
        let shot = named.or_else(|| self.shot_of(&media));
        let shot = shot.unwrap_or_else(|| edit::shot_id(&self.film, name, &mut self.ids));
        let edited = edit::bring_takes(&self.film, (shot, name), &media)?;
        self.film = edited.timeline;
        let name = self.film.shots.get(&shot).map_or(name, |shot| shot.name.as_str()).to_owned();
        self.made.push((shot, name, edited.made));
        Ok(())
    }

    fn shot_of(&self, media: &[Id]) -> Option<Id> {
        let has = |take: &timeline_format::Take| media.contains(&take.media);
        let mut shots = self.film.shots.iter();
        shots.find(|(_, shot)| shot.takes.iter().any(has)).map(|(id, _)| *id)
    }
}
