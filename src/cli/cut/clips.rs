//! What a clip is and goes with: its source, its link, its group, its name, whether it is there.

use super::Bench;
use crate::cli::Failure;
use crate::edit::{self, Edited};
use clap::Args;
use timeline_format::Ratio;

/// Link clips as one picture and its sound: edits move them together.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone link v1@58 dialogue@58")]
pub(super) struct Link {
    /// The clips.
    #[arg(required = true)]
    clips: Vec<String>,
}

impl Link {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clips = bench.clips(&self.clips)?;
        Ok(edit::link(bench.film, bench.scope, &clips, &mut bench.ids)?)
    }
}

/// Undo the link of clips: each is edited by itself.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone unlink v1@58 dialogue@58")]
pub(super) struct Unlink {
    /// The clips.
    #[arg(required = true)]
    clips: Vec<String>,
}

impl Unlink {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clips = bench.clips(&self.clips)?;
        Ok(edit::unlink(bench.film, bench.scope, &clips, &mut bench.ids)?)
    }
}

/// Group clips and free items: they are moved together.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone group v1@58 ambience@58")]
pub(super) struct Group {
    /// The clips.
    #[arg(required = true)]
    clips: Vec<String>,
}

impl Group {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clips = bench.clips(&self.clips)?;
        Ok(edit::group(bench.film, bench.scope, &clips, &mut bench.ids)?)
    }
}

/// Undo the groups that clips are in, whole.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone ungroup v1@58")]
pub(super) struct Ungroup {
    /// The clips.
    #[arg(required = true)]
    clips: Vec<String>,
}

impl Ungroup {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clips = bench.clips(&self.clips)?;
        Ok(edit::ungroup(bench.film, bench.scope, &clips, &mut bench.ids)?)
    }
}

/// Switch clips off; they keep their place.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone disable v1@58")]
pub(super) struct Disable {
    /// The clips.
    #[arg(required = true)]
    clips: Vec<String>,
}

impl Disable {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clips = bench.clips(&self.clips)?;
        Ok(edit::set_disabled(bench.film, bench.scope, (&clips, true), &mut bench.ids)?)
    }
}

/// Switch clips on again.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone enable v1@58")]
pub(super) struct Enable {
    /// The clips.
    #[arg(required = true)]
    clips: Vec<String>,
}

impl Enable {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clips = bench.clips(&self.clips)?;
        Ok(edit::set_disabled(bench.film, bench.scope, (&clips, false), &mut bench.ids)?)
    }
}

/// Give a clip a name of its own; an empty one takes it away.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone rename v1@58 Opening")]
pub(super) struct Rename {
    /// The clip.
    clip: String,
    /// What it is called from now on; "" is what its source is called.
    name: String,
}

impl Rename {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let (clips, name) = ([bench.clip(&self.clip)?], self.name.trim());
        Ok(edit::rename_clips(bench.film, bench.scope, (&clips, name), &mut bench.ids)?)
    }
}

/// Show another source in the place of a clip: its length, treatment and cuts stay.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone replace v1@58 street --in 12")]
pub(super) struct Replace {
    /// The clip.
    clip: String,
    /// A shot, a media or a sequence, by id.
    source: String,
    /// The first frame of the source; absent: the number that the clip has.
    #[arg(long = "in", allow_negative_numbers = true)]
    source_in: Option<Ratio>,
}

impl Replace {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let (clip, source) = (bench.clip(&self.clip)?, bench.source(&self.source)?);
        let replace = edit::Replace { clip, source, source_in: self.source_in };
        Ok(edit::replace_source(bench.film, bench.scope, &replace, &mut bench.ids)?)
    }
}
