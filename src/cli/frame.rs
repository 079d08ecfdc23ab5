//! `roomtone frame`: the pixels that a delivery has at a moment.

use super::film::{Opened, tell_unread};
use super::output::Output;
use super::proof::{self, Proof};
use super::{Done, moment, replacing};
use crate::play::{Offline, Programme as _};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// Write the picture that a delivery has at a moment, as a PNG of 8 or 16 bits.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone frame film.roomtone 00:00:02:10 -o frame.png\n  roomtone frame film.roomtone 58 -o changed.png --changed c1:blur"
)]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// A frame number or a timecode.
    time: String,
    /// The PNG to write.
    #[arg(short, long)]
    output: PathBuf,
    /// 16 bits a channel instead of 8.
    #[arg(long)]
    deep: bool,
    /// Instead of the picture, what effects change of it, in white: those of a clip (CLIP, its id), or one (CLIP:EFFECT).
    #[arg(long, value_name = "CLIP[:EFFECT]")]
    changed: Option<String>,
    /// Replace a file that is there.
    #[arg(long)]
    force: bool,
}

/// Makes the picture and writes it.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    replacing::refuse(&arguments.output, arguments.force)?;
    let opened = Opened::open(&arguments.film, output)?;
    let frame = opened.frame(&arguments.time)?;
    if let Some(named) = &arguments.changed {
        return changed(arguments, (&opened, frame, named), output);
    }
    let main = opened.main()?;
    let mut film = Offline::open(&opened.timeline, &opened.folder(), 0..main.length())?;
    let picture = film.picture(frame)?;
    let file = crate::deliver::png(&picture, arguments.deep)?;
    crate::project::write_whole(&arguments.output, &file)?;
    tell_unread(&film.unread(), output);
    let label = moment::label_of(frame, &main);
    output.say(
        format!("frame {frame}, {label}: {}", arguments.output.display()),
        || json!({"frame": frame, "timecode": label, "path": arguments.output}),
    );
    Ok(())
}

/// Writes what effects change of a frame, and says how much that is.
fn changed(
    arguments: &Arguments,
    (opened, frame, named): (&Opened, i64, &str),
    output: Output,
) -> Done {
    let Proof { picture, changed, all } = proof::proof(opened, frame, named)?;
    let file = crate::deliver::png(&picture, false)?;
    crate::project::write_whole(&arguments.output, &file)?;
    let path = &arguments.output;
    output.say(
        format!(
            "frame {frame}: {changed} of {all} pixels are changed by {named}: {}",
            path.display()
        ),
        || json!({"frame": frame, "changed": changed, "pixels": all, "path": path}),
    );
    Ok(())
}
