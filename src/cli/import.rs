//! `roomtone import`: another program's cut becomes a film.

use super::output::Output;
use super::{Done, Failure, carried, replacing};
use crate::interchange::{self, FORMATS, Format, ImportOptions};
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::path::{Path, PathBuf};
use timeline_format::track::Content;
use timeline_format::{Rate, Timeline};

/// The largest file that is read as a cut.
const LARGEST: u64 = 4 << 30;

/// Turn another program's cut (see `roomtone list formats`) into a film.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone import cut.otio -o film.roomtone --media rushes")]
pub(crate) struct Arguments {
    /// The cut.
    cut: PathBuf,
    /// The film to write.
    #[arg(short, long)]
    output: PathBuf,
    /// The folder that relative media paths start from; absent: the cut's.
    #[arg(long)]
    media: Option<PathBuf>,
    /// Frames a second of the cut, where it does not say.
    #[arg(long, value_parser = super::new::rate)]
    rate: Option<Rate>,
    /// Replace a film that is there.
    #[arg(long)]
    force: bool,
}

/// Reads the cut, tells what it could not say, writes the film.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    replacing::refuse(&arguments.output, arguments.force)?;
    let format = format_of(&arguments.cut)?;
    let read =
        format.read.ok_or_else(|| Failure::call(format!("{} is only written", format.label)))?;
    let bytes = bytes_of(&arguments.cut)?;
    let folder = media_folder(arguments)?;
    let look = |path: &str| crate::media::probe(&folder.join(path)).ok();
    let media = folder_in_film(&folder, &arguments.output)?;
    let options = ImportOptions {
        rate: arguments.rate,
        media: &media,
        look: Some(&look),
        seed: getrandom::u64()?,
        ..ImportOptions::default()
    };
    let imported = read(&bytes, &options)
        .with_context(|| format!("reading the cut {}", arguments.cut.display()))?;
    carried::tell(&imported.notes, output);
    crate::project::save(&arguments.output, &imported.timeline)?;
    let Extent { tracks, clips, frames } = Extent::of(&imported.timeline);
    let words = format!(
        "{}: {frames} frames at {} a second, tracks: {tracks}, clips: {clips}; {}",
        arguments.output.display(),
        imported.timeline.settings.rate,
        carried::words(&imported.notes)
    );
    let notes = imported.notes.len();
    output.say(words, || {
        json!({
            "film": arguments.output, "notes": notes,
            "tracks": tracks, "clips": clips, "frames": frames,
        })
    });
    Ok(())
}

/// How much a film holds in its main sequence.
struct Extent {
    tracks: usize,
    clips: usize,
    frames: i64,
}

impl Extent {
    fn of(film: &Timeline) -> Self {
        let Some(main) = film.main() else { return Self { tracks: 0, clips: 0, frames: 0 } };
        let clips = main.tracks.iter().map(|track| match &track.content {
            Content::Sequential(reel) => reel.iter().filter(|item| !item.is_gap()).count(),
            Content::Free(layers) => layers.len(),
        });
        Self { tracks: main.tracks.len(), clips: clips.sum(), frames: main.length() }
    }
}

/// The format that a file's name says.
pub(super) fn format_of(path: &Path) -> Result<&'static Format, Failure> {
    let known = || FORMATS.iter().flat_map(|format| format.extensions.iter().copied());
    interchange::format_of(&path.to_string_lossy()).ok_or_else(|| {
        let known: Vec<_> = known().collect();
        let words = format!("the extensions known are {}", known.join(", "));
        Failure::call(format!("{} names no format; {words}", path.display()))
    })
}

fn bytes_of(cut: &Path) -> Result<Vec<u8>, Failure> {
    let context = || format!("reading the cut {}", cut.display());
    let size = std::fs::metadata(cut).with_context(context)?.len();
    if size > LARGEST {
        return Err(
            anyhow::anyhow!("{size} bytes are too many for a cut: {}", cut.display()).into()
        );
    }
    Ok(std::fs::read(cut).with_context(context)?)
}

/// The folder that the cut's media are looked for in.
fn media_folder(arguments: &Arguments) -> Result<PathBuf, Failure> {
    let beside = || arguments.cut.parent().map(Path::to_owned).unwrap_or_default();
    let folder = arguments.media.clone().unwrap_or_else(beside);
    Ok(std::path::absolute(if folder.as_os_str().is_empty() { Path::new(".") } else { &folder })?)
}

/// That folder as the film writes it; empty where it is the film's own.
fn folder_in_film(folder: &Path, film: &Path) -> Result<String, Failure> {
    let own = film.parent().map(Path::to_owned).unwrap_or_default();
    Ok(crate::project::relative_to(folder, &own)?)
}
