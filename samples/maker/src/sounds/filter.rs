//! Filters that may move while they run.

use super::RATE;
use std::f32::consts::{PI, TAU};

/// A state-variable filter (the trapezoidal form of A. Simper, 2013): stable while its frequency
/// moves.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Filter {
    first: f32,
    second: f32,
}

/// What a filter lets through.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bands {
    pub(super) low: f32,
    pub(super) band: f32,
    pub(super) high: f32,
}

impl Filter {
    /// One sample through a filter at `hertz` with resonance `q`. The band's peak is 1.
    pub(super) fn next(&mut self, input: f32, hertz: f32, q: f32) -> Bands {
        let g = (PI * (hertz / RATE as f32).clamp(1e-5, 0.45)).tan();
        let k = 1.0 / q;
        let a = 1.0 / (1.0 + g * (g + k));
        let rest = input - self.second;
        let band = a * self.first + g * a * rest;
        let low = self.second + g * band;
        self.first = 2.0 * band - self.first;
        self.second = 2.0 * low - self.second;
        Bands { low, band: band * k, high: input - k * band - low }
    }
}

/// Pink noise from white: -3 dB an octave (a bank of one-pole filters an octave and a half apart).
#[derive(Debug, Clone, Default)]
pub(super) struct Pink([f32; 7]);

impl Pink {
    pub(super) fn next(&mut self, white: f32) -> f32 {
        let mut sum = 0.0;
        for (index, state) in self.0.iter_mut().enumerate() {
            let hertz = 14.0 * 3.0_f32.powi(index as i32);
            let part = 1.0 - (-TAU * hertz / RATE as f32).exp();
            *state += part * (white - *state);
            sum += *state * 3.0_f32.powf(-0.5 * index as f32);
        }
        sum * 6.0
    }
}

/// -6 dB an octave above a corner.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Slope(f32);

impl Slope {
    pub(super) fn next(&mut self, input: f32, hertz: f32) -> f32 {
        self.0 += (1.0 - (-TAU * hertz / RATE as f32).exp()) * (input - self.0);
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The level of a sine of `hertz` after `through`, in dB.
    fn level(hertz: f32, mut through: impl FnMut(f32) -> f32) -> f32 {
        let mut power = 0.0;
        for sample in 0..RATE {
            let out = through((TAU * hertz * sample as f32 / RATE as f32).sin());
            power += if sample >= RATE / 2 { out * out } else { 0.0 };
        }
        10.0 * (power / (RATE / 2) as f32 * 2.0).log10()
    }

    #[test]
    fn filters_pass_and_stop_what_they_say() {
        let near = |a: f32, b: f32, tolerance: f32| assert!((a - b).abs() < tolerance, "{a} {b}");
        let mut filter = Filter::default();
        near(level(1000.0, |x| filter.next(x, 1000.0, 8.0).band), 0.0, 0.1);
        let mut filter = Filter::default();
        near(level(4000.0, |x| filter.next(x, 500.0, 0.707).low), -36.5, 0.5);
        let mut filter = Filter::default();
        near(level(100.0, |x| filter.next(x, 1600.0, 0.707).high), -48.2, 0.5);
        let mut slope = Slope::default();
        near(level(1600.0, |x| slope.next(x, 100.0)), -24.1, 0.4);
    }

    #[test]
    fn pink_noise_falls_by_three_decibels_an_octave() {
        let mut levels = Vec::new();
        for hertz in [60.0, 240.0, 960.0, 3840.0] {
            let mut pink = Pink::default();
            levels.push(level(hertz, |x| pink.next(x)));
        }
        for pair in levels.windows(2) {
            assert!((pair[0] - pair[1] - 6.0).abs() < 1.0, "{levels:?}");
        }
    }
}
