//! A picture at several sizes, each half of the one before: what has gone far is found in the smallest.

use crate::flow::sample;
use crate::measures::Luma;

/// How many sizes there are, at most.
const LEVELS: usize = 3;
/// Pixels, each way, that the smallest has at least.
const LEAST: usize = 24;

/// A picture at one size.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Level {
    /// Pixels across.
    pub(super) width: usize,
    /// Lines.
    pub(super) height: usize,
    /// Codes, line by line.
    pub(super) values: Vec<f32>,
}

impl Level {
    /// The value at a place, pixels being at whole numbers; beyond an edge it goes on as it ends.
    #[inline(always)]
    pub(super) fn at(&self, [x, y]: [f64; 2]) -> f32 {
        sample(&self.values, (self.width, self.height), x as f32, y as f32)
    }

    /// Whether a place lies in the picture.
    pub(super) fn has(&self, [x, y]: [f64; 2]) -> bool {
        let within = |place: f64, size: usize| place >= -0.5 && place <= size as f64 - 0.5;
        within(x, self.width) && within(y, self.height)
    }

    /// A little softer: what lies between pixels is then nearer to what was there.
    fn soft(&self) -> Self {
        self.weighed(&[1.0, 2.0, 1.0], 1)
    }

    /// Half as large, softened first: pixel `n` lies on pixel `2 n` (P. J. Burt and E. H. Adelson, The Laplacian
    /// Pyramid as a Compact Image Code, 1983).
    fn halved(&self) -> Self {
        self.weighed(&[1.0, 4.0, 6.0, 4.0, 1.0], 2)
    }

    /// Every `step`th pixel of the picture under these weights, across and down.
    fn weighed(&self, weights: &[f32], step: usize) -> Self {
        let across = |values: &[f32], width: usize| -> Vec<f32> {
            let lines = values.chunks_exact(width.max(1));
            lines.flat_map(|line| weighed_line(line, weights, step)).collect()
        };
        let (width, height) = (self.width.div_ceil(step), self.height.div_ceil(step));
        let narrow = turned(&across(&self.values, self.width), width);
        let values = turned(&across(&narrow, self.height), height);
        Self { width, height, values }
    }
}

fn weighed_line(line: &[f32], weights: &[f32], step: usize) -> Vec<f32> {
    let (reach, all) = (weights.len() / 2, weights.iter().sum::<f32>());
    let at = |place: usize| {
        let near = weights.iter().enumerate().map(|(nth, weight)| {
            let place = (place + nth).saturating_sub(reach).min(line.len() - 1);
            weight * line[place]
        });
        near.sum::<f32>() / all
    };
    (0..line.len()).step_by(step).map(at).collect()
}

/// Lines made columns.
fn turned(values: &[f32], width: usize) -> Vec<f32> {
    let height = values.len() / width.max(1);
    (0..width).flat_map(|x| (0..height).map(move |y| values[y * width + x])).collect()
}

/// A picture at several sizes, the largest first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pyramid {
    levels: Vec<Level>,
}

impl Pyramid {
    /// The sizes of a picture.
    pub(super) fn of(luma: &Luma) -> Self {
        let (width, height) = luma.size();
        let own = Level { width, height, values: luma.codes().to_vec() };
        let mut levels = vec![if width > 0 && height > 0 { own.soft() } else { own }];
        while levels.len() < LEVELS
            && let Some(last) = levels.last()
            && last.width.min(last.height) >= 2 * LEAST
        {
            levels.push(last.halved());
        }
        Self { levels }
    }

    /// Its own size.
    pub(super) fn whole(&self) -> &Level {
        &self.levels[0]
    }

    /// Every size and how much smaller it is, the smallest first.
    pub(super) fn smallest_first(&self) -> impl Iterator<Item = (&Level, f64)> {
        let sizes = self.levels.iter().enumerate();
        sizes.rev().map(|(nth, level)| (level, f64::from(1_u32 << nth)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slope_stays_a_slope_at_half_the_size() {
        let codes = (0..64 * 50).map(|at| (at % 64) as f32 + 2.0 * (at / 64) as f32).collect();
        let pyramid = Pyramid::of(&Luma::new((64, 50), codes).unwrap());
        let (half, by) = pyramid.smallest_first().next().unwrap();
        assert_eq!((half.width, half.height, by), (32, 25, 2.0));
        let at = half.at([10.0, 8.0]);
        assert!((at - (20.0 + 32.0)).abs() < 1e-3, "{at}");
    }
}
