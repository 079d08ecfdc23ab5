//! Blown: how much of the picture is white and nothing else.

use super::{First, Measure, Of, View};

/// The share of pixels at white.
pub(super) const MEASURE: Measure = Measure {
    id: "blown",
    label: "Blown",
    help: "Share of pixels whose luma is white (code 255, or 235 where the range is limited) or above.",
    unit: "%",
    digits: 1,
    first: First::Least,
    of: Of::Picture(blown),
};

fn blown(view: &View<'_>) -> f64 {
    let codes = view.whole.codes();
    let white = codes.iter().filter(|code| **code > 254.5).count();
    100.0 * white as f64 / codes.len().max(1) as f64
}
