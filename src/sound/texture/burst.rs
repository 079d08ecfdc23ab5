//! A short burst of noise in a band: a grain of gravel, a crack, a rustle, a drop.

use signal::chance::{mix, unit};

/// One burst. It begins on a whole sample and is made from its beginning whichever cell is asked for, so
/// it is meant to be short.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Burst {
    /// Its first sample.
    pub(crate) at: i64,
    /// Seconds in which it rises.
    pub(crate) attack: f64,
    /// Seconds in which it then falls to 1/e.
    pub(crate) decay: f64,
    /// The middle of its band, in Hz.
    pub(crate) frequency: f64,
    /// The middle of its band over its width.
    pub(crate) q: f64,
    /// The root of its mean square where it is loudest.
    pub(crate) level: f64,
    /// Another number is another burst of the same kind.
    pub(crate) chance: u64,
}

impl Burst {
    /// Its length in samples: until it is 70 dB down.
    pub(crate) fn length(&self, sample_rate: f64) -> i64 {
        ((self.attack + 8.0 * self.decay) * sample_rate).ceil() as i64
    }

    /// Adds what is heard of it in the cell from `from` on.
    pub(crate) fn add(&self, from: i64, sample_rate: f64, out: &mut [f32]) {
        let last = (self.at + self.length(sample_rate)).min(from + out.len() as i64);
        if last <= from || self.at >= from + out.len() as i64 {
            return;
        }
        let angle = std::f64::consts::TAU * (self.frequency / sample_rate).min(0.49);
        let radius = (-0.5 * angle / self.q).exp();
        let (one, two) = (2.0 * radius * angle.cos(), -radius * radius);
        let gain = 0.5 * (1.0 - radius * radius);
        let level = self.level * gain.sqrt() * 3.0_f64.sqrt();
        let rise = 1.0 / (self.attack * sample_rate).max(1.0);
        let fall = (-1.0 / (self.decay * sample_rate)).exp();
        let (mut x1, mut x2, mut y1, mut y2) = (0.0, 0.0, 0.0, 0.0);
        let (mut up, mut down) = (0.0_f64, 1.0);
        for (number, sample) in (0..).zip(self.at..last) {
            let noise = 2.0 * unit(mix(self.chance.wrapping_add(number))) - 1.0;
            let y = noise - x2 + one * y1 + two * y2;
            (x2, x1, y2, y1) = (x1, noise, y1, y);
            up = (up + rise).min(1.0);
            if up >= 1.0 {
                down *= fall;
            }
            if sample >= from {
                out[(sample - from) as usize] += (level * up * down * y) as f32;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_level_is_that_of_its_band() {
        for (frequency, q) in [(300.0, 1.0), (3000.0, 8.0), (6000.0, 2.0)] {
            let burst =
                Burst { at: 0, attack: 0.0, decay: 1e6, frequency, q, level: 0.5, chance: 11 };
            let mut out = vec![0.0; 480_000];
            burst.add(0, 48_000.0, &mut out);
            let square = out.iter().map(|y| f64::from(*y).powi(2)).sum::<f64>() / 480_000.0;
            assert!((square.sqrt() / 0.5 - 1.0).abs() < 0.12, "{frequency} {q}: {}", square.sqrt());
        }
    }

    #[test]
    fn it_is_the_same_wherever_its_cells_begin() {
        let burst = Burst {
            at: 37,
            attack: 0.001,
            decay: 0.003,
            frequency: 2000.0,
            q: 4.0,
            level: 0.5,
            chance: 3,
        };
        let (mut whole, mut parts) = (vec![0.0; 2000], vec![0.0; 2000]);
        burst.add(0, 48_000.0, &mut whole);
        for (number, part) in parts.chunks_mut(64).enumerate() {
            burst.add(number as i64 * 64, 48_000.0, part);
        }
        assert_eq!(whole, parts);
    }
}
