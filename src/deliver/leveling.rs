//! Bringing a mix to the loudness that somebody asks for.
//!
//! One gain over the whole film, and a true-peak limiter where the gain would lift peaks above the
//! ceiling: never a gain that moves, which would undo what the mixer did. What a codec loses lifts peaks:
//! where one is used, the sound is coded once for a trial, and the limiter lowered until what is decoded
//! again stays below the ceiling.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use timeline_format::{Param, Role, Value};

use super::presets::SoundTarget;
use super::through::through;
use super::{Error, Preset, Target, deliver, hearing};
use crate::play::{Failed, Programme};
use crate::signal::{Decibels, Samples};
use crate::sound::automation::Clock;
use crate::sound::loudness::{Loudness, Measured};
use crate::sound::node::{Block, Outcome, Processor, Setup};
use crate::sound::quantum::{QUANTUM, Run, SILENCE};
use crate::sound::{Library, Stem, nodes};
use crate::workers::Stop;

/// How loud a delivery is to be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// Integrated, in LUFS.
    pub loudness: f64,
    /// The highest true peak, in dBTP, decoded where the codec loses.
    pub ceiling: f64,
    /// Of what: the mix, or the dialogue in it.
    #[serde(default)]
    pub of: Of,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Of {
    /// All of it.
    #[default]
    Mix,
    /// The tracks of the role dialogue.
    Dialogue,
}

/// A goal that people know by a name.
#[derive(Debug)]
pub struct Standard {
    /// Its name on the command line.
    pub id: &'static str,
    /// What it is, and where it stands.
    pub help: &'static str,
    /// What it asks for.
    pub goal: Goal,
}

const fn standard(
    id: &'static str,
    help: &'static str,
    [loudness, ceiling]: [f64; 2],
    of: Of,
) -> Standard {
    Standard { id, help, goal: Goal { loudness, ceiling, of } }
}

/// The goals that are asked for, by name.
pub const STANDARDS: [Standard; 6] = [
    standard("r128", "European broadcast: EBU R 128 (2023).", [-23.0, -1.0], Of::Mix),
    standard("a85", "American broadcast: ATSC A/85 (2013).", [-24.0, -2.0], Of::Mix),
    standard("netflix", "Netflix: -27 LKFS of the dialogue.", [-27.0, -2.0], Of::Dialogue),
    standard("podcast", "Speech on the web: AES TD1008 (2021).", [-16.0, -1.0], Of::Mix),
    standard("stream", "Music and video services that play at -14.", [-14.0, -1.0], Of::Mix),
    standard("loud", "As loud as trailers: no standard asks for it.", [-9.0, -1.0], Of::Mix),
];

/// The goal of this name, or of a number in LUFS with a ceiling of -1 dBTP.
pub fn goal(text: &str) -> Result<Goal, String> {
    if let Some(standard) = STANDARDS.iter().find(|standard| standard.id == text) {
        return Ok(standard.goal);
    }
    let names: Vec<_> = STANDARDS.iter().map(|standard| standard.id).collect();
    let words =
        || format!("choose one of {}, or LUFS from -70 to -5, such as -18", names.join(", "));
    let loudness: f64 =
        text.parse().map_err(|_unread| format!("{text:?} is no loudness: {}", words()))?;
    if !(-70.0..=-5.0).contains(&loudness) {
        return Err(format!("{text} is out of reach: {}", words()));
    }
    Ok(Goal { loudness, ceiling: -1.0, of: Of::Mix })
}

/// What is done to a mix.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Leveling {
    /// The gain, in dB.
    pub gain: f64,
    /// The ceiling of the limiter behind it, in dBTP; absent where none is needed.
    pub limiter: Option<f64>,
    /// What the mix measured before.
    pub found: Measured,
}

/// Opens the film, or one stem of it, from its beginning.
pub type Open<'a> = dyn FnMut(Option<Stem>) -> Result<Box<dyn Programme>, Failed> + 'a;

fn opened(open: &mut Open<'_>, stem: Option<Stem>) -> Result<Box<dyn Programme>, Error> {
    open(stem).map_err(unheard)
}

