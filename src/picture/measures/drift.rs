//! Drift: how much lighter a take is where it ends than where it began.

use super::glimpse::changes;
use super::{First, Glimpse, Measure, Of};

/// What the light of the whole picture comes to, from the first frame to the last.
pub(super) const MEASURE: Measure = Measure {
    id: "drift",
    label: "Drift",
    help: "What the whole picture's light changes by over the take: the slope of its level by least squares, times its length. Below 0 it gets darker.",
    unit: "stops",
    digits: 3,
    first: First::Least,
    of: Of::Time(drift),
};

fn drift(film: &[Glimpse]) -> Option<f64> {
    let mut level = 0.0;
    let levels: Vec<f64> = std::iter::once(0.0)
        .chain(changes(film).into_iter().map(|change| {
            level += change;
            level
        }))
        .collect();
    (levels.len() > 1).then(|| slope(&levels) * (levels.len() - 1) as f64)
}

fn slope(levels: &[f64]) -> f64 {
    let count = levels.len() as f64;
    let (middle, mean) = (0.5 * (count - 1.0), levels.iter().sum::<f64>() / count);
    let away = |at: usize| at as f64 - middle;
    let rise: f64 = levels.iter().enumerate().map(|(at, level)| away(at) * (level - mean)).sum();
    let run: f64 = (0..levels.len()).map(|at| away(at).powi(2)).sum();
    rise / run
}
