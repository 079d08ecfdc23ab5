//! `roomtone takes FILM SHOT --bring MEDIA --as TAKE`: a take comes back longer, as itself.

use super::{Arguments, lacks, look, shot_named};
use crate::cli::film::Opened;
use crate::cli::output::Output;
use crate::cli::{Done, Failure, interrupt};
use crate::edit;
use crate::play::{Depth, Seen, Wish, takes_in};
use serde_json::json;
use timeline_format::{Frames, Id, Take};

/// Has the take show the file; what was said of it stays, and no cut moves.
pub(super) fn run(
    arguments: &Arguments,
    opened: &Opened,
    (shot, take): (Id, Id),
    output: Output,
) -> Done {
    let found = shot_named(&opened.timeline, shot)?.takes.iter().find(|known| known.id == take);
    let known = found.ok_or_else(|| Failure::call(format!("{shot} has no take {take}")))?;
    if known.frames.is_some() {
        let words = "shows chosen frames of its file: bring the longer one as a take of its own";
        return Err(anyhow::anyhow!("take {take} of {shot} {words}").into());
    }
    let seen = one(arguments, output)?;
    let mut film = (*opened.timeline).clone();
    let media = seen.media.clone();
    let media = crate::project::bring(&mut film, &opened.folder(), &seen.path, media)?;
    let ahead = Frames::whole(arguments.ahead);
    let edited = edit::change_take(&film, (shot, take), |take| move_on(take, media, ahead))?;
    crate::project::save(&opened.path, &edited.timeline)?;
    let [before, after] = lacks::most(&lacks::of(&edited.timeline, shot));
    let words = match (before, after) {
        (0, 0) => "every cut of the shot has the frames that it needs".to_owned(),
        lacking => format!("the shot still lacks {}", lacks::words(lacking.into())),
    };
    output.say(
        format!("take {take} of {shot} is {} now; {words}", seen.path.display()),
        || json!({"shot": shot, "take": take, "media": media, "before": before, "after": after}),
    );
    Ok(())
}

/// The one media that is brought.
fn one(arguments: &Arguments, output: Output) -> Result<Seen, Failure> {
    let stop = interrupt::stop_on_interrupt();
    let paths = takes_in(&arguments.bring, arguments.numbered(), &stop)?;
    if paths.len() != 1 {
        let count = paths.len();
        return Err(Failure::call(format!("a take is one media, and there are {count} to bring")));
    }
    let wish = Wish { depth: Depth::First, ..Wish::default() };
    let seen = look(&paths, wish, output)?.pop();
    let seen = seen.ok_or_else(|| anyhow::anyhow!("there was nothing to bring"))?;
    seen.map_err(Failure::from)
}

/// The take shows another media, in which its first frame lies so much later.
fn move_on(take: &mut Take, media: Id, ahead: Frames) {
    take.media = media;
    take.offset = take.offset.plus(ahead).unwrap_or(take.offset);
    for edge in take.windows.iter_mut().flatten() {
        *edge = edge.plus(ahead).unwrap_or(*edge);
    }
}