fn unheard(failed: Failed) -> Error {
    Error::Coding(format!("the mix cannot be measured: {failed}"))
}

/// How often a limiter is set anew, at most.
const TRIES: usize = 4;

/// Finds what brings a film to a goal: it is heard once or twice, and coded for a trial in `folder` where
/// the preset's codec loses.
///
/// # Errors
/// Where the film cannot be heard, or the trial cannot be coded.
pub fn level(
    open: &mut Open<'_>,
    goal: Goal,
    preset: &Preset,
    folder: &Path,
    stop: &Stop,
) -> Result<Leveling, Error> {
    let found = measure(&mut *opened(open, None)?, stop)?;
    let loudness = match goal.of {
        Of::Mix => found.integrated,
        Of::Dialogue => {
            let dialogue =
                measure(&mut *opened(open, Some(Stem::Role(Some(Role::Dialogue))))?, stop)?;
            dialogue.integrated.or(found.integrated)
        }
    };
    let gain = loudness.map_or(0.0, |loudness| goal.loudness - loudness);
    let limiter = found.true_peak.filter(|peak| peak + gain > goal.ceiling).map(|_| goal.ceiling);
    let first = Leveling { gain, limiter, found };
    let coded = preset
        .sound
        .as_ref()
        .is_some_and(|sound| !sound.codec.is_lossless() && !sound.codec.is_plain());
    let leveling = settle(open, goal, first, stop)?;
    if coded { try_out(open, goal, preset, folder, leveling, stop) } else { Ok(leveling) }
}

/// Makes up for what the limiter takes of the loudness.
fn settle(
    open: &mut Open<'_>,
    goal: Goal,
    mut leveling: Leveling,
    stop: &Stop,
) -> Result<Leveling, Error> {
    if leveling.limiter.is_none() || goal.of == Of::Dialogue {
        return Ok(leveling);
    }
    for _ in 0..TRIES {
        let heard = measure(&mut *leveled(opened(open, None)?, leveling), stop)?;
        let off = heard.integrated.map_or(0.0, |loudness| goal.loudness - loudness);
        if off.abs() < 0.05 {
            break;
        }
        leveling.gain += off;
    }
    Ok(leveling)
}

/// Codes the sound alone, and lowers the limiter until what is decoded stays below the ceiling.
fn try_out(
    open: &mut Open<'_>,
    goal: Goal,
    preset: &Preset,
    folder: &Path,
    mut leveling: Leveling,
    stop: &Stop,
) -> Result<Leveling, Error> {
    let sound = preset.sound.clone().map(|sound| SoundTarget { fold: None, ..sound });
    let alone = Preset { picture: None, sound, ..preset.clone() };
    let name = preset.container.extension().unwrap_or("mp4");
    let path = folder.join(format!(".level-{}.{name}", std::process::id()));
    let trial = Trial(&path);
    for _ in 0..TRIES {
        let target = Target { path: path.clone(), force: true, ..Target::default() };
        deliver(leveled(opened(open, None)?, leveling), &alone, &target, stop, &mut |_| {})?;
        let peak = hearing::measure_file(trial.0, stop)?.true_peak.unwrap_or(f64::NEG_INFINITY);
        let over = peak - goal.ceiling;
        if over <= 0.0 {
            break;
        }
        leveling.limiter = Some(leveling.limiter.unwrap_or(goal.ceiling) - over - 0.05);
        leveling = settle(open, goal, leveling, stop)?;
    }
    Ok(leveling)
}

/// A file that is gone when it has been looked at.
struct Trial<'a>(&'a Path);

impl Drop for Trial<'_> {
    fn drop(&mut self) {
        drop(std::fs::remove_file(self.0));
    }
}

/// Samples that are heard at once.
const BLOCK: usize = 16_384;

