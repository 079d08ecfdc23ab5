//! What every node of the graph is: a thing that computes one step in place, without allocating.

use super::automation::{Automation, Clock};
use super::quantum::{Buffer, Run};
use crate::signal::{Kind, Parameter};
use std::collections::BTreeMap;
use timeline_format::mix::Layout;
use timeline_format::{Param, Value};

/// The render half of a node. Built on the control side, run on the real-time thread.
pub trait Processor: Send + std::fmt::Debug {
    /// Computes one step in place. It neither allocates, frees, locks nor logs. Its input holds no
    /// number below 1e-20 but 0; what it feeds back to itself it flushes to 0 itself.
    fn process(&mut self, block: &mut Block<'_>) -> Outcome;

    /// Samples by which its output is late.
    fn latency(&self) -> usize {
        0
    }

    /// Samples of input, its latency included, after which nothing before them matters any more.
    fn memory(&self) -> usize {
        0
    }

    /// Forgets everything that it heard.
    fn reset(&mut self) {}
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
}

impl Setup<'_> {
    /// A number over time, held within the range of its description.
    pub fn number(&self, parameter: &Parameter) -> Automation {
        let default = match parameter.kind {
            Kind::Number { default, .. } => default,
            _ => 0.0,
        };
        Automation::new(self.values.get(parameter.id), default, self.clock, self.clock)
    }

    /// A number that does not move: its value at the start, within its range.
    pub fn fixed(&self, parameter: &Parameter) -> f64 {
        let value = self.number(parameter).at(0);
        match parameter.kind {
            Kind::Number { least, most, default, .. } if !value.is_finite() => {
                default.clamp(least, most)
            }
            Kind::Number { least, most, .. } => value.clamp(least, most),
            _ => value,
        }
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
