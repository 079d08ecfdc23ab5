//! Wires that come and go while a graph plays: the sound through one rises or falls, in a straight line.
//!
//! What a node hears is a sum over its wires. Where one graph takes the place of another, wires that both
//! have stay as they are; those of the old one fall and those of the new one rise by the same gain, which
//! is a crossfade of what the node hears.

use super::quantum::{QUANTUM, Run};
use super::schedule::Input;

/// Samples over which one becomes another.
pub const FADE: usize = 512;

/// Whether a wire comes, goes or stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// It stays.
    Steady,
    /// It comes.
    Rise,
    /// It goes.
    Fall,
}

impl Turn {
    /// Whether all of it is heard in the quantum that is `turned` samples into the turn.
    pub(super) const fn is_open(self, turned: i64) -> bool {
        match self {
            Self::Steady => true,
            Self::Rise => turned >= FADE as i64,
            Self::Fall => turned + QUANTUM as i64 <= 0,
        }
    }

    /// Whether none of it is.
    pub(super) const fn is_shut(self, turned: i64) -> bool {
        match self {
            Self::Steady => false,
            Self::Rise => turned + QUANTUM as i64 <= 0,
            Self::Fall => turned >= FADE as i64,
        }
    }

    fn gain(self, sample: i64) -> f32 {
        let risen = ((sample as f32 + 0.5) / FADE as f32).clamp(0.0, 1.0);
        match self {
            Self::Steady => 1.0,
            Self::Rise => risen,
            Self::Fall => 1.0 - risen,
        }
    }
}

/// Adds what comes through a wire that is `turned` samples into its turn.
pub(super) fn add_turning(input: &Input, turned: i64, from: &[Run], to: &mut [Run]) {
    let gains: Run = std::array::from_fn(|index| input.turn.gain(turned + index as i64));
    let matrix = &input.matrix;
    for (output, run) in to.iter_mut().enumerate().take(matrix.outputs()) {
        for (input, samples) in from.iter().enumerate().take(matrix.inputs()) {
            let share = matrix.gain(output, input);
            for ((sum, sample), gain) in run.iter_mut().zip(samples).zip(&gains) {
                *sum += sample * share * gain;
            }
        }
    }
}
