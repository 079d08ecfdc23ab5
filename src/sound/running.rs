//! The least and the average of the last gains: exact, so that what was long ago leaves no trace.
//!
//! Gains are whole numbers, [`ONE`] is the gain 1: a running sum of them never drifts.

/// The gain 1.
pub(super) const ONE: i64 = 1 << 30;

/// The least of the last values (M. van Herk, A Fast Algorithm for Local Minimum and Maximum Filters,
/// 1992): two comparisons a value.
#[derive(Debug)]
pub(super) struct Least {
    block: Vec<i64>,
    /// The least from each place of the block before to its end.
    before: Vec<i64>,
    at: usize,
    now: i64,
}

impl Least {
    pub(super) fn new(window: usize) -> Self {
        let rest = vec![ONE; window.max(1)];
        Self { block: rest.clone(), before: rest, at: 0, now: i64::MAX }
    }

    /// Takes the next gain and gives the least of the window.
    pub(super) fn next(&mut self, value: i64) -> i64 {
        self.block[self.at] = value;
        self.now = self.now.min(value);
        self.at += 1;
        if self.at < self.block.len() {
            return self.now.min(self.before[self.at]);
        }
        let least = self.now;
        let mut now = i64::MAX;
        for (before, value) in self.before.iter_mut().zip(&self.block).rev() {
            now = now.min(*value);
            *before = now;
        }
        (self.at, self.now) = (0, i64::MAX);
        least
    }

    pub(super) fn reset(&mut self) {
        self.before.fill(ONE);
        (self.at, self.now) = (0, i64::MAX);
    }
}

/// The average of the last values: exact, as they are whole numbers.
#[derive(Debug)]
pub(super) struct Average {
    values: Vec<i64>,
    sum: i64,
    at: usize,
}

impl Average {
    pub(super) fn new(length: usize) -> Self {
        Self { values: vec![ONE; length], sum: ONE * length as i64, at: 0 }
    }

    /// Over how many values.
    pub(super) fn length(&self) -> usize {
        self.values.len()
    }

    /// Takes the next gain and gives the average as a factor.
    pub(super) fn next(&mut self, value: i64) -> f32 {
        self.sum += value - std::mem::replace(&mut self.values[self.at], value);
        self.at += 1;
        if self.at == self.values.len() {
            self.at = 0;
        }
        (self.sum as f64 / (ONE as f64 * self.values.len() as f64)) as f32
    }

    pub(super) fn reset(&mut self) {
        self.values.fill(ONE);
        self.sum = ONE * self.values.len() as i64;
    }
}
