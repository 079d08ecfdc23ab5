//! `roomtone frame`: the pixels that a delivery has at a moment.

use super::film::{Opened, tell_unread};
use super::output::Output;
use super::{Done, moment, replacing};
use crate::play::{Offline, Programme as _};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// Write the picture that a delivery has at a moment, as a PNG of 8 or 16 bits.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone frame film.roomtone 00:00:02:10 -o frame.png")]
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
    /// Replace a file that is there.
    #[arg(long)]
    force: bool,
}

/// Makes the picture and writes it.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    replacing::refuse(&arguments.output, arguments.force)?;
    let opened = Opened::open(&arguments.film, output)?;
    let frame = opened.frame(&arguments.time)?;
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