/// Hears a programme to its end.
fn measure(programme: &mut dyn Programme, stop: &Stop) -> Result<Measured, Error> {
    let Some(mut meter) = Loudness::new(programme.layout(), programme.sample_rate()) else {
        return Ok(Measured::default());
    };
    let channels = programme.layout().channels();
    let mut left = programme.samples();
    while left > 0 {
        if stop.is_raised() {
            return Err(Error::Stopped { frame: 0, frames: programme.length() });
        }
        let count = left.min(BLOCK as i64);
        let mut block = Samples::silence(channels, count as usize);
        programme.sound(&mut block).map_err(unheard)?;
        meter.hear(&block);
        left -= count;
    }
    Ok(meter.measured())
}

/// The same programme at its level.
pub fn leveled(inner: Box<dyn Programme>, leveling: Leveling) -> Box<dyn Programme> {
    let mut master = Master::new(&*inner, leveling);
    through(inner, move |inner, out| master.fill(inner, out))
}

/// The gain and the limiter, which is late: so much is heard ahead.
struct Master {
    gain: f32,
    limiter: Option<Box<dyn Processor>>,
    /// Samples of the programme that were not asked for yet.
    left: i64,
    /// The sample that the next step belongs to.
    at: i64,
    /// Samples to throw away before the first.
    late: usize,
    ready: Vec<VecDeque<f32>>,
}

impl Master {
    fn new(programme: &dyn Programme, leveling: Leveling) -> Self {
        let limiter = leveling.limiter.and_then(|ceiling| limiter(programme, ceiling));
        Self {
            gain: Decibels(leveling.gain).gain() as f32,
            late: limiter.as_ref().map_or(0, |limiter| limiter.latency()),
            limiter,
            left: programme.samples(),
            at: 0,
            ready: vec![VecDeque::new(); programme.layout().channels()],
        }
    }

    fn fill(&mut self, inner: &mut dyn Programme, out: &mut Samples) -> Result<(), Failed> {
        let length = out.length();
        while self.ready.first().is_some_and(|ready| ready.len() < length) {
            self.step(inner)?;
        }
        for (out, ready) in out.channels_mut().iter_mut().zip(&mut self.ready) {
            for (sample, heard) in out.iter_mut().zip(ready.drain(..length)) {
                *sample = heard;
            }
        }
        Ok(())
    }

    /// The next samples through both; behind the end there is silence.
    fn step(&mut self, inner: &mut dyn Programme) -> Result<(), Failed> {
        let count = self.left.clamp(0, QUANTUM as i64) as usize;
        let mut runs = vec![SILENCE; self.ready.len()];
        if count > 0 {
            let mut heard = Samples::silence(runs.len(), count);
            inner.sound(&mut heard)?;
            for (run, heard) in runs.iter_mut().zip(heard.channels()) {
                for (sample, heard) in run.iter_mut().zip(heard) {
                    *sample = heard * self.gain;
                }
            }
        }
        self.left -= count as i64;
        self.limit(&mut runs);
        self.at += QUANTUM as i64;
        let skipped = self.late.min(QUANTUM);
        self.late -= skipped;
        for (ready, run) in self.ready.iter_mut().zip(&runs) {
            ready.extend(&run[skipped..]);
        }
        Ok(())
    }

    fn limit(&mut self, runs: &mut [Run]) {
        let silent = runs.iter().flatten().all(|sample| *sample == 0.0);
        let Some(limiter) = &mut self.limiter else { return };
        let mut block = Block { sample: self.at, channels: runs, silent, sides: &[] };
        if limiter.process(&mut block) == Outcome::Silent {
            runs.fill(SILENCE);
        }
    }
}

fn limiter(programme: &dyn Programme, ceiling: f64) -> Option<Box<dyn Processor>> {
    let node = nodes::find("limiter")?;
    let ceiling = Param::Constant(Value::Number(ceiling));
    let values = BTreeMap::from([("ceiling".to_owned(), ceiling)]);
    let sample_rate = programme.sample_rate();
    let clock = Clock::of_sequence(programme.rate(), sample_rate);
    let setup = Setup {
        sample_rate,
        layout: programme.layout(),
        values: &values,
        clock,
        content: clock,
        library: Library::default(),
    };
    Some((node.build)(&setup))
}
