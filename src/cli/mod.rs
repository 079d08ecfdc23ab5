//! The command line: one file a command.
//!
//! A command is a struct of arguments and a function `run`. What it prints goes through
//! [`output::Output`], so that `--json` is one object a line everywhere. Exit codes: 0 done, 1 the
//! film or the media is at fault, 2 the call is.

mod add;
mod audition;
mod bounce;
mod captions;
mod carried;
mod carried_captions;
mod channels;
mod check;
mod clock;
mod cut;
mod deliver;
#[cfg(feature = "gui")]
mod edit;
mod export;
mod faults;
mod film;
mod fold;
mod frame;
mod grade;
mod import;
mod interrupt;
mod list;
mod loud;
mod moment;
mod new;
mod output;
mod play;
mod probe;
mod proof;
mod relink;
mod replacing;
mod scope;
mod sheet;
mod stabilise;
mod stills;
mod takes;
mod track;
mod verify;
mod versions;

use clap::{Parser, Subcommand};
use output::Output;
use std::process::ExitCode;

/// Finishes generated pictures: takes, cuts, dissolves, rooms and wind, deliveries.
#[derive(Debug, Parser)]
#[command(name = "roomtone", version, max_term_width = 100, arg_required_else_help = true)]
struct Cli {
    /// Print one JSON object a line instead of words.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(new::Arguments),
    Add(add::Arguments),
    Cut(cut::Arguments),
    Import(import::Arguments),
    Export(export::Arguments),
    Check(check::Arguments),
    Probe(probe::Arguments),
    Relink(relink::Arguments),
    Frame(frame::Arguments),
    Proof(proof::Arguments),
    Grade(grade::Arguments),
    Bounce(bounce::Arguments),
    Audition(audition::Arguments),
    Captions(captions::Arguments),
    Deliver(deliver::Arguments),
    Verify(verify::Arguments),
    Play(play::Arguments),
    #[cfg(feature = "gui")]
    Edit(edit::Arguments),
    Takes(takes::Arguments),
    Scope(scope::Arguments),
    Faults(faults::Arguments),
    Track(track::Arguments),
    Stills(stills::Arguments),
    Stabilise(stabilise::Arguments),
    Sheet(sheet::Arguments),
    Versions(versions::Arguments),
    List(list::Arguments),
}

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The film or the media is at fault: exit code 1.
    Film(anyhow::Error),
    /// The call is: exit code 2.
    Call(anyhow::Error),
    /// The fault has been told already; exit code 1.
    Told,
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Film(error.into())
    }
}

impl Failure {
    /// A fault of the call.
    pub(crate) fn call(message: impl std::fmt::Display) -> Self {
        Self::Call(anyhow::anyhow!("{message}"))
    }
}

/// What a command answers.
pub(crate) type Done = Result<(), Failure>;

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    crate::deliver::quiet();
    crate::play::provide_fonts();
    let cli = Cli::parse();
    let output = Output::new(cli.json);
    let done = match &cli.command {
        Command::New(arguments) => new::run(arguments, output),
        Command::Cut(arguments) => cut::run(arguments, output),
        Command::Add(arguments) => add::run(arguments, output),
        Command::Import(arguments) => import::run(arguments, output),
        Command::Export(arguments) => export::run(arguments, output),
        Command::Check(arguments) => check::run(arguments, output),
        Command::Probe(arguments) => probe::run(arguments, output),
        Command::Relink(arguments) => relink::run(arguments, output),
        Command::Frame(arguments) => frame::run(arguments, output),
        Command::Proof(arguments) => proof::run(arguments, output),
        Command::Grade(arguments) => grade::run(arguments, output),
        Command::Bounce(arguments) => bounce::run(arguments, output),
        Command::Audition(arguments) => audition::run(arguments, output),
        Command::Captions(arguments) => captions::run(arguments, output),
        Command::Deliver(arguments) => deliver::run(arguments, output),
        Command::Play(arguments) => play::run(arguments, output),
        #[cfg(feature = "gui")]
        Command::Edit(arguments) => edit::run(arguments),
        Command::Verify(arguments) => verify::run(arguments, output),
        Command::Takes(arguments) => takes::run(arguments, output),
        Command::Scope(arguments) => scope::run(arguments, output),
        Command::Faults(arguments) => faults::run(arguments, output),
        Command::Track(arguments) => track::run(arguments, output),
        Command::Stills(arguments) => stills::run(arguments, output),
        Command::Stabilise(arguments) => stabilise::run(arguments, output),
        Command::Sheet(arguments) => sheet::run(arguments, output),
        Command::Versions(arguments) => versions::run(arguments, output),
        Command::List(arguments) => list::run(arguments, output),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Told) => ExitCode::from(1),
        Err(Failure::Film(error)) => output.failed(&error, 1),
        Err(Failure::Call(error)) => output.failed(&error, 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{Command, CommandFactory as _};

    /// The words of a line as a shell takes them apart.
    fn words(line: &str) -> Vec<String> {
        let parts = line.split('"').enumerate();
        let plain = |part: &str| part.split_whitespace().map(str::to_owned).collect();
        let words = parts.map(|(nth, part)| -> Vec<String> {
            if nth % 2 == 1 { vec![part.to_owned()] } else { plain(part) }
        });
        words.flatten().collect()
    }

    fn every_command(command: &Command) -> Vec<Command> {
        let below = command.get_subcommands().flat_map(every_command);
        below.chain([command.clone()]).filter(|it| it.get_name() != "roomtone").collect()
    }

    #[test]
    fn every_command_and_every_verb_shows_an_example_that_is_a_call_of_it() {
        let cli = Cli::command();
        for command in every_command(&cli) {
            let name = command.get_name();
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let examples: Vec<_> =
                help.lines().filter(|line| line.trim_start().starts_with("roomtone ")).collect();
            assert!(!examples.is_empty(), "{name} shows no example");
            for line in examples {
                assert!(words(line).iter().any(|word| word == name), "{name}: {line}");
                if let Err(why) = Cli::try_parse_from(words(line)) {
                    panic!("{line}\n{why}");
                }
            }
        }
    }
}
