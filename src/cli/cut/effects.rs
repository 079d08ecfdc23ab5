//! Effects of a clip: put on, changed, taken off.

use super::Bench;
use super::name::value_of_name;
use crate::cli::Failure;
use crate::edit::{self, Edited};
use clap::Args;
use std::collections::BTreeMap;
use timeline_format::{Effect as Instance, Extra, Id, Param, Value};

/// Put an effect on a clip, or another in its place.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone effect v1@58 x:studio.glow --set amount=0.5"
)]
pub(super) struct Effect {
    /// The clip.
    clip: String,
    /// What it is: `x:vendor.name` of another program, which is kept and bypassed.
    kind: String,
    /// Its id on the clip: an effect that has it is replaced; absent: a new one.
    #[arg(long)]
    id: Option<Id>,
    /// Its place in their order, 0 is first; absent: last.
    #[arg(long, default_value_t = usize::MAX, hide_default_value = true)]
    index: usize,
    /// Keep it, switched off.
    #[arg(long)]
    bypass: bool,
    /// A value, such as amount=0.5; more than one may be given.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = value_of_name)]
    values: Vec<(String, Value)>,
}

impl Effect {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        super::catalogue::effect(&self.kind)?;
        let clip = bench.clip(&self.clip)?;
        let id = self.id.unwrap_or_else(|| bench.ids.next_id());
        let effect = Instance {
            id,
            kind: self.kind.clone(),
            bypass: self.bypass,
            values: constants(&self.values),
            extra: Extra::new(),
        };
        let put = (clip, self.index, effect);
        let mut edited = edit::put_effect(bench.film, bench.scope, put, &mut bench.ids)?;
        edited.made.push(id);
        Ok(edited)
    }
}

/// Values that do not move, by name.
pub(super) fn constants(values: &[(String, Value)]) -> BTreeMap<String, Param> {
    values.iter().map(|(name, value)| (name.clone(), Param::Constant(value.clone()))).collect()
}

/// Take an effect off a clip.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone remove-effect v1@58 glow")]
pub(super) struct RemoveEffect {
    /// The clip.
    clip: String,
    /// The effect's id on the clip.
    id: Id,
}

impl RemoveEffect {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let gone = (bench.clip(&self.clip)?, self.id);
        Ok(edit::remove_effect(bench.film, bench.scope, gone, &mut bench.ids)?)
    }
}
