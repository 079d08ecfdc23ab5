//! Sections one behind the other, for all channels of a step.

use super::section::{Section, States};
use crate::sound::quantum::{QUANTUM, Run};

/// Sections in a row, with the states of every pair of channels.
#[derive(Debug, Clone)]
pub struct Bank {
    pairs: Vec<Vec<States>>,
}

/// How many sections are run in one pass over the samples.
const WIDTH: usize = 4;

impl Bank {
    /// Room for so many sections and channels, at rest.
    pub fn new(sections: usize, channels: usize) -> Self {
        Self { pairs: vec![vec![States::default(); sections]; channels.div_ceil(2)] }
    }

    /// Forgets everything.
    pub fn reset(&mut self) {
        self.pairs.iter_mut().for_each(|states| states.fill(States::default()));
    }

    /// Runs `sections`, which stay as they are, over a step.
    pub fn run(&mut self, sections: &[Section], channels: &mut [Run]) {
        let mut unused = [0.0; QUANTUM];
        for (states, pair) in self.pairs.iter_mut().zip(channels.chunks_mut(2)) {
            let Some((left, rest)) = pair.split_first_mut() else { continue };
            let right = rest.first_mut().unwrap_or(&mut unused);
            for (sections, states) in sections.chunks(WIDTH).zip(states.chunks_mut(WIDTH)) {
                pass(sections, states, left, right);
            }
            settle(states);
        }
    }

    /// Runs sections that move in straight lines from `from` to `to` over the samples of `range`.
    pub fn move_over(
        &mut self,
        from: &[Section],
        to: &[Section],
        range: std::ops::Range<usize>,
        channels: &mut [Run],
    ) {
        let mut unused = [0.0; QUANTUM];
        let length = range.len() as f64;
        for (states, pair) in self.pairs.iter_mut().zip(channels.chunks_mut(2)) {
            let Some((left, rest)) = pair.split_first_mut() else { continue };
            let right = rest.first_mut().unwrap_or(&mut unused);
            for (done, index) in range.clone().enumerate() {
                let part = (done as f64 + 1.0) / length;
                let mut sample = [f64::from(left[index]), f64::from(right[index])];
                for ((from, to), states) in from.iter().zip(to).zip(states.iter_mut()) {
                    sample = from.towards(to, part).tick(states, sample);
                }
                (left[index], right[index]) = (sample[0] as f32, sample[1] as f32);
            }
            settle(states);
        }
    }
}

/// Runs up to [`WIDTH`] sections over two channels in one pass.
fn pass(sections: &[Section], states: &mut [States], left: &mut Run, right: &mut Run) {
    pulp::Arch::new().dispatch(|| match sections {
        [a] => row([*a], states, left, right),
        [a, b] => row([*a, *b], states, left, right),
        [a, b, c] => row([*a, *b, *c], states, left, right),
        [a, b, c, d] => row([*a, *b, *c, *d], states, left, right),
        _ => {}
    });
}

#[inline(always)]
fn row<const N: usize>(
    sections: [Section; N],
    states: &mut [States],
    left: &mut Run,
    right: &mut Run,
) {
    let mut held: [States; N] = std::array::from_fn(|index| states[index]);
    for (left, right) in left.iter_mut().zip(right.iter_mut()) {
        let mut sample = [f64::from(*left), f64::from(*right)];
        for (section, states) in sections.iter().zip(&mut held) {
            sample = section.tick(states, sample);
        }
        (*left, *right) = (sample[0] as f32, sample[1] as f32);
    }
    states[..N].copy_from_slice(&held);
}

/// Rounds states to 40 bits, 240 dB below themselves: two runs that heard the same for long enough, but
/// not the same before, then hold exactly the same. What is next to nothing is nothing.
fn settle(states: &mut [States]) {
    const DROPPED: u64 = (1 << 13) - 1;
    for state in states.iter_mut().flatten().flatten() {
        let rounded = f64::from_bits((state.to_bits() + DROPPED / 2 + 1) & !DROPPED);
        *state = if state.abs() < 1e-30 { 0.0 } else { rounded };
    }
}
