//! A part of a raster in colour: planes of red, green and blue, multiplied by alpha, and of alpha.

use crate::blend::{self, Blend};
use crate::light;
use crate::titles::blur;
use crate::titles::coverage::Coverage;
use signal::Transfer;

/// A part of a raster in colour.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::titles) struct Sheet {
    /// The first column of the raster that it has.
    pub(in crate::titles) left: i64,
    /// The first line.
    pub(in crate::titles) top: i64,
    /// Columns.
    pub(in crate::titles) width: usize,
    /// Lines.
    pub(in crate::titles) height: usize,
    /// Red, green, blue, multiplied by alpha, and alpha, line by line.
    pub(in crate::titles) planes: [Vec<f32>; 4],
}

impl Sheet {
    /// A clear part of a raster: left, top, right and bottom.
    pub(in crate::titles) fn new([left, top, right, bottom]: [i64; 4]) -> Self {
        let (width, height) = ((right - left).max(0) as usize, (bottom - top).max(0) as usize);
        let planes = std::array::from_fn(|_| vec![0.0; width * height]);
        Self { left, top, width, height, planes }
    }

    /// Left, top, right and bottom.
    pub(in crate::titles) const fn bounds(&self) -> [i64; 4] {
        let (right, bottom) = (self.left + self.width as i64, self.top + self.height as i64);
        [self.left, self.top, right, bottom]
    }

    /// Whether what reaches so far from a point may touch it.
    pub(super) fn is_near(&self, [x, y]: [f64; 2], reach: f64) -> bool {
        let [left, top, right, bottom] = self.bounds().map(|side| side as f64);
        x > left - reach && y > top - reach && x < right + reach && y < bottom + reach
    }

    /// Where a line of another sheet falls on this one: its own first value, that of the other, and how many.
    fn shared(&self, other: &Self, line: usize) -> Option<(usize, usize, usize)> {
        let y = usize::try_from(other.top + line as i64 - self.top).ok()?;
        let left = self.left.max(other.left);
        let right = self.bounds()[2].min(other.bounds()[2]);
        let count = usize::try_from(right - left).ok().filter(|count| *count > 0)?;
        let (own, theirs) = ((left - self.left) as usize, (left - other.left) as usize);
        (y < self.height).then_some((y * self.width + own, line * other.width + theirs, count))
    }

    /// Lays another sheet over this one.
    pub(super) fn lay(&mut self, other: &Self) {
        for line in 0..other.height {
            let Some((own, theirs, count)) = self.shared(other, line) else { continue };
            let above = other.planes.each_ref().map(|plane| &plane[theirs..theirs + count]);
            let below = self.planes.each_mut().map(|plane| &mut plane[own..own + count]);
            blend::lay(above, below, 1.0, Blend::Normal);
        }
    }

    /// Turns display-coded colour into light.
    pub(super) fn lighten(&mut self) {
        let [red, green, blue, alpha] = &mut self.planes;
        for plane in [red, green, blue] {
            let straight = |(value, alpha): (&mut f32, &f32)| {
                *value = if *alpha > 0.0 { (*value / alpha).clamp(0.0, 1.0) } else { 0.0 };
            };
            plane.iter_mut().zip(alpha.iter()).for_each(straight);
            light::decode(Transfer::Srgb, plane);
            plane.iter_mut().zip(alpha.iter()).for_each(|(value, alpha)| *value *= alpha);
        }
    }

    /// How much of each pixel it covers.
    pub(in crate::titles) fn coverage(&self) -> Coverage {
        let Self { left, top, width, height, ref planes } = *self;
        Coverage { left, top, width, height, values: planes[3].clone() }
    }

    /// The same through a Gaussian of a deviation in pixels.
    pub(in crate::titles) fn softened(mut self, deviation: f64) -> Self {
        let Self { left, top, width, height, .. } = self;
        if deviation > 0.0 {
            self.planes = self.planes.map(|values| {
                blur::soft(&Coverage { left, top, width, height, values }, deviation).values
            });
        }
        self
    }
}
