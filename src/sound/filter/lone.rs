//! One section over one channel, four samples at a time.
//!
//! Four outputs and the states behind them follow from the states before all four and from the four inputs
//! at once: only the states wait for each other, once in four samples.

use super::section::{Section, States};
use crate::quantum::Run;
use signal::wide;

/// Samples that are run at once.
const AHEAD: usize = 4;
/// Four outputs, two states, and what fills a wide register up.
type Column = [f64; 8];

/// A section that is run so.
#[derive(Debug, Clone, Default)]
pub(super) struct Lone {
    /// What `columns` were computed for.
    section: Option<Section>,
    /// What outputs and states are of each of the two states before.
    states: [Column; 2],
    /// What they are of each input.
    heard: [Column; AHEAD],
}

impl Lone {
    /// Runs `section` over a step.
    pub(super) fn run(&mut self, section: &Section, states: &mut States, run: &mut Run) {
        if self.section.as_ref() != Some(section) {
            self.follow(section);
        }
        let (heard, [ones, twos]) = (&self.heard, &self.states);
        wide(
            #[inline(always)]
            || {
                let [mut one, mut two] = [states[0][0], states[1][0]];
                for four in run.as_chunks_mut::<AHEAD>().0 {
                    let [a, b, c, d] = [four[0], four[1], four[2], four[3]];
                    let [a, b, c, d] = [f64::from(a), f64::from(b), f64::from(c), f64::from(d)];
                    let mut sums = [0.0; 8];
                    for (lane, sum) in sums.iter_mut().enumerate() {
                        let near = heard[0][lane] * a + heard[1][lane] * b;
                        let far = heard[2][lane] * c + heard[3][lane] * d;
                        *sum = ones[lane] * one + (twos[lane] * two + (near + far));
                    }
                    for at in 0..AHEAD {
                        four[at] = sums[at] as f32;
                    }
                    (one, two) = (sums[AHEAD], sums[AHEAD + 1]);
                }
                (states[0][0], states[1][0]) = (one, two);
            },
        );
    }

    /// Computes the columns of another section.
    fn follow(&mut self, section: &Section) {
        let column = |one: f64, two: f64, at: Option<usize>| {
            let (mut states, mut column) = ([[one, 0.0], [two, 0.0]], [0.0; 8]);
            for (index, output) in column.iter_mut().enumerate().take(AHEAD) {
                let heard = if at == Some(index) { 1.0 } else { 0.0 };
                *output = section.tick(&mut states, [heard, 0.0])[0];
            }
            (column[AHEAD], column[AHEAD + 1]) = (states[0][0], states[1][0]);
            column
        };
        self.states = [column(1.0, 0.0, None), column(0.0, 1.0, None)];
        self.heard = [0, 1, 2, 3].map(|at| column(0.0, 0.0, Some(at)));
        self.section = Some(*section);
    }
}
