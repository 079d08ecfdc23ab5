//! What every node of the graph is: a thing that computes one step in place, without allocating.

use super::automation::{Automation, Clock};
use super::glide::Glide;
use super::nodes::Reading;
use super::quantum::{Buffer, Run};
use super::sources::{Library, Stretch};
use super::texture::learned::Learned;
use super::watch::Gains;
use signal::{Kind, Parameter, Samples};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::mix::Layout;
use timeline_format::{Id, Param, Value};

/// The render half of a node. Built on the control side, run on the real-time thread.
pub trait Processor: Send + std::fmt::Debug {
    /// Computes one step in place. It neither allocates, frees, locks nor logs. Its input is
    /// [settled](super::quantum::settle); what it feeds back to itself it flushes to 0 itself.
    fn process(&mut self, block: &mut Block<'_>) -> Outcome;

    /// Samples by which its output is late.
    fn latency(&self) -> usize {
        0
    }

    /// Samples of input, its latency included, after which nothing before them matters any more: not a
    /// bit of it where a node can promise that, and less than -120 dB of it where sound goes round in it
    /// or a gain comes back slowly.
    fn memory(&self) -> usize {
        0
    }

    /// The same, while the film is heard along `glide`: what a source does is its own, all else goes on in
    /// real time.
    fn process_along(&mut self, block: &mut Block<'_>, _glide: &Glide) -> Outcome {
        self.process(block)
    }

    /// Makes ready for being heard along glides, or for playing. Not in real time.
    fn make_ready(&mut self, _glides: bool) {}

    /// Forgets everything that it heard.
    fn reset(&mut self) {}

    /// What it shows, where it is a meter.
    fn reading(&self) -> Option<Reading> {
        None
    }

    /// Has it leave the gains that it gives in `gains`; whether it gives any. Not in real time.
    fn watch(&mut self, _gains: &Gains) -> bool {
        false
    }
}

/// One step of a node.
#[derive(Debug)]
pub struct Block<'a> {
    /// The film's sample that the first sample of this step belongs to.
    pub sample: i64,
    /// Input, to be overwritten by output: as many channels as the wider of the two.
    pub channels: &'a mut [Run],
    /// The input is silence: all zeros.
    pub silent: bool,
    /// Its side inputs, as far as they are wired.
    pub sides: &'a [Buffer],
}

impl Block<'_> {
    /// The channels of a side input; `None` where it is silent or not wired.
    pub fn side(&self, index: usize) -> Option<&[Run]> {
        self.sides.get(index).filter(|side| !side.silent).map(|side| side.channels.as_slice())
    }
}

/// What a node did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Its output is silence, whatever the block holds.
    Silent,
    /// Its output is its input, untouched.
    Bypassed,
    /// Its output is in the block.
    Written,
}

/// A kind of node: one entry of the catalogue.
#[derive(Debug)]
pub struct Node {
    /// Its name in files and on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it does, in one sentence.
    pub help: &'static str,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// What it hears beside the sound that it works on: names for the wires of the document.
    pub sides: &'static [Side],
    /// Makes its render half.
    pub build: fn(&Setup<'_>) -> Box<dyn Processor>,
}

/// A side input of a node.
#[derive(Debug)]
pub struct Side {
    /// Its name in files and on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What is heard through it, in one sentence.
    pub help: &'static str,
}

/// What a node is built for.
#[derive(Debug, Clone, Copy)]
pub struct Setup<'a> {
    /// Samples a second.
    pub sample_rate: u32,
    /// The channels that it works on.
    pub layout: Layout,
    /// Values by parameter id; what is absent has its default.
    pub values: &'a BTreeMap<String, Param>,
    /// What keyframes are counted in.
    pub clock: Clock,
    /// What keyframes that follow the content are counted in.
    pub content: Clock,
    /// The film's own sounds.
    pub library: Library<'a>,
}

impl Setup<'_> {
    /// A number over time, held within the range of its description.
    pub fn number(&self, parameter: &Parameter) -> Automation {
        let (least, most, default) = range(parameter.kind);
        let stated = self.values.get(parameter.id);
        let has_off = matches!(parameter.kind, Kind::Number { unit: "dB", .. });
        Automation::new(stated, default, self.clock, self.content).within(least, most, has_off)
    }

    /// A number that does not move, as a [setting](Kind::Setting) does not: its value, or that of its
    /// first key, within its range.
    pub fn fixed(&self, parameter: &Parameter) -> f64 {
        let (least, most, default) = range(parameter.kind);
        let first = match self.values.get(parameter.id) {
            Some(Param::Constant(value)) => Some(value),
            Some(Param::Animated(curve)) => curve.keys.first().map(|key| &key.value),
            None => None,
        };
        let number = match first {
            Some(Value::Number(number)) if number.is_finite() => *number,
            _ => default,
        };
        number.clamp(least, most)
    }

    /// The sound of a media of the film, at the film's sample rate; `seconds` of it at most.
    pub fn media(&self, parameter: &Parameter, seconds: f64) -> Option<Samples> {
        let Some(Param::Constant(Value::Text(name))) = self.values.get(parameter.id) else {
            return None;
        };
        self.library.whole(Id::parse(name)?, self.sample_rate, seconds)
    }

    /// The tone of the room in which a media of the film was recorded, learned between two seconds of it.
    pub(super) fn tone(&self, parameter: &Parameter, [from, to]: [f64; 2]) -> Option<Arc<Learned>> {
        let Some(Param::Constant(Value::Text(name))) = self.values.get(parameter.id) else {
            return None;
        };
        let [from, to] = [from, to].map(|seconds| (seconds * 1000.0).round() as u64);
        let (media, sample_rate) = (Id::parse(name)?, self.sample_rate);
        self.library.tone(Stretch { media, from, to, sample_rate })
    }

    /// A word of a list, by its index.
    pub fn choice(&self, parameter: &Parameter) -> usize {
        match (parameter.kind, self.values.get(parameter.id)) {
            (Kind::Choice { options }, Some(Param::Constant(Value::Text(word)))) => {
                options.iter().position(|option| option == word).unwrap_or(0)
            }
            _ => 0,
        }
    }
}

/// The least, the greatest and the usual value of a number.
const fn range(kind: Kind) -> (f64, f64, f64) {
    match kind {
        Kind::Number { least, most, default, .. } | Kind::Setting { least, most, default, .. } => {
            (least, most, default)
        }
        _ => (0.0, 0.0, 0.0),
    }
}

/// Settings that the document keyframes, though they cannot move.
pub(super) fn moved_settings<'a>(
    parameters: &'a [Parameter],
    values: &'a BTreeMap<String, Param>,
) -> impl Iterator<Item = &'a Parameter> {
    let is_moved = |id: &str| values.get(id).is_some_and(Param::is_animated);
    let is_setting = |parameter: &Parameter| matches!(parameter.kind, Kind::Setting { .. });
    parameters.iter().filter(move |parameter| is_setting(parameter) && is_moved(parameter.id))
}
