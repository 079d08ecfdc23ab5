//! The control half of a mix: reads, resamples and generates ahead of the render half.
//!
//! Every track is a lane of its own, with its own readers of files that it shares with others: several
//! threads may work on them, each on another, and a file that is slow stops its own lanes alone.

use super::player::{Batch, Link, Piece, WINDOW};
use super::reader::Reader;
use super::sources::SoundFile;
use super::tape::{SLOTS, slot_of};
use signal::Samples;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use timeline_format::Id;

/// The control half of a mix. It may wait and allocate; it runs where the caller likes, ahead of the
/// render half.
#[derive(Debug, Default)]
pub struct Feed {
    pub(super) lanes: Vec<Shared>,
    pub(super) lead: i64,
}

/// A lane that several threads may work on, one at a time.
#[derive(Debug, Clone)]
pub(super) struct Shared(Arc<Mutex<Lane>>);

/// The voices of one track.
pub(super) struct Lane {
    track: Id,
    link: Arc<Link>,
    files: Vec<Box<dyn SoundFile>>,
    /// In the order of their first samples.
    voices: Vec<Source>,
    /// Those that sound in the next window, in the same order.
    active: Vec<usize>,
    /// The first that has not yet begun.
    ahead: usize,
    next: i64,
    epoch: u64,
    /// Which windows lie where, while it is heard as a tape.
    sent: Option<[i64; SLOTS]>,
}

/// When a voice is heard, and its sound.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) reader: Reader,
}

impl Feed {
    /// Prepares whatever there is room for; whether there was room for anything. What is needed first
    /// is prepared first.
    pub fn advance(&mut self) -> bool {
        let mut worked = false;
        while self.round() {
            worked = true;
        }
        worked
    }

    /// Prepares one window of every lane that has room; whether one had.
    fn round(&self) -> bool {
        self.lanes.iter().fold(false, |worked, lane| lane.hold().step() | worked)
    }

    /// Prepares what lies before `sample`, as far as there is room.
    pub(super) fn fill_to(&self, sample: i64) {
        for lane in &self.lanes {
            let mut lane = lane.hold();
            while lane.next < sample && lane.step() {}
        }
    }

    /// Goes to `sample` as a tape, and prepares what lies around it.
    pub(super) fn glide(&mut self, sample: i64, speed: f64) {
        let reach = if speed.abs() > 2.0 { 2 } else { 1 };
        for lane in &self.lanes {
            lane.hold().glide(sample);
            while lane.hold().step_around(sample, speed, reach) {}
        }
    }

    /// Prepares the next window of every track.
    pub(super) fn advance_once(&mut self) {
        for lane in &self.lanes {
            let is_prepared = lane.hold().step();
            debug_assert!(is_prepared, "there is room where this is called");
        }
    }

    /// Has room for so many windows more.
    pub(super) fn stock(&self, windows: usize) {
        self.lanes.iter().for_each(|lane| lane.hold().stock(windows));
    }

    /// Prepares the film from `sample` on. The render half must seek to the same sample.
    pub fn seek(&mut self, sample: i64) {
        self.seek_within(sample, self.lead);
    }

    /// Prepares the film from `lead` samples ahead of `sample` on.
    pub(super) fn seek_within(&mut self, sample: i64, lead: i64) {
        for lane in &self.lanes {
            lane.hold().seek(sample - lead);
        }
    }

    /// Steps of the render half for which nothing was ready, summed over tracks.
    pub fn missed(&self) -> u64 {
        self.lanes.iter().map(|lane| lane.hold().missed()).sum()
    }

    /// The same, counted anew from now on.
    pub(super) fn take_missed(&self) -> u64 {
        self.lanes.iter().map(|lane| lane.hold().link.missed.swap(0, Ordering::Relaxed)).sum()
    }
}

impl Shared {
    pub(super) fn new(lane: Lane) -> Self {
        Self(Arc::new(Mutex::new(lane)))
    }

