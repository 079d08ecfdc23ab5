//! A run of decoded samples and where in the sound it lies.

use crate::ffmpeg::{self, Frame};

/// Samples of every channel from one position on.
#[derive(Debug, Default)]
pub(super) struct Block {
    start: i64,
    channels: Vec<Vec<f32>>,
    /// Samples that were decoded before this block since decoding started.
    before: i64,
}

impl Block {
    pub(super) fn length(&self) -> usize {
        self.channels.first().map_or(0, Vec::len)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.length() == 0
    }

    pub(super) const fn start(&self) -> i64 {
        self.start
    }

    pub(super) fn end(&self) -> i64 {
        self.start + self.length() as i64
    }

    pub(super) fn holds(&self, position: i64) -> bool {
        (self.start..self.end()).contains(&position)
    }

    pub(super) fn channels(&self) -> &[Vec<f32>] {
        &self.channels
    }

    /// Samples that the decoder ran through before this block.
    pub(super) const fn run_up(&self) -> i64 {
        self.before
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// The samples of `frame`, which start at `start`, in place of what was here.
    pub(super) fn replace(&mut self, start: i64, frame: &Frame) -> Result<(), ffmpeg::Error> {
        self.before += self.length() as i64;
        self.channels.iter_mut().for_each(Vec::clear);
        self.start = start;
        frame.hear(&mut self.channels)
    }

    /// Leaves out what lies at `end` and after it.
    pub(super) fn end_at(&mut self, end: i64) {
        let most = usize::try_from(end - self.start).unwrap_or(0);
        self.channels.iter_mut().for_each(|channel| channel.truncate(most));
    }

    /// Channels given as they are.
    pub(super) fn fill(&mut self, start: i64) -> &mut Vec<Vec<f32>> {
        self.before += self.length() as i64;
        self.channels.iter_mut().for_each(Vec::clear);
        self.start = start;
        &mut self.channels
    }
}
