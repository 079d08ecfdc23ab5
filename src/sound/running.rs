//! The least and the average of the last gains: exact, so that what was long ago leaves no trace.
//!
//! Gains are whole numbers, [`ONE`] is the gain 1: a running sum of them never drifts.

/// The gain 1.
pub(super) const ONE: i64 = 1 << 30;

/// The least of the last values (Lemire, Streaming Maximum-Minimum Filter, 2006).
#[derive(Debug)]
pub(super) struct Least {
    window: u64,
    now: u64,
    /// Candidates, oldest and least first, in a ring: when each came, and its value.
    ring: Vec<(u64, i64)>,
    first: u64,
    end: u64,
}

impl Least {
    pub(super) fn new(window: usize) -> Self {
        let ring = vec![(0, ONE); window + 1];
        Self { window: window as u64, now: 0, ring, first: 0, end: 0 }
    }

    fn at(&self, place: u64) -> usize {
        (place % self.ring.len() as u64) as usize
    }

    /// Takes the next gain and gives the least of the window.
    pub(super) fn next(&mut self, value: i64) -> i64 {
        while self.end > self.first && self.ring[self.at(self.end - 1)].1 >= value {
            self.end -= 1;
        }
        let place = self.at(self.end);
        self.ring[place] = (self.now, value);
        self.end += 1;
        if self.ring[self.at(self.first)].0 + self.window <= self.now {
            self.first += 1;
        }
        self.now += 1;
        self.ring[self.at(self.first)].1
    }

    pub(super) fn reset(&mut self) {
        (self.now, self.first, self.end) = (0, 0, 0);
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
        self.at = (self.at + 1) % self.values.len();
        (self.sum as f64 / (ONE as f64 * self.values.len() as f64)) as f32
    }

    pub(super) fn reset(&mut self) {
        self.values.fill(ONE);
        self.sum = ONE * self.values.len() as i64;
    }
}
