//! A picture in scene-linear light.

use crate::noise::Random;
use crate::vector::Vector;
use rayon::prelude::*;

/// A picture in scene-linear light.
#[derive(Debug, Clone)]
pub(crate) struct Canvas {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<Vector>,
}

/// A size in pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) width: usize,
    pub(crate) height: usize,
}

impl Canvas {
    /// Paints with `samples` looks at each pixel. Places run from -1 at the bottom to 1 at the top,
    /// and by the same unit to the sides, 0 in the centre.
    pub(crate) fn paint(
        size: Size,
        samples: u32,
        look: impl Fn(f32, f32, &mut Random) -> Vector + Sync,
    ) -> Self {
        let Size { width, height } = size;
        let mut pixels = vec![Vector::ZERO; width * height];
        let unit = 2.0 / height as f32;
        pixels.par_chunks_mut(width).enumerate().for_each(|(line, row)| {
            for (column, pixel) in row.iter_mut().enumerate() {
                let mut random = Random::new((line * 16_384 + column) as u32);
                let (turn_x, turn_y) = (random.unit(), random.unit());
                let mut sum = Vector::ZERO;
                for sample in 0..samples {
                    let dx = (turn_x + sample as f32 * 0.754_877_67).fract();
                    let dy = (turn_y + sample as f32 * 0.569_840_3).fract();
                    let x = (column as f32 + tent(dx) - 0.5 * width as f32) * unit;
                    let y = (0.5 * height as f32 - line as f32 - tent(dy)) * unit;
                    sum += look(x, y, &mut random);
                }
                *pixel = sum * (1.0 / samples as f32);
            }
        });
        Self { width, height, pixels }
    }

    /// The light at a place in pixels, between its four neighbours; beyond the edges, the edge.
    pub(crate) fn at(&self, x: f32, y: f32) -> Vector {
        let x = (x - 0.5).clamp(0.0, (self.width - 1) as f32);
        let y = (y - 0.5).clamp(0.0, (self.height - 1) as f32);
        let (column, line) = (x as usize, y as usize);
        let (right, below) = ((column + 1).min(self.width - 1), (line + 1).min(self.height - 1));
        let get = |column: usize, line: usize| self.pixels[line * self.width + column];
        let upper = get(column, line).mix(get(right, line), x.fract());
        let lower = get(column, below).mix(get(right, below), x.fract());
        upper.mix(lower, y.fract())
    }

    /// Half as wide and high.
    pub(crate) fn halved(&self) -> Self {
        let (width, height) = ((self.width / 2).max(1), (self.height / 2).max(1));
        let mut pixels = vec![Vector::ZERO; width * height];
        pixels.par_chunks_mut(width).enumerate().for_each(|(line, row)| {
            for (column, pixel) in row.iter_mut().enumerate() {
                *pixel = self.at(2.0 * column as f32 + 1.0, 2.0 * line as f32 + 1.0);
            }
        });
        Self { width, height, pixels }
    }

    /// Every pixel through `change`, given its place as in [`Self::paint`].
    pub(crate) fn change(&mut self, change: impl Fn(f32, f32, Vector) -> Vector + Sync) {
        let (width, height) = (self.width as f32, self.height as f32);
        self.pixels.par_chunks_mut(self.width).enumerate().for_each(|(line, row)| {
            for (column, pixel) in row.iter_mut().enumerate() {
                let x = (2.0 * column as f32 + 1.0 - width) / height;
                let y = (height - 2.0 * line as f32 - 1.0) / height;
                *pixel = change(x, y, *pixel);
            }
        });
    }

    /// A blur of `levels` halvings, smoothly brought back to this size.
    pub(crate) fn blurred(&self, levels: u32) -> Self {
        let mut small = vec![self.clone()];
        for _ in 0..levels {
            let Some(next) = small.last().map(Self::halved) else { break };
            small.push(next.softened());
        }
        let mut out = small.pop().unwrap_or_else(|| self.clone());
        while let Some(level) = small.pop() {
            out = out.stretched(level.width, level.height);
        }
        out
    }

    /// Light spread by the lens: `amount` of it, over wider and wider circles.
    pub(crate) fn bloom(&mut self, amount: f32) {
        let mut level = self.halved();
        let mut glow = vec![Vector::ZERO; self.pixels.len()];
        let rounds = 6;
        for _ in 0..rounds {
            level = level.halved().softened();
            let wide = level.stretched(self.width, self.height);
            for (sum, light) in glow.iter_mut().zip(&wide.pixels) {
                *sum += *light * (1.0 / rounds as f32);
            }
        }
        for (pixel, glow) in self.pixels.iter_mut().zip(glow) {
            *pixel = pixel.mix(glow, amount);
        }
    }

    fn softened(&self) -> Self {
        let mut out = self.clone();
        let taps = [(-1.2, -1.2), (1.2, -1.2), (-1.2, 1.2), (1.2, 1.2), (0.0, 0.0)];
        for (index, pixel) in out.pixels.iter_mut().enumerate() {
            let (x, y) = ((index % self.width) as f32 + 0.5, (index / self.width) as f32 + 0.5);
            let sum = taps.iter().fold(Vector::ZERO, |sum, (dx, dy)| sum + self.at(x + dx, y + dy));
            *pixel = sum * (1.0 / taps.len() as f32);
        }
        out
    }

    fn stretched(&self, width: usize, height: usize) -> Self {
        let (across, down) = (self.width as f32 / width as f32, self.height as f32 / height as f32);
        let mut pixels = vec![Vector::ZERO; width * height];
        pixels.par_chunks_mut(width).enumerate().for_each(|(line, row)| {
            let y = (line as f32 + 0.5) * down;
            for (column, pixel) in row.iter_mut().enumerate() {
                let x = (column as f32 + 0.5) * across;
                let near = |dx: f32, dy: f32| self.at(x + dx, y + dy);
                *pixel =
                    (near(-0.5, -0.5) + near(0.5, -0.5) + near(-0.5, 0.5) + near(0.5, 0.5)) * 0.25;
            }
        });
        Self { width, height, pixels }
    }
}

/// From an even spread over a pixel to a tent a little wider than it.
fn tent(x: f32) -> f32 {
    let spread = if x < 0.5 { (2.0 * x).sqrt() - 1.0 } else { 1.0 - (2.0 - 2.0 * x).sqrt() };
    0.5 + 0.8 * spread
}
