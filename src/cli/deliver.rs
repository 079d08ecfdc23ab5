//! `roomtone deliver`: the film, rendered and muxed.

use super::carried_captions::Carried;
use super::film::{Opened, Part, tell_unread};
use super::fold::Fold;
use super::loud::{Loud, Place};
use super::output::Output;
use super::{Done, Failure, clock, interrupt};
use crate::deliver::{Preset, Progress, Report, Target, presets};
use crate::play::Offline;
use clap::Args;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Render a film with a preset (see `roomtone list presets`).
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone deliver film.roomtone --preset web-h264 -o film.mp4")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// The preset's name, or a file with one of your own.
    #[arg(long)]
    preset: String,
    /// The file (or, for frames, the folder) to write.
    #[arg(short, long)]
    output: PathBuf,
    #[command(flatten)]
    part: Part,
    /// Code every picture anew. Without it, groups of pictures that nothing touches are copied where
    /// they lie coded in their file just as the preset's encoder would have them.
    #[arg(long)]
    recode: bool,
    #[command(flatten)]
    loud: Loud,
    #[command(flatten)]
    fold: Fold,
    #[command(flatten)]
    captions: Carried,
    /// Replace what is there.
    #[arg(long)]
    force: bool,
}

/// Delivers, telling how far it is.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let preset = arguments.fold.add_to(preset_called(&arguments.preset)?);
    let opened = arguments.captions.burned(Opened::open(&arguments.film, output)?)?;
    let range = opened.range(&arguments.part)?;
    let target = target_of((arguments, &preset), &opened, &range)?;
    let film = Offline::open(&opened.timeline, &opened.folder(), range.clone())?;
    let unread = film.unread_list();
    let stop = interrupt::stop_on_interrupt();
    let place = Place { opened: &opened, range: &range, beside: &arguments.output };
    let film = arguments.loud.level(Box::new(film), &preset, &place, &stop, output)?;
    let bar = output.bar((range.end - range.start) as u64);
    let mut tell = |progress: &Progress| {
        bar.set_position(progress.frame.max(0) as u64);
        bar.set_message(words_of(progress));
        if output.is_json() {
            output.say("", || json!({"progress": progress}));
        }
    };
    let report = crate::deliver::deliver(film, &preset, &target, &stop, &mut tell)?;
    bar.finish_and_clear();
    tell_unread(&unread.lines(), output);
    for warning in &report.warnings {
        output.note(format_args!("warning: {warning}"));
    }
    output.say(words(&report), || json!({"report": report}));
    arguments.captions.beside(&opened, &range, (&arguments.output, arguments.force), output)
}

/// The preset of this name, or the one in this file.
pub(super) fn preset_called(name: &str) -> Result<Preset, Failure> {
    if let Some(preset) = presets::find(name) {
        return Ok(preset.clone());
    }
    if Path::new(name).extension().is_some_and(|extension| extension == "json") {
        return presets::read(Path::new(name)).map_err(Failure::call);
    }
    let known: Vec<_> = presets::ALL.iter().map(|preset| preset.id.as_ref()).collect();
    let words = format!("choose one of {}, or a .json file of your own", known.join(", "));
    Err(Failure::call(format!("there is no preset {name:?}: {words}")))
}

fn target_of(
    (arguments, preset): (&Arguments, &Preset),
    opened: &Opened,
    range: &std::ops::Range<i64>,
) -> Result<Target, Failure> {
    Ok(Target {
        path: arguments.output.clone(),
        force: arguments.force,
        counting: opened.main()?.header.timecode,
        recode: arguments.recode,
        tags: opened.tags(),
        made: Some(clock::date_and_time()),
        captions: arguments.captions.muxed(opened, range, preset)?,
        digest: false,
    })
}

fn words_of(progress: &Progress) -> String {
    let left = Duration::from_secs_f64(progress.left.unwrap_or(0.0).clamp(0.0, 1e9));
    let left = indicatif::HumanDuration(left);
    let memory = progress.memory.unwrap_or(0) / 1_000_000;
    format!("{:.0} frames/s, {left:#} left, {memory} MB", progress.speed)
}

fn words(report: &Report) -> String {
    let speed = (report.frames - report.kept) as f64 / report.seconds.max(1e-9);
    let path = report.path.display();
    let loudness = report.loudness.map(|found| format!(", {found}")).unwrap_or_default();
    let seconds = report.seconds;
    let copied = match report.copied {
        0 => String::new(),
        copied => format!(", {copied} of them copied as they are"),
    };
    let kept = match report.kept {
        0 => String::new(),
        kept => format!(", {kept} of them kept from an interrupted delivery"),
    };
    let frames = report.frames;
    let folded = report.folded.as_ref().map(|folded| format!(", {folded}")).unwrap_or_default();
    format!(
        "{frames} frames{copied}{kept} in {seconds:.1} s ({speed:.0} frames/s){loudness}{folded}: {path}"
    )
}
