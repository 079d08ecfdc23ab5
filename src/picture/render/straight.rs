//! Placement without rotation: across, then down, a line at a time.

use super::geometry::Geometry;
use super::kernel::Taps;
use super::source::{Light, Pixel, hold_alpha};
use timeline_format::sequence::Raster;

/// The taps of a placement: made once a picture, shared by its bands.
#[derive(Debug)]
pub(super) struct Straight {
    pub(super) across: Taps,
    pub(super) down: Taps,
    width: usize,
}

/// Lines of one band: those that were filtered across are kept while they are needed.
pub(super) struct Lines<'a> {
    straight: &'a Straight,
    light: Light<'a>,
    source: Vec<Pixel>,
    kept: Vec<(Option<usize>, Vec<Pixel>)>,
}

impl Straight {
    pub(super) fn new(geometry: &Geometry, width: usize, raster: Raster) -> Self {
        let axis = |axis: usize, size: u32| {
            let window = [geometry.window[axis], geometry.window[axis + 2]];
            let (factor, offset) = (geometry.matrix[axis][axis], geometry.offset[axis]);
            Taps::new(size as usize, factor, offset, window)
        };
        Self { across: axis(0, raster.width), down: axis(1, raster.height), width }
    }

    pub(super) fn lines<'a>(&'a self, light: Light<'a>) -> Lines<'a> {
        let shown = self.across.starts.len();
        let kept = (0..self.down.count).map(|_| (None, vec![[0.0; 4]; shown])).collect();
        Lines { straight: self, light, source: vec![[0.0; 4]; self.width], kept }
    }
}

impl Lines<'_> {
    /// Line `y` of the frame, from the first pixel that is shown; the place of that pixel. `None`
    /// where nothing is shown.
    pub(super) fn line(&mut self, y: usize, out: &mut Vec<Pixel>) -> Option<usize> {
        let Straight { across, down, .. } = self.straight;
        if y < down.first || y >= down.end() || across.starts.is_empty() {
            return None;
        }
        let (start, weights) = down.of(y);
        for line in start..start + weights.len() {
            self.filter(line);
        }
        let count = self.kept.len();
        let seen = weights.iter().enumerate().filter(|(_, weight)| **weight != 0.0);
        let seen = seen.map(|(index, weight)| (&self.kept[(start + index) % count].1[..], *weight));
        out.resize(across.starts.len(), [0.0; 4]);
        sum(out, &seen.collect::<Vec<_>>());
        if self.light.has_alpha() {
            hold_alpha(out);
        }
        cover(out, across, down.coverage[y - down.first]);
        Some(across.first)
    }

    /// Filters source line `line` across, if it is not there yet.
    fn filter(&mut self, line: usize) {
        let count = self.kept.len();
        let (kept, pixels) = &mut self.kept[line % count];
        if *kept == Some(line) {
            return;
        }
        *kept = Some(line);
        self.light.line(line, &mut self.source);
        across(&self.straight.across, &self.source, pixels);
    }
}

/// Filters a line across. Most placements have few taps: their loops are laid out whole.
fn across(taps: &Taps, source: &[Pixel], out: &mut [Pixel]) {
    match taps.count {
        1 => across_by::<1>(taps, source, out),
        2 => across_by::<2>(taps, source, out),
        4 => across_by::<4>(taps, source, out),
        5 => across_by::<5>(taps, source, out),
        6 => across_by::<6>(taps, source, out),
        7 => across_by::<7>(taps, source, out),
        _ => across_by_any(taps, source, out),
    }
}

fn across_by<const N: usize>(taps: &Taps, source: &[Pixel], out: &mut [Pixel]) {
    pulp::Arch::new().dispatch(|| {
        let weights = taps.weights.as_chunks::<N>().0;
        for ((out, start), weights) in out.iter_mut().zip(&taps.starts).zip(weights) {
            let pixels = source.get(*start..).and_then(<[Pixel]>::first_chunk::<N>);
            let pixels = pixels.unwrap_or(&[[0.0; 4]; N]);
            let mut sum = [0.0; 4];
            for (pixel, weight) in pixels.iter().zip(weights) {
                for channel in 0..4 {
                    sum[channel] += pixel[channel] * weight;
                }
            }
            *out = sum;
        }
    });
}

fn across_by_any(taps: &Taps, source: &[Pixel], out: &mut [Pixel]) {
    pulp::Arch::new().dispatch(|| {
        let weights = taps.weights.chunks_exact(taps.count);
        for ((out, start), weights) in out.iter_mut().zip(&taps.starts).zip(weights) {
            let mut sum = [0.0; 4];
            for (pixel, weight) in source[*start..].iter().zip(weights) {
                for channel in 0..4 {
                    sum[channel] += pixel[channel] * weight;
                }
            }
            *out = sum;
        }
    });
}

/// Pixels that are summed at a time: they stay in the nearest cache.
const RUN: usize = 128;

/// The weighted sum of lines.
fn sum(out: &mut [Pixel], lines: &[(&[Pixel], f32)]) {
    pulp::Arch::new().dispatch(|| {
        for (run, out) in out.chunks_mut(RUN).enumerate() {
            out.fill([0.0; 4]);
            for (line, weight) in lines {
                let line = line[run * RUN..].as_flattened();
                for (out, value) in out.as_flattened_mut().iter_mut().zip(line) {
                    *out += weight * value;
                }
            }
        }
    });
}

/// Takes away what lies outside the picture's edges.
fn cover(line: &mut [Pixel], across: &Taps, down: f32) {
    if down != 1.0 {
        for (pixel, part) in line.iter_mut().zip(&across.coverage) {
            *pixel = pixel.map(|value| value * part * down);
        }
        return;
    }
    for index in &across.edges {
        line[*index] = line[*index].map(|value| value * across.coverage[*index]);
    }
}
