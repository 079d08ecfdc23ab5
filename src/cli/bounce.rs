//! `roomtone bounce`: the mix as a sound file, and its stems.

use super::film::{Opened, Part, tell_unread};
use super::loud::{self, Loud, Place};
use super::output::Output;
use super::{Done, Failure, clock, interrupt};
use crate::deliver::leveling::{Leveling, leveled};
use crate::deliver::presets::{SoundCodec, SoundTarget};
use crate::deliver::{Preset, Progress, Report, Target, presets};
use crate::play::{Metered, Offline, Programme};
use crate::sound::places::lived_in;
use crate::sound::{Reading, Stem, stems};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::ops::Range;
use std::path::{Path, PathBuf};
use timeline_format::Id;

/// Render the mix to a Wave file (RF64 above 4 GB), and its stems to a folder.
#[derive(Debug, Args)]
#[command(after_help = "\
What the film's meter nodes measured is told at the end.

Example:
  roomtone bounce film.roomtone -o mix.wav --stems stems")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// The Wave file to write.
    #[arg(short, long)]
    output: PathBuf,
    /// A folder for one Wave file a role: their sum is the mix, as far as its buses only set levels and no
    /// limiter is at work.
    #[arg(long)]
    stems: Option<PathBuf>,
    /// What a sample is: 16 bits (dithered), 24 bits, or 32-bit floats.
    #[arg(long, value_enum, default_value = "24")]
    bits: Bits,
    #[command(flatten)]
    part: Part,
    #[command(flatten)]
    loud: Loud,
    /// Replace what is there.
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Bits {
    #[value(name = "16")]
    Sixteen,
    #[value(name = "24")]
    TwentyFour,
    #[value(name = "32f")]
    Float,
}

/// Bounces the mix, then each stem.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let opened = Opened::open(&arguments.film, output)?;
    let range = opened.range(&arguments.part)?;
    let stop = interrupt::stop_on_interrupt();
    let place = Place { opened: &opened, range: &range, beside: &arguments.output };
    let leveling = arguments.loud.find(&preset(arguments.bits)?, &place, &stop)?;
    if let Some(leveling) = &leveling {
        output.say(loud::words(leveling), || json!({"leveling": leveling}));
    }
    bounce(arguments, &opened, &range, (None, leveling), &arguments.output, output)?;
    let leveling = leveling.map(|leveling| Leveling { limiter: None, ..leveling });
    let Some(folder) = &arguments.stems else { return Ok(()) };
    std::fs::create_dir_all(folder)?;
    for stem in stems(&lived_in(&opened.timeline, &*opened.main()?)) {
        let path = folder.join(format!("{}.wav", name_of(stem)));
        bounce(arguments, &opened, &range, (Some(stem), leveling), &path, output)?;
    }
    Ok(())
}

fn bounce(
    arguments: &Arguments,
    opened: &Opened,
    range: &Range<i64>,
    (stem, leveling): (Option<Stem>, Option<Leveling>),
    path: &Path,
    output: Output,
) -> Done {
    let (film, folder) = (&opened.timeline, opened.folder());
    let programme = match stem {
        None => Offline::open(film, &folder, range.clone())?,
        Some(stem) => Offline::of_stem(film, &folder, range.clone(), stem)?,
    };
    let (unread, metered) = (programme.unread_list(), programme.metered());
    let bar = output.bar((range.end - range.start) as u64);
    let stop = interrupt::stop_on_interrupt();
    let mut tell = |progress: &Progress| bar.set_position(progress.frame.max(0) as u64);
    let counting = opened.main()?.header.timecode;
    let target = Target {
        path: path.to_owned(),
        force: arguments.force,
        counting,
        tags: opened.tags(),
        made: Some(clock::date_and_time()),
        ..Target::default()
    };
    let preset = preset(arguments.bits)?;
    let programme: Box<dyn Programme> = match leveling {
        None => Box::new(programme),
        Some(leveling) => leveled(Box::new(programme), leveling),
    };
    let report = crate::deliver::deliver(programme, &preset, &target, &stop, &mut tell)?;
    bar.finish_and_clear();
    tell_unread(&unread.lines(), output);
    for warning in &report.warnings {
        output.note(format_args!("warning: {warning}"));
    }
    let meters = meters(opened, &metered)?;
    let object = || {
        let meters: Vec<&Value> = meters.iter().map(|(_, object)| object).collect();
        json!({"stem": stem.map(name_of), "report": report, "meters": meters})
    };
    let lines = meters.iter().map(|(words, _)| words.clone());
    let lines: Vec<String> = std::iter::once(words(&report)).chain(lines).collect();
    output.say(lines.join("\n"), object);
    Ok(())
}

