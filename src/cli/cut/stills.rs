//! Stills of the gallery: kept, their grades put on clips, taken away.

use super::Bench;
use super::matching::middle;
use crate::cli::Failure;
use crate::edit::{self, Edited};
use crate::picture::grade;
use clap::Args;
use timeline_format::{Effect, Id};

/// Keep a frame of a clip as a still: its picture to look at beside others, its grade to be taken by them.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone keep-still v1@58 Dusk --at 00:00:02:14"
)]
pub(super) struct KeepStill {
    /// The clip.
    clip: String,
    /// What it is called.
    name: String,
    /// The moment: a frame number or a timecode; absent: the clip's middle.
    #[arg(long)]
    at: Option<String>,
    /// Its id; absent: made of its name. A still that has it already is kept anew.
    #[arg(long)]
    id: Option<Id>,
}

impl KeepStill {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clip = bench.clip(&self.clip)?;
        let frame = match &self.at {
            Some(text) => bench.frame(text)?,
            None => middle(bench, clip)?,
        };
        let id = self.id.or_else(|| edit::still_id(bench.film, &self.name));
        let id = id.ok_or_else(|| Failure::call("the film has a thousand stills of this name"))?;
        Ok(edit::keep_still(bench.film, bench.scope, (clip, frame, id, &self.name))?)
    }
}

/// Put the grade of a still on a clip, as operations of its own: all of it, or the operations that are named.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  roomtone cut film.roomtone take-still v1@120 dusk --instead
  roomtone cut film.roomtone take-still v1@120 dusk --only zones --only saturation")]
pub(super) struct TakeStill {
    /// The clip.
    clip: String,
    /// The still's id (see `roomtone stills`).
    still: Id,
    /// An operation of the still, by its kind; absent: all of its operations on colours.
    #[arg(long, value_name = "KIND")]
    only: Vec<String>,
    /// Instead of what the clip has.
    #[arg(long)]
    instead: bool,
}

impl TakeStill {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clip = bench.clip(&self.clip)?;
        let still = bench.film.stills.get(&self.still);
        let still = still.ok_or_else(|| no_still(bench, self.still))?;
        let effects = &still.clip.look.effects;
        if let Some(none) = self.only.iter().find(|kind| effects.iter().all(|it| it.kind != **kind))
        {
            let kinds: Vec<_> = effects.iter().map(|it| it.kind.as_str()).collect();
            let words = format!("still {} has no operation {none:?}; it has", self.still);
            return Err(Failure::call(format!("{words} {}", named(&kinds))));
        }
        let wanted = |effect: &Effect| match &self.only[..] {
            [] => grade::named(&effect.kind).is_some(),
            only => only.contains(&effect.kind),
        };
        let give = (clip, self.still, self.instead);
        Ok(edit::give_still(bench.film, bench.scope, give, &wanted, &mut bench.ids)?)
    }
}

/// Take a still out of the gallery; clips that took its grade keep it.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone remove-still dusk")]
pub(super) struct RemoveStill {
    /// The still's id.
    still: Id,
}

impl RemoveStill {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        if !bench.film.stills.contains_key(&self.still) {
            return Err(no_still(bench, self.still));
        }
        Ok(edit::remove_still(bench.film, self.still)?)
    }
}

fn no_still(bench: &Bench<'_>, still: Id) -> Failure {
    let all: Vec<_> = bench.film.stills.keys().map(Id::to_string).collect();
    let all: Vec<_> = all.iter().map(String::as_str).collect();
    Failure::call(format!("the film has no still {still}; it has {}", named(&all)))
}

/// Words in a row; that there are none, where there are none.
fn named(words: &[&str]) -> String {
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}
