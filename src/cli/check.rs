//! `roomtone check`: every problem of a film, with its place.

use super::film::Opened;
use super::output::Output;
use super::{Done, Failure, interrupt};
use crate::deliver::continuity::{self, Film};
use crate::play::Offline;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use timeline_format::{Problem, Severity};

/// List every problem of a film with its place and what to do; exit 1 if any is an error.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone check film.roomtone --sound")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// Listen to the whole mix and its recordings too: rooms, levels and hum that change at cuts, dead air,
    /// recordings that are clipped, inverted or off their middle (see `roomtone list checks`). Sound that has
    /// slipped from its picture is told in any case.
    #[arg(long)]
    sound: bool,
}

/// Tells the problems of the document and of its media.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let opened = Opened::quietly(&arguments.film)?;
    let mut errors = 0;
    let mut warnings = 0;
    let heard = if arguments.sound { listen(&opened, output)? } else { Vec::new() };
    for problem in opened.problems.iter().chain(&heard) {
        match problem.severity {
            Severity::Error => errors += 1,
            Severity::Warning => warnings += 1,
            Severity::Note => {}
        }
        output.say(problem, || json!({"problem": problem}));
    }
    for unread in crate::play::unreadable_media(&opened.timeline, &opened.folder()) {
        errors += 1;
        output.say(format_args!("error: {unread}"), || json!({"unread": unread}));
    }
    let words = match (errors, warnings) {
        (0, 0) => "nothing is wrong".to_owned(),
        (errors, warnings) => {
            format!("{}, {}", counted(errors, "error"), counted(warnings, "warning"))
        }
    };
    output.say(words, || json!({"errors": errors, "warnings": warnings}));
    if errors > 0 { Err(Failure::Told) } else { Ok(()) }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// What is heard in the whole film.
fn listen(opened: &Opened, output: Output) -> Result<Vec<Problem>, Failure> {
    let (sequence, folder) = (opened.main()?, opened.folder());
    let length = sequence.length();
    let mut mix = Offline::open(&opened.timeline, &folder, 0..length)?;
    let film = Film { timeline: &opened.timeline, sequence: &sequence, folder: &folder };
    let bar = output.bar(length.max(0) as u64);
    let stop = interrupt::stop_on_interrupt();
    let mut tell = |frame: i64| bar.set_position(frame.max(0) as u64);
    let found = continuity::listen(film, &mut mix, &stop, &mut tell)?;
    bar.finish_and_clear();
    Ok(found)
}
