//! Halos and ringing taken from along edges, and from nowhere else.

use super::planes::luma_of;
use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use rayon::prelude::*;
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "dering",
    label: "Dering",
    help: "Ridges beside strong edges that are narrower than twice the radius are cut to what lies beyond them: halos of sharpening and the ringing of a resize.",
    space: Space::Display,
    parameters: &[
        Parameter::number("radius", "Radius", "How wide a halo is at most, in pixels of a picture of 1080 lines.", [1.0, 16.0, 4.0], "px"),
        Parameter::number("edge", "Edge", "The step of an edge that has halos, in codes of 255.", [1.0, 255.0, 24.0], "codes"),
        Parameter::number("most", "Most", "The most that is cut, as a part of the step.", [0.0, 1.0, 0.3], ""),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let (radius, edge) = (values.number("radius"), (values.number("edge") / 255.0) as f32);
        let most = values.number("most") as f32;
        (most > 0.0).then(|| Arc::new(Dering { radius, edge, most }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Dering {
    radius: f64,
    edge: f32,
    most: f32,
}

impl Treatment for Dering {
    fn treat(&self, mut picture: Canvas, _: &Scene<'_>) -> Canvas {
        let (width, height) = (picture.width, picture.height);
        let luma = luma_of(&picture);
        let radius = (self.radius * picture.unit()).round().max(1.0) as usize;
        let size = (width, height);
        let opened = slid(&slid(&luma, size, radius, f32::min), size, radius, f32::max);
        let closed = slid(&slid(&luma, size, radius, f32::max), size, radius, f32::min);
        let near = 2 * radius + 1;
        let (low, high) = (slid(&luma, size, near, f32::min), slid(&luma, size, near, f32::max));
        let less: Vec<f32> = (0..luma.len())
            .map(|at| {
                let step = high[at] - low[at];
                if step < self.edge {
                    return 0.0;
                }
                let (above, below) = (luma[at] - opened[at], closed[at] - luma[at]);
                let cut = if above > below { above } else { -below };
                let most = self.most * step;
                if cut.abs() > most { 0.0 } else { cut }
            })
            .collect();
        picture.bands(|line, [red, green, blue, _]| {
            for channel in [red, green, blue] {
                channel.iter_mut().zip(&less[line * width..]).for_each(|(value, less)| *value -= less);
            }
        });
        picture
    }
}

/// The least or the greatest value within so many pixels each way, clamped at the edges.
fn slid(values: &[f32], (width, height): (usize, usize), radius: usize, of: fn(f32, f32) -> f32) -> Vec<f32> {
    let mut across = vec![0.0; values.len()];
    across.par_chunks_mut(width).zip(values.par_chunks(width)).for_each(|(out, line)| {
        for (x, out) in out.iter_mut().enumerate() {
            let near = &line[x.saturating_sub(radius)..(x + radius + 1).min(width)];
            *out = near.iter().copied().fold(near[0], of);
        }
    });
    let mut down = vec![0.0; values.len()];
    down.par_chunks_mut(width).enumerate().for_each(|(y, out)| {
        let rows = y.saturating_sub(radius)..(y + radius + 1).min(height);
        out.copy_from_slice(&across[rows.start * width..][..width]);
        for row in rows.skip(1) {
            out.iter_mut().zip(&across[row * width..]).for_each(|(out, value)| *out = of(*out, *value));
        }
    });
    down
}
