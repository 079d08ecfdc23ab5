//! `roomtone sheet`: a frame of every shot, beside each other.

use super::film::{Opened, tell_unread};
use super::output::Output;
use super::{Done, moment, replacing};
use crate::deliver::contact::{Print, contact_pdf};
use crate::picture::{contact_sheet, miniature};
use crate::play::{Offline, Programme as _};
use crate::signal::Image;
use clap::Args;
use serde_json::json;
use std::path::{Path, PathBuf};
use timeline_format::track::TrackKind;
use timeline_format::{Item, Reel, Sequence, Source, Timeline};

/// Write a contact sheet: the middle frame of every clip of the lowest picture track, as a PNG or a PDF.
#[derive(Debug, Args)]
#[command(after_help = "\
A PDF has as many pages as it needs; below each picture stand its shot, where the clip begins and its length.

Examples:
  roomtone sheet film.roomtone -o sheet.png --columns 4
  roomtone sheet film.roomtone -o sheet.pdf")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// The PNG or PDF to write.
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
    let clips = clips(&main);
    let mut pictures = Vec::new();
    for (start, item) in &clips {
        pictures.push((*film.picture(start + item.length / 2)?).clone());
    }
    let bytes = if is_pdf(&arguments.output) {
        let about = clips.iter().map(|clip| about(&opened.timeline, &main, *clip)).collect();
        pdf(arguments, &opened.timeline.settings.title, (pictures.as_slice(), about))?
    } else {
        let sheet = contact_sheet(&pictures, arguments.columns, arguments.width);
        let sheet = sheet.ok_or_else(|| anyhow::anyhow!("the film has no picture yet"))?;
        crate::deliver::png(&sheet, false)?
    };
    crate::project::write_whole(&arguments.output, &bytes)?;
    tell_unread(&film.unread(), output);
    let words = format!("{} pictures: {}", pictures.len(), arguments.output.display());
    output.say(words, || json!({"pictures": pictures.len(), "path": arguments.output}));
    Ok(())
}

/// Whether a file is to be a PDF, by its name.
pub(super) fn is_pdf(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"))
}

fn pdf(
    arguments: &Arguments,
    title: &str,
    (pictures, about): (&[Image], Vec<Vec<String>>),
) -> Result<Vec<u8>, anyhow::Error> {
    let small = pictures.iter().map(|picture| miniature(picture, arguments.width));
    let prints =
        small.zip(about).filter_map(|(picture, lines)| Some(Print { picture: picture?, lines }));
    let prints: Vec<Print> = prints.collect();
    if prints.is_empty() {
        return Err(anyhow::anyhow!("the film has no picture yet"));
    }
    Ok(contact_pdf(title, &prints, arguments.columns)?)
}

/// What is written below a clip: what it shows, where it begins, how long it is.
fn about(film: &Timeline, main: &Sequence, (start, item): (i64, &Item)) -> Vec<String> {
    let name = item.clip.as_ref().map_or_else(String::new, |clip| match &clip.source {
        _ if !clip.name.is_empty() => clip.name.clone(),
        Source::Shot(id) => {
            let shot = film.shots.get(id).map(|shot| format!("{}, take {}", shot.name, shot.take));
            shot.unwrap_or_else(|| id.to_string())
        }
        Source::Media(id) | Source::Sequence(id) => id.to_string(),
        Source::Generator(_) => "made here".to_owned(),
    });
    vec![name, format!("{}, {} frames", moment::label_of(start, main), item.length)]
}

/// Every clip of the lowest sequential picture track, and where it begins.
fn clips(main: &Sequence) -> Vec<(i64, &Item)> {
    let mut pictures = main.tracks.iter().filter(|track| track.header.kind == TrackKind::Picture);
    let reel = pictures.find_map(|track| track.reel());
    let placed = reel.into_iter().flat_map(Reel::placed);
    placed.filter(|(_, item)| !item.is_gap()).collect()
}
