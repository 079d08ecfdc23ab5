//! How sources are heard when the film does not run at its own speed: where, how fast and how loud, over
//! one step of the graph.

use super::quantum::QUANTUM;

/// The fastest speed at which anything is heard.
pub const AUDIBLE: f64 = 8.0;

/// One step's way through the film: its speed goes from one to another in a straight line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glide {
    /// The sample of the film that it starts at or behind.
    pub whole: i64,
    /// How far behind, 0 to 1.
    pub part: f64,
    /// Samples of the film a sample, at its start and at its end.
    pub speeds: [f64; 2],
    /// How loud, at its start and at its end.
    pub gains: [f32; 2],
}

impl Glide {
    /// Where its sample `index` lies: a sample of the film, and how far behind it, 0 to 1.
    pub fn position(&self, index: usize) -> (i64, f64) {
        let (index, [first, last]) = (index as f64, self.speeds);
        let bend = (last - first) * index * index / (2.0 * QUANTUM as f64);
        let moved = self.part + first * index + bend;
        let floor = moved.floor();
        (self.whole + floor as i64, moved - floor)
    }

    /// The fastest that it gets, without a sign.
    pub fn speed(&self) -> f64 {
        self.speeds[0].abs().max(self.speeds[1].abs())
    }

    /// How loud its sample `index` is.
    pub fn gain(&self, index: usize) -> f32 {
        let [first, last] = self.gains;
        first + (last - first) * (index as f32 / QUANTUM as f32)
    }

    /// Whether nothing of it is heard.
    pub fn is_silent(&self) -> bool {
        self.gains == [0.0; 2]
    }
}
