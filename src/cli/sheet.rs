//! `roomtone sheet`: a frame of every shot, beside each other.

use super::film::{Opened, tell_unread};
use super::output::Output;
use super::{Done, replacing};
use crate::picture::contact_sheet;
use crate::play::{Offline, Programme as _};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use timeline_format::Sequence;
use timeline_format::track::TrackKind;

/// Write a contact sheet: the middle frame of every clip of the lowest picture track, as a PNG.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone sheet film.roomtone -o sheet.png --columns 4")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// The PNG to write.
    #[arg(short, long)]
    output: PathBuf,
    /// Pictures in a row.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=40))]
    columns: u32,
    /// Pixels across each picture.
    #[arg(long, default_value_t = 480, value_parser = clap::value_parser!(u32).range(16..=4096))]
    width: u32,
    /// Replace a file that is there.
    #[arg(long)]
    force: bool,
}

/// Makes the sheet.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    replacing::refuse(&arguments.output, arguments.force)?;
    let opened = Opened::open(&arguments.film, output)?;
    let main = opened.main()?;
    let mut film = Offline::open(&opened.timeline, &opened.folder(), 0..main.length())?;
    let mut pictures = Vec::new();
    for frame in middles(&main) {
        pictures.push((*film.picture(frame)?).clone());
    }
    let sheet = contact_sheet(&pictures, arguments.columns, arguments.width);
    let sheet = sheet.ok_or_else(|| anyhow::anyhow!("the film has no picture yet"))?;
    crate::project::write_whole(&arguments.output, &crate::deliver::png(&sheet, false)?)?;
    tell_unread(&film.unread(), output);
    let words = format!("{} pictures: {}", pictures.len(), arguments.output.display());
    output.say(words, || json!({"pictures": pictures.len(), "path": arguments.output}));
    Ok(())
}

/// The middle frame of every clip of the lowest sequential picture track.
fn middles(main: &Sequence) -> Vec<i64> {
    let mut pictures = main.tracks.iter().filter(|track| track.header.kind == TrackKind::Picture);
    let reel = pictures.find_map(|track| track.reel());
    let clips = reel.into_iter().flat_map(|reel| reel.placed().filter(|(_, item)| !item.is_gap()));
    clips.map(|(start, item)| start + item.length / 2).collect()
}
