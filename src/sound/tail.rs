//! How long a node still sounds once its input has fallen silent.

use super::quantum::QUANTUM;

/// Counts down from the last step that was heard.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tail {
    length: usize,
    left: usize,
}

/// What a step of a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sounding {
    /// There is something to be heard, or still may be.
    Yes,
    /// This is the first step of silence: what is left of states is to be forgotten.
    Ends,
    /// Silence, as before.
    No,
}

impl Tail {
    /// Of a node that sounds on for `length` samples.
    pub(super) const fn new(length: usize) -> Self {
        Self { length, left: 0 }
    }

    /// How long it is.
    pub(super) const fn length(&self) -> usize {
        self.length
    }

    /// Takes note of a step.
    pub(super) fn hear(&mut self, silent: bool) -> Sounding {
        if !silent {
            self.left = self.length + QUANTUM;
            return Sounding::Yes;
        }
        let before = self.left;
        self.left = before.saturating_sub(QUANTUM);
        match (before, self.left) {
            (0, _) => Sounding::No,
            (_, 0) => Sounding::Ends,
            _ => Sounding::Yes,
        }
    }

    /// As if nothing had been heard.
    pub(super) fn reset(&mut self) {
        self.left = 0;
    }
}
