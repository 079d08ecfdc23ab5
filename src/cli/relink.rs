//! `roomtone relink`: media that have moved, found again.

use super::film::Opened;
use super::output::Output;
use super::{Done, interrupt};
use crate::edit;
use crate::play::{found_media, missing_media};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// Find media that are not where the film says, by their content or their name, and say so in the film.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone relink film.roomtone /archive/rushes")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// The folder to search, with what lies in it.
    folder: PathBuf,
}

/// Searches, saves the film, tells what was found and what was not.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let opened = Opened::open(&arguments.film, output)?;
    let folder = opened.folder();
    let lost = missing_media(&opened.timeline, &folder);
    if lost.is_empty() {
        output.say("every media is where the film says", || json!({"missing": 0}));
        return Ok(());
    }
    let stop = interrupt::stop_on_interrupt();
    let found = found_media(&opened.timeline, &lost, &arguments.folder, &stop)?;
    let mut film = (*opened.timeline).clone();
    for (id, path) in &found {
        let path = crate::project::relative_to(path, &folder)?;
        output.say(format!("{id:16} {path}"), || json!({"media": id, "path": path}));
        film = edit::change_media(&film, *id, |media| media.path = path)?.timeline;
    }
    crate::project::save(&arguments.film, &film)?;
    let left = lost.len() - found.len();
    if left > 0 {
        let words = format!("{left} of {} media were not found there", lost.len());
        return Err(anyhow::anyhow!(words).into());
    }
    Ok(())
}
