//! Look-up tables: what colours become, as files say it; one file a format.
//!
//! A table is data: text of a bounded size, read to numbers, never a program. Nothing here opens a file.

mod bake;
mod cubic;
mod curve;
mod half;
#[cfg(target_arch = "x86_64")]
mod quads;
mod rows;

pub use bake::{bake, to_cube};

use cubic::Cube;
use curve::Curve;
use std::sync::Arc;

signal::catalogue! {
    /// Every format that is read, in the order of a list.
    pub ALL: FORMAT: Format = cube threedl spi1d spi3d csp clf
}

/// The most bytes of a file with a table.
pub const MOST_BYTES: usize = 64 << 20;
/// The most entries of a curve.
const MOST_ENTRIES: usize = 65_536;
/// The most entries of a cube along an axis.
const MOST_SIDE: usize = 129;

/// A format of files with tables.
#[derive(Debug)]
pub struct Format {
    /// Its name, which is the ending of its files.
    pub id: &'static str,
    /// What it is, in one sentence.
    pub help: &'static str,
    /// Reads a file's text, if it can.
    read: fn(&str) -> Result<Vec<Stage>, String>,
}

/// The endings of all formats.
pub const ENDINGS: &[&str] = &["cube", "3dl", "spi1d", "spi3d", "csp", "clf"];

/// What a table does, one after the other.
#[derive(Debug, Clone)]
enum Stage {
    /// Red, green and blue by themselves.
    Curves(Box<[Curve; 3]>),
    /// All three together.
    Cube(Cube),
    /// What is reckoned.
    Formula(Arc<dyn Formula>),
}

/// What is done to colours by a formula or a table that only one format has.
trait Formula: std::fmt::Debug + Send + Sync {
    /// Works on straight red, green and blue in place.
    fn line(&self, channels: [&mut [f32]; 3]);

    /// Everything that decides what it does.
    fn feed(&self, hasher: &mut blake3::Hasher) {
        hasher.update(format!("{self:?}").as_bytes());
    }

    /// What it is, for people, in a word or a number.
    fn words(&self) -> String;
}

/// A look-up table that was read; two that say the same are equal.
#[derive(Debug, Clone)]
pub struct Lut {
    stages: Vec<Stage>,
    key: [u8; 32],
}

impl PartialEq for Lut {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Lut {
    /// Reads a file's bytes, in the format that the ending of its name says.
    ///
    /// # Errors
    /// Says in words, with the line, what is no table.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, String> {
        if bytes.len() > MOST_BYTES {
            let most = MOST_BYTES >> 20;
            return Err(format!("it is larger than {most} MiB, which no look-up table is"));
        }
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        let format = ALL.iter().find(|format| format.id == ending).ok_or_else(|| {
            format!("{ending:?} is no ending of a look-up table: there are {}", ENDINGS.join(", "))
        })?;
        let text = std::str::from_utf8(bytes).map_err(|error| format!("it is no text: {error}"))?;
        let stages = (format.read)(text.trim_start_matches('\u{feff}'))?;
        Ok(Self::of(stages))
    }

    fn of(stages: Vec<Stage>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for stage in &stages {
            match stage {
                Stage::Curves(curves) => curves.iter().for_each(|curve| curve.feed(&mut hasher)),
                Stage::Cube(cube) => cube.feed(&mut hasher),
                Stage::Formula(formula) => formula.feed(&mut hasher),
            }
        }
        Self { stages, key: *hasher.finalize().as_bytes() }
    }

    /// The hash of everything that it says.
    pub(super) const fn key(&self) -> &[u8; 32] {
        &self.key
    }

    /// Looks up a line of red, green and blue in place; what lies beyond the table has the table's edge.
    pub fn line(&self, mut channels: [&mut [f32]; 3]) {
        for stage in &self.stages {
            match stage {
                Stage::Curves(curves) => {
                    let pairs = curves.iter().zip(&mut channels);
                    pairs.for_each(|(curve, channel)| curve.line(channel));
                }
                Stage::Cube(cube) => cube.line(channels.each_mut().map(|channel| &mut **channel)),
                Stage::Formula(formula) => {
                    formula.line(channels.each_mut().map(|channel| &mut **channel));
                }
            }
        }
    }

    /// What it holds, for people: `33 x 33 x 33`, `1024, then 33 x 33 x 33`.
    pub fn words(&self) -> String {
        let of = |stage: &Stage| match stage {
            Stage::Curves(curves) => curves[0].count().to_string(),
            Stage::Cube(cube) => cube.sides().map(|side| side.to_string()).join(" x "),
            Stage::Formula(formula) => formula.words(),
        };
        self.stages.iter().map(of).collect::<Vec<_>>().join(", then ")
    }
}

/// The stages of three curves with entries red, green, blue, over one range.
fn curves(entries: &[[f32; 3]], from: [f32; 3], to: [f32; 3]) -> Stage {
    let curve = |channel: usize| {
        let heights = entries.iter().map(|entry| entry[channel]).collect();
        Curve::even(from[channel], to[channel], heights)
    };
    Stage::Curves(Box::new([0, 1, 2].map(curve)))
}

/// A count within what a table may have.
fn count(number: f64, what: &str, most: usize) -> Result<usize, String> {
    let count = number as usize;
    if number.fract() != 0.0 || number < 2.0 || count > most {
        return Err(format!("{what} of {number} entries: a table has 2 to {most}"));
    }
    Ok(count)
}
