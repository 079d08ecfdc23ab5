//! `roomtone check`: every problem of a film, with its place.

use super::film::Opened;
use super::output::Output;
use super::{Done, Failure};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use timeline_format::Severity;

/// List every problem of a film with its place and what to do; exit 1 if any is an error.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone check film.roomtone")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
}

/// Tells the problems of the document and of its media.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let opened = Opened::quietly(&arguments.film)?;
    let mut errors = 0;
    let mut warnings = 0;
    for problem in &opened.problems {
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
        (errors, warnings) => format!("{errors} errors, {warnings} warnings"),
    };
    output.say(words, || json!({"errors": errors, "warnings": warnings}));
    if errors > 0 { Err(Failure::Told) } else { Ok(()) }
}
