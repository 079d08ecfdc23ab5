//! How sound that breaks off comes to rest: from where it was and as fast as it went, without a corner.

use super::quantum::{QUANTUM, Run};

/// How fast it comes to rest: the part of its height that it falls in a sample, critically damped.
const HASTE: f32 = 1.0 / 32.0;
/// Samples after which nothing is left: a millionth of what it was.
const LENGTH: usize = 1024;

/// The end of what was heard, channel by channel, and what of it still comes to rest.
#[derive(Debug)]
pub(super) struct Landing {
    /// The last two samples.
    last: Vec<[f32; 2]>,
    /// Where it is and how fast it goes.
    falling: Vec<[f32; 2]>,
    left: usize,
}

impl Landing {
    pub(super) fn new(channels: usize) -> Self {
        Self { last: vec![[0.0; 2]; channels], falling: vec![[0.0; 2]; channels], left: 0 }
    }

    /// Forgets what was heard.
    pub(super) fn clear(&mut self) {
        self.last.fill([0.0; 2]);
        self.left = 0;
    }

    /// What was heard breaks off here.
    pub(super) fn begin(&mut self) {
        for (falling, [before, last]) in self.falling.iter_mut().zip(&self.last) {
            *falling = [*last, last - before];
        }
        self.left = LENGTH;
    }

    /// Whether something still comes to rest.
    pub(super) const fn is_on(&self) -> bool {
        self.left > 0
    }

    /// Adds what comes to rest to a step, and keeps how the step ends.
    pub(super) fn pass(&mut self, channels: &mut [Run]) {
        if self.left > 0 {
            self.left = self.left.saturating_sub(QUANTUM);
            for (falling, run) in self.falling.iter_mut().zip(&mut *channels) {
                run.iter_mut().for_each(|sample| *sample += fall(falling));
            }
        }
        for (last, run) in self.last.iter_mut().zip(channels) {
            *last = [run[QUANTUM - 2], run[QUANTUM - 1]];
        }
    }
}

fn fall([place, speed]: &mut [f32; 2]) -> f32 {
    *speed -= HASTE * HASTE * *place + 2.0 * HASTE * *speed;
    *place += *speed;
    *place
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantum::SILENCE;

    #[test]
    fn a_tone_that_breaks_off_has_no_corner_and_ends() {
        let mut landing = Landing::new(1);
        let step = 2.0 * std::f32::consts::PI * 950.0 / 48_000.0;
        let mut run = SILENCE;
        for (index, sample) in run.iter_mut().enumerate() {
            *sample = 0.5 * (index as f32 * step).sin();
        }
        let mut heard = run.to_vec();
        landing.pass(&mut [run]);
        landing.begin();
        while landing.is_on() {
            let mut block = [SILENCE];
            landing.pass(&mut block);
            heard.extend(block[0]);
        }
        let bends = heard.windows(3).map(|three| (three[2] - 2.0 * three[1] + three[0]).abs());
        let sharpest = bends.fold(0.0, f32::max);
        assert!(sharpest < 0.5 * step * step * 1.1, "{sharpest}");
        assert!(heard.iter().all(|sample| sample.abs() < 1.0));
        assert!(heard[heard.len() - 1].abs() < 1e-6);
    }
}
