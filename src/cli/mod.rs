//! The command line: one file a command.
//!
//! A command is a struct of arguments and a function `run`. What it prints goes through
//! [`output::Output`], so that `--json` is one object a line everywhere. Exit codes: 0 done, 1 the
//! film or the media is at fault, 2 the call is.

mod add;
mod bounce;
mod check;
mod clock;
mod cut;
mod deliver;
mod export;
mod film;
mod frame;
mod import;
mod interrupt;
mod list;
mod moment;
mod new;
mod output;
mod probe;
mod sheet;
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
    Frame(frame::Arguments),
    Bounce(bounce::Arguments),
    Deliver(deliver::Arguments),
    Verify(verify::Arguments),
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
        Command::Frame(arguments) => frame::run(arguments, output),
        Command::Bounce(arguments) => bounce::run(arguments, output),
        Command::Deliver(arguments) => deliver::run(arguments, output),
        Command::Verify(arguments) => verify::run(arguments, output),
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
