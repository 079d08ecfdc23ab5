//! Noise of any spectrum, which may change as it goes on.
//!
//! Frames of independent Gaussian spectra overlap by half under a window whose squares add to one: the
//! power is the same at every sample, nothing ever repeats, and a sample needs two frames and no past.

use super::weight::k_weight;
use realfft::num_complex::Complex32;
use realfft::{ComplexToReal, RealFftPlanner};
use signal::Samples;
use signal::chance::mix;
use std::f32::consts::PI;
use std::sync::Arc;

/// What one frame of a cloud sounds like.
#[derive(Debug, Clone)]
pub(crate) struct Spectrum {
    /// The mean square of the left and of the right channel within each bin.
    pub(crate) power: [Vec<f32>; 2],
    /// How far the right channel is the left one: 1 is the same, 0 has nothing in common, -1 is turned
    /// over.
    pub(crate) together: Vec<f32>,
    /// The distance of two bins, in Hz.
    pub(crate) step: f64,
    /// How loud each bin is to the ear, as a factor in power.
    pub(super) weights: Arc<[f32]>,
}

impl Spectrum {
    /// Nothing, for frames of so many samples.
    pub(crate) fn silence(size: usize, sample_rate: f64) -> Self {
        let bins = vec![0.0; size / 2 + 1];
        let step = sample_rate / size as f64;
        let weights = (0..bins.len()).map(|bin| k_weight(bin as f64 * step) as f32).collect();
        Self { power: [bins.clone(), bins.clone()], together: bins, step, weights }
    }

    /// Both channels from one density, in mean square a Hz, by frequency.
    pub(crate) fn paint(&mut self, density: impl Fn(f64) -> f64) {
        for bin in 0..self.power[0].len() {
            let power = (density(bin as f64 * self.step) * self.step) as f32;
            self.power[0][bin] = power;
            self.power[1][bin] = power;
        }
    }

    /// Likeness of the channels by frequency.
    pub(crate) fn join(&mut self, coherence: impl Fn(f64) -> f64) {
        for (bin, together) in self.together.iter_mut().enumerate() {
            *together = coherence(bin as f64 * self.step) as f32;
        }
    }

    /// The likeness of two microphones so many metres apart, in sound from all around: `sin(x) / x`
    /// (R. K. Cook et al., Measurement of Correlation Coefficients in Reverberant Sound Fields, JASA
    /// 27(6), 1955).
    pub(crate) fn join_diffuse(&mut self, apart: f64) {
        const SPEED: f64 = 343.0;
        self.join(|frequency| {
            let x = std::f64::consts::TAU * frequency * apart / SPEED;
            if x < 1e-6 { 1.0 } else { x.sin() / x }
        });
    }

    /// The mean square of a channel.
    pub(crate) fn mean_square(&self, channel: usize) -> f64 {
        self.power[channel].iter().map(|power| f64::from(*power)).sum()
    }

    /// The same sound at another power.
    pub(crate) fn scale(&mut self, factor: f64) {
        for power in self.power.iter_mut().flatten() {
            *power *= factor as f32;
        }
    }
}

/// Two channels of noise.
pub(crate) struct Cloud {
    seed: u64,
    size: usize,
    inverse: Arc<dyn ComplexToReal<f32>>,
    window: Vec<f32>,
    spectrum: Spectrum,
    bins: [Vec<Complex32>; 2],
    scratch: Vec<Complex32>,
    held: [Frame; 2],
}

impl std::fmt::Debug for Cloud {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cloud")
            .field("seed", &self.seed)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

#[derive(Debug, Clone)]
struct Frame {
    number: Option<i64>,
    runs: [Vec<f32>; 2],
}

impl Cloud {
    /// Of frames of `size` samples, an even number: short ones change fast, long ones know low
    /// frequencies apart.
    pub(crate) fn new(seed: u64, size: usize, sample_rate: f64) -> Self {
        let inverse = RealFftPlanner::new().plan_fft_inverse(size);
        let bins = inverse.make_input_vec();
        let scratch = inverse.make_scratch_vec();
        let angle = |index: usize| PI * (index as f32 + 0.5) / size as f32;
        let empty = Frame { number: None, runs: [vec![0.0; size], vec![0.0; size]] };
        Self {
            seed: mix(seed ^ 0xc10d),
            size,
            inverse,
            window: (0..size).map(|index| angle(index).sin()).collect(),
            spectrum: Spectrum::silence(size, sample_rate),
            bins: [bins.clone(), bins],
            scratch,
            held: [empty.clone(), empty],
        }
    }

