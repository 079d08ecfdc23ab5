//! `roomtone verify`: a delivered file held against the film.

use super::carried_captions::Carried;
use super::channels::Channels;
use super::film::{Opened, Part};
use super::loud::{Loud, Place, leveled};
use super::output::Output;
use super::{Done, Failure, interrupt};
use crate::deliver::verify::verify_captions;
use crate::deliver::verify::verify_fold;
use crate::deliver::{Progress, Verdict, verify};
use crate::play::{Offline, Programme};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// Hold a delivered file against the film: frames, lengths, sync, captions, tags; exit 1 if it differs.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone verify film.roomtone film.mp4")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// What was delivered: a file, or a folder of frames.
    delivered: PathBuf,
    /// The preset that it was made with: codec, format and tags are checked too.
    #[arg(long)]
    preset: Option<String>,
    #[command(flatten)]
    part: Part,
    #[command(flatten)]
    loud: Loud,
    #[command(flatten)]
    captions: Carried,
    /// Hold its fold against the film too: the second stream of sound, or the file beside it.
    #[arg(long, value_enum, value_name = "LAYOUT")]
    fold: Option<Channels>,
}

/// Compares and tells every difference.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let opened = arguments.captions.burned(Opened::open(&arguments.film, output)?)?;
    let range = opened.range(&arguments.part)?;
    let preset = arguments.preset.as_deref().map(super::deliver::preset_called).transpose()?;
    let stop = interrupt::stop_on_interrupt();
    let place = Place { opened: &opened, range: &range, beside: &arguments.delivered };
    let leveling = arguments.loud.expect(preset.as_ref(), &place, &stop, output)?;
    let open = || -> Result<Box<dyn Programme>, Failure> {
        let film = Offline::open(&opened.timeline, &opened.folder(), range.clone())?;
        Ok(leveled(Box::new(film), leveling))
    };
    let mut film = open()?;
    let bar = output.bar(film.length().max(0) as u64);
    let mut tell = |progress: &Progress| bar.set_position(progress.frame.max(0) as u64);
    let delivered = arguments.delivered.as_path();
    let mut verdict = verify(&mut *film, delivered, preset.as_ref(), &stop, &mut tell)?;
    let (captions, must) = arguments.captions.expected(&opened, &range)?;
    verify_captions(&*film, delivered, (&captions, must), &stop, &mut verdict);
    bar.finish_and_clear();
    tell_verdict(&verdict, output);
    let mut agrees = verdict.agrees();
    if let Some(to) = arguments.fold {
        let what = (arguments.delivered.as_path(), to.into());
        let verdict = verify_fold(open()?, what, preset.as_ref(), &stop, &mut |_| {})?;
        tell_verdict(&verdict, output);
        agrees &= verdict.agrees();
    }
    if agrees { Ok(()) } else { Err(Failure::Told) }
}

fn tell_verdict(verdict: &Verdict, output: Output) {
    for difference in &verdict.differences {
        output.say(difference, || json!({"difference": difference}));
    }
    output.say(words(verdict), || json!({"verdict": verdict}));
}

fn words(verdict: &Verdict) -> String {
    let cues = match verdict.cues {
        0 => String::new(),
        count => format!(", {count} cues"),
    };
    let (frames, samples) = (verdict.frames, verdict.samples);
    let compared = format!("{frames} frames and {samples} samples compared{cues}");
    let likeness = verdict.least_psnr.map_or_else(
        || "equal to the last bit".to_owned(),
        |psnr| format!("the least like frame at {psnr:.1} dB"),
    );
    let untold = match verdict.untold {
        0 => String::new(),
        count => format!("; {count} are so like the next that their order cannot be told"),
    };
    match verdict.differences.len() {
        0 => format!("it is the film: {compared}, {likeness}{untold}"),
        count => format!("it differs in {count} ways: {compared}, {likeness}{untold}"),
    }
}
