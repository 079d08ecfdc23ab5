//! Placement without rotation: down, then across, a line at a time.

use super::across::Across;
use super::geometry::Geometry;
use super::kernel::Taps;
use super::line::Line;
use super::source::Light;
use crate::fused::fused;
use timeline_format::sequence::Raster;

/// The taps of a placement: made once a picture, shared by its bands.
#[derive(Debug)]
pub(super) struct Straight {
    across: Taps,
    laid: Across,
    down: Taps,
    width: usize,
    /// Whether every line is one of the source, as it is.
    is_identity: bool,
}

/// Lines of one band: the light of source lines is kept while it is needed.
pub(super) struct Lines<'a> {
    straight: &'a Straight,
    light: Light<'a>,
    kept: Vec<(Option<usize>, Line)>,
    tall: Line,
}

impl Straight {
    pub(super) fn new(geometry: &Geometry, width: usize, raster: Raster) -> Self {
        let axis = |axis: usize, size: u32| {
            let window = [geometry.window[axis], geometry.window[axis + 2]];
            let (factor, offset) = (geometry.matrix[axis][axis], geometry.offset[axis]);
            Taps::new(size as usize, factor, offset, window)
        };
        let (across, down) = (axis(0, raster.width), axis(1, raster.height));
        let is_identity = is_as_it_is(&across, width) && is_as_it_is(&down, down.starts.len());
        Self { laid: Across::new(&across), across, down, width, is_identity }
    }

    /// Whether the frame's lines are those of the source, one for one.
    pub(super) const fn is_identity(&self) -> bool {
        self.is_identity
    }

    pub(super) fn lines<'a>(&'a self, light: Light<'a>) -> Lines<'a> {
        let (count, width) = if self.is_identity { (0, 0) } else { (self.down.count, self.width) };
        let kept = (0..count).map(|_| (None, Line::new(width))).collect();
        Lines { straight: self, light, kept, tall: Line::new(width) }
    }
}

impl Lines<'_> {
    /// Line `y` of the frame, from the first pixel that is shown; the place of that pixel. `None`
    /// where nothing is shown.
    pub(super) fn line(&mut self, y: usize, out: &mut Line) -> Option<usize> {
        let Straight { across, laid, down, .. } = self.straight;
        if y < down.first || y >= down.end() || across.starts.is_empty() {
            return None;
        }
        let (start, weights) = down.of(y);
        let has_alpha = self.light.has_alpha();
        if self.straight.is_identity {
            out.set_length(self.straight.width);
            self.light.line(start, out.shown_mut());
            if !has_alpha {
                out.shown_mut()[3].fill(1.0);
            } else if self.light.is_unbounded() {
                out.hold_alpha();
            }
            return Some(across.first);
        }
        (start..start + weights.len()).for_each(|line| self.keep(line));
        let (kept, tall) = (&self.kept, &mut self.tall);
        for channel in 0..if has_alpha { 4 } else { 3 } {
            let seen = weights.iter().enumerate().filter(|(_, weight)| **weight != 0.0);
            let line = |index: usize| &kept[(start + index) % kept.len()].1.channels[channel][..];
            let seen: Vec<_> = seen.map(|(index, weight)| (line(index), *weight)).collect();
            sum(&mut tall.channels[channel], &seen);
        }
        out.set_length(across.starts.len());
        let [red, green, blue, alpha] = &mut out.channels;
        let [tall_red, tall_green, tall_blue, tall_alpha] = &tall.channels;
        laid.filter([tall_red, tall_green, tall_blue], [red, green, blue]);
        if has_alpha {
            laid.filter([tall_alpha], [alpha]);
            out.hold_alpha();
        } else {
            alpha.fill(1.0);
        }
        cover(out, across, down.coverage[y - down.first]);
        Some(across.first)
    }

    /// Line `y` of the frame at once into lines as wide as it, where it is opaque and one of the source as it is; whether
    /// it is.
    pub(super) fn fill(&mut self, y: usize, [red, green, blue, alpha]: [&mut [f32]; 4]) -> bool {
        let fills = self.straight.is_identity && !self.light.has_alpha();
        if fills {
            self.light.line(y, [red, green, blue, alpha]);
        }
        fills
    }

    /// Lays line `y` of the frame over one of which nothing is clear, where that is done at once; whether it is.
    pub(super) fn lay(&self, y: usize, below: [&mut [f32]; 3], opacity: f32) -> bool {
        let Straight { across, down, width, is_identity, .. } = self.straight;
        let is_seen = *is_identity && (down.first..down.end()).contains(&y);
        let shown = across.first..across.first + width;
        is_seen
            && self.light.lay(down.of(y).0, below.map(|below| &mut below[shown.clone()]), opacity)
    }

    /// Gets the light of source line `line`, if it is not there yet.
    fn keep(&mut self, line: usize) {
        let count = self.kept.len();
        let (kept, light) = &mut self.kept[line % count];
        if kept.replace(line) != Some(line) {
            self.light.line(line, light.shown_mut());
        }
    }
}

/// Whether along an axis every pixel of a source so long is shown, whole and where it is.
fn is_as_it_is(taps: &Taps, length: usize) -> bool {
    let in_order = taps.starts.iter().enumerate().all(|(index, start)| *start == index);
    let whole = taps.edges.is_empty() && taps.weights.iter().all(|weight| *weight == 1.0);
    taps.count == 1 && taps.starts.len() == length && in_order && whole
}

/// The weighted sum of lines.
fn sum(out: &mut [f32], lines: &[(&[f32], f32)]) {
    pulp::Arch::new().dispatch(Sum { out, lines });
}

/// Values that are summed at a time: they stay in the nearest cache.
const RUN: usize = 512;

/// A sum whose loops are compiled whole for each vector unit.
struct Sum<'a> {
    out: &'a mut [f32],
    lines: &'a [(&'a [f32], f32)],
}

impl pulp::WithSimd for Sum<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        let (threes, rest) = self.lines.as_chunks::<3>();
        for (run, out) in self.out.chunks_mut(RUN).enumerate() {
            out.fill(0.0);
            for three in threes {
                let [a, b, c] = three.map(|line| &line.0[run * RUN..]);
                let weights = three.map(|line| line.1);
                for (((out, a), b), c) in out.iter_mut().zip(a).zip(b).zip(c) {
                    let first = fused::<S>(weights[0], *a, *out);
                    *out = fused::<S>(weights[2], *c, fused::<S>(weights[1], *b, first));
                }
            }
            for line in rest {
                for (out, value) in out.iter_mut().zip(&line.0[run * RUN..]) {
                    *out = fused::<S>(line.1, *value, *out);
                }
            }
        }
    }
}

/// Takes away what lies outside the picture's edges.
fn cover(line: &mut Line, across: &Taps, down: f32) {
    for channel in line.shown_mut() {
        if down == 1.0 {
            across.edges.iter().for_each(|edge| channel[*edge] *= across.coverage[*edge]);
            continue;
        }
        for (value, part) in channel.iter_mut().zip(&across.coverage) {
            *value *= part * down;
        }
    }
}
