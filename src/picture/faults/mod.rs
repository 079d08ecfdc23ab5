//! What gives the machine away: faults of the pictures of a take, found, told with where and how strong, and mended.
//!
//! A finder sees the frames of a take go by, one [`Sight`] at a time, remembers little of each, and says at the end
//! what it found. It says what is there, never where a picture came from. What it takes for a fault is in
//! `limits.json`; what it is known to be wrong about stands in its description.
//!
//! `./dev bench faults` plants every fault in films of 26 frames at 400 by 256, made of photographs of scikit-image that a
//! camera stands before, pans over (by whole pixels and parts of them) or zooms into, under noise of one code; and asks
//! all finders about 52 such films in which nothing is. In how many films each fault was found, from weak to strong:
//!
//! | finder | planted | found |
//! |---|---|---|
//! | lattice | 0.25, 0.5, 1 code, the picture moves | 6/6, 6/6, 6/6 |
//! | lattice | 0.5, 1, 2 codes, it stands still | 1/6, 4/6, 5/6 |
//! | joins | 1, 2, 4 codes, the picture moves | 5/6, 6/6, 6/6 |
//! | joins | 1, 2, 4 codes, it stands still | 0/6, 0/6, 1/6 |
//! | texture | a square of 48, 64, 96 pixels | 4/6, 5/6, 6/6 |
//! | flicker | 1.5, 2, 4 % | 6/6, 6/6, 6/6 |
//! | local | 2, 3, 5 % | 5/6, 6/6, 6/6 |
//! | boil | 3, 4, 6 codes | 6/6, 6/6, 6/6 |
//! | drift | 0.07, 0.1, 0.2 stops a second | 6/6, 6/6, 6/6 |
//! | step | 3, 6, 10 % of light | 6/6, 6/6, 6/6 |
//! | step | 4, 6, 10 codes of red | 6/6, 6/6, 6/6 |
//! | ends | 4, 8, 12 % in the first four frames | 6/6, 6/6, 6/6 |
//! | pop | 25, 50, 100 % of the way to other colours | 1/6, 4/6, 5/6 |
//! | frozen | 4, 6, 12 frames | 6/6, 6/6, 6/6 |
//! | doubled | 1, 2 frames | 6/6, 6/6 |
//! | cadence | 20, 16, 12, 8 frames in 24 | 6/6, 6/6, 6/6, 6/6 |
//! | banding | 1, 2 codes | 5/6, 6/6 |
//! | halo | an unsharp mask of 1, 2, 3 times | 1/6, 3/6, 3/6 |
//! | clean | noise of 0.2, 0.1, 0 codes | 6/6, 6/6, 6/6 |
//! | range | limited as full, full as limited, both under a wrong matrix | 4/4, 4/4, 4/4, 4/4 |
//! | matrix | 601 as 709, 709 as 601, 601 as 709 under either wrong range | 3/4, 3/4, 2/4, 2/4 |
//! | edges | a line 50 % and 90 % darker, two black ones | 4/6, 6/6, 6/6 |
//!
//! Of the clean films, joins accuse four: three of bricks (still, panned over by half pixels, zoomed into) and a launch tower
//! under a zoom. Texture accuses three of grass, whose photograph truly holds a copy. No other finder accuses any.

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
