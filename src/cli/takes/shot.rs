//! `roomtone takes FILM SHOT`: the takes of a shot, with what was said of them and what they say.

use super::rows::{self, Row};
use super::shots::text_of;
use super::{Arguments, look, table};
use crate::cli::film::Opened;
use crate::cli::output::Output;
use crate::cli::{Done, Failure};
use crate::edit;
use crate::play::path_of;
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use timeline_format::shot::TakeState;
use timeline_format::{Id, Shot, Take};

/// The takes of a shot that were looked at, and those that could not be, and why.
#[derive(Debug)]
pub(super) struct Found {
    /// Those that could be read, in the order that was asked for.
    pub(super) rows: Vec<Row>,
    /// The others.
    pub(super) lost: Vec<(Id, String)>,
}

/// Lists the takes of a shot.
pub(super) fn run(
    arguments: &Arguments,
    opened: &Opened,
    (id, shot): (Id, &Shot),
    output: Output,
) -> Done {
    let Found { rows, lost } = find(arguments, opened, (id, shot), output)?;
    if rows.is_empty() && lost.is_empty() {
        return Err(anyhow::anyhow!("no take of {id} has the words {:?}", arguments.find).into());
    }
    let columns = rows::Columns::of(&rows);
    let words = format!("{}\n{}", shot.name, columns.head());
    output.say(words, || json!({"shot": id, "name": shot.name, "take": shot.take}));
    for row in &rows {
        output.say(columns.words(row), || rows::object(row));
    }
    tell_lost(&lost, output);
    table::hand_on(arguments, &rows, output)
}

/// Looks at the takes of a shot that have the words that are to be found.
pub(super) fn find(
    arguments: &Arguments,
    opened: &Opened,
    (id, shot): (Id, &Shot),
    output: Output,
) -> Result<Found, Failure> {
    let film = &opened.timeline;
    let is_found =
        |take: &&Take| rows::has_words(&text_of(film, (id, shot), take), &arguments.find);
    let (known, mut lost) = files(opened, shot.takes.iter().filter(is_found));
    let paths: Vec<PathBuf> = known.iter().map(|(_, path)| path.clone()).collect();
    let mut rows = Vec::new();
    for ((take, _), seen) in known.iter().zip(look(&paths, arguments.wish(), output)?) {
        match seen {
            Ok(seen) => rows.push(row((id, shot), take, seen)),
            Err(error) => lost.push((take.id, error.to_string())),
        }
    }
    stack(&mut rows);
    rows::sort(&mut rows, arguments.by.as_deref());
    Ok(Found { rows, lost })
}

/// Says of near-duplicates which stack they lie in, as far as it is known what takes look like.
fn stack(rows: &mut [Row]) {
    let likeness = |row: &Row| row.seen.likeness.map(|likeness| likeness.0);
    let likenesses: Vec<Option<u64>> = rows.iter().map(likeness).collect();
    for (nth, stack) in edit::stacks(&likenesses).into_iter().enumerate() {
        let is_shared = stack.len() > 1;
        for place in stack.into_iter().filter(|place| likenesses[*place].is_some()) {
            let row = &mut rows[place];
            row.fields.insert("stack".to_owned(), json!(nth + 1));
            if is_shared {
                let said = format!("~{} {}", nth + 1, row.said);
                row.said = said.trim_end().into();
            }
        }
    }
}

/// Tells of takes that could not be looked at.
pub(super) fn tell_lost(lost: &[(Id, String)], output: Output) {
    for (take, why) in lost {
        output.say(format_args!("  {take}: {why}"), || json!({"take": take, "error": why}));
    }
}

/// A take, and something of it.
type Of<'a, T> = Vec<(&'a Take, T)>;

/// The files of takes, and the takes that have none.
fn files<'a>(
    opened: &Opened,
    takes: impl Iterator<Item = &'a Take>,
) -> (Of<'a, PathBuf>, Vec<(Id, String)>) {
    let (mut known, mut lost) = (Vec::new(), Vec::new());
    for take in takes {
        let media = opened.timeline.media.get(&take.media);
        match media.and_then(|media| path_of(media, &opened.folder())) {
            Some(path) => known.push((take, path)),
            None => lost.push((take.id, format!("its media {} names no file", take.media))),
        }
    }
    (known, lost)
}

fn row((id, shot): (Id, &Shot), take: &Take, seen: crate::play::Seen) -> Row {
    let is_chosen = take.id == shot.take;
    let said = [
        is_chosen.then(|| "chosen".to_owned()),
        state(take.state).map(str::to_owned),
        take.rank.map(|rank| format!("rank {rank}")),
        (!take.windows.is_empty()).then(|| windows(take)),
        (!take.reasons.is_empty()).then(|| take.reasons.join(" ")),
        (!take.note.is_empty()).then(|| format!("{:?}", take.note)),
    ];
    let said = said.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let fields = json!({
        "shot": id, "take": take.id, "chosen": is_chosen, "state": take.state, "rank": take.rank,
        "windows": take.windows, "note": take.note, "reasons": take.reasons,
    });
    let fields = if let Value::Object(fields) = fields { fields } else { Map::new() };
    Row { name: take.id.to_string(), said, rank: take.rank, seen, fields }
}

const fn state(state: TakeState) -> Option<&'static str> {
    match state {
        TakeState::New => None,
        TakeState::Keep => Some("keep"),
        TakeState::Maybe => Some("maybe"),
        TakeState::Reject => Some("reject"),
    }
}

fn windows(take: &Take) -> String {
    let windows = take.windows.iter().map(|[from, to]| format!("{from}..{to}"));
    format!("good {}", windows.collect::<Vec<_>>().join(" "))
}
