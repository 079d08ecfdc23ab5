//! What gives the machine away: faults of the pictures of a take, found, told with where and how strong, and mended.
//!
//! A finder sees the frames of a take go by, one [`Sight`] at a time, remembers little of each, and says at the end
//! what it found. It says what is there, never where a picture came from. What it takes for a fault is in
//! `limits.json`; what it is known to be wrong about stands in its description.
//!
//! Measured on six photographs of scikit-image at 400 by 256, each panned over and standing still, 26 frames, noise of
//! one code. Of the twelve clean films, lattices, pops, ends, local flicker, boil, halos, banding and range accuse
//! none; joins accuse one (a launch tower that stands still). A pan of half pixels, which an interpolation blurs anew
//! each frame, is taken for boil in three of six. A lattice of half a code at 16 pixels is found in five of six pans
//! (not under gravel) and in none that stands still.

mod alike;
mod camera;
mod find;
mod glide;
mod levels;
mod limits;
mod mending;
mod merge;
mod same;
mod screen;
mod sharper;
mod shown;
mod sight;
mod tiles;

pub use find::{Find, Remedy};
pub use limits::Limits;
pub use mending::mending;
pub use merge::{Known, merged};
pub use shown::shown;
pub use sight::{Sight, Watcher};

use super::measures::median;

signal::catalogue! {
    /// Every finder, in the order in which they are told.
    pub ALL: FINDER: Finder = lattice joins texture flicker local boil drift step ends pop frozen doubled cadence banding halo clean range matrix edges
}

/// The description of a finder.
#[derive(Debug)]
pub struct Finder {
    /// Its name in files and on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it finds and how, in a few words.
    pub help: &'static str,
    /// What its score counts in.
    pub unit: &'static str,
    /// What it is known to take for a fault that is none, and what it misses.
    pub wrong: &'static str,
    /// In how many films it was found in which it was planted, by its strength.
    pub proven: &'static str,
    /// The operation that mends it, if one does.
    pub repair: &'static str,
    /// A search with these limits.
    pub search: fn(&Limits) -> Box<dyn Search>,
}

/// A search that is under way.
pub trait Search: Send {
    /// A frame goes by, the one after the last.
    fn see(&mut self, sight: &Sight<'_>);

    /// All frames went by: what was found, where there are `rate` frames a second.
    fn found(self: Box<Self>, rate: f64) -> Vec<Find>;
}

/// The finder called `id`.
pub fn named(id: &str) -> Option<&'static Finder> {
    ALL.iter().find(|finder| finder.id == id).copied()
}
