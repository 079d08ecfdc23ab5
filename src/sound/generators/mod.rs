//! Sounds that are made, not read, one a file: pure functions of their values and the sample's number.

use super::node::Setup;
use crate::signal::{Parameter, Samples};

crate::catalogue! {
    /// Every generator of sound, in menu order.
    pub ALL: GENERATOR: Generator = silence tone noise
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
    fn fill(&self, at: i64, out: &mut Samples);
}

/// The generator called `id`.
pub fn find(id: &str) -> Option<&'static Generator> {
    ALL.iter().find(|generator| generator.id == id).copied()
}
