//! A correction of a colour decision list, put on a clip.

use super::Bench;
use crate::cli::Failure;
use crate::edit::{self, Edited};
use crate::interchange::cdl::{self, Correction};
use clap::Args;
use std::path::PathBuf;

/// Put a correction of a .cc, .ccc or .cdl file, or of the remarks of an .edl, on a clip.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone cdl v1@58 dailies.ccc --from shot-12\n  roomtone cut film.roomtone cdl v1@58 dailies.edl --from A003_C012"
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
        let id = bench.ids.next_id();
        let effect = chosen.effect(id);
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