/// What the meter nodes of the mix show at its end: to people, and to programs.
fn meters(opened: &Opened, metered: &Metered) -> Result<Vec<(String, Value)>, Failure> {
    let main = opened.main()?;
    let name = |strip: &Id| {
        let track = main.track(*strip).map(|(_, track)| track.header.name.clone());
        let bus = || main.buses.get(strip).map(|bus| bus.name.clone());
        let named = track.or_else(bus).filter(|name| !name.is_empty());
        named.unwrap_or_else(|| strip.to_string())
    };
    let found = metered.gauges().into_iter().flat_map(|gauges| &gauges.meters);
    Ok(found
        .map(|((strip, node), reading)| {
            let figures = figures(reading);
            let shown = figures.iter().filter_map(|(what, figure, unit)| {
                figure.map(|figure| format!("{what} {figure:.1} {unit}"))
            });
            let shown: Vec<String> = shown.collect();
            let words = format!("{} ({node}): {}", name(strip), shown.join(", "));
            let mut object = json!({"strip": strip, "node": node});
            for (what, figure, _) in figures {
                object[what.replace([' ', '-'], "_")] = json!(figure);
            }
            (words, object)
        })
        .collect())
}

/// What a meter shows, with units; a figure is absent where there was nothing to be measured.
fn figures(reading: &Reading) -> [(&'static str, Option<f64>, &'static str); 6] {
    let finite = |figure: f32| Some(f64::from(figure)).filter(|figure| figure.is_finite());
    let decibels = |factor: f32| finite(20.0 * factor.log10());
    [
        ("integrated", finite(reading.integrated()), "LUFS"),
        ("range", finite(reading.range()), "LU"),
        ("momentary", finite(reading.loudest_momentary()), "LUFS"),
        ("short-term", finite(reading.loudest_short_term()), "LUFS"),
        ("true peak", decibels(reading.true_peak()), "dBTP"),
        ("correlation", finite(reading.correlation()), ""),
    ]
}

pub(super) fn preset(bits: Bits) -> Result<Preset, Failure> {
    let wave =
        presets::find("sound-wav").ok_or_else(|| Failure::call("there is no Wave preset"))?;
    let codec = match bits {
        Bits::Sixteen => SoundCodec::Pcm16,
        Bits::TwentyFour => SoundCodec::Pcm24,
        Bits::Float => SoundCodec::Float32,
    };
    let sound = wave.sound.clone().map(|sound| SoundTarget { codec, ..sound });
    Ok(Preset { sound, ..wave.clone() })
}

fn name_of(stem: Stem) -> String {
    match stem {
        Stem::Bus(id) => id.to_string(),
        Stem::Role(None) => "other".to_owned(),
        Stem::Role(Some(role)) => serde_json::to_value(role)
            .ok()
            .and_then(|name| name.as_str().map(str::to_owned))
            .unwrap_or_else(|| "other".to_owned()),
    }
}

fn words(report: &Report) -> String {
    let loudness = report.loudness.map(|found| format!(", {found}")).unwrap_or_default();
    format!("{} samples{loudness}: {}", report.samples, report.path.display())
}
