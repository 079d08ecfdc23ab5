//! Crushed: how much of the picture is black and nothing else.

use super::{First, Measure, Of, View};

/// The share of pixels at black.
pub(super) const MEASURE: Measure = Measure {
    id: "crushed",
    label: "Crushed",
    help: "Share of pixels whose luma is black (code 0, or 16 where the range is limited) or below.",
    unit: "%",
    digits: 1,
    first: First::Least,
    of: Of::Picture(crushed),
};

fn crushed(view: &View<'_>) -> f64 {
    let codes = view.whole.codes();
    let black = codes.iter().filter(|code| **code < 0.5).count();
    100.0 * black as f64 / codes.len().max(1) as f64
}
