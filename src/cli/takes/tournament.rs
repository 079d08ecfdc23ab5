//! `--next`, `--compare` and `--forget`: a tournament of a shot's takes, two at a time.

use crate::cli::Done;
use crate::cli::film::Opened;
use crate::cli::output::Output;
use crate::edit::{self, Edited, Standing};
use serde_json::json;
use timeline_format::shot::TakeState;
use timeline_format::{Id, Shot};

/// Says which of two takes is better, saves the film, and tells how the tournament stands.
pub(super) fn compare(opened: &Opened, shot: Id, pair: (Id, Id), output: Output) -> Done {
    let edited = edit::compare_takes(&opened.timeline, shot, pair)?;
    save(opened, shot, &edited, output)
}

/// Forgets what was said of the shot's takes, and saves the film.
pub(super) fn forget(opened: &Opened, shot: Id, output: Output) -> Done {
    let edited = edit::forget_comparisons(&opened.timeline, shot)?;
    save(opened, shot, &edited, output)
}

fn save(opened: &Opened, shot: Id, edited: &Edited, output: Output) -> Done {
    crate::project::save(&opened.path, &edited.timeline)?;
    let changed = edited.timeline.shots.get(&shot);
    changed.map_or(Ok(()), |changed| tell(shot, changed, output))
}

/// Tells which two takes are to be compared next, or their order.
pub(super) fn tell(id: Id, shot: &Shot, output: Output) -> Done {
    let playing = shot.takes.iter().filter(|take| take.state != TakeState::Reject).count();
    let (said, most) = (edit::said_of_pairs(shot), edit::most_questions(playing));
    match edit::standing(shot) {
        Standing::Ask([one, other]) => output.say(
            format!(
                "{one} or {other}? {said} pairs compared, at most {most} for {playing} takes\n\
                 say it with --compare BETTER WORSE"
            ),
            || json!({"shot": id, "next": [one, other], "compared": said, "most": most}),
        ),
        Standing::Decided(order) => {
            let lines = order.iter().enumerate();
            let lines = lines.map(|(place, take)| format!("{:>4} {take}", place + 1));
            output.say(
                lines.collect::<Vec<_>>().join("\n"),
                || json!({"shot": id, "order": order, "compared": said, "most": most}),
            );
        }
    }
    Ok(())
}
