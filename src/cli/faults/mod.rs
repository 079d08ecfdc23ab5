//! `roomtone faults`: what gives the machine away? Looks for faults of pictures, shows where, keeps what was decided.

mod decide;
mod heat;
mod look;
mod tell;

use super::film::Opened;
use super::output::Output;
use super::{Done, Failure};
use crate::edit::Faulty;
use clap::Args;
use clap::builder::PossibleValuesParser;
use std::path::PathBuf;
use timeline_format::{Id, Media, Source, Timeline};

/// Look for faults of pictures: lattices, flicker, boil, pops, joins of batches, doubled frames, banding ...
#[derive(Debug, Args)]
#[command(after_help = "\
Of every shot the chosen take is looked at, and every media that the film shows without a shot. What is found is
kept in the film with where and how strong (`roomtone list faults` says what is meant and what it is wrong about);
looking again keeps what was decided. Nothing is mended but by you. What counts as a fault is in a file of limits.

Examples:
  roomtone faults film.roomtone
  roomtone faults film.roomtone --shot harbour --only lattice --only boil --picture where/
  roomtone faults film.roomtone --list --json
  roomtone faults film.roomtone --accept k3q9 --by Ada --because \"it is lightning\"
  roomtone faults film.roomtone --fix k3q9")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// Only this shot.
    #[arg(long)]
    shot: Option<Id>,
    /// This take of the shot, in the place of the chosen one.
    #[arg(long, requires = "shot")]
    take: Option<Id>,
    /// Only faults of this kind; more than one may be given.
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(kinds()))]
    only: Vec<String>,
    /// A file of limits that count in the place of the program's own: {"flicker": {"stops": 0.02}}.
    #[arg(long, value_name = "JSON")]
    limits: Option<PathBuf>,
    /// Write a picture of where each fault is into this folder.
    #[arg(long, value_name = "DIR")]
    picture: Option<PathBuf>,
    /// Replace pictures that are there.
    #[arg(long)]
    force: bool,
    /// Tell what is kept, and look at nothing.
    #[arg(long, conflicts_with_all = ["picture", "limits", "accept", "fix", "reopen"])]
    list: bool,
    /// Take a fault as it is.
    #[arg(long, value_name = "FAULT", requires_all = ["by", "because"], conflicts_with_all = ["fix", "reopen"])]
    accept: Option<Id>,
    /// Who accepts it.
    #[arg(long, value_name = "NAME", requires = "accept")]
    by: Option<String>,
    /// Why.
    #[arg(long, value_name = "TEXT", requires = "accept")]
    because: Option<String>,
    /// Put the effect that mends a fault on its take, or leave its frames out.
    #[arg(long, value_name = "FAULT", conflicts_with = "reopen")]
    fix: Option<Id>,
    /// Take back what was decided of a fault.
    #[arg(long, value_name = "FAULT")]
    reopen: Option<Id>,
    /// Look and tell, and leave the film as it is.
    #[arg(long)]
    dry_run: bool,
}

fn kinds() -> Vec<&'static str> {
    crate::picture::faults::ALL.iter().map(|finder| finder.id).collect()
}

/// Does what was asked.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let opened = Opened::open(&arguments.film, output)?;
    if arguments.list {
        return tell::kept(arguments, &opened, output);
    }
    if let Some(fault) = arguments.fix {
        return decide::fix(arguments, &opened, fault, output);
    }
    if arguments.accept.is_some() || arguments.reopen.is_some() {
        return decide::decide(arguments, &opened, output);
    }
    look::run(arguments, &opened, output)
}

/// Whose pictures are meant: the takes and media that the call names, or all that the film shows.
fn meant(arguments: &Arguments, film: &Timeline) -> Result<Vec<Faulty>, Failure> {
    let Some(id) = arguments.shot else { return Ok(shown(film)) };
    let Some(shot) = film.shots.get(&id) else {
        let known: Vec<_> = film.shots.keys().map(Id::to_string).collect();
        return Err(Failure::call(format!(
            "the film has no shot {id}; its shots: {}",
            known.join(", ")
        )));
    };
    let take = arguments.take.unwrap_or(shot.take);
    if shot.takes.iter().all(|known| known.id != take) {
        let known: Vec<_> = shot.takes.iter().map(|take| take.id.to_string()).collect();
        return Err(Failure::call(format!(
            "shot {id} has no take {take}; it has {}",
            known.join(", ")
        )));
    }
    Ok(vec![Faulty::Take(id, take)])
}

/// The chosen take of every shot, and every media that a clip shows by itself.
fn shown(film: &Timeline) -> Vec<Faulty> {
    let takes = film.shots.iter().map(|(id, shot)| Faulty::Take(*id, shot.take));
    let alone = film
        .media
        .iter()
        .filter(|(id, media)| media.picture.is_some() && is_shown_alone(film, **id));
    takes.chain(alone.map(|(id, _)| Faulty::Media(*id))).collect()
}

fn is_shown_alone(film: &Timeline, media: Id) -> bool {
    use timeline_format::track::Content;
    let source = Source::Media(media);
    let mut tracks = film.sequences.values().flat_map(|sequence| &sequence.tracks);
    tracks.any(|track| match &track.content {
        Content::Sequential(reel) => {
            reel.iter().any(|item| item.clip.as_ref().is_some_and(|clip| clip.source == source))
        }
        Content::Free(layers) => layers.values().any(|layer| layer.clip.source == source),
    })
}

/// The media whose pictures are meant, and the rate that they are shown at.
fn media_of(film: &Timeline, of: Faulty) -> Option<(&Media, Option<f64>)> {
    match of {
        Faulty::Media(id) => film.media.get(&id).map(|media| (&**media, None)),
        Faulty::Take(shot, take) => {
            let take = film.shots.get(&shot)?.takes.iter().find(|known| known.id == take)?;
            let rate = take.rate.map(|rate| rate.ratio().to_f64());
            film.media.get(&take.media).map(|media| (&**media, rate))
        }
    }
}

/// What is meant, in words.
fn words_of(of: Faulty) -> String {
    match of {
        Faulty::Take(shot, take) => format!("shot {shot}, take {take}"),
        Faulty::Media(media) => format!("media {media}"),
    }
}
