//! New material into the cut: append, insert, overwrite.

use super::Bench;
use super::effects::constants;
use super::made;
use super::name::value_of_name;
use crate::cli::Failure;
use crate::edit::{self, Edited, Material};
use clap::Args;
use timeline_format::footage::ENDLESS;
use timeline_format::{Clip, Frames, Ratio, Source, Value};

/// What is laid, and for how long.
#[derive(Debug, Args)]
pub(super) struct What {
    /// The track.
    track: String,
    /// A shot, a media or a sequence, by id; or generator:NAME.
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
    /// A value of the generator, such as colour=[1,0,0]; more than one may be given.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = value_of_name)]
    values: Vec<(String, Value)>,
}

impl What {
    pub(super) fn parts(&self, bench: &mut Bench<'_>) -> Result<Vec<Material>, Failure> {
        let source = self.source(bench)?;
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

    fn source(&self, bench: &Bench<'_>) -> Result<Source, Failure> {
        let mut source = bench.source(&self.source)?;
        match &mut source {
            Source::Generator(generator) => {
                let own = |(name, value): &(String, Value)| {
                    Ok::<_, Failure>((name.clone(), made::value(&generator.kind, name, value)?))
                };
                let values = self.values.iter().map(own).collect::<Result<Vec<_>, _>>()?;
                generator.values = constants(&values);
            }
            _ if !self.values.is_empty() => {
                let words = "--set gives values to a generator, and this shows none";
                return Err(Failure::call(format!("{words}: {}", self.source)));
            }
            _ => {}
        }
        Ok(source)
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
#[command(after_help = "Example:\n  roomtone cut film.roomtone append v1 harbour --length 2.4s")]
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
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone insert v1 rain --at 00:00:02:10 --length 30 --sound dialogue"
)]
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
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone overwrite v1 street --at 58 --length 1s"
)]
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
