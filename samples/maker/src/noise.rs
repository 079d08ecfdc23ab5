//! Chance and noise as pure functions of place and seed: the same picture on every machine.

use crate::vector::mix;

/// A well mixed word.
pub(crate) const fn hash(mut x: u32) -> u32 {
    x ^= x >> 16;
    x = x.wrapping_mul(0x7feb_352d);
    x ^= x >> 15;
    x = x.wrapping_mul(0x846c_a68b);
    x ^ (x >> 16)
}

/// A well mixed word for a cell.
pub(crate) const fn cell(x: i32, y: i32, seed: u32) -> u32 {
    hash(x as u32 ^ hash(y as u32 ^ hash(seed)))
}

/// A number from 0 to 1 from a word.
pub(crate) fn unit(word: u32) -> f32 {
    (word >> 8) as f32 / 16_777_216.0
}

/// A stream of chance.
#[derive(Debug, Clone)]
pub(crate) struct Random(u32);

impl Random {
    pub(crate) const fn new(seed: u32) -> Self {
        Self(hash(seed ^ 0x5bd1_e995))
    }

    pub(crate) fn word(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9);
        hash(self.0)
    }

    /// 0 to 1.
    pub(crate) fn unit(&mut self) -> f32 {
        unit(self.word())
    }

    pub(crate) fn between(&mut self, from: f32, to: f32) -> f32 {
        mix(from, to, self.unit())
    }

    /// About 0 with a deviation of 1, from the sum of four (a bounded bell).
    pub(crate) fn normal(&mut self) -> f32 {
        (self.unit() + self.unit() + self.unit() + self.unit() - 2.0) * 1.732_050_8
    }
}

/// Gradient noise, about -1 to 1 (after Perlin, 2002).
pub(crate) fn noise(x: f32, y: f32, seed: u32) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let (fx, fy) = (x - left, y - top);
    let (ix, iy) = (left as i32, top as i32);
    let corner = |dx: i32, dy: i32| {
        let word = cell(ix.wrapping_add(dx), iy.wrapping_add(dy), seed);
        let (gx, gy) = ((word & 0xffff) as f32, (word >> 16) as f32);
        let along = |gradient: f32| gradient * (2.0 / 65_535.0) - 1.0;
        along(gx) * (fx - dx as f32) + along(gy) * (fy - dy as f32)
    };
    let fade = |t: f32| t * t * t * (t * (t * 6.0 - 15.0) + 10.0);
    let (u, v) = (fade(fx), fade(fy));
    let upper = mix(corner(0, 0), corner(1, 0), u);
    let lower = mix(corner(0, 1), corner(1, 1), u);
    1.6 * mix(upper, lower, v)
}

/// Octaves of noise, each of twice the frequency and `gain` times the strength; about -1 to 1.
pub(crate) fn layers(x: f32, y: f32, octaves: u32, gain: f32, seed: u32) -> f32 {
    let (mut sum, mut strength, mut total) = (0.0, 1.0, 0.0);
    let (mut x, mut y) = (x, y);
    for octave in 0..octaves {
        sum += strength * noise(x, y, seed.wrapping_add(octave.wrapping_mul(977)));
        total += strength;
        strength *= gain;
        (x, y) = (1.62 * x - 1.18 * y + 17.3, 1.18 * x + 1.62 * y - 9.1);
    }
    sum / total
}

/// Octaves of noise whose place is moved by other noise: clouds, smoke, stains.
pub(crate) fn warped(x: f32, y: f32, octaves: u32, bend: f32, seed: u32) -> f32 {
    let across = layers(x + 3.1, y - 7.7, 4, 0.5, seed ^ 0x51);
    let down = layers(x - 8.4, y + 2.9, 4, 0.5, seed ^ 0xa7);
    layers(x + bend * across, y + bend * down, octaves, 0.52, seed)
}

/// Octaves of noise along a line.
pub(crate) fn ridge(x: f32, octaves: u32, gain: f32, seed: u32) -> f32 {
    layers(x, seed as f32 * 0.37, octaves, gain, seed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_continuous_centred_and_the_same_for_a_seed() {
        let line: Vec<f32> = (0..20_000).map(|n| noise(n as f32 * 0.01, 3.3, 5)).collect();
        let mean = line.iter().sum::<f32>() / line.len() as f32;
        assert!(mean.abs() < 0.05, "{mean}");
        assert!(line.windows(2).all(|pair| (pair[0] - pair[1]).abs() < 0.06));
        assert_eq!(noise(1.23, 4.56, 7), noise(1.23, 4.56, 7));
        assert_ne!(noise(1.23, 4.56, 7), noise(1.23, 4.56, 8));
    }

    #[test]
    fn chance_has_the_spread_that_it_states() {
        let mut random = Random::new(1);
        let values: Vec<f32> = (0..40_000).map(|_| random.normal()).collect();
        let mean = values.iter().sum::<f32>() / 40_000.0;
        let spread = values.iter().map(|v| v * v).sum::<f32>() / 40_000.0;
        assert!(mean.abs() < 0.02 && (spread - 1.0).abs() < 0.03, "{mean} {spread}");
    }
}
