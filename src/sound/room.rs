//! The impulse response of a room with six flat walls.
//!
//! Its early part is what mirrored sources send (J. B. Allen and D. A. Berkley, Image Method for Efficiently
//! Simulating Small-Room Acoustics, JASA 65(4), 1979; between samples after P. M. Peterson, JASA 80(5),
//! 1986); from [`MIXING`] on, noise in octave bands that decays as C. F. Eyring's formula (JASA 1, 1930)
//! and the air say, and begins as loud as the images end.

use super::air::air;
use super::filter::{Bank, Biquad, Corner, Section};
use super::kernel::kaiser_sinc;
use super::quantum::{QUANTUM, Run};
use signal::chance::mix;
use std::f64::consts::SQRT_2;

/// The speed of sound in metres a second, at 20 degrees.
const SPEED: f64 = 343.0;
/// Where images give way to noise, in seconds, and over how long.
const MIXING: f64 = 0.06;
const CROSSING: f64 = 0.02;
/// Octave bands of the tail, in Hz.
const OCTAVES: [f64; 8] = [63.0, 125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0];
/// The longest response, in seconds.
const LONGEST: f64 = 12.0;

/// A room, what stands in it, and who listens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Width, depth and height in metres.
    pub(super) size: [f64; 3],
    /// The part of the power that the walls take, at 1 kHz and at 8 kHz.
    pub(super) absorption: [f64; 2],
    /// From the source to the listener, in metres; held to what the room has space for.
    pub(super) distance: f64,
    pub(super) sample_rate: u32,
    pub(super) seed: u64,
}

impl Room {
    fn volume(&self) -> f64 {
        self.size.iter().product()
    }

    fn surface(&self) -> f64 {
        let [x, y, z] = self.size;
        2.0 * (x * y + y * z + z * x)
    }

    /// The part of the power that the walls take at a frequency: a straight line over octaves from 1 to
    /// 8 kHz, a little less below.
    fn absorbed(&self, frequency: f64) -> f64 {
        let octaves = (frequency / 1000.0).log2().clamp(-3.0, 3.0);
        let [middle, high] = self.absorption;
        let part = if octaves < 0.0 {
            middle * (1.0 + 0.1 * octaves)
        } else {
            middle + (high - middle) * octaves / 3.0
        };
        part.clamp(0.005, 0.99)
    }

    /// The reverberation time at a frequency, in seconds (Eyring 1930, with the air's part).
    pub(super) fn decay(&self, frequency: f64) -> f64 {
        let walls = -self.surface() * (1.0 - self.absorbed(frequency)).ln();
        let air = -8.0 * self.volume() * air(frequency, 1.0, 20.0, 50.0).ln();
        24.0 * 10.0_f64.ln() / SPEED * self.volume() / (walls + air)
    }

    /// Where the source and the middle of the listener are.
    fn places(&self) -> ([f64; 3], [f64; 3]) {
        let [x, y, z] = self.size;
        let distance = self.distance.clamp(0.3, (y * 0.8).max(0.3));
        let from = [x * 0.47, ((y - distance) * 0.44).max(y * 0.08), z * 0.45];
        (from, [x * 0.5, from[1] + distance, z * 0.47])
    }

    /// The response in each of `channels` channels, whose microphones stand 17 cm apart, or on a circle
    /// of that width where there are more than two. Direct sound has the level 1 at its own distance.
    pub(super) fn response(&self, channels: usize) -> Vec<Vec<f32>> {
        let longest = OCTAVES.iter().map(|octave| self.decay(*octave)).fold(0.0, f64::max);
        let seconds = (longest * 1.1 + MIXING + 0.05).min(LONGEST);
        let length = ((seconds * f64::from(self.sample_rate)) as usize).next_multiple_of(QUANTUM);
        (0..channels).map(|channel| self.channel(channel, channels, length)).collect()
    }

