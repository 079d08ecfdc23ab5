//! The de-esser's curve and its times, against the closed form of its filters and of its gain.

use super::rig::{decibels, mono, numbers, stereo};
use crate::sound::film::sine;
use std::f64::consts::{PI, SQRT_2};

const RATE: f64 = 48_000.0;

/// What is left of a tone of `frequency` where the part above `corner` is brought to `gain`, and the part
/// around it to the root of that: the three parts of a state-variable filter (Zavalishin, The Art of VA Filter
/// Design, 4.1), as complex numbers.
fn left(frequency: f64, corner: f64, gain: f64) -> f64 {
    let [high, band] = parts(frequency, corner);
    let factors = [gain - 1.0, gain.sqrt() - 1.0];
    let real = 1.0 + high.0 * factors[0] + band.0 * factors[1];
    let imaginary = high.1 * factors[0] + band.1 * factors[1];
    real.hypot(imaginary)
}

/// The parts above and around the corner: `s^2 / d` and `k s / d`, where `d` is `s^2 + k s + 1`, `k` the root of
/// 2, and `s` lies on the imaginary axis.
fn parts(frequency: f64, corner: f64) -> [(f64, f64); 2] {
    let s = (PI * frequency / RATE).tan() / (PI * corner / RATE).tan();
    let (real, imaginary) = (1.0 - s * s, SQRT_2 * s);
    let size = real * real + imaginary * imaginary;
    let over = |top: (f64, f64)| {
        ((top.0 * real + top.1 * imaginary) / size, (top.1 * real - top.0 * imaginary) / size)
    };
    [over((-s * s, 0.0)), over((0.0, SQRT_2 * s))]
}

/// The gain in dB that the part above the corner is brought to.
fn wanted(level: f64, threshold: f64, ratio: f64, range: f64) -> f64 {
    -((level - threshold).max(0.0) * (1.0 - 1.0 / ratio)).min(range)
}

/// How loud a tone of these samples is, by its power.
fn level(samples: &[f32]) -> f64 {
    decibels(super::rig::power(samples))
}

#[test]
fn a_de_esser_has_the_curve_of_its_parts() {
    for (corner, ratio, range) in [(5500.0, 4.0, 12.0), (4000.0, 2.0, 24.0), (7000.0, 100.0, 8.0)] {
        let values = numbers(&[
            ("frequency", corner),
            ("threshold", -30.0),
            ("ratio", ratio),
            ("range", range),
        ]);
        for frequency in [1511.0, 3089.0, 4999.0, 7013.0, 9067.0, 11_003.0] {
            for peak in [-50.0, -36.0, -27.0, -20.0, -12.0, -3.0_f64] {
                let input = sine(48_000, 48_000, frequency, 10.0_f64.powf(peak / 20.0));
                let out = mono(&mut *stereo("de_esser", &values), &input);
                let heard = level(&out[24_000..]) - level(&input[24_000..out.len()]);
                let high = parts(frequency, corner)[0];
                let above = peak + 20.0 * high.0.hypot(high.1).log10();
                let gain = 10.0_f64.powf(wanted(above, -30.0, ratio, range) / 20.0);
                let should = 20.0 * left(frequency, corner, gain).log10();
                let fault =
                    format!("{corner} Hz, {frequency} Hz at {peak} dB: {heard} for {should}");
                assert!((heard - should).abs() < 0.1, "{fault}");
            }
        }
    }
}

/// The gain in dB of the part above the corner, at the end of each cycle of a tone of 12 kHz, whose level steps
/// from one to another after a second: of the four samples of a cycle, whatever their phase.
fn gains(values: &[(&str, f64)], before: f64, after: f64) -> Vec<f64> {
    let level = |sample: usize| if sample < 48_000 { before } else { after };
    let tone = sine(48_000, 96_000, 12_000.0, 1.0).into_iter().enumerate();
    let input: Vec<f32> =
        tone.map(|(at, sample)| sample * 10.0_f64.powf(level(at) / 20.0) as f32).collect();
    let out = mono(&mut *stereo("de_esser", &numbers(values)), &input);
    let heard =
        |(out, input): (&[f32], &[f32])| (super::rig::power(out) / super::rig::power(input)).sqrt();
    let cycles = out.chunks_exact(4).zip(input.chunks_exact(4));
    cycles.map(heard).map(gain_behind).collect()
}

/// The gain in dB that leaves so much of the tone: by halving.
fn gain_behind(heard: f64) -> f64 {
    let (mut low, mut high) = (-60.0, 0.0);
    for _ in 0..50 {
        let middle = f64::midpoint(low, high);
        let is_less = left(12_000.0, 5500.0, 10.0_f64.powf(middle / 20.0)) < heard;
        (low, high) = if is_less { (middle, high) } else { (low, middle) };
    }
    low
}

/// Where a gain has gone `1 - 1/e` of its way, in milliseconds after the step: once the filters have forgotten
/// what was before, in half a millisecond.
fn time(gains: &[f64]) -> f64 {
    let (first, last) = (gains[11_999], *gains.last().unwrap());
    let way = (last - first).abs() * (1.0 - (-1.0_f64).exp());
    let is_there = |gain: &f64| (gain - first).abs() >= way;
    gains[12_006..].iter().position(is_there).unwrap() as f64 / 12.0 + 0.5
}

#[test]
fn attack_and_release_of_a_de_esser_take_their_time() {
    const HOLD: f64 = 0.5;
    for (attack, release) in [(10.0, 40.0), (25.0, 100.0), (5.0, 250.0)] {
        let values = [("attack", attack), ("release", release), ("range", 24.0)];
        let down = time(&gains(&values, -50.0, -10.0));
        assert!((down / attack - 1.0).abs() < 0.05, "attack {attack} ms: {down}");
        let up = time(&gains(&values, -10.0, -50.0)) - HOLD;
        assert!((up / release - 1.0).abs() < 0.05, "release {release} ms: {up}");
    }
}
