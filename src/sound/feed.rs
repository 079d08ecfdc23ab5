//! The control half of a mix: reads, resamples and generates ahead of the render half.

use super::player::{Batch, Link, Piece, WINDOW};
use super::reader::Reader;
use super::sources::SoundFile;
use crate::signal::Samples;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// The control half of a mix. It may wait and allocate; it runs where the caller likes, ahead of the
/// render half.
pub struct Feed {
    pub(super) files: Vec<Box<dyn SoundFile>>,
    pub(super) lanes: Vec<Lane>,
    pub(super) lead: i64,
}

impl std::fmt::Debug for Feed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (files, lanes) = (self.files.len(), self.lanes.len());
        f.debug_struct("Feed").field("files", &files).field("lanes", &lanes).finish_non_exhaustive()
    }
}

/// The voices of one track.
#[derive(Debug)]
pub(super) struct Lane {
    link: Arc<Link>,
    /// In the order of their first samples.
    voices: Vec<Source>,
    /// Those that sound in the next window, in the same order.
    active: Vec<usize>,
    /// The first that has not yet begun.
    ahead: usize,
    next: i64,
    epoch: u64,
}

/// When a voice is heard, and its sound.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) reader: Reader,
}

impl Feed {
    /// Prepares whatever there is room for; whether there was room for anything.
    pub fn advance(&mut self) -> bool {
        let mut worked = false;
        for lane in &mut self.lanes {
            while let Some(mut batch) = lane.link.used.pop() {
                lane.fill(&mut batch, &mut self.files);
                drop(lane.link.full.push(batch));
                worked = true;
            }
        }
        worked
    }

    /// Prepares the film from `sample` on. The render half must seek to the same sample.
    pub fn seek(&mut self, sample: i64) {
        self.seek_within(sample, self.lead);
    }

    /// Prepares the film from `lead` samples ahead of `sample` on.
    pub(super) fn seek_within(&mut self, sample: i64, lead: i64) {
        for lane in &mut self.lanes {
            lane.seek(sample - lead);
        }
    }

    /// Steps of the render half for which nothing was ready, summed over tracks.
    pub fn missed(&self) -> u64 {
        self.lanes.iter().map(|lane| lane.link.missed.load(Ordering::Relaxed)).sum()
    }
}

impl Lane {
    pub(super) fn new(voices: Vec<Source>, link: Arc<Link>) -> Self {
        Self { link, voices, active: Vec::new(), ahead: 0, next: 0, epoch: 0 }
    }

    /// Makes ready to prepare `windows` of them ahead.
    pub(super) fn stock(&self, windows: usize) {
        self.link.stock(windows);
    }

    /// Starts with the window that holds `sample`.
    pub(super) fn begin(&mut self, sample: i64) {
        self.next = sample.div_euclid(WINDOW as i64) * WINDOW as i64;
    }

    fn seek(&mut self, sample: i64) {
        self.epoch += 1;
        self.begin(sample);
        self.ahead = 0;
        for voice in self.active.drain(..) {
            self.voices[voice].reader.rest();
        }
        while let Some(batch) = self.link.full.pop() {
            drop(self.link.used.push(batch));
        }
    }

    fn fill(&mut self, batch: &mut Batch, files: &mut [Box<dyn SoundFile>]) {
        let (from, to) = (self.next, self.next + WINDOW as i64);
        self.follow(from, to);
        batch.epoch = self.epoch;
        batch.from = from;
        batch.used = self.active.len();
        for (index, voice) in self.active.iter().enumerate() {
            let reader = &mut self.voices[*voice].reader;
            if batch.pieces.len() == index {
                batch.pieces.push(Piece { voice: *voice, samples: Samples::default() });
            }
            let piece = &mut batch.pieces[index];
            piece.voice = *voice;
            if piece.samples.channel_count() != reader.channels {
                piece.samples = Samples::silence(reader.channels, WINDOW);
            }
            reader.read(files, from, &mut piece.samples);
        }
        self.next = to;
    }

    /// Brings the list of sounding voices to the window from `from` to `to`.
    fn follow(&mut self, from: i64, to: i64) {
        while self.voices.get(self.ahead).is_some_and(|voice| voice.from < to) {
            self.active.push(self.ahead);
            self.ahead += 1;
        }
        let voices = &mut self.voices;
        self.active.retain(|voice| {
            let sounds = voices[*voice].to > from;
            if !sounds {
                voices[*voice].reader.rest();
            }
            sounds
        });
    }
}
