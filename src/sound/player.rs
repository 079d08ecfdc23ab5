//! The source of a track: plays what its feed has prepared, never from a file.
//!
//! A feed and its player share two bounded queues that neither wait nor allocate: full batches go to
//! the player, used ones come back. A batch holds the raw sound of every voice of the track within one
//! window of the film; the player gives each voice its level and its place.

use super::envelope::Envelope;
use super::glide::Glide;
use super::landing::Landing;
use super::node::{Block, Outcome, Processor};
use super::place::Placement;
use super::quantum::{QUANTUM, Run, SILENCE};
use super::tape::{Play, SOFT, Tape};
use crossbeam::queue::ArrayQueue;
use signal::Samples;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Samples in a batch. Batches lie on a grid; those of different tracks begin in different steps, so that
/// no step has to take all of them.
pub(super) const WINDOW: usize = 16 * QUANTUM;

/// The sound of a track's voices within one window.
#[derive(Debug)]
pub(super) struct Batch {
    /// How many seeks there were before it.
    pub(super) epoch: u64,
    /// Its first sample.
    pub(super) from: i64,
    /// The voices; those from `used` on are left over from before.
    pub(super) pieces: Vec<Piece>,
    pub(super) used: usize,
}

/// The sound of one voice.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) voice: usize,
    pub(super) samples: Samples,
}

/// The queues between a feed and its player.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) full: ArrayQueue<Box<Batch>>,
    pub(super) used: ArrayQueue<Box<Batch>>,
    /// Steps for which nothing was ready.
    pub(super) missed: AtomicU64,
    /// A sample at which a window begins.
    origin: i64,
}

impl Link {
    /// Windows that the queues can hold.
    const ROOM: usize = 512;

    /// The empty queues of the track with such a number.
    pub(super) fn new(track: usize) -> Self {
        let (full, used) = (ArrayQueue::new(Self::ROOM), ArrayQueue::new(Self::ROOM));
        let origin = (track * QUANTUM % WINDOW) as i64;
        Self { full, used, missed: AtomicU64::new(0), origin }
    }

    /// The number of the window that holds `sample`.
    pub(super) const fn number_of(&self, sample: i64) -> i64 {
        (sample - self.origin).div_euclid(WINDOW as i64)
    }

    /// The first sample of the window with this number.
    pub(super) const fn first_of(&self, window: i64) -> i64 {
        window * WINDOW as i64 + self.origin
    }

    /// The first sample of the window that holds `sample`.
    pub(super) const fn window_of(&self, sample: i64) -> i64 {
        self.first_of(self.number_of(sample))
    }

    /// Puts `windows` batches into use, besides one that is played and one that may begin long before the
    /// sample that is wanted.
    pub(super) fn stock(&self, windows: usize) {
        for _ in 0..(windows + 2).min(Self::ROOM) {
            let batch = Batch { epoch: 0, from: 0, pieces: Vec::new(), used: 0 };
            drop(self.used.push(Box::new(batch)));
        }
    }
}

/// How a voice is heard.
#[derive(Debug)]
pub(super) struct Voice {
    pub(super) envelope: Envelope,
    /// Which channels of its sound are played, in order.
    pub(super) channels: Vec<usize>,
    pub(super) placement: Placement,
}

/// The render half of a track's source.
#[derive(Debug)]
pub(super) struct Player {
    voices: Voices,
    link: Arc<Link>,
    batch: Option<Box<Batch>>,
    epoch: u64,
    /// Falls where what comes next was not read in time, and rises when it is there again.
    gain: f32,
    landing: Landing,
    tape: Option<Box<Tape>>,
    channels: usize,
}

/// How the voices of a track are heard.
#[derive(Debug)]
struct Voices {
    voices: Vec<Voice>,
    /// Room for the level of one that moves.
    levels: Run,
}

impl Play for Voices {
    fn play(&mut self, batch: &Batch, sample: i64, out: &mut [Run]) {
        self.add(batch, sample, out);
    }
}

