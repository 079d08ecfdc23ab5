//! Placement with rotation: every pixel from the 36 source pixels about its place.
//!
//! Where the picture gets smaller it is first made as small without rotation, by the widened filter;
//! so the taps here are at most those of a picture of the same size.

use super::composite::Placed;
use super::geometry::Geometry;
use super::kernel::{centred, lanczos};
use super::line::Line;
use super::lit::{Lit, Lits, Pixel};
use std::sync::{Arc, LazyLock};

/// A picture that is ready to be turned.
#[derive(Debug)]
pub(super) struct Turned {
    lit: Arc<Lit>,
    geometry: Geometry,
    has_alpha: bool,
}

/// Phases of a pixel that the weights are tabled at; between them they are interpolated.
const PHASES: usize = 512;

/// Normalised weights of the six pixels about a place, by phase.
static WEIGHTS: LazyLock<Vec<[f32; 6]>> = LazyLock::new(|| {
    let row = |phase: usize| {
        let part = phase as f64 / PHASES as f64;
        let mut weights: [f64; 6] = std::array::from_fn(|tap| lanczos(tap as f64 - 2.0 - part));
        centred(&mut weights, -2.0 - part);
        weights.map(|weight| weight as f32)
    };
    (0..=PHASES).map(row).collect()
});

impl Turned {
    /// Prepares a picture for its place; `lits` may have its light already.
    pub(super) fn new(geometry: &Geometry, placed: &Placed, lits: &Lits, shared: bool) -> Self {
        let Placed { image, grade, .. } = placed;
        let size = [image.width, image.height];
        let [[a, b], [c, d]] = geometry.matrix;
        let small = |length: f64, size: u32| {
            if length >= 1.0 { size } else { ((f64::from(size) * length).ceil() as u32).max(1) }
        };
        let target = [small(a.hypot(c), size[0]), small(b.hypot(d), size[1])];
        let factors = [0, 1].map(|axis| f64::from(target[axis]) / f64::from(size[axis]));
        let lit = lits.of((image, grade), target, shared);
        Self { lit, geometry: geometry.rescaled(factors), has_alpha: image.format.alpha }
    }

    /// Line `y` of the frame.
    pub(super) fn line(&self, y: usize, width: usize, out: &mut Line) {
        out.set_length(width);
        let back = self.geometry.inverse();
        let [from, to] = [back(0.5, y as f64 + 0.5), back(1.5, y as f64 + 0.5)];
        let step = [to[0] - from[0], to[1] - from[1]];
        let [left, top, right, bottom] = self.geometry.window;
        let steps = self.edge_steps();
        let mut parts = vec![0.0; width];
        let [red, green, blue, alpha] = out.shown_mut();
        for (x, part) in parts.iter_mut().enumerate() {
            let [u, v] = [from[0] + step[0] * x as f64, from[1] + step[1] * x as f64];
            let across = edge((u - left) * steps[0]) * edge((right - u) * steps[0]);
            let down = edge((v - top) * steps[1]) * edge((bottom - v) * steps[1]);
            *part = across * down;
            let seen = *part > 0.0;
            let window = self.geometry.window;
            let pixel = if seen { sample(&self.lit, window, u, v) } else { [0.0; 4] };
            [red[x], green[x], blue[x], alpha[x]] = pixel;
        }
        if self.has_alpha {
            out.hold_alpha();
        }
        for channel in out.shown_mut() {
            channel.iter_mut().zip(&parts).for_each(|(value, part)| *value *= part);
        }
    }

    /// Frame pixels in a source pixel, measured straight away from the edges of constant `u`, `v`.
    fn edge_steps(&self) -> [f64; 2] {
        let [[a, b], [c, d]] = self.geometry.matrix;
        let area = (a * d - b * c).abs();
        [area / b.hypot(d), area / a.hypot(c)]
    }
}

/// The light at a place, of what lies within a window.
pub(super) fn sample(lit: &Lit, window: [f64; 4], u: f64, v: f64) -> Pixel {
    let [left, top, right, bottom] = window;
    let (column, across) = taps(u);
    let (line, down) = taps(v);
    let bound = |low: f64, high: f64, size: usize| {
        let low = (low.floor().max(0.0) as i64).min(size as i64 - 1);
        (low, (high.ceil() as i64 - 1).clamp(low, size as i64 - 1))
    };
    let (left, right) = bound(left, right, lit.width);
    let (top, bottom) = bound(top, bottom, lit.height);
    let columns: [usize; 6] =
        std::array::from_fn(|tap| (column + tap as i64).clamp(left, right) as usize);
    let mut sum = [0.0; 4];
    for (tap, weight) in down.iter().enumerate() {
        let row = (line + tap as i64).clamp(top, bottom) as usize * lit.width;
        let mut part = [0.0; 4];
        for (column, weight) in columns.iter().zip(across) {
            let pixel = lit.pixels[row + column];
            for channel in 0..4 {
                part[channel] += pixel[channel] * weight;
            }
        }
        for channel in 0..4 {
            sum[channel] += part[channel] * weight;
        }
    }
    sum
}

/// How much of a pixel lies within an edge at a distance.
fn edge(distance: f64) -> f32 {
    (distance + 0.5).clamp(0.0, 1.0) as f32
}

/// The first of the six pixels about a place, and their weights.
fn taps(place: f64) -> (i64, [f32; 6]) {
    let first = (place - 0.5).floor();
    let phase = (place - 0.5 - first) * PHASES as f64;
    let row = (phase as usize).min(PHASES - 1);
    let part = (phase - row as f64) as f32;
    let (low, high) = (&WEIGHTS[row], &WEIGHTS[row + 1]);
    let weights = std::array::from_fn(|tap| low[tap] + (high[tap] - low[tap]) * part);
    (first as i64 - 2, weights)
}
