//! Trim, ripple, roll, slip, slide, length, move, swap.

use super::Bench;
use super::name::End;
use crate::cli::Failure;
use crate::edit::{self, Edited};
use clap::Args;
use timeline_format::Ratio;

/// Move an edge of a clip or of a free item; everything else stays where it is.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone trim v1@58 tail --by -6")]
pub(super) struct Trim {
    /// The clip.
    clip: String,
    /// Which end of it.
    end: End,
    /// Frames, later above 0; of a free item also parts of a frame, such as 5/2.
    #[arg(long, allow_negative_numbers = true)]
    by: Ratio,
}

impl Trim {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clip = bench.clip(&self.clip)?;
        let Some(by) = self.by.as_whole() else {
            if bench.main.find(clip).is_some_and(|found| found.index.is_some()) {
                let words = "lies on a track of clips: trim it by whole frames";
                return Err(Failure::call(format!("clip {clip} {words}, not by {}", self.by)));
            }
            let trim = (clip, self.end.into(), self.by);
            return Ok(edit::trim_layer(bench.film, bench.scope, trim, &mut bench.ids)?);
        };
        let trim = edit::Trim { clip, edge: self.end.into(), by };
        Ok(edit::trim(bench.film, bench.scope, &trim, &mut bench.ids)?)
    }
}

/// Move an edge of a clip, and everything behind it.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone ripple v1@58 tail --by -6")]
pub(super) struct Ripple {
    /// The clip.
    clip: String,
    /// Which end of it.
    end: End,
    /// Frames, later above 0; of a head, frames that it loses.
    #[arg(long, allow_negative_numbers = true)]
    by: i64,
}

impl Ripple {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clip = bench.clip(&self.clip)?;
        let trim = edit::Trim { clip, edge: self.end.into(), by: self.by };
        Ok(edit::ripple_trim(bench.film, bench.scope, &trim, &mut bench.ids)?)
    }
}

/// Move a cut: one clip gets longer, its neighbour as much shorter.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone roll v1@58 tail --by 6")]
pub(super) struct Roll {
    /// A clip at the cut.
    clip: String,
    /// Which end of it the cut is.
    end: End,
    /// Frames, later above 0.
    #[arg(long, allow_negative_numbers = true)]
    by: i64,
}

impl Roll {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clip = bench.clip(&self.clip)?;
        let roll = edit::Roll { clip, edge: self.end.into(), by: self.by };
        Ok(edit::roll(bench.film, bench.scope, &roll, &mut bench.ids)?)
    }
}

/// Show other frames of the source; nothing moves in the cut.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone slip v1@58 --by 4")]
pub(super) struct Slip {
    /// The clip.
    clip: String,
    /// Frames, later in the source above 0.
    #[arg(long, allow_negative_numbers = true)]
    by: i64,
}

impl Slip {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let slip = edit::Slip { clip: bench.clip(&self.clip)?, by: self.by };
        Ok(edit::slip(bench.film, bench.scope, &slip, &mut bench.ids)?)
    }
}

/// Move a clip between its neighbours, which give and take.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone slide v1@58 --by -4")]
pub(super) struct Slide {
    /// The clip.
    clip: String,
    /// Frames, later above 0.
    #[arg(long, allow_negative_numbers = true)]
    by: i64,
}

impl Slide {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let slide = edit::Slide { clip: bench.clip(&self.clip)?, by: self.by };
        Ok(edit::slide(bench.film, bench.scope, &slide, &mut bench.ids)?)
    }
}

/// Decide how long a clip or a free item lasts.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone length v1@58 2.4s")]
pub(super) struct Length {
    /// The clip.
    clip: String,
    /// How long: 58, 2.4s, 00:00:02:10.
    length: String,
    /// Leave what follows where it is, instead of moving it.
    #[arg(long)]
    stay: bool,
}

impl Length {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clip = bench.clip(&self.clip)?;
        let duration = edit::Duration::parse(&self.length).map_err(Failure::call)?;
        let ripple = if self.stay { edit::Ripple::Stay } else { edit::Ripple::Follow };
        let change = edit::SetDuration { clip, duration, ripple };
        Ok(edit::set_duration(bench.film, bench.scope, &change, &mut bench.ids)?)
    }
}

/// Move clips or free items along their tracks, or to another track.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone move v1@58 --by 24 --insert")]
pub(super) struct Move {
    /// The clips.
    #[arg(required = true)]
    clips: Vec<String>,
    /// Frames, later above 0.
    #[arg(long, default_value_t = 0, allow_negative_numbers = true)]
    by: i64,
    /// The track to move to.
    #[arg(long)]
    track: Option<String>,
    /// Push what is there aside instead of laying over it.
    #[arg(long)]
    insert: bool,
}

impl Move {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clips = bench.clips(&self.clips)?;
        let track = self.track.as_deref().map(|track| bench.track(track)).transpose()?;
        let manner = if self.insert { edit::Manner::Insert } else { edit::Manner::Overwrite };
        let movement = edit::Move { clips, by: self.by, track, manner };
        Ok(edit::move_clips(bench.film, bench.scope, &movement, &mut bench.ids)?)
    }
}

/// Let two clips change places.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone swap v1@0 v1@58")]
pub(super) struct Swap {
    /// One clip.
    one: String,
    /// The other.
    other: String,
}

impl Swap {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let swap = edit::Swap { one: bench.clip(&self.one)?, other: bench.clip(&self.other)? };
        Ok(edit::swap(bench.film, bench.scope, &swap, &mut bench.ids)?)
    }
}
