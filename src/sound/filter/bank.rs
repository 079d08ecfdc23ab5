//! Sections one behind the other, for all channels of a step.

use super::lone::Lone;
use super::row::Row;
use super::section::{Section, States};
use crate::quantum::{QUANTUM, Run};
use signal::wide;

/// Sections in a row, with the states of every pair of channels.
#[derive(Debug, Clone)]
pub struct Bank {
    pairs: Vec<Vec<States>>,
    lone: Lone,
}

/// How many sections are run in one pass over the samples.
const WIDTH: usize = 4;

impl Bank {
    /// Room for so many sections and channels, at rest.
    pub fn new(sections: usize, channels: usize) -> Self {
        let pairs = vec![vec![States::default(); sections]; channels.div_ceil(2)];
        Self { pairs, lone: Lone::default() }
    }

    /// Forgets everything.
    pub fn reset(&mut self) {
        self.pairs.iter_mut().for_each(|states| states.fill(States::default()));
    }

    /// Runs `sections`, which stay as they are, over a step.
    pub fn run(&mut self, sections: &[Section], channels: &mut [Run]) {
        for (states, pair) in self.pairs.iter_mut().zip(channels.chunks_mut(2)) {
            match (pair, sections) {
                ([lone], [only]) => self.lone.run(only, &mut states[0], lone),
                ([lone], _) => run_pair(sections, states, lone, &mut [0.0; QUANTUM]),
                ([left, right], _) => run_pair(sections, states, left, right),
                _ => {}
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

fn run_pair(sections: &[Section], states: &mut [States], left: &mut Run, right: &mut Run) {
    for (sections, states) in sections.chunks(WIDTH).zip(states.chunks_mut(WIDTH)) {
        pass(sections, states, left, right);
    }
}

/// Runs up to [`WIDTH`] sections over two channels in one pass.
fn pass(sections: &[Section], states: &mut [States], left: &mut Run, right: &mut Run) {
    match sections {
        [only] => alone(only, &mut states[0], left, right),
        [_, _] => Row::<1>::new(sections, states).run(states, left, right),
        _ => Row::<2>::new(sections, states).run(states, left, right),
    }
}

/// Runs one section, two samples at a time: its states two samples later follow from those before at once,
/// so that no sample waits for the one before it.
fn alone(section: &Section, states: &mut States, left: &mut Run, right: &mut Run) {
    let [[x, a, b], [y, c, d], [out, e, f]] = section.step();
    let first = [a * a + b * c, a * b + b * d, a * x + b * y, x];
    let second = [c * a + d * c, c * b + d * d, c * x + d * y, y];
    let later = [e * a + f * c, e * b + f * d, e * x + f * y, out];
    wide(
        #[inline(always)]
        || {
            let [mut ones, mut twos] = *states;
            let pairs = left.as_chunks_mut::<2>().0.iter_mut();
            for (left, right) in pairs.zip(right.as_chunks_mut::<2>().0) {
                let heard = [left[0], right[0], left[1], right[1]].map(f64::from);
                let mut given = [0.0; 4];
                for lane in 0..2 {
                    let (one, two) = (ones[lane], twos[lane]);
                    let (now, next) = (heard[lane], heard[lane + 2]);
                    let of = |[a, b, x, y]: [f64; 4]| (a * one + (x * now + y * next)) + b * two;
                    given[lane] = (e * one + out * now) + f * two;
                    given[lane + 2] = of(later);
                    (ones[lane], twos[lane]) = (of(first), of(second));
                }
                (left[0], right[0]) = (given[0] as f32, given[1] as f32);
                (left[1], right[1]) = (given[2] as f32, given[3] as f32);
            }
            *states = [ones, twos];
        },
    );
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::{Biquad, Corner};

    #[test]
    fn one_channel_alone_is_as_one_of_two() {
        let filter = Section::new(&Biquad::low_pass(Corner::new(700.0, 2.0, 48_000)));
        let (mut lone, mut both) = (Bank::new(1, 1), Bank::new(1, 2));
        let mut bits = 1_u32;
        for step in 0..40 {
            let noise = std::array::from_fn(|_| {
                bits = bits.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                if step < 20 { (bits >> 8) as f32 / 8_388_608.0 - 1.0 } else { 0.0 }
            });
            let (mut one, mut two): ([Run; 1], [Run; 2]) = ([noise], [noise, noise]);
            lone.run(&[filter], &mut one);
            both.run(&[filter], &mut two);
            let apart = one[0].iter().zip(&two[0]).map(|(a, b)| (a - b).abs());
            assert!(apart.fold(0.0, f32::max) < 1e-6, "step {step}");
        }
    }
}
