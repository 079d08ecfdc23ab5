//! `roomtone stills`: the gallery of a film, and a still's picture.

use super::film::{Opened, tell_unread};
use super::output::Output;
use super::{Done, Failure, moment, replacing};
use crate::edit;
use crate::play::{Offline, Programme as _};
use clap::Args;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use timeline_format::{Id, Still};

/// List the stills of a film, or write the picture of one as a PNG.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  roomtone stills film.roomtone
  roomtone stills film.roomtone dusk -o dusk.png")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// A still's id.
    #[arg(requires = "output")]
    still: Option<Id>,
    /// The PNG to write.
    #[arg(short, long, requires = "still")]
    output: Option<PathBuf>,
    /// 16 bits a channel instead of 8.
    #[arg(long, requires = "still")]
    deep: bool,
    /// Replace a file that is there.
    #[arg(long)]
    force: bool,
}

/// Lists them, or makes a picture and writes it.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    if let Some(path) = &arguments.output {
        replacing::refuse(path, arguments.force)?;
    }
    let opened = Opened::open(&arguments.film, output)?;
    match (arguments.still, &arguments.output) {
        (Some(still), Some(path)) => picture(arguments, (&opened, still, path), output),
        _ => list(&opened, output),
    }
}

fn list(opened: &Opened, output: Output) -> Done {
    let main = opened.main()?;
    for (id, still) in &opened.timeline.stills {
        let label = moment::label_of(still.at, &main);
        let kinds = kinds_of(still);
        let operations = if kinds.is_empty() { "no grade".to_owned() } else { kinds.join(", ") };
        let words = format!("{id}: {}, kept at {label}: {operations}", still.name);
        let effects = json!(kinds);
        output.say(words, || {
            json!({
                "still": id, "name": still.name, "frame": still.at, "timecode": label,
                "effects": effects,
            })
        });
    }
    if opened.timeline.stills.is_empty() {
        let words = "the film has no still: keep one by `roomtone cut FILM keep-still`";
        output.say(words, || json!({"stills": 0}));
    }
    Ok(())
}

fn kinds_of(still: &Still) -> Vec<&str> {
    let working = still.clip.look.effects.iter().filter(|effect| !effect.bypass);
    working.map(|effect| effect.kind.as_str()).collect()
}

fn picture(
    arguments: &Arguments,
    (opened, still, path): (&Opened, Id, &Path),
    output: Output,
) -> Done {
    let alone = edit::still_film(&opened.timeline, still).ok_or_else(|| {
        let all: Vec<_> = opened.timeline.stills.keys().map(Id::to_string).collect();
        let all = if all.is_empty() { "none".to_owned() } else { all.join(", ") };
        Failure::call(format!("the film has no still {still}; it has {all}"))
    })?;
    let mut film = Offline::open(&Arc::new(alone), &opened.folder(), 0..1)?;
    let picture = film.picture(0)?;
    let file = crate::deliver::png(&picture, arguments.deep)?;
    crate::project::write_whole(path, &file)?;
    tell_unread(&film.unread(), output);
    output.say(
        format!("still {still}: {}", path.display()),
        || json!({"still": still, "path": path}),
    );
    Ok(())
}
