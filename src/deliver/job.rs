//! One delivery, from the film to the finished file.

use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use timeline_format::Captions;
use timeline_format::timecode::{self, Counting};

use super::digest::Digest;
use super::error::Left;
use super::fold::{Folded, Folding, beside};
use super::listener::{Ear, listen};
use super::presets::{Container, Preset};
use super::progress::{Meter, Progress};
use super::{Error, file, frames, sound, suit};
use crate::ffmpeg::Container as Muxed;
use crate::play::Programme;
use crate::sound::loudness::Measured;
use crate::workers::Stop;

/// Where a delivery goes and what is written beside the film.
#[derive(Debug, Clone, Default)]
pub struct Target {
    /// The file, or the folder of numbered frames.
    pub path: PathBuf,
    /// Replace what is there.
    pub force: bool,
    /// How the start timecode is counted; drop-frame is used only where the rate has it.
    pub counting: Counting,
    /// Code every picture anew, also where one could be copied as it lies in its file.
    pub recode: bool,
    /// `title`, `artist`, `comment`, `copyright` ... for the container.
    pub tags: BTreeMap<String, String>,
    /// When it was made, in UTC, `yyyy-mm-dd` and `hh:mm:ss`: for Wave files, which have a place for it
    /// (EBU Tech 3285). Absent, the same film gives the same bytes.
    pub made: Option<(String, String)>,
    /// Captions that the file holds, counted from its first frame.
    pub captions: Vec<Captions>,
    /// Have the report say the SHA-256 of the samples, where the codec loses none.
    pub digest: bool,
}

/// What was delivered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Where.
    pub path: PathBuf,
    /// The preset's name.
    pub preset: String,
    /// Frames of picture.
    pub frames: i64,
    /// Those of them whose coded pictures were copied from a file as they are.
    pub copied: i64,
    /// Those of them that an interrupted delivery had left whole.
    pub kept: i64,
    /// Samples of sound in each channel.
    pub samples: i64,
    /// The label of the first frame.
    pub timecode: String,
    /// The film's length in seconds.
    pub length: f64,
    /// Seconds that it took.
    pub seconds: f64,
    /// Bytes written.
    pub written: u64,
    /// The most memory that was seen, in bytes, where the system tells.
    pub memory: Option<u64>,
    /// What the sound measures; absent where there is none.
    pub loudness: Option<Measured>,
    /// The SHA-256 of the samples as the file holds them, where it was asked for.
    pub sha256: Option<String>,
    /// The same sound for fewer loudspeakers, where the preset has it.
    pub folded: Option<Folded>,
    /// What a person should know.
    pub warnings: Vec<String>,
}

/// What every part of a delivery needs to know.
pub(super) struct Order<'a> {
    pub(super) preset: &'a Preset,
    pub(super) target: &'a Target,
    pub(super) timecode: Option<String>,
    /// At the film's sound.
    pub(super) ear: Ear,
    pub(super) folding: Option<Folding>,
    pub(super) stop: &'a Stop,
}

/// What came of it.
#[derive(Default)]
pub(super) struct Made {
    pub(super) samples: i64,
    pub(super) copied: i64,
    pub(super) written: u64,
    pub(super) clipped: u64,
    /// Those of the fold.
    pub(super) fold_clipped: u64,
    /// Frames that an interrupted delivery had left, and that were not made again.
    pub(super) kept: i64,
    /// Whether an interrupted delivery had left anything.
    pub(super) was_left: bool,
}

/// Delivers a film: every frame, every sample, under the final name when it is whole.
///
/// `progress` hears some five times a second how far it is. Raising `stop` ends it soon. A file that is
/// cut short is removed then; of numbered frames, those that are whole are kept in a hidden folder,
/// `.NAME.part`, and the next delivery to the same name makes only those that lack or would be others
/// now. What a process left that was killed is found by the next delivery to the same name, too.
pub fn deliver(
    programme: Box<dyn Programme>,
    preset: &Preset,
    target: &Target,
    stop: &Stop,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Report, Error> {
    suit::check(&*programme, preset)?;
    let (frames, rate) = (programme.length(), programme.rate());
    let counting = if timecode::has_drop_frame(rate) { target.counting } else { Counting::NonDrop };
    let label = timecode::label(programme.start(), rate, counting).unwrap_or_default();
    let (timecode, mut warnings) = suit::timecode(&*programme, preset, &label);
    warnings.extend(preset.caution.iter().map(ToString::to_string));
    let mut meter = Meter::new(frames, rate.ratio().to_f64());
    let (ear, folding) = ears(&*programme, preset, target);
    let programme = listen(programme, &ear);
    let order = Order { preset, target, timecode, ear, folding, stop };
    let made = match preset.container {
        Container::Wav => sound::deliver(programme, &order, &mut meter, progress),
        Container::Frames => frames::deliver(programme, &order, &mut meter, progress),
        Container::Mp4 => file::deliver(programme, &order, Muxed::Mp4, &mut meter, progress),
        Container::Mov => file::deliver(programme, &order, Muxed::Mov, &mut meter, progress),
        Container::Flac => file::deliver(programme, &order, Muxed::Flac, &mut meter, progress),
        Container::Mkv => file::deliver(programme, &order, Muxed::Matroska, &mut meter, progress),
    };
    let made = made.map_err(|error| error.leaving(Left::Nothing))?;
    if made.was_left && preset.container != Container::Frames {
        warnings.push(
            "what an interrupted delivery to this name had left was removed, and it was made anew"
                .into(),
        );
    }
    progress(&meter.at(frames, made.written));
    let folded = order.folding.as_ref().map(|folding| {
        let apart = preset.container == Container::Wav;
        folding.folded(apart.then(|| beside(&target.path, folding.to)))
    });
    for (count, what) in [(made.clipped, "samples"), (made.fold_clipped, "samples of the fold")] {
        let why = "louder than full scale and were clipped: lower the mix or put a limiter on it";
        warnings.extend((count > 0).then(|| format!("{count} {what} were {why}")));
    }
    Ok(Report {
        path: target.path.clone(),
        preset: preset.id.to_string(),
        frames: if preset.picture.is_some() { frames } else { 0 },
        copied: made.copied,
        kept: made.kept,
        samples: made.samples,
        timecode: label,
        length: frames as f64 / rate.ratio().to_f64(),
        seconds: meter.seconds(),
        written: made.written,
        memory: meter.most_memory(),
        loudness: preset.sound.as_ref().map(|_| order.ear.measured()),
        sha256: order.ear.digest(),
        folded,
        warnings,
    })
}

/// What hears the sound, and its fold where there is one.
fn ears(programme: &dyn Programme, preset: &Preset, target: &Target) -> (Ear, Option<Folding>) {
    let codec = preset.sound.as_ref().map(|sound| sound.codec);
    let digest = || codec.filter(|_| target.digest).and_then(Digest::new);
    let ear = |layout| Ear::new(layout, programme.sample_rate(), digest());
    let from = programme.layout();
    let to = preset.sound.as_ref().and_then(|sound| sound.fold);
    (ear(from), to.map(|to| Folding { from, to, ear: ear(to) }))
}
