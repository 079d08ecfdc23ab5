//! Masks: where in a picture something works, or what of it is left, one shape a file.
//!
//! Places are parts of the picture's width and height, lengths pixels of a picture of 1080 lines, so that a mask
//! means the same on a stand-in as on what it stands for.

mod combine;
mod finesse;
mod guided;
mod matte;
mod seen;

pub use combine::{COMMON, Masks};
pub use matte::Matte;

pub(crate) use chroma::differences;
pub(crate) use seen::luma as luma_of;

use super::canvas::Canvas;
use super::values::Values;
use signal::Parameter;

signal::catalogue! {
    /// Every shape, in menu order.
    pub ALL: MASK: Shape = path ellipse rectangle stroke gradient media luma chroma qualifier whole
}

/// The description of a mask.
#[derive(Debug)]
pub struct Shape {
    /// Its name in files and on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it covers, in one sentence.
    pub help: &'static str,
    /// Its own parameters, besides those [of all](COMMON).
    pub parameters: &'static [Parameter],
    /// How much of every pixel it covers, 0 to 1, in a picture: of its size, or by what is in it.
    pub draw: fn(&Values, &Canvas) -> Matte,
}

/// The mask called `id`.
pub fn named(id: &str) -> Option<&'static Shape> {
    ALL.iter().find(|shape| shape.id == id).copied()
}
