//! Looks: given to clips, kept in the film under a name, taken away.

use super::Bench;
use crate::cli::Failure;
use crate::edit::{self, Edited, Having};
use crate::picture::grade::{self, looks};
use crate::project::look;
use clap::Args;
use std::path::Path;
use timeline_format::{Id, SavedLook};

/// Give a clip a look: a ready one, one of the film, or one in a file.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone look v1@58 cool-warm-quiet --shared"
)]
pub(super) struct Look {
    /// The clip.
    clip: String,
    /// The look: one of `roomtone list looks`, the id of one of the film, or a .json file.
    look: String,
    /// Share it: the clip changes when the look of the film does. Absent: its operations become the clip's own.
    #[arg(long)]
    shared: bool,
    /// Instead of what the clip has.
    #[arg(long)]
    instead: bool,
}

impl Look {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clip = bench.clip(&self.clip)?;
        let (known, found) = self.found(bench)?;
        let mut film = bench.film.clone();
        let having = match (self.shared, known) {
            (false, _) => Having::Copy,
            (true, Some(id)) => Having::Shared(id),
            (true, None) => {
                let id = edit::look_id(&film, &found.name)
                    .ok_or_else(|| Failure::call("the film has a thousand looks of this name"))?;
                film = edit::put_look(&film, id, found.clone())?.timeline;
                Having::Shared(id)
            }
        };
        let give = (clip, &found, having, self.instead);
        Ok(edit::give_look(&film, bench.scope, give, &mut bench.ids)?)
    }

    /// The look that is meant, and its id if it is one of the film.
    fn found(&self, bench: &Bench<'_>) -> Result<(Option<Id>, SavedLook), Failure> {
        let own = Id::parse(&self.look);
        if let Some((id, look)) = own.and_then(|id| Some((id, bench.film.looks.get(&id)?))) {
            return Ok((Some(id), SavedLook::clone(look)));
        }
        if let Some(ready) = looks::named(&self.look).and_then(looks::Ready::look) {
            return Ok((None, ready));
        }
        let path = Path::new(&self.look);
        if path.extension().is_some_and(|ending| ending == "json") {
            return look::read(path).map(|look| (None, look)).map_err(Failure::call);
        }
        let ready = looks::ALL.iter().map(|ready| ready.id.to_owned());
        let all: Vec<_> = bench.film.looks.keys().map(Id::to_string).chain(ready).collect();
        let words = format!("there is no look {:?}; there are {}", self.look, all.join(", "));
        Err(Failure::call(words + ", and files .json"))
    }
}

/// Keep a clip's operations on colours as a look of the film; one that is there is changed, and all clips that
/// share it.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone save-look v1@58 Dusk")]
pub(super) struct SaveLook {
    /// The clip.
    clip: String,
    /// What it is called.
    name: String,
    /// Its id; absent: made of its name.
    #[arg(long)]
    id: Option<Id>,
}

impl SaveLook {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clip = bench.clip(&self.clip)?;
        let look = look_of(bench.film, bench.scope.sequence, clip, &self.name)?;
        let named = |look: &SavedLook| look.name == self.name;
        let known = bench.film.looks.iter().find(|(_, look)| named(look)).map(|(id, _)| *id);
        let id = self.id.or(known).or_else(|| edit::look_id(bench.film, &self.name));
        let id = id.ok_or_else(|| Failure::call("the film has a thousand looks of this name"))?;
        Ok(edit::put_look(bench.film, id, look)?)
    }
}

/// The look that a clip's operations on colours are.
pub(in crate::cli) fn look_of(
    film: &timeline_format::Timeline,
    sequence: Id,
    clip: Id,
    name: &str,
) -> Result<SavedLook, Failure> {
    let found = film.sequences.get(&sequence).and_then(|sequence| sequence.clip(clip));
    let effects = found.map_or(&[][..], |clip| &clip.look.effects[..]);
    let is_own = |kind: &str| kind != SavedLook::EFFECT.0 && grade::named(kind).is_some();
    let kept = effects.iter().filter(|effect| is_own(&effect.kind) && effect.masks.is_empty());
    let look = SavedLook::new(name, kept.cloned());
    if look.effects.is_empty() {
        let words = format!("clip {clip} has no operation on colours of its own to keep");
        return Err(Failure::call(words));
    }
    Ok(look)
}

/// Take a look of the film away; clips that share it are as they are without.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone remove-look dusk")]
pub(super) struct RemoveLook {
    /// The look's id.
    look: Id,
}

impl RemoveLook {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        Ok(edit::remove_look(bench.film, self.look)?)
    }
}
