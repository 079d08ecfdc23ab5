//! How much of every pixel of a picture counts.

use crate::kept;
use rayon::prelude::*;

/// A number from 0 to 1 for every pixel.
#[derive(Debug, PartialEq)]
pub struct Matte {
    /// Pixels across.
    pub width: usize,
    /// Lines.
    pub height: usize,
    /// The numbers, line after line.
    pub values: Vec<f32>,
}

impl Matte {
    /// The same for every pixel.
    pub fn even(width: usize, height: usize, value: f32) -> Self {
        let mut values = kept::take(width * height);
        values.fill(value);
        Self { width, height, values }
    }

    /// From a function of a pixel's column and line, and of nothing else.
    pub fn paint(width: usize, height: usize, cover: impl Fn(usize, usize) -> f32 + Sync) -> Self {
        let mut matte = Self::even(width, height, 0.0);
        matte.values.par_chunks_mut(width.max(1)).enumerate().for_each(|(y, line)| {
            line.iter_mut().enumerate().for_each(|(x, value)| *value = cover(x, y));
        });
        matte
    }

    /// Line `y`.
    pub fn line(&self, y: usize) -> &[f32] {
        &self.values[y * self.width..(y + 1) * self.width]
    }

    /// How much is covered `distance` pixels within an edge that is `feather` pixels soft: half of it on the edge, and
    /// never sharper than a pixel.
    ///
    /// `side` says where it lies: 0 on both sides of the edge, 1 all of it outside, -1 all of it within.
    pub fn edge(distance: f64, feather: f64, side: f64) -> f32 {
        let distance = distance + 0.5 * side.clamp(-1.0, 1.0) * (feather - 1.0).max(0.0);
        let part = (distance / feather.max(1.0) + 0.5).clamp(0.0, 1.0);
        if feather > 1.0 { (part * part * (3.0 - 2.0 * part)) as f32 } else { part as f32 }
    }
}

impl Clone for Matte {
    fn clone(&self) -> Self {
        Self { width: self.width, height: self.height, values: kept::copy(&self.values) }
    }
}

impl Drop for Matte {
    fn drop(&mut self) {
        kept::give(std::mem::take(&mut self.values));
    }
}
