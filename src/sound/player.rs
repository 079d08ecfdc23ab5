//! The source of a track: plays what its feed has prepared, never from a file.
//!
//! A feed and its player share two bounded queues that neither wait nor allocate: full batches go to
//! the player, used ones come back. A batch holds the raw sound of every voice of the track within one
//! window of the film; the player gives each voice its level and its place.

use super::envelope::Envelope;
use super::node::{Block, Outcome, Processor};
use super::place::Placement;
use super::quantum::{QUANTUM, SILENCE};
use crate::signal::Samples;
use crossbeam::queue::ArrayQueue;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Samples in a batch; batches lie on a grid that starts at sample 0 of the film.
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
}

impl Link {
    /// Windows that the queues can hold.
    const ROOM: usize = 512;

    /// Empty queues.
    pub(super) fn new() -> Self {
        let (full, used) = (ArrayQueue::new(Self::ROOM), ArrayQueue::new(Self::ROOM));
        Self { full, used, missed: AtomicU64::new(0) }
    }

    /// Puts `windows` batches into use, besides the one that is played. Called once.
    pub(super) fn stock(&self, windows: usize) {
        for _ in 0..(windows + 1).min(Self::ROOM) {
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
    voices: Vec<Voice>,
    link: Arc<Link>,
    batch: Option<Box<Batch>>,
    epoch: u64,
}

impl Player {
    pub(super) const fn new(voices: Vec<Voice>, link: Arc<Link>) -> Self {
        Self { voices, link, batch: None, epoch: 0 }
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
}

impl Processor for Player {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        let from = block.sample.div_euclid(WINDOW as i64) * WINDOW as i64;
        if !self.find(from) {
            self.link.missed.fetch_add(1, Ordering::Relaxed);
            return Outcome::Silent;
        }
        let Some(batch) = &self.batch else { return Outcome::Silent };
        let start = (block.sample - from) as usize;
        let mut outcome = Outcome::Silent;
        for piece in &batch.pieces[..batch.used] {
            let voice = &self.voices[piece.voice];
            let mut run = SILENCE;
            let Some(level) = voice.envelope.level(block.sample, &mut run) else { continue };
            let sound = |channel: usize| {
                let runs = piece.samples.channels();
                voice
                    .channels
                    .get(channel)
                    .and_then(|channel| runs.get(*channel))
                    .map_or(&SILENCE[..], |samples| &samples[start..start + QUANTUM])
            };
            voice.placement.add(block.sample, sound, level, block.channels);
            outcome = Outcome::Written;
        }
        outcome
    }

    fn reset(&mut self) {
        self.epoch += 1;
    }
}
