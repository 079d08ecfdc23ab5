//! The same sound for fewer loudspeakers, made as it goes by: in the same pass, of the very samples that are
//! delivered (ITU-R BS.775-4, annex 4).
//!
//! To stereo, centre and surrounds come at 0.7071 (-3 dB) to both sides or to their own, left and right as they
//! are, the low frequency effects not at all. Nothing is brought down to make room: what is too loud is told.

use serde::Serialize;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use timeline_format::mix::Layout;

use super::listener::Ear;
use super::through::through_as;
use crate::play::Programme;
use crate::signal::Samples;
use crate::sound::layout::Matrix;
use crate::sound::loudness::Measured;

/// What is folded to what, and an ear at the result.
#[derive(Debug, Clone)]
pub(super) struct Folding {
    pub(super) from: Layout,
    pub(super) to: Layout,
    pub(super) ear: Ear,
}

/// What was folded.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Folded {
    /// The file; absent where it is another stream of the same one.
    pub path: Option<PathBuf>,
    /// Its channels.
    pub layout: Layout,
    /// What it measures.
    pub loudness: Measured,
    /// The SHA-256 of its samples, where it was asked for.
    pub sha256: Option<String>,
}

impl std::fmt::Display for Folded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "folded to {}, {}", word(self.layout), self.loudness)?;
        self.path.as_ref().map_or(Ok(()), |path| write!(f, ": {}", path.display()))
    }
}

impl Folding {
    /// Begins with the first sample.
    pub(super) fn start(&self) -> Fold {
        let (matrix, ear) = (Matrix::of_layouts(self.from, self.to), self.ear.clone());
        Fold { matrix, ear, made: Samples::default() }
    }

    /// What came of it.
    pub(super) fn folded(&self, path: Option<PathBuf>) -> Folded {
        let (loudness, sha256) = (self.ear.measured(), self.ear.digest());
        Folded { path, layout: self.to, loudness, sha256 }
    }
}

/// Folds what goes by.
#[derive(Debug)]
pub(super) struct Fold {
    matrix: Matrix,
    ear: Ear,
    made: Samples,
}

impl Fold {
    /// The fold of the next samples.
    pub(super) fn make(&mut self, heard: &Samples) -> &Samples {
        if self.made.length() != heard.length() {
            self.made = Samples::silence(self.matrix.outputs(), heard.length());
        }
        mix(&self.matrix, heard, &mut self.made);
        self.ear.hear(&self.made);
        &self.made
    }
}

/// A programme whose sound is folded.
pub(super) fn folded(film: Box<dyn Programme>, to: Layout) -> Box<dyn Programme> {
    let (from, mut heard) = (film.layout(), Samples::default());
    let matrix = Matrix::of_layouts(from, to);
    through_as(film, to, move |film, out| {
        if heard.length() != out.length() {
            heard = Samples::silence(from.channels(), out.length());
        }
        film.sound(&mut heard)?;
        mix(&matrix, &heard, out);
        Ok(())
    })
}

fn mix(matrix: &Matrix, heard: &Samples, made: &mut Samples) {
    for (output, made) in made.channels_mut().iter_mut().enumerate() {
        made.fill(0.0);
        for (input, heard) in heard.channels().iter().enumerate() {
            add(made, heard, matrix.gain(output, input));
        }
    }
}

fn add(made: &mut [f32], heard: &[f32], gain: f32) {
    if gain != 0.0 {
        made.iter_mut().zip(heard).for_each(|(made, heard)| *made += gain * heard);
    }
}

/// The file of the fold beside a delivery: `mix.stereo.wav` beside `mix.wav`.
pub(super) fn beside(target: &Path, layout: Layout) -> PathBuf {
    let mut name = OsString::from(target.file_stem().unwrap_or_default());
    name.push(format!(".{}", word(layout)));
    if let Some(extension) = target.extension() {
        name.push(".");
        name.push(extension);
    }
    target.with_file_name(name)
}

/// What people call a layout.
pub(super) const fn word(layout: Layout) -> &'static str {
    match layout {
        Layout::Mono => "mono",
        Layout::Stereo => "stereo",
        Layout::FiveOne => "5.1",
        Layout::SevenOne => "7.1",
    }
}
