//! `--align`: the takes of a shot are brought into step with the one that is chosen.

use super::{shot_named, stopped};
use crate::cli::film::Opened;
use crate::cli::output::Output;
use crate::cli::{Done, Failure, interrupt};
use crate::edit;
use crate::play::{Course, path_of};
use crate::workers::Stop;
use serde_json::json;
use timeline_format::{Frames, Id, Shot, Take};

/// Has every take begin where the chosen one does, as far as they move alike; tells what was found of each.
pub(super) fn run(opened: &Opened, id: Id, output: Output) -> Done {
    let shot = shot_named(&opened.timeline, id)?;
    let stop = interrupt::stop_on_interrupt();
    let chosen = shot.chosen().ok_or_else(|| anyhow::anyhow!("{id} has no chosen take"))?;
    let first = course(opened, chosen, &stop)
        .map_err(|why| anyhow::anyhow!("nothing can be held against take {}: {why}", chosen.id))?;
    let bar = output.bar(shot.takes.len() as u64);
    bar.set_message("following takes");
    let found: Vec<Found<'_>> = others(shot)
        .map(|take| {
            bar.inc(1);
            (take, course(opened, take, &stop).map(|its| first.lag(&its)))
        })
        .collect();
    bar.finish_and_clear();
    stopped(&stop)?;
    save(opened, (id, chosen), &found)?;
    found.iter().for_each(|found| tell((id, chosen), found, output));
    Ok(())
}

/// A take, and how much later it comes; or why that is not known.
type Found<'a> = (&'a Take, Result<Option<i64>, String>);

fn others(shot: &Shot) -> impl Iterator<Item = &Take> {
    shot.takes.iter().filter(|take| take.id != shot.take)
}

fn course(opened: &Opened, take: &Take, stop: &Stop) -> Result<Course, String> {
    let media = opened.timeline.media.get(&take.media).ok_or("its media is not in the film")?;
    let path = path_of(media, &opened.folder()).ok_or("its media names no file")?;
    Course::of(&path, media, stop).map_err(|error| error.to_string())
}

fn offset(chosen: &Take, lag: i64) -> Frames {
    chosen.offset.plus(Frames::whole(lag)).unwrap_or(chosen.offset)
}

fn save(opened: &Opened, (id, chosen): (Id, &Take), found: &[Found<'_>]) -> Done {
    let known = found.iter().filter_map(|(take, lag)| Some((take.id, lag.clone().ok()??)));
    let offsets: Vec<_> = known.map(|(take, lag)| (take, offset(chosen, lag))).collect();
    if !offsets.is_empty() {
        let edited = edit::begin_takes(&opened.timeline, id, &offsets).map_err(Failure::from)?;
        crate::project::save(&opened.path, &edited.timeline)?;
    }
    Ok(())
}

fn tell((id, chosen): (Id, &Take), (take, lag): &Found<'_>, output: Output) {
    let object = |lag: Option<i64>| json!({"shot": id, "take": take.id, "later": lag});
    match lag {
        Ok(Some(lag)) => output
            .say(format!("{} begins at its frame {}", take.id, offset(chosen, *lag)), || {
                object(Some(*lag))
            }),
        Ok(None) => output.say(
            format!("{} does not move as {} does: it was left alone", take.id, chosen.id),
            || object(None),
        ),
        Err(why) => output.say(
            format!("{}: {why}", take.id),
            || json!({"shot": id, "take": take.id, "error": why}),
        ),
    }
}
