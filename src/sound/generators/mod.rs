//! Sounds that are made, not read, one a file: pure functions of their values and the sample's number.

use super::automation::{Automation, Clock, Level};
use super::layout::layout_for;
use super::node::Setup;
use super::quantum::{QUANTUM, SILENCE, quantum_start};
use super::sources::Library;
use signal::{Parameter, Samples};
use timeline_format::{Frames, Rate};

signal::catalogue! {
    /// Every generator of sound, in menu order.
    pub ALL: GENERATOR: Generator = silence tone noise room_tone wind rain traffic city fabric footsteps step touch fire water sea hum ventilation medium drone whoosh riser impact matched_tone
}

/// A kind of made sound: one entry of the catalogue.
#[derive(Debug)]
pub struct Generator {
    /// Its name in files and on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it is, in one sentence.
    pub help: &'static str,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// How many channels it makes.
    pub channels: usize,
    /// Makes it.
    pub build: fn(&Setup<'_>) -> Box<dyn Generate>,
}

/// A sound in the making. The same sample is the same whichever way one came to it.
pub trait Generate: Send + std::fmt::Debug {
    /// Fills `out` with the samples from `at` on.
    fn fill(&mut self, at: i64, out: &mut Samples);
}

/// What every chance sound has: another number is another sound of the same kind.
const SEED: Parameter = Parameter::setting(
    "seed",
    "Seed",
    "Another number is another sound of the same kind.",
    [0.0, 4_294_967_295.0, 0.0],
    "",
);

/// What every one-shot has.
const SIDE: Parameter = Parameter::setting(
    "side",
    "Side",
    "Where it is heard, from -100 left to 100 right.",
    [-100.0, 100.0, 0.0],
    "%",
);

/// What every bed has: its loudness over time, so that beds of different kinds can be set side by side.
const fn level(default: f64) -> Parameter {
    let help = "Its mean loudness, K-weighted (ITU-R BS.1770).";
    Parameter::number("level", "Level", help, [-100.0, 0.0, default], "LUFS")
}

/// A part of a sound, against the whole of it; -60 is none.
const fn part(
    id: &'static str,
    label: &'static str,
    help: &'static str,
    default: f64,
) -> Parameter {
    Parameter::number(id, label, help, [-60.0, 12.0, default], "dB")
}

/// The same, of a sound that is over before it could move.
const fn fixed_part(
    id: &'static str,
    label: &'static str,
    help: &'static str,
    default: f64,
) -> Parameter {
    Parameter::setting(id, label, help, [-60.0, 12.0, default], "dB")
}

/// The factor of a [`part`] in amplitude.
fn strength(decibels: f64) -> f64 {
    if decibels <= -60.0 { 0.0 } else { 10.0_f64.powf(decibels / 20.0) }
}

fn seed(setup: &Setup<'_>) -> u64 {
    setup.fixed(&SEED) as u64
}

/// The factors that the decibels of `level` are at the samples from `at` on: the same for each sample
/// whichever way one came to it.
pub(super) fn gains(level: &Automation, at: i64, count: usize) -> Vec<f32> {
    let mut gains = Vec::with_capacity(count + 2 * QUANTUM);
    let start = quantum_start(at);
    let before = (at - start) as usize;
    while gains.len() < before + count {
        let mut run = SILENCE;
        let moment = start + gains.len() as i64;
        match level.level(moment, &mut run) {
            Level::Steady(gain) => gains.extend([gain; QUANTUM]),
            Level::Moving(moving) => gains.extend_from_slice(moving),
        }
    }
    gains.drain(..before);
    gains.truncate(count);
    gains
}

/// The generator called `id`.
pub fn find(id: &str) -> Option<&'static Generator> {
    ALL.iter().find(|generator| generator.id == id).copied()
}

/// What `made` says, as a clip of a sequence at `rate` makes it whose first frame is `first`: a sound that is
/// counted from the generator's own first sample, and how many channels it has.
pub fn build(
    made: &timeline_format::clip::Generator,
    (rate, sample_rate): (Rate, u32),
    first: Frames,
) -> Option<(Box<dyn Generate>, usize)> {
    let found = find(&made.kind)?;
    let content = Clock::of_sequence(rate, sample_rate);
    let clock = content.counted_from(rate.sample_at(first, sample_rate));
    let (layout, library) = (layout_for(found.channels), Library::default());
    let setup = Setup { sample_rate, layout, values: &made.values, clock, content, library };
    Some(((found.build)(&setup), found.channels))
}
