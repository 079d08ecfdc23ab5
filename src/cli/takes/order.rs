//! `--order`: what a generator is to be asked for, where a take is too short for its cuts.

use crate::cli::film::Opened;
use crate::cli::output::Output;
use crate::cli::{Done, Failure, replacing};
use crate::edit::{Note, shortages};
use crate::media::Pictures;
use crate::play::path_of;
use crate::signal::Image;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use timeline_format::{Id, Media, Rate, Shot, Timeline};

/// A clip that shows more than the take has: frames of its sequence that lack.
struct Lack {
    sequence: Id,
    clip: Id,
    rate: Rate,
    before: i64,
    after: i64,
}

/// Writes the order and the picture that is gone on from; none, where no cut lacks a frame.
pub(super) fn run(
    opened: &Opened,
    (id, shot): (Id, &Shot),
    path: &Path,
    force: bool,
    output: Output,
) -> Done {
    let lacks = lacks(&opened.timeline, id);
    if lacks.is_empty() {
        let words = format!("every cut of {id} has the frames that it needs; no order was written");
        output.say(words, || json!({"shot": id, "order": null}));
        return Ok(());
    }
    let (media, file) = source(opened, (id, shot))?;
    let is_behind = lacks.iter().any(|lack| lack.after > 0);
    let (frame, image) = end_of(&file, &media, is_behind)?;
    let picture = path.with_extension("png");
    replacing::refuse(&picture, force)?;
    let order = json!({
        "shot": id, "name": shot.name, "take": shot.take, "media": file,
        "origin": media.origin, "rate": media.rate,
        "width": image.width, "height": image.height,
        "from_frame": frame, "from_picture": picture.file_name().map(|name| name.to_string_lossy()),
        "needed": lacks.iter().map(object).collect::<Vec<_>>(),
    });
    crate::project::write_whole(&picture, &crate::deliver::png(&image, false)?)?;
    crate::project::write_whole(path, format!("{order:#}\n").as_bytes())?;
    let most = |of: fn(&Lack) -> i64| lacks.iter().map(of).max().unwrap_or(0);
    let (before, after) = (most(|lack| lack.before), most(|lack| lack.after));
    output.say(
        format!(
            "{id} lacks {before} frames ahead and {after} behind: {} and {}",
            path.display(),
            picture.display()
        ),
        || json!({"order": path, "picture": picture, "before": before, "after": after}),
    );
    Ok(())
}

fn lacks(film: &Timeline, shot: Id) -> Vec<Lack> {
    let lack = |note| match note {
        Note::Shortage { sequence, clip, before, after } => {
            let rate = film.sequences.get(&sequence)?.header.rate;
            Some(Lack { sequence, clip, rate, before, after })
        }
        _ => None,
    };
    shortages(film, shot).into_iter().filter_map(lack).collect()
}

fn object(lack: &Lack) -> Value {
    let Lack { sequence, clip, rate, before, after } = lack;
    json!({"sequence": sequence, "clip": clip, "rate": rate, "before": before, "after": after})
}

/// The media of the chosen take, and its file.
fn source(opened: &Opened, (id, shot): (Id, &Shot)) -> Result<(Arc<Media>, PathBuf), Failure> {
    let chosen = shot.chosen().and_then(|take| opened.timeline.media.get(&take.media));
    let found = chosen
        .and_then(|media| path_of(media, &opened.folder()).map(|file| (Arc::clone(media), file)));
    found.ok_or_else(|| {
        anyhow::anyhow!("the chosen take of {id} names no file: choose another").into()
    })
}

/// The picture at an end of a take, and its number.
fn end_of(file: &Path, media: &Media, is_last: bool) -> Result<(i64, Arc<Image>), Failure> {
    let mut pictures = Pictures::open(file, media)?;
    let frame = if is_last { pictures.count() - 1 } else { 0 };
    Ok((frame, pictures.frame(frame)?))
}
