//! `roomtone captions`: what is said, in writing: brought, changed, checked, written for others.

mod bring;
mod cues;
mod look;
mod told;

use super::film::Opened;
use super::output::Output;
use super::{Done, Failure, moment};
use crate::edit::{Duration, Edited, Scope};
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::PathBuf;
use std::sync::Arc;
use timeline_format::{Captions, Id, IdSource, Sequence, Timeline};

/// Captions of a film: bring them from SubRip, WebVTT or SubStation Alpha, list, change, check, write them out.
#[derive(Debug, Args)]
#[command(after_help = "\
Captions are named by their id, their name or their language; where a film has only one, by nothing.

Examples:
  roomtone captions film.roomtone import film.srt --language en
  roomtone captions film.roomtone check
  roomtone captions film.roomtone export -o film.vtt")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    List(told::List),
    Import(bring::Import),
    Export(bring::Export),
    Check(told::Check),
    Add(cues::Add),
    Change(cues::Change),
    Remove(cues::Remove),
    Shift(cues::Shift),
    Split(cues::Split),
    Join(cues::Join),
    Set(look::Set),
    Drop(look::Drop),
}

/// What a verb works on.
struct Desk<'a> {
    film: &'a Timeline,
    main: Arc<Sequence>,
    scope: Scope,
    ids: IdSource,
    output: Output,
}

impl Desk<'_> {
    /// The captions that are meant.
    fn captions(&self, name: Option<&str>) -> Result<(Id, &Arc<Captions>), Failure> {
        chosen(&self.main, name)
    }

    fn frame(&self, text: &str) -> Result<i64, Failure> {
        moment::frame_at(text, &self.main)
    }

    fn length(&self, text: &str) -> Result<i64, Failure> {
        let header = &self.main.header;
        let length = Duration::parse(text).map_err(Failure::call)?;
        length.frames(header.rate, header.timecode).map_err(Failure::call)
    }
}

/// The captions of a sequence that a name means; the only ones, where nothing is said.
pub(super) fn chosen<'a>(
    sequence: &'a Sequence,
    name: Option<&str>,
) -> Result<(Id, &'a Arc<Captions>), Failure> {
    let all = &sequence.captions;
    let known = || {
        let names: Vec<String> = all.iter().map(|(id, it)| it.title(*id)).collect();
        if names.is_empty() { "the film has none".to_owned() } else { names.join(", ") }
    };
    let Some(name) = name else {
        let mut first = all.iter();
        return match (first.next(), first.next()) {
            (Some((id, captions)), None) => Ok((*id, captions)),
            _ => Err(Failure::call(format!("say which captions with --of: {}", known()))),
        };
    };
    let is_it = |id: &Id, it: &Captions| {
        id.as_str() == name || it.name == name || it.language.eq_ignore_ascii_case(name)
    };
    let found = all.iter().find(|(id, captions)| is_it(id, captions));
    let found = found.map(|(id, captions)| (*id, captions));
    found.ok_or_else(|| Failure::call(format!("there are no captions {name:?}: {}", known())))
}

/// Does what the verb says, and saves the film where it changed.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let opened = Opened::open(&arguments.film, output)?;
    let ids = IdSource::seeded(getrandom::u64()?);
    let scope = Scope::of(opened.timeline.settings.main);
    let mut desk = Desk { film: &opened.timeline, main: opened.main()?, scope, ids, output };
    let edited = match &arguments.verb {
        Verb::List(verb) => return verb.run(&desk),
        Verb::Check(verb) => return verb.run(&desk),
        Verb::Export(verb) => return verb.run(&desk),
        Verb::Import(verb) => verb.edit(&mut desk)?,
        Verb::Add(verb) => verb.edit(&mut desk)?,
        Verb::Change(verb) => verb.edit(&mut desk)?,
        Verb::Remove(verb) => verb.edit(&mut desk)?,
        Verb::Shift(verb) => verb.edit(&mut desk)?,
        Verb::Split(verb) => verb.edit(&mut desk)?,
        Verb::Join(verb) => verb.edit(&mut desk)?,
        Verb::Set(verb) => verb.edit(&mut desk)?,
        Verb::Drop(verb) => verb.edit(&mut desk)?,
    };
    save(&arguments.film, &edited, output)
}

fn save(film: &std::path::Path, edited: &Edited, output: Output) -> Done {
    crate::project::save(film, &edited.timeline)?;
    for id in &edited.made {
        output.say(id, || json!({"made": id}));
    }
    Ok(())
}
