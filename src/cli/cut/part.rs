//! Lift, extract, remove, razor, join.

use super::Bench;
use crate::cli::Failure;
use crate::edit::{self, Edited};
use clap::Args;
use std::ops::Range;

/// A span of some tracks.
#[derive(Debug, Args)]
pub(super) struct Span {
    /// First frame: a number or a timecode.
    from: String,
    /// First frame after the last.
    to: String,
    /// The tracks.
    #[arg(required = true)]
    tracks: Vec<String>,
}

impl Span {
    pub(super) fn lift(&self, bench: &Bench<'_>) -> Result<edit::Lift, Failure> {
        let span: Range<i64> = bench.frame(&self.from)?..bench.frame(&self.to)?;
        Ok(edit::Lift { span, tracks: bench.tracks(&self.tracks)? })
    }
}

/// Take a span out of tracks and leave a gap.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone lift 24 48 v1 dialogue")]
pub(super) struct Lift {
    #[command(flatten)]
    span: Span,
}

impl Lift {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let lift = self.span.lift(bench)?;
        Ok(edit::lift(bench.film, bench.scope, &lift, &mut bench.ids)?)
    }
}

/// Take a span out of tracks and close up.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone extract 24 48 v1 dialogue")]
pub(super) struct Extract {
    #[command(flatten)]
    span: Span,
}

impl Extract {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let lift = self.span.lift(bench)?;
        Ok(edit::extract(bench.film, bench.scope, &lift, &mut bench.ids)?)
    }
}

/// Take clips or free items out.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone remove v1@58 --ripple")]
pub(super) struct Remove {
    /// The clips.
    #[arg(required = true)]
    clips: Vec<String>,
    /// Close up instead of leaving a gap.
    #[arg(long)]
    ripple: bool,
}

impl Remove {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clips = bench.clips(&self.clips)?;
        let ripple = if self.ripple { edit::Ripple::Follow } else { edit::Ripple::Stay };
        Ok(edit::remove_clips(bench.film, bench.scope, &clips, ripple, &mut bench.ids)?)
    }
}

/// Cut clips in two at a frame.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone razor 58 v1")]
pub(super) struct Razor {
    /// The frame: a number or a timecode.
    at: String,
    /// The tracks; none named: all.
    tracks: Vec<String>,
}

impl Razor {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let named = bench.tracks(&self.tracks)?;
        let tracks = if named.is_empty() { None } else { Some(named) };
        let razor = edit::Razor { at: bench.frame(&self.at)?, tracks };
        Ok(edit::razor(bench.film, bench.scope, &razor, &mut bench.ids)?)
    }
}

/// Make a clip and the one behind it one again, where they are one in the source.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone join v1@58")]
pub(super) struct Join {
    /// The clip ahead of the cut.
    clip: String,
}

impl Join {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let join = edit::Join { clip: bench.clip(&self.clip)? };
        Ok(edit::join(bench.film, bench.scope, &join, &mut bench.ids)?)
    }
}