impl Voices {
    /// Adds the step at `sample` to `out`.
    fn add(&mut self, batch: &Batch, sample: i64, out: &mut [Run]) -> Outcome {
        let start = (sample - batch.from) as usize;
        let mut outcome = Outcome::Silent;
        for piece in &batch.pieces[..batch.used] {
            let voice = &self.voices[piece.voice];
            let Some(level) = voice.envelope.level(sample, &mut self.levels) else { continue };
            let sound = |channel: usize| {
                let runs = piece.samples.channels();
                voice
                    .channels
                    .get(channel)
                    .and_then(|channel| runs.get(*channel))
                    .map_or(&SILENCE[..], |samples| &samples[start..start + QUANTUM])
            };
            voice.placement.add(sample, sound, level, out);
            outcome = Outcome::Written;
        }
        outcome
    }
}

impl Player {
    pub(super) fn new(voices: Vec<Voice>, link: Arc<Link>, channels: usize) -> Self {
        let voices = Voices { voices, levels: SILENCE };
        let landing = Landing::new(channels);
        Self { voices, link, batch: None, epoch: 0, gain: 1.0, landing, tape: None, channels }
    }

    /// Makes the batch at `from` the current one, if it is there.
    fn find(&mut self, from: i64) -> bool {
        loop {
            match &self.batch {
                Some(batch) if batch.epoch > self.epoch => return false,
                Some(batch) if batch.epoch == self.epoch && batch.from > from => return false,
                Some(batch) if batch.epoch == self.epoch && batch.from == from => return true,
                _ => {}
            }
            let next = self.link.full.pop();
            if next.is_none() {
                return false;
            }
            if let Some(old) = std::mem::replace(&mut self.batch, next) {
                drop(self.link.used.push(old));
            }
        }
    }

    /// Falls silent ahead of what has not been read, and comes back behind it.
    fn soften(&mut self, start: usize, channels: &mut [Run]) {
        let is_last = start + 2 * QUANTUM >= WINDOW;
        let goes_on = !is_last || !self.link.full.is_empty();
        if goes_on && self.gain >= 1.0 {
            return;
        }
        let step = if goes_on { 1.0 } else { -1.0 } / SOFT as f32;
        let from = self.gain;
        let gain = |index: usize| (from + step * (index + 1) as f32).clamp(0.0, 1.0);
        for run in channels {
            for (index, sample) in run.iter_mut().enumerate() {
                *sample *= gain(index);
            }
        }
        self.gain = gain(QUANTUM - 1);
    }

    fn miss(&self) {
        self.link.missed.fetch_add(1, Ordering::Relaxed);
    }

    /// A step for which nothing was ready: what was heard comes to rest.
    fn break_off(&mut self, channels: &mut [Run]) -> Outcome {
        self.miss();
        if std::mem::take(&mut self.gain) > 0.0 {
            self.landing.begin();
        }
        if !self.landing.is_on() {
            return Outcome::Silent;
        }
        self.landing.pass(channels);
        Outcome::Written
    }
}

impl Processor for Player {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        let from = self.link.window_of(block.sample);
        if !self.find(from) {
            return self.break_off(block.channels);
        }
        let Some(batch) = &self.batch else { return Outcome::Silent };
        let outcome = self.voices.add(batch, block.sample, block.channels);
        self.soften((block.sample - from) as usize, block.channels);
        let is_falling = self.landing.is_on();
        self.landing.pass(block.channels);
        if is_falling { Outcome::Written } else { outcome }
    }

    fn process_along(&mut self, block: &mut Block<'_>, glide: &Glide) -> Outcome {
        let Some(tape) = &mut self.tape else { return Outcome::Silent };
        tape.load(&self.link, self.epoch);
        let (outcome, is_read) = tape.play(&mut self.voices, &self.link, block, glide);
        if !is_read {
            self.miss();
        }
        outcome
    }

    fn make_ready(&mut self, glides: bool) {
        match &mut self.tape {
            Some(tape) => tape.clear(&self.link),
            None if glides => self.tape = Some(Box::new(Tape::new(self.channels))),
            None => {}
        }
    }

    /// Gives back what was read for another place at once: two windows of the new one are there then
    /// before the first is heard, and it does not soften for want of the second.
    fn reset(&mut self) {
        self.epoch += 1;
        self.gain = 1.0;
        self.landing.clear();
        if let Some(old) = self.batch.take() {
            drop(self.link.used.push(old));
        }
    }
}