    fn channel(&self, channel: usize, channels: usize, length: usize) -> Vec<f32> {
        let (source, mut listener) = self.places();
        let turn = std::f64::consts::TAU * (channel as f64 + 0.5) / channels as f64;
        let offset = if channels > 1 { 0.085 } else { 0.0 };
        listener[0] -= turn.sin() * offset;
        listener[1] -= turn.cos() * offset;
        let rate = f64::from(self.sample_rate);
        let mut early = vec![0.0; length];
        self.add_images(source, listener, &mut early);
        let late = self.tail(channel, length);
        let (from, to) = (MIXING * rate, (MIXING + CROSSING) * rate);
        let energy = |samples: &[f64]| -> f64 {
            let end = samples.len().min(to as usize);
            samples[(from as usize).min(end)..end].iter().map(|sample| sample * sample).sum()
        };
        let level = (energy(&early) / energy(&late).max(1e-30)).sqrt();
        let sample = |(index, (early, late)): (usize, (&f64, &f64))| {
            let part = ((index as f64 - from) / (to - from)).clamp(0.0, 1.0);
            let angle = part * std::f64::consts::FRAC_PI_2;
            (early * angle.cos() + late * level * angle.sin()) as f32
        };
        early.iter().zip(&late).enumerate().map(sample).collect()
    }

    /// Adds what every mirrored source within reach sends.
    fn add_images(&self, source: [f64; 3], listener: [f64; 3], out: &mut [f64]) {
        let reach = SPEED * (MIXING + CROSSING);
        let direct = distance(source, listener);
        let kept = (1.0 - self.absorbed(1000.0)).sqrt();
        let most = self.size.map(|size| (reach / (2.0 * size)).ceil() as i32);
        let all = |axis: usize| -most[axis]..=most[axis];
        let cells = all(0).flat_map(|x| all(1).flat_map(move |y| all(2).map(move |z| [x, y, z])));
        for (cell, mirror) in cells.flat_map(|cell| (0..8_u8).map(move |mirror| (cell, mirror))) {
            let (place, walls) = self.image(source, cell, mirror);
            let away = distance(place, listener);
            if away < reach {
                self.add_arrival(away / SPEED, kept.powi(walls) * direct / away, out);
            }
        }
    }

    /// Where a mirrored source stands, and how many walls its sound met (Allen and Berkley, equation 9).
    fn image(&self, source: [f64; 3], at: [i32; 3], mirror: u8) -> ([f64; 3], i32) {
        let mut place = [0.0; 3];
        let mut walls = 0;
        for axis in 0..3 {
            let turned = i32::from(mirror >> axis & 1);
            let sign = f64::from(1 - 2 * turned);
            place[axis] = sign * source[axis] + 2.0 * f64::from(at[axis]) * self.size[axis];
            walls += (at[axis] - turned).abs() + at[axis].abs();
        }
        (place, walls)
    }

    fn add_arrival(&self, seconds: f64, level: f64, out: &mut [f64]) {
        const HALF: f64 = 16.0;
        let at = seconds * f64::from(self.sample_rate);
        let first = (at - HALF).ceil().max(0.0) as usize;
        let end = ((at + HALF) as usize + 1).min(out.len());
        for (index, out) in out.iter_mut().enumerate().take(end).skip(first) {
            *out += level * kaiser_sinc(index as f64 - at, HALF, 1.0, 6.0);
        }
    }

    /// Noise that decays in every octave band as the room does.
    fn tail(&self, channel: usize, length: usize) -> Vec<f64> {
        let mut sum = vec![0.0; length];
        let rate = f64::from(self.sample_rate);
        for (index, octave) in OCTAVES.into_iter().enumerate().filter(|(_, f)| *f < 0.45 * rate) {
            let [_, band, _] = Biquad::parts(Corner::new(octave, SQRT_2, self.sample_rate));
            let mut bank = Bank::new(2, 1);
            let fall = -3.0 * 10.0_f64.ln() / (self.decay(octave) * rate);
            let seed = mix(self.seed ^ (channel as u64) << 32 ^ index as u64);
            for (step, out) in sum.chunks_mut(QUANTUM).enumerate() {
                let at = |index: usize| step * QUANTUM + index;
                let mut run: Run = std::array::from_fn(|index| noise(seed, at(index)));
                bank.run(&[Section::new(&band); 2], std::slice::from_mut(&mut run));
                for (index, (out, sample)) in out.iter_mut().zip(&run).enumerate() {
                    *out += f64::from(*sample) * (fall * at(index) as f64).exp();
                }
            }
        }
        sum
    }
}

/// White noise: a function of seed and sample.
fn noise(seed: u64, sample: usize) -> f32 {
    let bits = mix(seed.wrapping_add(sample as u64));
    (bits >> 40) as f32 / (1 << 23) as f32 - 1.0
}

fn distance(one: [f64; 3], other: [f64; 3]) -> f64 {
    one.iter().zip(other).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}
