//! Free items: placed, moved, anchored.

use super::Bench;
use super::effects::constants;
use super::lay::What;
use super::name::{Shape, value_of_name};
use crate::cli::Failure;
use crate::edit::{self, Edited};
use clap::Args;
use timeline_format::clip::Fade;
use timeline_format::track::{Anchor as Beside, Place as At};
use timeline_format::{Clip, Frames, Layered, Param, Source, Value};

/// Place a free item (a bed of wind, a step, a title) on a free track; overlap adds.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone place ambience wind --at 0 --length 10s --fade-in 1s --gain -6"
)]
pub(super) struct Place {
    #[command(flatten)]
    what: What,
    #[command(flatten)]
    place: Whereto,
    /// How long the sound fades in.
    #[arg(long, value_name = "LENGTH")]
    fade_in: Option<String>,
    /// How long the sound fades out.
    #[arg(long, value_name = "LENGTH")]
    fade_out: Option<String>,
    /// How the level moves through the fades.
    #[arg(long, value_enum, default_value = "equal-power")]
    shape: Shape,
    /// Level in dB.
    #[arg(long, allow_negative_numbers = true)]
    gain: Option<f64>,
}

impl Place {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let material = self.what.parts(bench)?.swap_remove(0);
        let mut clip = material.clip;
        clip.sound.gain = self.gain.map(Param::number);
        clip.sound.fade_in = fade(self.fade_in.as_deref(), self.shape, bench)?;
        clip.sound.fade_out = fade(self.fade_out.as_deref(), self.shape, bench)?;
        let length = Frames::whole(material.length);
        let item = Layered { at: self.place.place(bench)?, length, clip };
        Ok(edit::place(bench.film, bench.scope, (material.track, &item), &mut bench.ids)?)
    }
}

fn fade(length: Option<&str>, shape: Shape, bench: &Bench<'_>) -> Result<Option<Fade>, Failure> {
    let Some(length) = length else { return Ok(None) };
    let length = Frames::whole(bench.length(length)?);
    Ok(Some(Fade { length, shape: shape.into() }))
}

/// Where a free item goes.
#[derive(Debug, Args)]
struct Whereto {
    /// The frame: a number or a timecode; with --beside, frames from the start of that clip.
    #[arg(long, default_value = "0", allow_negative_numbers = true)]
    at: String,
    /// A clip to go with, wherever it goes.
    #[arg(long, value_name = "CLIP")]
    beside: Option<String>,
}

impl Whereto {
    fn place(&self, bench: &Bench<'_>) -> Result<At, Failure> {
        let Some(beside) = &self.beside else {
            return Ok(At::Absolute(Frames::whole(bench.frame(&self.at)?)));
        };
        let offset = self.at.parse().map_err(Failure::call)?;
        Ok(At::Anchored(Beside { clip: bench.clip(beside)?, offset }))
    }
}

/// Fill every gap between the clips of a track with a sound on a free track: room tone under dialogue.
/// Each piece is anchored to the clip before it; done again, it replaces what it did.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone fill dialogue room-tone generator:matched_tone --set like=scene-12 --lap 2"
)]
pub(super) struct Fill {
    /// The track whose gaps are filled.
    gaps: String,
    /// The free track that the sound goes onto.
    onto: String,
    /// The sound: a media, a shot or a sequence, by id; or generator:NAME.
    sound: String,
    /// A value of the generator, such as like=scene-12; more than one may be given.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = value_of_name)]
    values: Vec<(String, Value)>,
    /// Frames by which the sound reaches into the clips on either side, fading.
    #[arg(long, default_value_t = 1)]
    lap: i64,
    /// Level in dB.
    #[arg(long, allow_negative_numbers = true)]
    gain: Option<f64>,
}

impl Fill {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let mut source = bench.source(&self.sound)?;
        if let Source::Generator(made) = &mut source {
            made.values = constants(&self.values);
        }
        let mut sound = Clip::new(source);
        sound.sound.gain = self.gain.map(Param::number);
        let (gaps, onto) = (bench.track(&self.gaps)?, bench.track(&self.onto)?);
        let fill = edit::Fill { gaps, onto, sound, lap: self.lap.max(0) };
        Ok(edit::fill(bench.film, bench.scope, &fill, &mut bench.ids)?)
    }
}

/// Put a free item somewhere else: at a frame, or beside a clip.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone put ambience@58 --beside v1@58 --at -12"
)]
pub(super) struct Put {
    /// The free item.
    item: String,
    #[command(flatten)]
    place: Whereto,
}

impl Put {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let change = (bench.clip(&self.item)?, self.place.place(bench)?);
        Ok(edit::move_to(bench.film, bench.scope, change, &mut bench.ids)?)
    }
}

/// Let a free item go with a clip, or with none; it stays where it is.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone anchor effects@58 v1@58")]
pub(super) struct Anchor {
    /// The free item.
    item: String,
    /// The clip to go with; absent: it stands at its frame.
    clip: Option<String>,
}

impl Anchor {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clip = self.clip.as_deref().map(|clip| bench.clip(clip)).transpose()?;
        let change = (bench.clip(&self.item)?, clip);
        Ok(edit::anchor(bench.film, bench.scope, change, &mut bench.ids)?)
    }
}
