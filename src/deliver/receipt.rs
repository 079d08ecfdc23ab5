//! A receipt of a bounce: which film, made by what, and what its sounds are to the bit.
//!
//! The same film gives the same receipt on any number of threads and in blocks of any length: what tells two
//! renderings apart is in the film, in its media or in the program.

use serde::Serialize;
use std::fs::File;
use std::io::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use timeline_format::mix::Layout;

use super::Error;
use super::job::Report;
use super::leveling::Leveling;
use super::output::{Output, folder_of};
use crate::sound::loudness::Measured;

/// What is said of a bounce.
#[derive(Debug, Clone, Serialize)]
pub struct Receipt {
    /// The number of this form.
    pub receipt: u32,
    /// What made it.
    pub program: String,
    /// The film's file.
    pub film: String,
    /// The SHA-256 of the film's file.
    pub film_sha256: String,
    /// Frames a second.
    pub rate: String,
    /// Samples a second.
    pub sample_rate: u32,
    /// The frames that were rendered.
    pub frames: Range<i64>,
    /// What a sample is in the files: 16, 24 or 32f.
    pub bits: String,
    /// What brought the mix to its loudness, where that was asked for.
    pub leveling: Option<Leveling>,
    /// The mix, its fold, and the stems.
    pub sounds: Vec<Entry>,
}

/// What is said of one file.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// What of the film it is: mix, or the stem's name.
    pub part: String,
    /// The file, seen from the receipt.
    pub file: PathBuf,
    /// Its channels.
    pub layout: Layout,
    /// Samples in each channel.
    pub samples: i64,
    /// The SHA-256 of its samples, little-endian, channels mixed: what `ffmpeg -i FILE -f s24le -` gives.
    pub sha256: Option<String>,
    /// What it measures, to a hundredth.
    pub loudness: Option<Measured>,
}

/// A receipt in the making: its place is taken from the beginning.
#[derive(Debug)]
pub struct Book {
    output: Output,
    sink: File,
    receipt: Receipt,
}

impl Book {
    /// Opens the receipt beside a mix: `mix.receipt.json` beside `mix.wav`.
    ///
    /// # Errors
    /// Where it cannot be written, or is there and is not to be replaced.
    pub fn open(mix: &Path, receipt: Receipt, force: bool) -> Result<Self, Error> {
        let (output, sink) = Output::file(&mix.with_extension("receipt.json"), force)?;
        Ok(Self { output, sink, receipt })
    }

    /// Enters a sound, and its fold.
    pub fn enter(&mut self, part: &str, layout: Layout, report: &Report) {
        let path = report.path.clone();
        let whole = (path, layout, &report.sha256, report.loudness);
        let folded = report.folded.iter().filter_map(|folded| {
            Some((folded.path.clone()?, folded.layout, &folded.sha256, Some(folded.loudness)))
        });
        for (path, layout, sha256, loudness) in std::iter::once(whole).chain(folded) {
            let folder = folder_of(self.output.target());
            self.receipt.sounds.push(Entry {
                part: part.to_owned(),
                file: path.strip_prefix(folder).unwrap_or(&path).to_owned(),
                layout,
                samples: report.samples,
                sha256: sha256.clone(),
                loudness: loudness.map(rounded),
            });
        }
    }

    /// Writes it under its name; where it lies.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn keep(mut self) -> Result<PathBuf, Error> {
        let path = self.output.target().to_owned();
        let text = serde_json::to_string_pretty(&self.receipt)
            .map_err(|error| Error::Coding(format!("write the receipt: {error}")))?;
        writeln!(self.sink, "{text}").map_err(|error| Error::writing(&path, &error))?;
        self.output.keep()?;
        Ok(path)
    }
}

fn rounded(found: Measured) -> Measured {
    let round = |figure: Option<f64>| figure.map(|figure| (figure * 100.0).round() / 100.0);
    Measured {
        integrated: round(found.integrated),
        range: round(found.range),
        true_peak: round(found.true_peak),
        momentary: round(found.momentary),
        short_term: round(found.short_term),
    }
}
