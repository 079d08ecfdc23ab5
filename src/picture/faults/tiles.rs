//! How much of something there is in the tiles of a picture.

use crate::measures::Luma;

/// Tiles across and down.
pub(super) const TILES: (usize, usize) = (20, 12);

/// A mean of squares, or of anything, for each tile.
#[derive(Debug, Clone, Default)]
pub(super) struct Tiles {
    sums: Vec<f64>,
    count: usize,
}

impl Tiles {
    /// Adds the means over tiles of what `value` is at each pixel of a picture of `size`.
    pub(super) fn add(&mut self, size: (usize, usize), value: impl Fn(usize) -> f64) {
        self.sums.resize(TILES.0 * TILES.1, 0.0);
        let mut here = vec![(0.0, 0_u32); TILES.0 * TILES.1];
        for y in 0..size.1 {
            let row = y * TILES.1 / size.1 * TILES.0;
            for x in 0..size.0 {
                let (sum, count) = &mut here[row + x * TILES.0 / size.0];
                *sum += value(y * size.0 + x);
                *count += 1;
            }
        }
        for (sum, (all, count)) in self.sums.iter_mut().zip(here) {
            *sum += all / f64::from(count.max(1));
        }
        self.count += 1;
    }

    /// The mean of each tile over all that was added.
    pub(super) fn means(&self) -> Vec<f64> {
        self.sums.iter().map(|sum| sum / self.count.max(1) as f64).collect()
    }

    /// How often something was added.
    pub(super) const fn count(&self) -> usize {
        self.count
    }
}

/// The least rectangle around the tiles that are above a limit, as parts of the picture; `None` where none is, or
/// nearly all are.
pub(super) fn region(tiles: &[f64], limit: f64) -> Option<[f64; 4]> {
    let above = || {
        let over = tiles.iter().enumerate().filter(|(_, value)| **value > limit);
        over.map(|(tile, _)| (tile % TILES.0, tile / TILES.0))
    };
    if above().count() * 4 > tiles.len() * 3 {
        return None;
    }
    let left = above().map(|(x, _)| x).min()?;
    let right = above().map(|(x, _)| x).max()?;
    let top = above().map(|(_, y)| y).min()?;
    let bottom = above().map(|(_, y)| y).max()?;
    let (across, down) = (TILES.0 as f64, TILES.1 as f64);
    Some([
        left as f64 / across,
        top as f64 / down,
        (right + 1) as f64 / across,
        (bottom + 1) as f64 / down,
    ])
}

/// The tiles at the edge, where things come in and go out, say nothing.
pub(super) fn inner(mut tiles: Vec<f64>) -> Vec<f64> {
    let (across, down) = TILES;
    for (tile, value) in tiles.iter_mut().enumerate() {
        let (x, y) = (tile % across, tile / across);
        if x == 0 || y == 0 || x + 1 == across || y + 1 == down {
            *value = 0.0;
        }
    }
    tiles
}

/// Tiles as a picture of heat: the hottest is white.
pub(super) fn heat(tiles: &[f64]) -> Option<Luma> {
    let most = tiles.iter().copied().fold(0.0, f64::max);
    let codes = tiles.iter().map(|value| (255.0 * value / most.max(1e-12)) as f32);
    Luma::new(TILES, codes.collect())
}
