//! Where everything in a picture has gone in another: dense optical flow.
//!
//! Patches are searched from a coarse picture to a fine one, each by inverse steps of Gauss and Newton, and laid over
//! each other by how well they fit (T. Kroeger and others, Fast Optical Flow using Dense Inverse Search, ECCV 2016);
//! at every size the field is then made smooth where the picture allows it (T. Brox and others, High Accuracy Optical
//! Flow Estimation Based on a Theory for Warping, ECCV 2004).

mod field;
mod patches;
mod smooth;

use super::measures::Luma;
pub use field::Flow;

/// Pixels across the smallest picture that is searched, at least.
const SMALLEST: usize = 20;
/// The field is searched for at half the picture's size, and doubled.
const FINEST: usize = 1;

/// A picture in floats at one size.
#[derive(Debug, Clone)]
struct Level {
    width: usize,
    height: usize,
    values: Vec<f32>,
}

impl Level {
    fn of(luma: &Luma) -> Self {
        let (width, height) = luma.size();
        Self { width, height, values: luma.codes().to_vec() }
    }

    fn halved(&self) -> Self {
        let (width, height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        let mut values = Vec::with_capacity(width * height);
        for y in 0..height {
            let lines = [2 * y, (2 * y + 1).min(self.height - 1)]
                .map(|y| &self.values[y * self.width..][..self.width]);
            values.extend((0..width).map(|x| {
                let (left, right) = (2 * x, (2 * x + 1).min(self.width - 1));
                0.25 * (lines[0][left] + lines[0][right] + lines[1][left] + lines[1][right])
            }));
        }
        Self { width, height, values }
    }

    /// The value between pixels; beyond an edge it goes on as it ends.
    #[inline(always)]
    fn at(&self, x: f32, y: f32) -> f32 {
        sample(&self.values, (self.width, self.height), x, y)
    }
}

/// A channel's value between pixels, by a straight line each way; beyond an edge it goes on as it ends.
#[inline(always)]
pub(crate) fn sample(values: &[f32], (width, height): (usize, usize), x: f32, y: f32) -> f32 {
    let (x, y) = (x.clamp(0.0, (width - 1) as f32), y.clamp(0.0, (height - 1) as f32));
    let (left, top) = (x as usize, y as usize);
    let (right, bottom) = ((left + 1).min(width - 1), (top + 1).min(height - 1));
    let (part, part_down) = (x - left as f32, y - top as f32);
    let above = values[top * width + left] * (1.0 - part) + values[top * width + right] * part;
    let below =
        values[bottom * width + left] * (1.0 - part) + values[bottom * width + right] * part;
    above * (1.0 - part_down) + below * part_down
}

/// Where every pixel of `from` lies in `to`. Pictures of different sizes have no flow between them: it is 0.
pub fn flow(from: &Luma, to: &Luma) -> Flow {
    let (width, height) = from.size();
    if from.size() != to.size() || width.min(height) < 2 {
        return Flow::still(width, height);
    }
    let levels = [pyramid(from), pyramid(to)];
    let coarsest = levels[0].len() - 1;
    let top = &levels[0][coarsest];
    let mut found = Flow::still(top.width, top.height);
    for level in (FINEST.min(coarsest)..=coarsest).rev() {
        let (one, other) = (&levels[0][level], &levels[1][level]);
        found = found.resized(one.width, one.height);
        found = patches::search(one, other, &found);
        smooth::smooth(one, other, &mut found);
    }
    found.resized(width, height)
}

fn pyramid(luma: &Luma) -> Vec<Level> {
    let mut levels = vec![Level::of(luma)];
    while let Some(last) = levels.last()
        && last.width.min(last.height) >= 2 * SMALLEST
    {
        levels.push(last.halved());
    }
    levels
}
