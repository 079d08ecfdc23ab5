//! A correction of a colour decision list, put on a clip.

use super::Bench;
use crate::cli::Failure;
use crate::edit::{self, Edited};
use crate::interchange::cdl::{self, Correction};
use clap::Args;
use std::path::PathBuf;
use timeline_format::{Effect, Param, Value};

/// Put a correction of a .cc, .ccc or .cdl file on a clip.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone cdl v1@58 dailies.ccc --from shot-12"
)]
pub(super) struct Cdl {
    /// The clip.
    clip: String,
    /// The file.
    file: PathBuf,
    /// Which correction, by its id; absent: the only one.
    #[arg(long)]
    from: Option<String>,
}

impl Cdl {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clip = bench.clip(&self.clip)?;
        let shown = self.file.display();
        let bytes = std::fs::read(&self.file)
            .map_err(|error| Failure::call(format!("cannot read {shown}: {error}")))?;
        let found = cdl::read(&bytes)
            .map_err(|why| Failure::call(format!("{shown} is no colour decision list: {why}")))?;
        let chosen = self.chosen(&found)?;
        let effect = Effect { id: bench.ids.next_id(), ..effect(chosen, bench) };
        let id = effect.id;
        let put = (clip, usize::MAX, effect);
        let mut edited = edit::put_effect(bench.film, bench.scope, put, &mut bench.ids)?;
        edited.made.push(id);
        Ok(edited)
    }

    fn chosen<'a>(&self, found: &'a [Correction]) -> Result<&'a Correction, Failure> {
        let ids = || found.iter().map(|it| it.id.as_str()).collect::<Vec<_>>().join(", ");
        match &self.from {
            Some(id) => found.iter().find(|it| it.id == *id).ok_or_else(|| {
                Failure::call(format!("the list has no correction {id:?}; it has {}", ids()))
            }),
            None if found.len() == 1 => Ok(&found[0]),
            None => Err(Failure::call(format!(
                "the list has {} corrections: name one by --from: {}",
                found.len(),
                ids()
            ))),
        }
    }
}

fn effect(of: &Correction, bench: &mut Bench<'_>) -> Effect {
    let mut effect = Effect::new(bench.ids.next_id(), "cdl");
    let wheel = |three: [f64; 3], all: f64| {
        let [red, green, blue] = three;
        Param::Constant(Value::Vector(vec![red, green, blue, all]))
    };
    let values = [
        ("slope", wheel(of.slope, 1.0)),
        ("offset", wheel(of.offset, 0.0)),
        ("power", wheel(of.power, 1.0)),
        ("saturation", Param::number(of.saturation)),
        ("clamp", Param::Constant(Value::Flag(true))),
    ];
    effect.values = values.into_iter().map(|(name, param)| (name.to_owned(), param)).collect();
    effect
}
