//! `roomtone takes FOLDER`: the shots that a folder holds takes of, and their takes.

use super::rows::{self, Row};
use super::{Arguments, Looked, look, table, told};
use crate::cli::output::Output;
use crate::cli::{Done, Failure, interrupt};
use crate::edit::{Candidate, ShotOf, into_shots};
use crate::play::{Seen, takes_in};
use serde_json::{Map, json};
use std::path::Path;

/// Lists the takes of a folder, shot by shot.
pub(super) fn run(arguments: &Arguments, output: Output) -> Done {
    refuse_film_words(arguments)?;
    let folder = &arguments.place;
    let stop = interrupt::stop_on_interrupt();
    let paths = takes_in(std::slice::from_ref(folder), arguments.numbered(), &stop)?;
    let (seen, lost) = told_apart(look(&paths, arguments.wish(), output)?);
    let mut listed = Vec::new();
    for shot in into_shots(&candidates(&seen)) {
        let mut rows = rows_of(&shot, &seen, folder);
        rows.retain(|row| rows::has_words(&rows::text_of(row), &arguments.find));
        rows::sort(&mut rows, arguments.by.as_deref());
        tell(&shot, &rows, output);
        listed.extend(rows);
    }
    for error in &lost {
        output.say(
            format_args!("left out: {error}"),
            || json!({"path": error.path, "error": error.why}),
        );
    }
    if seen.is_empty() {
        let words = "no picture in it can be read: name a folder with stills, sequences or clips";
        return Err(anyhow::anyhow!("{}: {words}", folder.display()).into());
    }
    table::hand_on(arguments, &listed, output)
}

/// What only a film has cannot be asked of a folder.
fn refuse_film_words(arguments: &Arguments) -> Done {
    let is_of_film = arguments.shot.is_some() || arguments.orders.is_some();
    if !is_of_film && arguments.bring.is_empty() {
        return Ok(());
    }
    let words = "is a folder, and has no shots yet: bring it into a film with\n  \
                 roomtone takes FILM.roomtone --bring";
    let folder = arguments.place.display();
    Err(Failure::call(format!("{folder} {words} {folder}")))
}

/// What could be read, and what could not.
pub(super) fn told_apart(looked: Vec<Looked>) -> (Vec<Seen>, Vec<crate::media::Error>) {
    let (mut seen, mut lost) = (Vec::new(), Vec::new());
    for one in looked {
        match one {
            Ok(take) => seen.push(take),
            Err(error) => lost.push(error),
        }
    }
    (seen, lost)
}

/// What decides which shot a take is of.
pub(super) fn candidates(seen: &[Seen]) -> Vec<Candidate> {
    let candidate = |take: &Seen| Candidate {
        path: take.path.display().to_string(),
        prompt: take.media.origin.get("prompt").cloned(),
        likeness: take.likeness.map(|likeness| likeness.0),
    };
    seen.iter().map(candidate).collect()
}

fn rows_of(shot: &ShotOf, seen: &[Seen], folder: &Path) -> Vec<Row> {
    let stacks = shot.stacks.iter().enumerate();
    let row = |nth: usize, stack: &[usize], take: usize| Row {
        name: told(&seen[take].path, folder),
        said: if stack.len() > 1 { format!("~{}", nth + 1) } else { String::new() },
        rank: None,
        seen: seen[take].clone(),
        fields: Map::from_iter([
            ("shot".to_owned(), json!(shot.name)),
            ("stack".to_owned(), json!(nth + 1)),
        ]),
    };
    let rows = stacks.flat_map(|(nth, stack)| stack.iter().map(move |take| row(nth, stack, *take)));
    rows.collect()
}

fn tell(shot: &ShotOf, rows: &[Row], output: Output) {
    if rows.is_empty() {
        return;
    }
    let (takes, stacks) = (shot.takes().count(), shot.stacks.len());
    let near =
        if stacks < takes { format!(", {stacks} without near-duplicates") } else { String::new() };
    let plural = if takes == 1 { "" } else { "s" };
    let columns = rows::Columns::of(rows);
    let words = format!("{}: {takes} take{plural}{near}\n{}", shot.name, columns.head());
    output.say(words, || json!({"shot": shot.name, "takes": takes, "stacks": stacks}));
    for row in rows {
        output.say(columns.words(row), || rows::object(row));
    }
}
