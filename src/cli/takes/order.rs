//! `--order` and `--orders`: what a generator is to be asked for, where a take is too short for its cuts
//! and the transitions at them.

use super::lacks::{self, Lack};
use crate::cli::film::Opened;
use crate::cli::output::Output;
use crate::cli::{Done, Failure, replacing};
use crate::media::Pictures;
use crate::play::path_of;
use crate::signal::Image;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use timeline_format::{Id, Media, Shot};

/// An order that can be written, for a shot whose take lacks frames.
#[derive(Debug)]
struct Order {
    object: Value,
    picture: PathBuf,
    image: Arc<Image>,
    /// Frames of the take that lack, ahead and behind.
    most: [i64; 2],
}

/// Writes the order and the picture that is gone on from; none, where no cut lacks a frame.
pub(super) fn run(
    opened: &Opened,
    (id, shot): (Id, &Shot),
    path: &Path,
    force: bool,
    output: Output,
) -> Done {
    if let Some(order) = order(opened, (id, shot), path)? {
        return write(id, path, &order, (force, output));
    }
    let words = format!("every cut of {id} has the frames that it needs; no order was written");
    output.say(words, || json!({"shot": id, "order": null}));
    Ok(())
}

/// Writes an order into a folder for every shot that lacks frames, or for the one that is named.
pub(super) fn all(
    opened: &Opened,
    named: Option<Id>,
    folder: &Path,
    force: bool,
    output: Output,
) -> Done {
    let shots = opened.timeline.shots.iter().filter(|(id, _)| named.is_none_or(|it| it == **id));
    let mut orders = Vec::new();
    for (id, shot) in shots {
        let path = folder.join(format!("{id}.json"));
        if let Some(order) = order(opened, (*id, &**shot), &path)? {
            replacing::refuse(&path, force)?;
            replacing::refuse(&order.picture, force)?;
            orders.push((*id, path, order));
        }
    }
    if orders.is_empty() {
        let words = "every cut has the frames that it needs; no order was written";
        output.say(words, || json!({"orders": 0}));
        return Ok(());
    }
    std::fs::create_dir_all(folder)
        .map_err(|error| anyhow::anyhow!("cannot make the folder {}: {error}", folder.display()))?;
    for (id, path, order) in &orders {
        write(*id, path, order, (force, output))?;
    }
    Ok(())
}

fn order(opened: &Opened, (id, shot): (Id, &Shot), path: &Path) -> Result<Option<Order>, Failure> {
    let lacks = lacks::of(&opened.timeline, id);
    if lacks.is_empty() {
        return Ok(None);
    }
    let (media, file) = source(opened, (id, shot))?;
    let most = lacks::most(&lacks);
    let (frame, count, image) = end_of(&file, &media, most[1] > 0)?;
    let picture = path.with_extension("png");
    let origin = |name: &str| media.origin.get(name);
    let object = json!({
        "shot": id, "name": shot.name, "take": shot.take, "media": file,
        "prompt": origin("prompt"), "seed": origin("seed"), "model": origin("model"),
        "origin": media.origin, "rate": media.rate,
        "width": image.width, "height": image.height,
        "from_frame": frame, "from_picture": picture.file_name().map(|name| name.to_string_lossy()),
        "frames": {
            "have": count, "before": most[0], "after": most[1], "length": count + most[0] + most[1],
        },
        "needed": lacks.iter().map(Lack::object).collect::<Vec<_>>(),
    });
    Ok(Some(Order { object, picture, image, most }))
}

fn write(id: Id, path: &Path, order: &Order, (force, output): (bool, Output)) -> Done {
    let Order { object, picture, image, most: [before, after] } = order;
    replacing::refuse(picture, force)?;
    crate::project::write_whole(picture, &crate::deliver::png(image, false)?)?;
    crate::project::write_whole(path, format!("{object:#}\n").as_bytes())?;
    output.say(
        format!(
            "{id} lacks {}: {} and {}",
            lacks::words([*before, *after]),
            path.display(),
            picture.display()
        ),
        || json!({"shot": id, "order": path, "picture": picture, "before": before, "after": after}),
    );
    Ok(())
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

/// The picture at an end of a take, its number, and how many there are.
fn end_of(file: &Path, media: &Media, is_last: bool) -> Result<(i64, i64, Arc<Image>), Failure> {
    let mut pictures = Pictures::open(file, media)?;
    let count = pictures.count();
    let frame = if is_last { count - 1 } else { 0 };
    Ok((frame, count, pictures.frame(frame)?))
}
