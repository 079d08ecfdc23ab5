//! `roomtone frame`: the pixels that a delivery has at a moment.

use super::film::{Opened, tell_unread};
use super::output::Output;
use super::proof::{self, Proof};
use super::{Done, Failure, moment, replacing};
use crate::picture::{MatteView, with_matte};
use crate::play::{Offline, Programme as _};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use std::sync::Arc;
use timeline_format::{Id, Timeline};

/// Write the picture that a delivery has at a moment, as a PNG of 8 or 16 bits.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone frame film.roomtone 00:00:02:10 -o frame.png\n  roomtone frame film.roomtone 58 -o changed.png --changed c1:blur\n  roomtone frame film.roomtone 58 -o matte.png --matte c1:blur --view highlight"
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
    /// Instead of the picture, what the masks of a clip cover, white on black: those that say what is left of it (CLIP, its
    /// id), or those of one of its effects (CLIP:EFFECT).
    #[arg(long, value_name = "CLIP[:EFFECT]", conflicts_with = "changed")]
    matte: Option<String>,
    /// How a matte is seen: overlay (red over the picture), highlight (in colour within grey) or black_white.
    #[arg(long, value_name = "VIEW", requires = "matte", default_value = "black_white")]
    view: String,
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
    let shown = match &arguments.matte {
        Some(named) => Arc::new(with_matte_of(&opened, named, &arguments.view)?),
        None => Arc::clone(&opened.timeline),
    };
    let mut film = Offline::open(&shown, &opened.folder(), 0..main.length())?;
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

/// The film with the matte of a clip's masks, or of those of one of its effects, in place of the clip.
fn with_matte_of(opened: &Opened, named: &str, view: &str) -> Result<Timeline, Failure> {
    let view = MatteView::named(view).ok_or_else(|| {
        let known = MatteView::ALL.map(MatteView::id).join(", ");
        Failure::call(format!("{view:?} is no view of a matte: name one of {known}"))
    })?;
    let (clip, effect) = named.split_once(':').map_or((named, None), |it| (it.0, Some(it.1)));
    let effect = effect.map(|effect| Id::parse(effect).ok_or_else(|| no_masks(named)));
    let of = (Id::parse(clip).ok_or_else(|| no_masks(named))?, effect.transpose()?);
    let film = &opened.timeline;
    with_matte(film, film.settings.main, of, view).ok_or_else(|| no_masks(named))
}

fn no_masks(named: &str) -> Failure {
    let words = "roomtone cut FILM masks CLIP[:EFFECT] tells those that there are";
    Failure::call(format!("{named:?} names no clip or effect of the film that has masks: {words}"))
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
