//! Dissolves and other transitions over a cut.

use super::Bench;
use super::name::End;
use crate::cli::Failure;
use crate::edit::{self, Align, Edge, Edited, Short};
use clap::{Args, ValueEnum};
use std::collections::BTreeMap;
use timeline_format::{Param, Value};

/// Add a transition over the cut at the end of a clip (and over that of its linked sound).
#[derive(Debug, Args)]
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
    /// A parameter of the transition, such as angle=90; more than one may be given.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = value)]
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

fn value(text: &str) -> Result<(String, Value), String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE")?;
    let plain = || Value::Text(value.to_owned());
    let value = serde_json::from_str(value).unwrap_or_else(|_| plain());
    Ok((name.to_owned(), value))
}

impl Dissolve {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let values: BTreeMap<_, _> = self
            .values
            .iter()
            .map(|(name, value)| (name.clone(), Param::Constant(value.clone())))
            .collect();
        let add = edit::AddTransition {
            clip: bench.clip(&self.clip)?,
            edge: if self.head { Edge::Head } else { Edge::Tail },
            kind: self.kind.clone(),
            length: bench.length(&self.length)?,
            align: self.align.into(),
            short: self.short.into(),
            shape: None,
            values,
        };
        if crate::picture::transitions::ALL.iter().all(|known| known.id != self.kind) {
            let words = "see `roomtone list transitions`";
            return Err(Failure::call(format!("there is no transition {:?}: {words}", self.kind)));
        }
        Ok(edit::add_transition(bench.film, bench.scope, &add, &mut bench.ids)?)
    }
}

/// Make a cut hard again.
#[derive(Debug, Args)]
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
