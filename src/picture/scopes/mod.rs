//! Scopes: what a picture's signal is, counted and drawn small; one file a scope.
//!
//! A scope reads the signal that leaves: display-coded values, 0 black and 1 white. It works on a [`Signal`], which
//! may leave pixels out to be quick; the same picture gives the same scope.

mod board;
mod chroma;
mod signal;

pub use self::signal::Signal;
pub use board::Mark;

use ::signal::Image;

::signal::catalogue! {
    /// Every scope, in menu order.
    pub ALL: SCOPE: Scope = waveform parade vectorscope histogram cie false_colour zebra
}

/// The description of a scope.
#[derive(Debug)]
pub struct Scope {
    /// Its name on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it shows, in one sentence.
    pub help: &'static str,
    /// Draws it about so large; one that is a picture keeps the picture's shape.
    pub draw: fn(&Signal, Size) -> Image,
    /// The lines and points that it is read by.
    pub marks: fn() -> Vec<Mark>,
    /// What it says in figures, by their names.
    pub figures: fn(&Signal) -> Vec<(&'static str, f64)>,
}

/// How large a scope is drawn, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Across.
    pub width: usize,
    /// Down.
    pub height: usize,
}

impl Size {
    /// Within what is drawn at all.
    pub fn held(self) -> Self {
        let held = |side: usize| side.clamp(16, 4096);
        Self { width: held(self.width), height: held(self.height) }
    }
}

/// The scope called `id`.
pub fn named(id: &str) -> Option<&'static Scope> {
    ALL.iter().find(|scope| scope.id == id).copied()
}

/// A scope's picture with its marks drawn in.
pub fn marked(scope: &Scope, signal: &Signal, size: Size) -> Image {
    board::with_marks(&(scope.draw)(signal, size.held()), &(scope.marks)())
}
