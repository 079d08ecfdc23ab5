//! What is done to a matte before it counts: cleaned, made larger or smaller, softened.

use super::Matte;
use crate::composite::gauss;
use rayon::prelude::*;

impl Matte {
    /// Every value the greatest within a disc of `radius` pixels about it; below 0 the least. Between whole radii the
    /// two beside are mixed.
    pub fn grow(&mut self, radius: f64) {
        let size = radius.abs().min(1000.0);
        if size <= 0.0 {
            return;
        }
        let turn = |matte: &mut Self| matte.values.iter_mut().for_each(|value| *value = -*value);
        if radius < 0.0 {
            turn(self);
        }
        let (low, part) = (size.floor(), size.fract() as f32);
        let mut grown = self.dilated(low as usize);
        if part > 0.0 {
            let more = self.dilated(low as usize + 1);
            let both = grown.values.iter_mut().zip(&more.values);
            both.for_each(|(low, high)| *low += (high - *low) * part);
        }
        *self = grown;
        if radius < 0.0 {
            turn(self);
        }
    }

    fn dilated(&self, radius: usize) -> Self {
        let mut out = self.clone();
        if radius == 0 || self.width == 0 {
            return out;
        }
        let reach = radius as isize;
        let widths: Vec<usize> = (-reach..=reach)
            .map(|down| ((reach * reach - down * down) as f64).sqrt() as usize)
            .collect();
        out.values.par_chunks_mut(self.width).enumerate().for_each(|(y, line)| {
            line.fill(f32::MIN);
            let mut most = vec![0.0; line.len()];
            for (down, half) in (-reach..=reach).zip(&widths) {
                let row = y as isize + down;
                if row < 0 || row >= self.height as isize {
                    continue;
                }
                running(self.line(row as usize), *half, &mut most);
                line.iter_mut().zip(&most).for_each(|(value, most)| *value = value.max(*most));
            }
        });
        out
    }

    /// Takes away specks and fills holes that are no wider than twice `radius` pixels.
    pub fn denoise(&mut self, radius: f64) {
        for by in [-radius, radius, radius, -radius] {
            self.grow(by);
        }
    }

    /// Softens by a Gaussian.
    pub fn blur(&mut self, sigma: f64) {
        gauss(&mut self.values, (self.width, self.height), sigma);
    }

    /// What is below `black` is nothing, what is above `white` is all, and the way between is straight.
    pub fn clean(&mut self, black: f32, white: f32) {
        if black <= 0.0 && white >= 1.0 {
            return;
        }
        let range = (white - black).max(1e-6);
        let values = self.values.iter_mut();
        values.for_each(|value| *value = ((*value - black) / range).clamp(0.0, 1.0));
    }
}

/// The greatest of the values within `half` places of each (van Herk, Gil and Werman: in blocks, from both ends).
fn running(line: &[f32], half: usize, out: &mut [f32]) {
    if half == 0 {
        return out.copy_from_slice(line);
    }
    let (length, block) = (line.len(), 2 * half + 1);
    let mut ahead = line.to_vec();
    let mut behind = line.to_vec();
    for place in 1..length {
        if place % block != 0 {
            ahead[place] = ahead[place].max(ahead[place - 1]);
        }
    }
    for place in (0..length.saturating_sub(1)).rev() {
        if place % block != block - 1 {
            behind[place] = behind[place].max(behind[place + 1]);
        }
    }
    for (place, out) in out.iter_mut().enumerate() {
        let last = (place + half).min(length - 1);
        let most = ahead[last].max(behind[place.saturating_sub(half)]);
        *out = most;
        if last < place + half || place < half {
            let first = place.saturating_sub(half);
            *out = line[first..=last].iter().copied().fold(f32::MIN, f32::max);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_maximum_is_the_maximum() {
        let line: Vec<f32> = (0..61_u32).map(|place| (place * 37 % 23) as f32).collect();
        for half in [1, 2, 5, 40] {
            let mut out = vec![0.0; line.len()];
            running(&line, half, &mut out);
            for (place, out) in out.iter().enumerate() {
                let within = place.saturating_sub(half)..(place + half + 1).min(line.len());
                assert_eq!(
                    *out,
                    line[within].iter().copied().fold(0.0, f32::max),
                    "{half} {place}"
                );
            }
        }
    }

    #[test]
    fn a_speck_goes_and_a_square_stays() {
        let mut matte = Matte::paint(40, 40, |x, y| {
            f32::from(u8::from((10..30).contains(&x) && (10..30).contains(&y)))
        });
        matte.values[3 * 40 + 3] = 1.0;
        matte.values[20 * 40 + 20] = 0.0;
        matte.denoise(1.0);
        let at = |x: usize, y: usize| matte.values[y * 40 + x];
        assert_eq!(
            [at(3, 3), at(20, 20), at(10, 20), at(9, 20), at(29, 11)],
            [0.0, 1.0, 1.0, 0.0, 1.0]
        );
    }
}
