//! A number that wanders slowly and smoothly, and never comes round.

use signal::chance::{mix, normal};

/// Noise of mean 0 and mean square 1 whose value and first two derivatives are continuous: a cubic
/// B-spline through chance numbers, one for each whole place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wander {
    stream: u64,
}

impl Wander {
    /// Another seed wanders elsewhere.
    pub(crate) const fn new(seed: u64) -> Self {
        Self { stream: mix(seed ^ 0x3a9d) }
    }

    /// Its value at a place; it turns about twice between whole places four apart.
    pub(crate) fn at(&self, place: f64) -> f64 {
        /// The mean square of a cubic B-spline over numbers of mean square 1: 151/315, to the root.
        const DEVIATION: f64 = 0.692_362_5;
        let cell = place.floor();
        let x = place - cell;
        let y = 1.0 - x;
        let knot = |offset: i64| normal(mix(self.stream ^ mix((cell as i64 + offset) as u64)));
        let sum = y * y * y * knot(-1)
            + (3.0 * x * x * x - 6.0 * x * x + 4.0) * knot(0)
            + (3.0 * y * y * y - 6.0 * y * y + 4.0) * knot(1)
            + x * x * x * knot(2);
        sum / 6.0 / DEVIATION
    }

    /// The sum of wanders of `frequencies` (Hz) with `weights`, at a time in seconds: its mean square is
    /// the sum of the squares of the weights.
    pub(crate) fn layered(&self, seconds: f64, layers: &[(f64, f64)]) -> f64 {
        let one = |(number, (frequency, weight)): (u64, &(f64, f64))| {
            let layer = Self { stream: mix(self.stream ^ number) };
            weight * layer.at(2.0 * frequency * seconds)
        };
        (1..).zip(layers).map(one).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_wanders_about_0_as_far_as_1() {
        let wander = Wander::new(3);
        let values: Vec<f64> = (0..200_000).map(|n| wander.at(f64::from(n) * 0.37)).collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let square = values.iter().map(|value| value * value).sum::<f64>() / values.len() as f64;
        assert!(mean.abs() < 0.02 && (square - 1.0).abs() < 0.02, "{mean} {square}");
    }

    #[test]
    fn it_has_no_corners() {
        let wander = Wander::new(9);
        let bend = |x: f64| wander.at(x + 1e-3) - 2.0 * wander.at(x) + wander.at(x - 1e-3);
        for knot in -20..20 {
            let at = f64::from(knot);
            assert!((bend(at - 2e-3) - bend(at + 2e-3)).abs() < 1e-7, "{knot}");
        }
    }
}
