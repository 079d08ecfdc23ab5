//! One filter of second order as a state-variable filter with trapezoidal integrators.
//!
//! Its two states are what two capacitors hold (V. Zavalishin, The Art of VA Filter Design, 2018, chapter
//! 4; A. Simper, Solving the continuous SVF equations, Cytomic 2013): they mean the same whatever the
//! coefficients, so that these may move from sample to sample without a burst, which direct forms do not
//! survive. Held in double precision.

use super::design::Biquad;

/// The coefficients of a section.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Section {
    /// How the states take part: `1 / (1 + g (g + k))`, that times g, that times g again.
    pub(super) feed: [f64; 3],
    /// What input, band and low are mixed with.
    pub(super) mix: [f64; 3],
}

/// The states of a section for two channels.
pub(super) type States = [[f64; 2]; 2];

impl Section {
    /// The section that does what `biquad` does.
    pub fn new(biquad: &Biquad) -> Self {
        let [b0, b1, b2] = biquad.zeros;
        let [a1, a2] = biquad.poles;
        let whole = 4.0 / (1.0 - a1 + a2);
        let g = ((1.0 + a1 + a2) / (1.0 - a1 + a2)).max(1e-30).sqrt();
        let k = (1.0 - a2) * whole / (2.0 * g);
        let high = (b0 - b1 + b2) * whole / 4.0;
        let band = (b0 - b2) * whole / (2.0 * g);
        let low = (b0 + b1 + b2) * whole / (4.0 * g * g);
        let first = 1.0 / (1.0 + g * (g + k));
        Self { feed: [first, g * first, g * g * first], mix: [high, band - k * high, low - high] }
    }

    /// What lies `part`, 0 to 1, of the way to `other`.
    pub(super) fn towards(&self, other: &Self, part: f64) -> Self {
        let between = |from: [f64; 3], to: [f64; 3]| {
            std::array::from_fn(|index| from[index] + (to[index] - from[index]) * part)
        };
        Self { feed: between(self.feed, other.feed), mix: between(self.mix, other.mix) }
    }

    /// What the next states and the output are of the input, the first and the second state: the same
    /// step as [`tick`](Self::tick) with every product of coefficients computed before.
    pub(super) fn step(&self) -> [[f64; 3]; 3] {
        let ([a, b, c], [direct, band, low]) = (self.feed, self.mix);
        let out = [direct + band * b + low * c, band * a + low * b, low - band * b - low * c];
        [[2.0 * b, 2.0 * a - 1.0, -2.0 * b], [2.0 * c, 2.0 * b, 1.0 - 2.0 * c], out]
    }

    /// Takes the next sample of two channels.
    #[inline(always)]
    pub(super) fn tick(&self, states: &mut States, input: [f64; 2]) -> [f64; 2] {
        let ([a, b, c], [direct, band, low]) = (self.feed, self.mix);
        let [first, second] = states;
        std::array::from_fn(|lane| {
            let rest = input[lane] - second[lane];
            let v1 = a * first[lane] + b * rest;
            let v2 = second[lane] + b * first[lane] + c * rest;
            first[lane] = 2.0 * v1 - first[lane];
            second[lane] = 2.0 * v2 - second[lane];
            direct * input[lane] + band * v1 + low * v2
        })
    }
}