    /// Adds the samples from `at` on to `out`: left, and right where there is one. `paint` sets what the
    /// frame around a sample sounds like; it is asked once a frame, and finds what it left there last.
    pub(crate) fn add(
        &mut self,
        at: i64,
        out: &mut Samples,
        paint: &mut dyn FnMut(i64, &mut Spectrum),
    ) {
        let hop = self.size as i64 / 2;
        let end = at + out.length() as i64;
        let (first, last) = (at.div_euclid(hop) - 1, (end - 1).div_euclid(hop));
        for number in first..=last {
            self.make(number, paint);
            let start = number * hop;
            let (from, to) = (start.max(at), (start + self.size as i64).min(end));
            let frame = &self.held[number.rem_euclid(2) as usize];
            for (out, run) in out.channels_mut().iter_mut().zip(&frame.runs) {
                let out = &mut out[(from - at) as usize..(to - at) as usize];
                let run = &run[(from - start) as usize..(to - start) as usize];
                for (out, sample) in out.iter_mut().zip(run) {
                    *out += sample;
                }
            }
        }
    }

    /// Makes a frame, unless it is held.
    fn make(&mut self, number: i64, paint: &mut dyn FnMut(i64, &mut Spectrum)) {
        let slot = number.rem_euclid(2) as usize;
        if self.held[slot].number == Some(number) {
            return;
        }
        paint((number + 1) * self.size as i64 / 2, &mut self.spectrum);
        self.draw(mix(self.seed ^ mix(number as u64)));
        let frame = &mut self.held[slot];
        frame.number = Some(number);
        for (bins, run) in self.bins.iter_mut().zip(&mut frame.runs) {
            let made = self.inverse.process_with_scratch(bins, run, &mut self.scratch);
            debug_assert!(made.is_ok(), "the first and last bin are real");
            for (sample, weight) in run.iter_mut().zip(&self.window) {
                *sample *= weight;
            }
        }
    }

    /// Draws the bins of a frame.
    fn draw(&mut self, stream: u64) {
        let [left, right] = &mut self.bins;
        let [power, other] = &self.spectrum.power;
        let last = left.len() - 1;
        for bin in 1..last {
            let one = pair(mix(stream.wrapping_add(bin as u64)));
            let alone = pair(mix(!stream.wrapping_add(bin as u64)));
            let together = self.spectrum.together[bin].clamp(-1.0, 1.0);
            let apart = (1.0 - together * together).sqrt();
            left[bin] = one * (0.5 * power[bin].sqrt());
            right[bin] = (one * together + alone * apart) * (0.5 * other[bin].sqrt());
        }
        for bins in [left, right] {
            bins[0] = Complex32::ZERO;
            bins[last] = Complex32::ZERO;
        }
    }
}

/// Two numbers of mean 0 and mean square 1: the sum of two uniform ones each. A frame adds up thousands
/// of them, and what comes out is Gaussian.
fn pair(bits: u64) -> Complex32 {
    const HALF: f32 = 65_535.0;
    const DEVIATION: f32 = 26_754.4;
    let part = |shift: u32| ((bits >> shift) & 0xffff) as f32;
    let re = (part(0) + part(16) - HALF) / DEVIATION;
    let im = (part(32) + part(48) - HALF) / DEVIATION;
    Complex32::new(re, im)
}

/// The power of a resonance at a frequency, 1 at its middle.
pub(crate) fn peak(frequency: f64, middle: f64, q: f64) -> f64 {
    let off = q * (frequency / middle - middle / frequency.max(1e-9));
    1.0 / (1.0 + off * off)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(together: f32, length: usize) -> Samples {
        let mut cloud = Cloud::new(7, 1024, 48_000.0);
        let mut out = Samples::silence(2, length);
        cloud.add(-300, &mut out, &mut |_, spectrum| {
            spectrum.paint(|_| 1.0 / 24_000.0);
            spectrum.together.fill(together);
        });
        out
    }

    fn product(one: &[f32], other: &[f32]) -> f64 {
        let sum: f64 = one.iter().zip(other).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
        sum / one.len() as f64
    }

    #[test]
    fn a_flat_cloud_has_the_power_that_was_asked_for_at_every_place_of_its_frames() {
        let out = made(0.0, 1 << 20);
        let left = &out.channels()[0];
        assert!((product(left, left) - 1.0).abs() < 0.01, "{}", product(left, left));
        for offset in [0, 100, 256, 500] {
            let some: Vec<f32> = left.iter().skip(offset).step_by(512).copied().collect();
            assert!((product(&some, &some) - 1.0).abs() < 0.12, "{offset}");
        }
    }

    #[test]
    fn its_channels_are_as_much_alike_as_was_asked_for() {
        for together in [-1.0_f32, 0.0, 0.6, 1.0] {
            let out = made(together, 1 << 18);
            let likeness = product(&out.channels()[0], &out.channels()[1]);
            assert!((likeness - f64::from(together)).abs() < 0.01, "{together}: {likeness}");
        }
    }
}
