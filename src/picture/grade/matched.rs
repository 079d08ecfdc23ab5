//! What makes one picture like another: a correction to begin from.

use crate::scopes::Signal;

/// The least and the most that a colour is multiplied by.
const SLOPES: [f64; 2] = [0.25, 4.0];
/// A spread below this is none: only the middle is matched then.
const LEAST: f64 = 1e-3;

/// `x slope + offset` of red, green and blue, as a colour decision has it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matched {
    /// What they are multiplied by.
    pub slope: [f64; 3],
    /// What is added to them.
    pub offset: [f64; 3],
}

/// The correction by which the display-coded red, green and blue of one picture have the mean and the spread of
/// another's (E. Reinhard and others, Color transfer between images, 2001, in the space of the picture).
pub fn matched(from: &Signal, to: &Signal) -> Matched {
    let mut matched = Matched { slope: [1.0; 3], offset: [0.0; 3] };
    for channel in 0..3 {
        let [(mean, spread), (wanted_mean, wanted)] =
            [from, to].map(|signal| moments(signal.plane(channel)));
        let slope = if spread > LEAST && wanted > LEAST { wanted / spread } else { 1.0 };
        matched.slope[channel] = slope.clamp(SLOPES[0], SLOPES[1]);
        matched.offset[channel] = wanted_mean - mean * matched.slope[channel];
    }
    matched
}

/// The mean of numbers, and how far they are spread about it.
fn moments(values: &[f32]) -> (f64, f64) {
    let count = values.len().max(1) as f64;
    let mean = values.iter().map(|value| f64::from(*value)).sum::<f64>() / count;
    let square = values.iter().map(|value| (f64::from(*value) - mean).powi(2)).sum::<f64>() / count;
    (mean, square.sqrt())
}
