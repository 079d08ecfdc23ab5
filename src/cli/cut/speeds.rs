//! Speed, reverse, freeze.

use super::Bench;
use crate::cli::Failure;
use crate::edit::{self, Edited};
use clap::Args;
use timeline_format::Ratio;

/// Set the speed of a clip, exactly.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone speed v1@58 1/2")]
pub(super) struct Speed {
    /// The clip.
    clip: String,
    /// 2 is twice as fast, 1/2 half as fast, -1 backwards.
    #[arg(allow_negative_numbers = true)]
    speed: Ratio,
    /// Keep the length and show more or less of the source, instead of keeping its frames.
    #[arg(long)]
    keep_length: bool,
    /// Leave what follows where it is, instead of moving it.
    #[arg(long, conflicts_with = "keep_length")]
    stay: bool,
}

impl Speed {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let ripple = if self.stay { edit::Ripple::Stay } else { edit::Ripple::Follow };
        let of_source = edit::Keep::Source(ripple);
        let keep = if self.keep_length { edit::Keep::Length } else { of_source };
        let change = edit::SetSpeed { clip: bench.clip(&self.clip)?, speed: self.speed, keep };
        Ok(edit::set_speed(bench.film, bench.scope, &change, &mut bench.ids)?)
    }
}

/// Hold a frame: for the whole clip, or for a while put in at it.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone freeze v1@58 --at 70 --length 1s")]
pub(super) struct Freeze {
    /// The clip.
    clip: String,
    /// The frame whose picture is held: a number or a timecode.
    #[arg(long)]
    at: String,
    /// Put a hold of this length in; what follows moves.
    #[arg(long)]
    length: Option<String>,
}

impl Freeze {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let length = self.length.as_deref().map(|length| bench.length(length)).transpose()?;
        let freeze =
            edit::Freeze { clip: bench.clip(&self.clip)?, at: bench.frame(&self.at)?, length };
        Ok(edit::freeze(bench.film, bench.scope, &freeze, &mut bench.ids)?)
    }
}

/// Play a clip backwards: the same frames in the other order.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone reverse v1@58")]
pub(super) struct Reverse {
    /// The clip.
    clip: String,
}

impl Reverse {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clip = bench.clip(&self.clip)?;
        Ok(edit::reverse(bench.film, bench.scope, clip, &mut bench.ids)?)
    }
}
