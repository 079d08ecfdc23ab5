//! `roomtone export`: the film as another program's cut.

use super::film::Opened;
use super::output::Output;
use super::{Done, Failure, carried, replacing};
use crate::interchange::ExportOptions;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// Write a film as another program's cut (see `roomtone list formats`).
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone export film.roomtone -o cut.otio")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// The cut to write; its extension names the format.
    #[arg(short, long)]
    output: PathBuf,
    /// Replace a file that is there.
    #[arg(long)]
    force: bool,
}

/// Writes the cut and tells what it cannot say.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let path = &arguments.output;
    replacing::refuse(path, arguments.force)?;
    let format = super::import::format_of(path)?;
    let write =
        format.write.ok_or_else(|| Failure::call(format!("{} is only read", format.label)))?;
    let opened = Opened::open(&arguments.film, output)?;
    let exported = write(&opened.timeline, &ExportOptions::default())?;
    carried::tell(&exported.notes, output);
    crate::project::write_whole(path, exported.text.as_bytes())?;
    output.say(
        format!("{}: {}", path.display(), carried::words(&exported.notes)),
        || json!({"cut": path, "notes": exported.notes.len()}),
    );
    Ok(())
}
