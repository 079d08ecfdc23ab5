//! Dissolves and other transitions over a cut.

use super::Bench;
use super::catalogue::known;
use super::effects::constants;
use super::name::{End, Shape, value_of_name};
use crate::cli::Failure;
use crate::edit::{self, Align, Edge, Edited, Short};
use clap::{Args, ValueEnum};
use timeline_format::Value;

/// Add a transition over the cut at the end of a clip (and over that of its linked sound).
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone dissolve v1@58 --length 24 --short shorten"
)]
pub(super) struct Dissolve {
    /// The clip ahead of the cut (behind it with --head).
    clip: String,
    /// The cut is at the clip's head.
    #[arg(long)]
    head: bool,
    /// How long: 24, 1s.
    #[arg(long, default_value = "1s")]
    length: String,
    /// Another transition of `roomtone list transitions`.
    #[arg(long, default_value = "dissolve")]
    kind: String,
    /// Where it lies about the cut.
    #[arg(long, value_enum, default_value = "centre")]
    align: Alignment,
    /// What to do where there are too few frames beyond the cut.
    #[arg(long, value_enum, default_value = "refuse")]
    short: Shortage,
    /// How the sound moves; absent: as its material asks for.
    #[arg(long, value_enum)]
    shape: Option<Shape>,
    /// A parameter of the transition, such as angle=90; more than one may be given.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = value_of_name)]
    values: Vec<(String, Value)>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Alignment {
    Centre,
    Start,
    End,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shortage {
    Refuse,
    Shorten,
    Shift,
    Freeze,
    Mirror,
    Slow,
    Overlap,
    Extend,
}

impl Dissolve {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        known("transitions", &self.kind)?;
        let add = edit::AddTransition {
            clip: bench.clip(&self.clip)?,
            edge: if self.head { Edge::Head } else { Edge::Tail },
            kind: self.kind.clone(),
            length: bench.length(&self.length)?,
            align: self.align.into(),
            short: self.short.into(),
            shape: self.shape.map(Into::into),
            values: constants(&self.values),
        };
        Ok(edit::add_transition(bench.film, bench.scope, &add, &mut bench.ids)?)
    }
}

/// Change the transition over the cut at the end of a clip; what is not given stays.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone redissolve v1@58 --length 12 --align start"
)]
pub(super) struct Redissolve {
    /// The clip ahead of the cut (behind it with --head).
    clip: String,
    /// The cut is at the clip's head.
    #[arg(long)]
    head: bool,
    /// How long: 24, 1s.
    #[arg(long)]
    length: Option<String>,
    /// Another transition of `roomtone list transitions`.
    #[arg(long)]
    kind: Option<String>,
    /// Where it lies about the cut.
    #[arg(long, value_enum)]
    align: Option<Alignment>,
    /// What to do where there are too few frames beyond the cut.
    #[arg(long, value_enum, default_value = "refuse")]
    short: Shortage,
    /// How the sound moves.
    #[arg(long, value_enum)]
    shape: Option<Shape>,
    /// A parameter of the transition, such as angle=90; more than one may be given.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = value_of_name)]
    values: Vec<(String, Value)>,
}

impl Redissolve {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        self.kind.as_deref().map_or(Ok(()), |kind| known("transitions", kind))?;
        let length = self.length.as_deref().map(|length| bench.length(length)).transpose()?;
        let change = edit::ChangeTransition {
            clip: bench.clip(&self.clip)?,
            edge: if self.head { Edge::Head } else { Edge::Tail },
            kind: self.kind.clone(),
            length,
            align: self.align.map(Into::into),
            short: self.short.into(),
            sampling: None,
            shape: self.shape.map(Into::into),
            values: constants(&self.values),
        };
        Ok(edit::change_transition(bench.film, bench.scope, &change, &mut bench.ids)?)
    }
}

/// Make a cut hard again.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone undissolve v1@58")]
pub(super) struct Undissolve {
    /// A clip at the cut.
    clip: String,
    /// Which end of it the cut is.
    #[arg(default_value = "tail")]
    end: End,
}

impl Undissolve {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clip = bench.clip(&self.clip)?;
        let cut = (clip, self.end.into());
        Ok(edit::remove_transition(bench.film, bench.scope, cut, &mut bench.ids)?)
    }
}

impl From<Alignment> for Align {
    fn from(alignment: Alignment) -> Self {
        match alignment {
            Alignment::Centre => Self::Centre,
            Alignment::Start => Self::Start,
            Alignment::End => Self::End,
        }
    }
}

impl From<Shortage> for Short {
    fn from(shortage: Shortage) -> Self {
        match shortage {
            Shortage::Refuse => Self::Refuse,
            Shortage::Shorten => Self::Shorten,
            Shortage::Shift => Self::Shift,
            Shortage::Freeze => Self::Freeze,
            Shortage::Mirror => Self::Mirror,
            Shortage::Slow => Self::Slow,
            Shortage::Overlap => Self::Overlap,
            Shortage::Extend => Self::Extend,
        }
    }
}
