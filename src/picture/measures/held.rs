//! Held: how many frames show again what the one before them showed.

use super::{First, Glimpse, Measure, Of};

/// Two frames none of whose blocks differ by more codes are one.
const SAME: f32 = 0.25;

/// The share of frames that are doubled or frozen.
pub(super) const MEASURE: Measure = Measure {
    id: "held",
    label: "Held",
    help: "Share of frames none of whose 160 by 96 blocks differs by more than a quarter of a code from the frame before: doubled or frozen.",
    unit: "%",
    digits: 1,
    first: First::Least,
    of: Of::Time(held),
};

fn held(film: &[Glimpse]) -> Option<f64> {
    let pairs = film.windows(2);
    let same = pairs.filter(|pair| pair[1].farthest(&pair[0]).is_some_and(|most| most <= SAME));
    (film.len() > 1).then(|| 100.0 * same.count() as f64 / (film.len() - 1) as f64)
}
