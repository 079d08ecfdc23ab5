//! `roomtone audition`: a generator by itself, as a Wave file, to be listened to.

use super::bounce::{Bits, preset};
use super::cut::value_of_name;
use super::output::Output;
use super::{Done, Failure, clock, interrupt};
use crate::deliver::{Progress, Report, Target};
use crate::play::Offline;
use crate::sound::generators;
use clap::Args;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use timeline_format::clip::Generator;
use timeline_format::sequence::Raster;
use timeline_format::track::{Content, TrackKind};
use timeline_format::{
    Clip, Extra, Id, Item, Param, Rate, Reel, Sequence, Source, Timeline, Track, Value,
};

/// Frames a second of the film that the sound is auditioned in: its length is cut to hundredths.
const RATE: i64 = 100;

/// Render a generator of sound by itself to a Wave file. `roomtone list generators` names them.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  roomtone audition wind -o wind.wav --set speed=12 --set leaves=-6\n  \
                        roomtone audition footsteps -o steps.wav --set ground=gravel --length 10"
)]
pub(crate) struct Arguments {
    /// The generator.
    generator: String,
    /// The Wave file to write.
    #[arg(short, long)]
    output: PathBuf,
    /// A value of it, as name=value; again for more.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = value_of_name)]
    values: Vec<(String, Value)>,
    /// Seconds.
    #[arg(long, default_value_t = 60.0)]
    length: f64,
    /// Samples a second.
    #[arg(long, default_value_t = 48_000)]
    sound: u32,
    /// What a sample is: 16 bits (dithered), 24 bits, or 32-bit floats.
    #[arg(long, value_enum, default_value = "24")]
    bits: Bits,
    /// Replace what is there.
    #[arg(long)]
    force: bool,
}

/// Renders it.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let film = Arc::new(film(arguments)?);
    let frames = frames(arguments.length)?;
    let programme = Offline::open(&film, Path::new("."), 0..frames)?;
    let bar = output.bar(frames as u64);
    let stop = interrupt::stop_on_interrupt();
    let mut tell = |progress: &Progress| bar.set_position(progress.frame.max(0) as u64);
    let target = Target {
        path: arguments.output.clone(),
        force: arguments.force,
        made: Some(clock::date_and_time()),
        ..Target::default()
    };
    let preset = preset(arguments.bits)?;
    let report = crate::deliver::deliver(Box::new(programme), &preset, &target, &stop, &mut tell)?;
    bar.finish_and_clear();
    output.say(words(&report), || json!({"generator": arguments.generator, "report": report}));
    Ok(())
}

fn words(report: &Report) -> String {
    let loudness = report.loudness.map(|found| format!("{found}: ")).unwrap_or_default();
    format!("{loudness}{}", report.path.display())
}

fn frames(length: f64) -> Result<i64, Failure> {
    let frames = (length * RATE as f64).round();
    if (1.0..=360_000_000.0).contains(&frames) {
        return Ok(frames as i64);
    }
    Err(Failure::call("--length is a number of seconds from 0.01 to 3600000"))
}

/// A film of one clip.
fn film(arguments: &Arguments) -> Result<Timeline, Failure> {
    let known = generators::find(&arguments.generator).ok_or_else(|| unknown(arguments))?;
    let mut values = BTreeMap::new();
    for (name, value) in &arguments.values {
        if !known.parameters.iter().any(|parameter| parameter.id == name) {
            return Err(no_value(known, name));
        }
        values.insert(name.clone(), Param::Constant(value.clone()));
    }
    if !(8000..=192_000).contains(&arguments.sound) {
        return Err(Failure::call("--sound is a rate from 8000 to 192000 Hz"));
    }
    let rate = Rate::new(RATE, 1).ok_or_else(|| Failure::call("no such rate"))?;

    let (main, track) = (id("main")?, id("sound")?);
    let raster = Raster { width: 16, height: 16 };
    let timeline = Timeline::new(raster, rate, arguments.sound, main);
    let made = Generator { kind: known.id.into(), values, extra: Extra::new() };
    let clip =
        Item::clip(id("made")?, frames(arguments.length)?, Clip::new(Source::Generator(made)));
    let mut sequence = Sequence::new(rate);
    let mut track = Track::sequential(track, TrackKind::Sound);
    track.content = Content::Sequential(std::iter::once(clip).collect::<Reel>());
    sequence.tracks.push_back(Arc::new(track));
    Ok(timeline.with_sequence(main, sequence))
}

fn id(word: &str) -> Result<Id, Failure> {
    Id::parse(word).ok_or_else(|| Failure::call(format!("{word:?} is no id")))
}

fn unknown(arguments: &Arguments) -> Failure {
    let all: Vec<_> = generators::ALL.iter().map(|known| known.id).collect();
    let name = &arguments.generator;
    Failure::call(format!("there is no generator of sound called {name:?}: {}", all.join(", ")))
}

fn no_value(generator: &generators::Generator, name: &str) -> Failure {
    let all: Vec<_> = generator.parameters.iter().map(|known| known.id).collect();
    let words = format!("{} has no value called {name:?}: {}", generator.id, all.join(", "));
    Failure::call(words)
}
