//! Lift, extract, remove, razor, join, link, unlink.

use super::Bench;
use crate::cli::Failure;
use crate::edit::{self, Edited};
use clap::Args;
use std::ops::Range;
use timeline_format::Id;

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
    fn lift(&self, bench: &Bench<'_>) -> Result<edit::Lift, Failure> {
        let span: Range<i64> = bench.frame(&self.from)?..bench.frame(&self.to)?;
        Ok(edit::Lift { span, tracks: tracks(bench, &self.tracks)? })
    }
}

fn tracks(bench: &Bench<'_>, names: &[String]) -> Result<Vec<Id>, Failure> {
    names.iter().map(|name| bench.track(name)).collect()
}

/// Take a span out of tracks and leave a gap.
#[derive(Debug, Args)]
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

/// Take clips out.
#[derive(Debug, Args)]
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
        let clips =
            self.clips.iter().map(|clip| bench.clip(clip)).collect::<Result<Vec<_>, _>>()?;
        let ripple = if self.ripple { edit::Ripple::Follow } else { edit::Ripple::Stay };
        Ok(edit::remove_clips(bench.film, bench.scope, &clips, ripple, &mut bench.ids)?)
    }
}

/// Cut clips in two at a frame.
#[derive(Debug, Args)]
pub(super) struct Razor {
    /// The frame: a number or a timecode.
    at: String,
    /// The tracks; none named: all.
    tracks: Vec<String>,
}

impl Razor {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let named = tracks(bench, &self.tracks)?;
        let tracks = if named.is_empty() { None } else { Some(named) };
        let razor = edit::Razor { at: bench.frame(&self.at)?, tracks };
        Ok(edit::razor(bench.film, bench.scope, &razor, &mut bench.ids)?)
    }
}

/// Make a clip and the one behind it one again, where they are one in the source.
#[derive(Debug, Args)]
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

/// Link clips as one picture and its sound: edits move them together.
#[derive(Debug, Args)]
pub(super) struct Link {
    /// The clips.
    #[arg(required = true)]
    clips: Vec<String>,
}

impl Link {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clips =
            self.clips.iter().map(|clip| bench.clip(clip)).collect::<Result<Vec<_>, _>>()?;
        Ok(edit::link(bench.film, bench.scope, &clips, &mut bench.ids)?)
    }
}

/// Undo the link of clips: each is edited by itself.
#[derive(Debug, Args)]
pub(super) struct Unlink {
    /// The clips.
    #[arg(required = true)]
    clips: Vec<String>,
}

impl Unlink {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clips =
            self.clips.iter().map(|clip| bench.clip(clip)).collect::<Result<Vec<_>, _>>()?;
        Ok(edit::unlink(bench.film, bench.scope, &clips, &mut bench.ids)?)
    }
}
