//! New material into the cut: append, insert, overwrite; and free items placed on their tracks.

use super::Bench;
use crate::cli::Failure;
use crate::edit::{self, Edited, Material};
use clap::Args;
use timeline_format::clip::{Fade, FadeShape};
use timeline_format::footage::ENDLESS;
use timeline_format::track::{Anchor, Place as At};
use timeline_format::{Clip, Frames, Layered, Param, Ratio};

/// What is laid, and for how long.
#[derive(Debug, Args)]
pub(super) struct What {
    /// The track.
    track: String,
    /// A shot, a media or a sequence, by id.
    source: String,
    /// How long: 58, 2.4s; absent: all of it.
    #[arg(long)]
    length: Option<String>,
    /// The first frame of the source that is used, on its own grid.
    #[arg(long = "in", default_value_t = 0)]
    source_in: i64,
    /// A track for the source's own sound, linked to the picture.
    #[arg(long, value_name = "TRACK")]
    sound: Option<String>,
    /// Speed: 2, 1/2, -1 backwards, 0 a freeze.
    #[arg(long, default_value = "1", allow_negative_numbers = true)]
    speed: Ratio,
}

impl What {
    fn parts(&self, bench: &mut Bench<'_>) -> Result<Vec<Material>, Failure> {
        let source = bench.source(&self.source)?;
        let clip = Clip {
            source_in: Frames::whole(self.source_in),
            speed: self.speed,
            ..Clip::new(source)
        };
        let length = self.frames(&clip, bench)?;
        let mut parts = vec![Material { track: bench.track(&self.track)?, clip, length }];
        if let Some(sound) = &self.sound {
            let link = Some(bench.ids.next_id());
            parts[0].clip.link = link;
            parts.push(Material { track: bench.track(sound)?, ..parts[0].clone() });
        }
        Ok(parts)
    }

    /// The length that was asked for, or all that there is behind the first frame.
    fn frames(&self, clip: &Clip, bench: &Bench<'_>) -> Result<i64, Failure> {
        if let Some(length) = &self.length {
            return bench.length(length);
        }
        let rate = bench.main.header.rate;
        let handles = edit::handles_of(bench.film, rate, clip, 1);
        let all = handles.map(|beside| beside.tail + 1).filter(|all| *all < ENDLESS / 2);
        all.ok_or_else(|| {
            Failure::call(format!("{} has no end: say how long with --length", self.source))
        })
    }
}

/// Lay material behind the last clip of a track.
#[derive(Debug, Args)]
pub(super) struct Append {
    #[command(flatten)]
    what: What,
}

impl Append {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let parts = self.what.parts(bench)?;
        Ok(edit::append(bench.film, bench.scope, &parts, &mut bench.ids)?)
    }
}

/// Lay material in at a frame; what lies there and behind moves later.
#[derive(Debug, Args)]
pub(super) struct Insert {
    #[command(flatten)]
    what: What,
    /// The frame: a number or a timecode.
    #[arg(long)]
    at: String,
}

impl Insert {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let insert = edit::Insert { at: bench.frame(&self.at)?, parts: self.what.parts(bench)? };
        Ok(edit::insert(bench.film, bench.scope, &insert, &mut bench.ids)?)
    }
}

/// Lay material over what is there; nothing else moves.
#[derive(Debug, Args)]
pub(super) struct Overwrite {
    #[command(flatten)]
    what: What,
    /// The frame: a number or a timecode.
    #[arg(long)]
    at: String,
}

impl Overwrite {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let insert = edit::Insert { at: bench.frame(&self.at)?, parts: self.what.parts(bench)? };
        Ok(edit::overwrite(bench.film, bench.scope, &insert, &mut bench.ids)?)
    }
}

/// Place a free item (a bed of wind, a step, a title) on a free track; overlap adds.
#[derive(Debug, Args)]
pub(super) struct Place {
    #[command(flatten)]
    what: What,
    /// The frame: a number or a timecode; with --beside, frames from the start of that clip.
    #[arg(long, default_value = "0", allow_negative_numbers = true)]
    at: String,
    /// A clip to go with, wherever it goes.
    #[arg(long, value_name = "CLIP")]
    beside: Option<String>,
    /// How long the sound fades in.
    #[arg(long, value_name = "LENGTH")]
    fade_in: Option<String>,
    /// How long the sound fades out.
    #[arg(long, value_name = "LENGTH")]
    fade_out: Option<String>,
    /// Level in dB.
    #[arg(long, allow_negative_numbers = true)]
    gain: Option<f64>,
}

impl Place {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let material = self.what.parts(bench)?.swap_remove(0);
        let mut clip = material.clip;
        clip.sound.gain = self.gain.map(Param::number);
        clip.sound.fade_in = fade(self.fade_in.as_deref(), bench)?;
        clip.sound.fade_out = fade(self.fade_out.as_deref(), bench)?;
        let length = Frames::whole(material.length);
        let item = Layered { at: self.place(bench)?, length, clip };
        Ok(edit::place(bench.film, bench.scope, (material.track, &item), &mut bench.ids)?)
    }

    fn place(&self, bench: &Bench<'_>) -> Result<At, Failure> {
        let Some(beside) = &self.beside else {
            return Ok(At::Absolute(Frames::whole(bench.frame(&self.at)?)));
        };
        let offset = self.at.parse().map_err(Failure::call)?;
        Ok(At::Anchored(Anchor { clip: bench.clip(beside)?, offset }))
    }
}

fn fade(length: Option<&str>, bench: &Bench<'_>) -> Result<Option<Fade>, Failure> {
    let Some(length) = length else { return Ok(None) };
    let length = Frames::whole(bench.length(length)?);
    Ok(Some(Fade { length, shape: FadeShape::EqualPower }))
}
