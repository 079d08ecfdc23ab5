//! A field of displacements.

use super::sample;
use rayon::prelude::*;

/// How far every pixel of a picture has gone, in pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// Pixels across.
    pub width: usize,
    /// Lines.
    pub height: usize,
    /// To the right, line after line.
    pub across: Vec<f32>,
    /// Downwards.
    pub down: Vec<f32>,
}

impl Flow {
    /// Nothing has moved.
    pub fn still(width: usize, height: usize) -> Self {
        let none = vec![0.0; width * height];
        Self { width, height, across: none.clone(), down: none }
    }

    /// The same field for pictures of another size.
    pub fn resized(&self, width: usize, height: usize) -> Self {
        if (width, height) == (self.width, self.height) {
            return self.clone();
        }
        let [across, down] = [width as f32 / self.width as f32, height as f32 / self.height as f32];
        let of = |values: &[f32], by: f32| {
            let at = |place: usize| {
                let (x, y) = ((place % width) as f32, (place / width) as f32);
                let size = (self.width, self.height);
                by * sample(values, size, (x + 0.5) / across - 0.5, (y + 0.5) / down - 0.5)
            };
            (0..width * height).into_par_iter().map(at).collect()
        };
        Self { width, height, across: of(&self.across, across), down: of(&self.down, down) }
    }

    /// The same ways, only a part of each.
    #[must_use]
    pub fn part(&self, of: f32) -> Self {
        let shorter = |values: &[f32]| values.iter().map(|value| of * value).collect();
        let (across, down) = (shorter(&self.across), shorter(&self.down));
        Self { width: self.width, height: self.height, across, down }
    }

    /// A channel of the picture that everything has gone to, fetched back to where it came from.
    pub fn fetch(&self, channel: &[f32]) -> Vec<f32> {
        let size = (self.width, self.height);
        let at = |place: usize| {
            let (x, y) = ((place % self.width) as f32, (place / self.width) as f32);
            sample(channel, size, x + self.across[place], y + self.down[place])
        };
        (0..self.width * self.height).into_par_iter().map(at).collect()
    }

    /// How far, at each pixel, the way there and the way back of `back` come apart, in pixels: large where something
    /// is hidden in one of the two pictures.
    pub fn apart(&self, back: &Self) -> Vec<f32> {
        let (across, down) = (self.fetch(&back.across), self.fetch(&back.down));
        let pairs = self.across.iter().zip(&across).zip(self.down.iter().zip(&down));
        pairs.map(|((x, back_x), (y, back_y))| (x + back_x).hypot(y + back_y)).collect()
    }

    /// The median distance that pixels have gone.
    pub fn travelled(&self) -> f64 {
        let step = (self.across.len() / 4096).max(1);
        let pairs = self.across.iter().zip(&self.down).step_by(step);
        crate::measures::median(pairs.map(|(x, y)| f64::from(x.hypot(*y))).collect())
    }
}
