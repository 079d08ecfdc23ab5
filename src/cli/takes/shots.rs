//! `roomtone takes FILM`: the film's shots, and how far one has come with their takes.

use super::rows::has_words;
use super::{Arguments, shot, table};
use crate::cli::Done;
use crate::cli::film::Opened;
use crate::cli::output::Output;
use crate::edit::{Standing, said_of_pairs, standing};
use serde_json::json;
use timeline_format::shot::TakeState;
use timeline_format::{Id, Shot, Take, Timeline};

/// Lists the shots; where words are to be found, only those with takes that have them, and these.
pub(super) fn run(arguments: &Arguments, opened: &Opened, output: Output) -> Done {
    let film = &opened.timeline;
    let mut is_found = false;
    let mut listed = Vec::new();
    for (id, shot) in &film.shots {
        let shot = &**shot;
        let found = |take: &&Take| has_words(&text_of(film, (*id, shot), take), &arguments.find);
        let takes: Vec<&Take> = shot.takes.iter().filter(found).collect();
        if takes.is_empty() {
            continue;
        }
        is_found = true;
        tell(*id, shot, output);
        for take in takes.into_iter().filter(|_| !arguments.find.is_empty()) {
            tell_take(film, *id, take, output);
        }
        if arguments.is_handed_on() {
            let found = shot::find(arguments, opened, (*id, shot), output)?;
            shot::tell_lost(&found.lost, output);
            listed.extend(found.rows);
        }
    }
    if is_found {
        return table::hand_on(arguments, &listed, output);
    }
    let why = if arguments.find.is_empty() {
        "the film has no shots yet: --bring a folder of takes".to_owned()
    } else {
        format!("no take has the words {:?}", arguments.find)
    };
    Err(anyhow::anyhow!(why).into())
}

/// All that a take is found by.
pub(super) fn text_of(film: &Timeline, (id, shot): (Id, &Shot), take: &Take) -> String {
    let media = film.media.get(&take.media);
    let path = media.map_or("", |media| media.path.as_str());
    let origin = media.into_iter().flat_map(|media| media.origin.values());
    let origin: Vec<&str> = origin.map(String::as_str).collect();
    let said = format!("{} {}", take.note, take.reasons.join(" "));
    format!("{id} {} {} {said} {path} {}", shot.name, take.id, origin.join(" "))
}

fn tell(id: Id, shot: &Shot, output: Output) {
    let of = |state: TakeState| shot.takes.iter().filter(|take| take.state == state).count();
    let counts = [
        (TakeState::Keep, "to keep"),
        (TakeState::Maybe, "maybe"),
        (TakeState::Reject, "rejected"),
    ];
    let counts = counts.into_iter().filter(|(state, _)| of(*state) > 0);
    let counts: Vec<String> =
        counts.map(|(state, word)| format!(", {} {word}", of(state))).collect();
    let counts = counts.concat();
    let pairs = said_of_pairs(shot);
    let is_decided = pairs > 0 && matches!(standing(shot), Standing::Decided(_));
    let compared = match (pairs, is_decided) {
        (0, _) => String::new(),
        (_, true) => ", in order".to_owned(),
        (pairs, false) => format!(", {pairs} pairs compared"),
    };
    let takes = shot.takes.len();
    let plural = if takes == 1 { "" } else { "s" };
    let name = &shot.name;
    output.say(
        format!("{id:16} {name}: {takes} take{plural}{counts}{compared}; chosen {}", shot.take),
        || {
            json!({"shot": id, "name": name, "takes": takes, "take": shot.take,
                  "compared": pairs, "decided": is_decided})
        },
    );
}

fn tell_take(film: &Timeline, shot: Id, take: &Take, output: Output) {
    let origin = film.media.get(&take.media).map(|media| media.origin.clone()).unwrap_or_default();
    let of = |name: &str| origin.get(name).map(String::as_str).unwrap_or_default();
    let words = format!("  {:16} {} {}", take.id, of("seed"), of("prompt").replace('\n', " "));
    output.say(words.trim_end(), || json!({"shot": shot, "take": take.id, "origin": origin}));
}
