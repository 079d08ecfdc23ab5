//! Effects of a clip, or of all clips of a shot: put on, changed, taken off.

use super::name::value_of_name;
use super::{Bench, catalogue};
use crate::cli::Failure;
use crate::edit::{self, Edited, Whose};
use clap::Args;
use std::collections::BTreeMap;
use timeline_format::{Effect as Instance, Id, Param, Value};

/// Put an effect on a clip or a shot, or another in its place.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone effect v1@58 zones --set shadows=[0.92,0.99,1.1] --set highlights=[1.07,1,0.9]"
)]
pub(super) struct Effect {
    /// The clip; or shot:NAME, for every clip of a shot.
    clip: String,
    /// What it is: an operation of `roomtone list grade` or `roomtone list filters`; or `x:vendor.name` of another program, which is kept and
    /// bypassed.
    kind: String,
    /// Its id there: an effect that has it is replaced; absent: a new one.
    #[arg(long)]
    id: Option<Id>,
    /// Its place in their order, 0 is first; absent: last.
    #[arg(long, default_value_t = usize::MAX, hide_default_value = true)]
    index: usize,
    /// Keep it, switched off.
    #[arg(long)]
    bypass: bool,
    /// How much of it is seen, 0 to 1; absent: all.
    #[arg(long)]
    mix: Option<f64>,
    /// A value, such as stops=0.5 or gain=[1.1,1,0.9,1] (red, green, blue, all); more than one may be given.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = value_of_name)]
    values: Vec<(String, Value)>,
}

impl Effect {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        if let Some(operation) = catalogue::effect(&self.kind)? {
            for (name, value) in &self.values {
                catalogue::value(operation, name, value)?;
            }
        }
        let whose = whose(bench, &self.clip)?;
        let id = self.id.unwrap_or_else(|| bench.ids.next_id());
        let effect = Instance {
            bypass: self.bypass,
            values: constants(&self.values),
            mix: self.mix.map(Param::number),
            ..Instance::new(id, &self.kind)
        };
        let mut edited = match whose {
            Whose::Clip(clip) => {
                let put = (clip, self.index, effect);
                edit::put_effect(bench.film, bench.scope, put, &mut bench.ids)?
            }
            Whose::Shot(shot) => edit::put_shot_effect(bench.film, (shot, self.index, effect))?,
        };
        edited.made.push(id);
        Ok(edited)
    }
}

/// What an effect is on.
pub(super) fn whose(bench: &Bench<'_>, text: &str) -> Result<Whose, Failure> {
    let Some(name) = text.strip_prefix("shot:") else {
        return bench.clip(text).map(Whose::Clip);
    };
    let known = Id::parse(name).filter(|id| bench.film.shots.contains_key(id));
    let known = known.map(Whose::Shot);
    known.ok_or_else(|| Failure::call(format!("the film has no shot {name:?}")))
}

/// Values that do not move, by name.
pub(super) fn constants(values: &[(String, Value)]) -> BTreeMap<String, Param> {
    values.iter().map(|(name, value)| (name.clone(), Param::Constant(value.clone()))).collect()
}

/// Take an effect off a clip or a shot.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone remove-effect v1@58 glow")]
pub(super) struct RemoveEffect {
    /// The clip; or shot:NAME.
    clip: String,
    /// The effect's id there.
    id: Id,
}

impl RemoveEffect {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        Ok(match whose(bench, &self.clip)? {
            Whose::Clip(clip) => {
                let gone = (clip, self.id);
                edit::remove_effect(bench.film, bench.scope, gone, &mut bench.ids)?
            }
            Whose::Shot(shot) => edit::remove_shot_effect(bench.film, (shot, self.id))?,
        })
    }
}
