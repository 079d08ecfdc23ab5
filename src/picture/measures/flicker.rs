//! Flicker: how unsteady the light of the whole picture is from frame to frame.
//!
//! The mean difference of neighbouring frames is no flicker: a camera that moves has most of it. Here the
//! light of the whole picture is fitted first, and only its trembling counts. Where each frame's light is
//! off by a chance of deviation s, the second difference has the deviation s √6; what rises or falls
//! steadily has none.

use super::glimpse::changes;
use super::{First, Glimpse, Measure, Of};

/// The deviation of the light of single frames.
pub(super) const MEASURE: Measure = Measure {
    id: "flicker",
    label: "Flicker",
    help: "How far the light of a frame strays from its neighbours': the second difference of the whole picture's level, root mean square over √6. Steady to the eye below 0.010, seen from 0.020.",
    unit: "stops",
    digits: 4,
    first: First::Least,
    of: Of::Time(flicker),
};

fn flicker(film: &[Glimpse]) -> Option<f64> {
    let changes = changes(film);
    let seconds: Vec<f64> = changes.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).collect();
    let mean = seconds.iter().sum::<f64>() / seconds.len() as f64;
    (!seconds.is_empty()).then(|| (mean / 6.0).sqrt())
}
