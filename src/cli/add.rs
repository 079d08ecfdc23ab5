//! `roomtone add`: media into a film, as clips to cut with, or as takes of a shot.

use super::film::Opened;
use super::output::Output;
use super::{Done, Failure, interrupt};
use crate::edit;
use crate::media;
use clap::Args;
use serde_json::json;
use std::path::{Path, PathBuf};
use timeline_format::media::MediaKind;
use timeline_format::{Id, Media, Rate, Timeline};

/// Bring media into a film: files, folders (numbered frames become sequences), takes of a shot.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  roomtone add film.roomtone rushes/\n  roomtone add film.roomtone harbour-*.png --takes-of harbour"
)]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// Files and folders.
    #[arg(required = true)]
    media: Vec<PathBuf>,
    /// Make all of them takes of the shot of this id, a new one if need be.
    #[arg(long, value_name = "SHOT")]
    takes_of: Option<String>,
    /// Frames a second of numbered sequences; absent: the film's.
    #[arg(long, value_parser = super::new::rate)]
    rate: Option<Rate>,
}

/// Adds the media, saves the film, tells the ids.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let opened = Opened::open(&arguments.film, output)?;
    let folder = opened.folder();
    let mut film = (*opened.timeline).clone();
    let mut added = Vec::new();
    let stop = interrupt::stop_on_interrupt();
    for found in media::scan(&arguments.media, &stop)? {
        match found {
            Ok((path, media)) => added.push(add(&mut film, &folder, &path, media, arguments.rate)?),
            Err(error) => output.note(format_args!("left out: {error}")),
        }
    }
    if stop.is_raised() {
        return Err(anyhow::anyhow!("stopped; the film is as it was").into());
    }
    if let Some(shot) = &arguments.takes_of {
        add_takes(&mut film, shot, &added)?;
    }
    crate::project::save(&arguments.film, &film)?;
    for id in &added {
        let path = film.media.get(id).map(|media| media.path.clone()).unwrap_or_default();
        output.say(format!("{id:16} {path}"), || json!({"id": id, "path": path}));
    }
    if added.is_empty() { Err(anyhow::anyhow!("there was nothing to add").into()) } else { Ok(()) }
}

/// Adds one media and gives its id: that of the same file, if it was there before.
fn add(
    film: &mut Timeline,
    folder: &Path,
    path: &Path,
    mut media: Media,
    rate: Option<Rate>,
) -> Result<Id, Failure> {
    if media.kind == MediaKind::Sequence {
        media.rate = rate.or(media.rate);
    }
    Ok(crate::project::bring(film, folder, path, media)?)
}

fn add_takes(film: &mut Timeline, shot: &str, media: &[Id]) -> Done {
    let words = "write 1 to 16 characters of a-z, 0-9, - and _";
    let id = Id::parse(shot).ok_or_else(|| Failure::call(format!("{shot:?} is no id: {words}")))?;
    *film = edit::bring_takes(film, (id, shot), media)?.timeline;
    Ok(())
}
