//! A delay of a whole number of samples, for whole steps at once.

use super::quantum::{QUANTUM, Run};

/// Brings channels as late as their lines are long, and each sample to its factor.
pub(super) fn ride(lines: &mut [Line], channels: &mut [Run], factors: &Run) {
    for (line, run) in lines.iter_mut().zip(channels) {
        line.pass(run);
        run.iter_mut().zip(factors).for_each(|(sample, factor)| *sample *= factor);
    }
}

/// One channel's delay.
#[derive(Debug, Clone)]
pub(super) struct Line {
    held: Vec<f32>,
    at: usize,
}

impl Line {
    /// By `length` samples; 0 lets everything through.
    pub(super) fn new(length: usize) -> Self {
        Self { held: vec![0.0; length], at: 0 }
    }

    /// Takes a step and leaves in its place what came `length` samples before.
    pub(super) fn pass(&mut self, run: &mut Run) {
        let length = self.held.len();
        let mut done = 0;
        while done < QUANTUM && length > 0 {
            let count = (QUANTUM - done).min(length - self.at);
            self.held[self.at..self.at + count].swap_with_slice(&mut run[done..done + count]);
            done += count;
            self.at = (self.at + count) % length;
        }
    }

    /// Forgets everything.
    pub(super) fn reset(&mut self) {
        self.held.fill(0.0);
        self.at = 0;
    }
}
