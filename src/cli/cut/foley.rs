//! Foley: events spotted to frames, suggested from the picture, and cloth that moves as the picture does.

use super::Bench;
use super::effects::constants;
use super::name::value_of_name;
use crate::cli::{Failure, interrupt};
use crate::edit::{self, Edited, Spotting, Vary};
use crate::play::{self, Motion};
use anyhow::anyhow;
use clap::Args;
use serde_json::json;
use std::ops::Range;
use std::sync::Arc;
use timeline_format::parameter::{Curve, Ease, Follow as Counted, Key};
use timeline_format::{Clip, Frames, Id, Param, Source, Value};

/// What events sound like, and how far they differ.
#[derive(Debug, Args)]
struct Shots {
    /// The foley track: a free one.
    track: String,
    /// What they sound like, one of these each: generator:step, generator:touch, or recordings, by id.
    #[arg(required = true)]
    sounds: Vec<String>,
    /// A value of the generators, such as ground=gravel; more than one may be given.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = value_of_name)]
    values: Vec<(String, Value)>,
    /// Level in dB.
    #[arg(long, allow_negative_numbers = true, default_value_t = 0.0)]
    gain: f64,
    /// How far they differ in level, in dB.
    #[arg(long, default_value_t = 1.5)]
    vary_gain: f64,
    /// How far recordings differ in pitch, in cents.
    #[arg(long, default_value_t = 35.0)]
    vary_pitch: f64,
    /// How far they lie aside, 0 to 1.
    #[arg(long, default_value_t = 0.0)]
    vary_pan: f64,
    /// A recording comes again only behind so many others.
    #[arg(long, default_value_t = 3)]
    apart: usize,
    /// How long each lasts; absent: all of a recording, two seconds of a generator.
    #[arg(long)]
    length: Option<String>,
    /// The pictures that they go with, wherever these go; none: they stay where they are put.
    #[arg(long, default_value = "v1")]
    with: String,
}

impl Shots {
    fn spotting(
        &self,
        events: Vec<(i64, f64)>,
        suggested: bool,
        bench: &Bench<'_>,
    ) -> Result<Spotting, Failure> {
        let sounds = self.sounds.iter().map(|sound| self.sound(sound, bench));
        let length = self.length.as_deref().map(|text| bench.length(text)).transpose()?;
        let with = (self.with != "none").then(|| bench.track(&self.with)).transpose()?;
        let vary = Vary {
            gain: self.vary_gain,
            pitch: self.vary_pitch,
            pan: self.vary_pan,
            apart: self.apart,
        };
        let (track, sounds) = (bench.track(&self.track)?, sounds.collect::<Result<_, _>>()?);
        Ok(Spotting { track, events, sounds, length, vary, with, suggested })
    }

    fn sound(&self, text: &str, bench: &Bench<'_>) -> Result<Clip, Failure> {
        let mut source = bench.source(text)?;
        if let Source::Generator(made) = &mut source {
            made.values = constants(&self.values);
        }
        let mut clip = Clip::new(source);
        clip.sound.gain = (self.gain != 0.0).then(|| Param::number(self.gain));
        Ok(clip)
    }
}

/// Spot one-shots to frames: steps, hands, props. Each has a variation of its own, which no other edit
/// changes.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone spot foley generator:step --set ground=gravel --at 00:00:02:03 --at 00:00:02:16"
)]
pub(super) struct Spot {
    #[command(flatten)]
    shots: Shots,
    /// When: frames or timecodes.
    #[arg(long, value_name = "TIME")]
    at: Vec<String>,
    /// At every marker of this name.
    #[arg(long, value_name = "NAME")]
    at_markers: Option<String>,
}

impl Spot {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let mut frames: Vec<i64> =
            self.at.iter().map(|text| bench.frame(text)).collect::<Result<_, _>>()?;
        if let Some(name) = &self.at_markers {
            let markers = bench.main.markers.values().filter(|marker| marker.name == *name);
            frames.extend(markers.map(|marker| marker.at.floor()));
        }
        if frames.is_empty() {
            return Err(Failure::call("say when, with --at or --at-markers"));
        }
        let events = frames.into_iter().map(|at| (at, 0.0)).collect();
        let spotting = self.shots.spotting(events, false, bench)?;
        Ok(edit::spot(bench.film, bench.scope, &spotting, &mut bench.ids)?)
    }
}

/// A part of the film that is looked at.
#[derive(Debug, Args)]
struct Look {
    /// From this frame or timecode on; absent: from the beginning.
    #[arg(long)]
    from: Option<String>,
    /// To before this one; absent: to the end.
    #[arg(long)]
    to: Option<String>,
}

impl Look {
    fn range(&self, bench: &Bench<'_>) -> Result<Range<i64>, Failure> {
        let frame =
            |text: &Option<String>| text.as_deref().map(|text| bench.frame(text)).transpose();
        let end = bench.main.length();
        let (from, to) = (frame(&self.from)?.unwrap_or(0), frame(&self.to)?.unwrap_or(end));
        if from >= to || to > end {
            return Err(Failure::call(format!(
                "look at frames from 0 to {end}, not {from} to {to}"
            )));
        }
        Ok(from..to)
    }
}

