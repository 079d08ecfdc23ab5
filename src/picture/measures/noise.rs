//! Noise: what trembles from a pixel to the next where nothing is drawn.

use super::{First, Luma, Measure, Of, View};
use std::f64::consts::FRAC_PI_2;

/// Pixels of a block, each way.
const BLOCK: usize = 32;
/// Blocks that are looked at, at most, across and down.
const MOST: (usize, usize) = (40, 24);
/// Of the blocks, the part that is taken to be flat.
const FLAT: f64 = 0.25;
/// Blocks nearer to black or white than this, in codes, hide their noise.
const HIDDEN: f64 = 2.0;

/// The standard deviation of the noise, from the quietest quarter of the picture.
pub(super) const MEASURE: Measure = Measure {
    id: "noise",
    label: "Noise",
    help: "Standard deviation in the flattest quarter of the picture, pixel for pixel (J. Immerkaer, Fast Noise Variance Estimation, 1996).",
    unit: "codes",
    digits: 2,
    first: First::Least,
    of: Of::Picture(noise),
};

fn noise(view: &View<'_>) -> f64 {
    let luma = view.whole;
    let (width, height) = luma.size();
    let corners = |size: usize, most: usize| {
        let count = (size / BLOCK).clamp(1, most);
        (0..count).map(move |nth| nth * size.saturating_sub(BLOCK) / count.saturating_sub(1).max(1))
    };
    let all = corners(height, MOST.1).flat_map(|y| corners(width, MOST.0).map(move |x| (x, y)));
    let mut found: Vec<f64> = all.filter_map(|corner| of_block(luma, corner)).collect();
    found.sort_by(f64::total_cmp);
    let at = (found.len() as f64 * FLAT) as usize;
    found.get(at).copied().unwrap_or(0.0)
}

/// The noise of a block; `None` where black or white hides it, or it is too small.
fn of_block(luma: &Luma, (left, top): (usize, usize)) -> Option<f64> {
    let (width, height) = luma.size();
    let (right, bottom) = ((left + BLOCK).min(width), (top + BLOCK).min(height));
    let (columns, rows) = (left + 1..right.max(2) - 1, top + 1..bottom.max(2) - 1);
    let count = columns.len() * rows.len();
    let (mut rest, mut light) = (0.0, 0.0);
    for y in rows {
        for x in columns.clone() {
            rest += f64::from(residual(luma, x, y).abs());
            light += f64::from(luma.line(y)[x]);
        }
    }
    let mean = light / count.max(1) as f64;
    let is_shown = count > 0 && (HIDDEN..=255.0 - HIDDEN).contains(&mean);
    is_shown.then(|| FRAC_PI_2.sqrt() * rest / (6.0 * count as f64))
}

/// Immerkaer's mask, the difference of two Laplacians: it sees neither edges nor slopes.
fn residual(luma: &Luma, x: usize, y: usize) -> f32 {
    let (above, here, below) = (luma.line(y - 1), luma.line(y), luma.line(y + 1));
    let row = |line: &[f32]| line[x - 1] - 2.0 * line[x] + line[x + 1];
    row(above) - 2.0 * row(here) + row(below)
}
