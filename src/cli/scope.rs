//! `roomtone scope`: what the signal of a frame is, as a picture and in figures.

use super::film::{Opened, tell_unread};
use super::output::Output;
use super::{Done, Failure, replacing};
use crate::picture::scopes::{self, Scope, Signal, Size};
use crate::play::{Offline, Programme as _};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// Draw a scope of the picture that a delivery has at a moment, and tell its figures.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone scope film.roomtone 00:00:02:10 --kind parade -o parade.png"
)]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// A frame number or a timecode.
    time: String,
    /// Which: one of `roomtone list scopes`.
    #[arg(long, default_value = "waveform")]
    kind: String,
    /// The PNG to write; absent: the figures alone.
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// How wide it is, 16 to 4096; a scope that is a picture is as large as the film.
    #[arg(long, default_value_t = 960)]
    width: usize,
    /// How high.
    #[arg(long, default_value_t = 512)]
    height: usize,
    /// Replace a file that is there.
    #[arg(long)]
    force: bool,
}

/// Draws the scope and tells its figures.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let scope = chosen(&arguments.kind)?;
    if let Some(path) = &arguments.output {
        replacing::refuse(path, arguments.force)?;
    }
    let opened = Opened::open(&arguments.film, output)?;
    let frame = opened.frame(&arguments.time)?;
    let length = opened.main()?.length();
    let mut film = Offline::open(&opened.timeline, &opened.folder(), 0..length)?;
    let picture = film.picture(frame)?;
    let signal = Signal::whole(&picture);
    if let Some(path) = &arguments.output {
        let size = Size { width: arguments.width, height: arguments.height };
        let file = crate::deliver::png(&scopes::marked(scope, &signal, size), false)?;
        crate::project::write_whole(path, &file)?;
        let path = path.display().to_string();
        output.say(&path, || json!({"path": path}));
    }
    tell_unread(&film.unread(), output);
    let figures = (scope.figures)(&signal);
    let words: Vec<_> = figures.iter().map(|(name, value)| format!("{name} {value:.4}")).collect();
    let object: serde_json::Map<_, _> =
        figures.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    output.say(words.join(", "), || json!({"scope": scope.id, "frame": frame, "figures": object}));
    Ok(())
}

fn chosen(kind: &str) -> Result<&'static Scope, Failure> {
    scopes::named(&kind.replace('-', "_")).ok_or_else(|| {
        let all: Vec<_> = scopes::ALL.iter().map(|scope| scope.id).collect();
        Failure::call(format!("there is no scope {kind:?}; there are {}", all.join(", ")))
    })
}
