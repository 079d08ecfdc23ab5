//! Sequences: nested, opened, at another rate, delivered.

use super::Bench;
use super::part::Span;
use crate::cli::{Failure, new};
use crate::edit::{self, Edited};
use clap::Args;
use timeline_format::{Id, Rate};

/// Move a span of tracks into a sequence of its own, and show that in its place.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone nest 24 96 v1 dialogue --name Harbour"
)]
pub(super) struct Nest {
    #[command(flatten)]
    span: Span,
    /// What the new sequence is called.
    #[arg(long, default_value = "Nest")]
    name: String,
}

impl Nest {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let edit::Lift { span, tracks } = self.span.lift(bench)?;
        let nest = edit::Nest { span, tracks, name: self.name.clone() };
        Ok(edit::nest(bench.film, bench.scope, &nest, &mut bench.ids)?)
    }
}

/// Put what a nested sequence holds in the place of the clip that shows it.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone unnest v1@58")]
pub(super) struct Unnest {
    /// The clip that shows a sequence.
    clip: String,
}

impl Unnest {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clip = bench.clip(&self.clip)?;
        Ok(edit::unnest(bench.film, bench.scope, clip, &mut bench.ids)?)
    }
}

/// Make a sequence at another rate that lasts as long in seconds; the old one stays.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone conform 25 --main")]
pub(super) struct Conform {
    /// Frames a second: 25, 24000/1001, or 23.976 for short.
    #[arg(value_parser = new::rate)]
    rate: Rate,
    /// Deliver the new sequence from now on.
    #[arg(long)]
    main: bool,
}

impl Conform {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let edited = edit::conform(bench.film, bench.scope, self.rate, &mut bench.ids)?;
        match edited.made.first().filter(|_| self.main) {
            None => Ok(edited),
            Some(new) => {
                let timeline = edit::choose_main(&edited.timeline, *new)?.timeline;
                Ok(Edited { timeline, ..edited })
            }
        }
    }
}

/// Make a sequence the one that is delivered.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone main main")]
pub(super) struct Main {
    /// The sequence.
    chosen: Id,
}

impl Main {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        Ok(edit::choose_main(bench.film, self.chosen)?)
    }
}
