//! `roomtone versions`: the older versions of a film that were kept, and one of them brought back.

use super::output::Output;
use super::{Done, Failure};
use crate::project;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// List the kept versions of a film, newest first, or bring one back.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  roomtone versions film.roomtone\n  roomtone versions film.roomtone --restore 12"
)]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// The number of the version to bring back; what is there now becomes a version.
    #[arg(long, value_name = "NUMBER")]
    restore: Option<u64>,
}

/// Lists the versions, or brings one back.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let versions = project::versions(&arguments.film)?;
    if let Some(number) = arguments.restore {
        let version = versions.iter().find(|version| version.number == number);
        let version =
            version.ok_or_else(|| Failure::call(format!("there is no version {number}")))?;
        project::restore(&arguments.film, version)?;
        output.say(format!("version {number} is the film again"), || json!({"restored": number}));
        return Ok(());
    }
    for version in &versions {
        let saved = version.saved.and_then(|saved| saved.elapsed().ok());
        let ago = saved
            .map_or_else(String::new, |age| format!("  {} ago", indicatif::HumanDuration(age)));
        let words = format!("{:6}  {} bytes{ago}", version.number, version.size);
        output.say(
            words,
            || json!({"version": version.number, "size": version.size, "path": version.path}),
        );
    }
    if versions.is_empty() {
        output.say("no older version was kept yet", || json!({"versions": 0}));
    }
    Ok(())
}