    /// A lane whose last user failed is still a lane: it starts over at its next seek.
    pub(super) fn hold(&self) -> MutexGuard<'_, Lane> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The lane, unless somebody works on it.
    pub(super) fn hold_if_free(&self) -> Option<MutexGuard<'_, Lane>> {
        self.0.try_lock().ok()
    }

    /// Whether both are one lane.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for Lane {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lane").field("track", &self.track).finish_non_exhaustive()
    }
}

impl Lane {
    pub(super) fn new(
        track: Id,
        voices: Vec<Source>,
        files: Vec<Box<dyn SoundFile>>,
        link: Arc<Link>,
    ) -> Self {
        let active = Vec::new();
        Self { track, link, files, voices, active, ahead: 0, next: 0, epoch: 0, sent: None }
    }

    /// The first sample that is not prepared.
    pub(super) const fn next(&self) -> i64 {
        self.next
    }

    /// The track that it is of.
    pub(super) const fn track(&self) -> Id {
        self.track
    }

    /// Makes ready to prepare `windows` of them ahead.
    pub(super) fn stock(&self, windows: usize) {
        self.link.stock(windows);
    }

    /// Starts with the window that holds `sample`.
    pub(super) fn begin(&mut self, sample: i64) {
        self.next = self.link.window_of(sample);
    }

    fn missed(&self) -> u64 {
        self.link.missed.load(Ordering::Relaxed)
    }

    fn seek(&mut self, sample: i64) {
        self.epoch += 1;
        self.begin(sample);
        self.rewind();
        self.sent = None;
        while let Some(batch) = self.link.full.pop() {
            drop(self.link.used.push(batch));
        }
    }

    fn glide(&mut self, sample: i64) {
        self.seek(sample);
        self.sent = Some([i64::MIN; SLOTS]);
    }

    /// Prepares one window: of what follows or, as a tape, of what lies around a place that goes by at a
    /// speed. A tape that is on its way out has all that it needs. Whether there was room for one.
    pub(super) fn work(&mut self, place: Option<(i64, f64)>, reach: i64) -> bool {
        match (self.sent, place) {
            (None, _) => self.step(),
            (Some(_), Some((sample, speed))) => self.step_around(sample, speed, reach),
            (Some(_), None) => false,
        }
    }

    fn rewind(&mut self) {
        self.ahead = 0;
        for voice in self.active.drain(..) {
            self.voices[voice].reader.rest();
        }
    }

    /// Prepares one window, if there is room for it; whether there was.
    pub(super) fn step(&mut self) -> bool {
        let Some(mut batch) = self.link.used.pop() else { return false };
        self.fill(&mut batch);
        drop(self.link.full.push(batch));
        true
    }

    /// Prepares the window around `sample` that is needed first at `speed` and is not there, up to
    /// `reach` windows ahead; whether there was one.
    fn step_around(&mut self, sample: i64, speed: f64, reach: i64) -> bool {
        let Some(sent) = self.sent else { return false };
        let here = self.link.number_of(sample);
        let onwards = if speed < 0.0 { -1 } else { 1 };
        let ahead = (0..=reach).flat_map(|step| {
            let behind = (step > 0 && step < 4).then_some(-step);
            std::iter::once(step).chain(behind)
        });
        let missing = ahead
            .map(|step| here + onwards * step)
            .find(|window| sent[slot_of(*window)] != *window);
        let Some(window) = missing else { return false };
        let Some(mut batch) = self.link.used.pop() else { return false };
        let first = self.link.first_of(window);
        if self.next != first {
            self.rewind();
            self.next = first;
        }
        self.fill(&mut batch);
        if let Some(sent) = &mut self.sent {
            sent[slot_of(window)] = window;
        }
        drop(self.link.full.push(batch));
        true
    }

    fn fill(&mut self, batch: &mut Batch) {
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
            reader.read(&mut self.files, from, &mut piece.samples);
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