impl Bench<'_> {
    fn motion(&self, range: Range<i64>) -> Result<Motion, Failure> {
        if self.scope.sequence != self.film.settings.main {
            let words = "the picture is looked at in the film's main sequence alone: see `main`";
            return Err(Failure::call(words));
        }
        let stop = interrupt::stop_on_interrupt();
        let film = Arc::new(self.film.clone());
        let motion = play::motion(&film, &self.folder, range, (&stop, &mut |_| ()))?;
        Ok(motion.ok_or_else(|| anyhow!("stopped: the film is as it was"))?)
    }
}

/// Suggest events where something begins to move in the picture: they lie on the foley track, switched
/// off. Move them, take away what is wrong, and switch on what is right with `enable`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone suggest foley generator:touch --set material=wood --from 58 --to 120"
)]
pub(super) struct Suggest {
    #[command(flatten)]
    shots: Shots,
    #[command(flatten)]
    look: Look,
    /// How far below the strongest a beginning is still suggested, in dB.
    #[arg(long, default_value_t = 12.0)]
    least: f64,
    /// Frames between two of them, at least.
    #[arg(long, default_value_t = 6)]
    between: usize,
    /// At every cut too.
    #[arg(long)]
    cuts: bool,
    /// Switch them on at once.
    #[arg(long)]
    accept: bool,
}

impl Suggest {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let motion = bench.motion(self.look.range(bench)?)?;
        let accents = motion.accents(self.least, self.between.max(1));
        let mut events: Vec<(i64, f64)> =
            accents.iter().map(|accent| (accent.frame, 0.5 * accent.strength)).collect();
        if self.cuts {
            events.extend(motion.cuts.iter().map(|frame| (*frame, 0.0)));
        }
        if events.is_empty() {
            return Err(anyhow!("nothing begins to move there: nothing is suggested").into());
        }
        let words = format!("{} events are suggested", events.len());
        bench.said.push((words, json!({"suggested": events.len()})));
        let spotting = self.shots.spotting(events, !self.accept, bench)?;
        Ok(edit::spot(bench.film, bench.scope, &spotting, &mut bench.ids)?)
    }
}

/// Draw the motion of a cloth from the picture: keyframes of its speed, in metres a second.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone follow foley@58 --height 1.2")]
pub(super) struct Follow {
    /// The clip of a generator that has a motion: fabric.
    clip: String,
    /// How many metres the picture is high: 0.5 a face, 1.7 a figure, 4 a room.
    #[arg(long, default_value_t = 1.7)]
    height: f64,
    /// How far the keyframes may be from what is seen, in metres a second.
    #[arg(long, default_value_t = 0.05)]
    tolerance: f64,
}

impl Follow {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clip = bench.clip(&self.clip)?;
        let range = bench.frames_of(clip)?;
        let first = range.start;
        let motion = bench.motion(range)?;
        let points = motion.curve(self.height, self.tolerance.max(0.001));
        let (keys, most) = (points.len(), points.iter().map(|point| point.1).fold(0.0, f64::max));
        let words = format!("{keys} keyframes, up to {most:.2} m/s");
        bench.said.push((words, json!({"motion": {"keys": keys, "fastest": most}})));
        let key = |(frame, speed): (i64, f64)| Key {
            at: Frames::whole(frame - first),
            value: Value::Number((speed * 1000.0).round() / 1000.0),
            ease: Ease::Linear,
        };
        let keys = points.into_iter().map(key).collect();
        let curve = Param::Animated(Curve { keys, follow: Counted::Clip });
        Ok(edit::draw_motion(bench.film, bench.scope, (clip, curve), &mut bench.ids)?)
    }
}

impl Bench<'_> {
    /// The whole frames that a free item or a clip covers.
    fn frames_of(&self, id: Id) -> Result<Range<i64>, Failure> {
        let lost = || Failure::call(format!("clip {id} lies nowhere"));
        let found = self.main.find(id).ok_or_else(lost)?;
        let track = self.main.tracks.get(found.track).ok_or_else(lost)?;
        let (start, end) = match (found.index, track.layers()) {
            (Some(index), _) => {
                let reel = track.reel().ok_or_else(lost)?;
                let start = reel.start_of(index).ok_or_else(lost)?;
                (start, start + reel.get(index).map_or(0, |item| item.length))
            }
            (None, layers) => {
                let layer = layers.and_then(|layers| layers.get(&id)).ok_or_else(lost)?;
                let start = self.main.start_of(layer).ok_or_else(lost)?;
                (start.floor(), start.plus(layer.length).unwrap_or(start).ceil())
            }
        };
        Ok(start.max(0)..end.min(self.main.length()).max(start + 1))
    }
}
