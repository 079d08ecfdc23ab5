//! Digital filters whose magnitude follows the analogue ones up to the top of the band.
//!
//! The bilinear transform squeezes everything above a quarter of the sample rate: a bell of Q 1 at
//! 10 kHz and 48 kHz is then up to 1.7 dB away from its model, one at 16 kHz up to 8 dB. Here poles come
//! from the impulse response and zeros from the magnitude at three frequencies (M. Vicanek, Matched
//! Second Order Digital Filters, 2016). Cuts are the exact inverse of boosts.

use std::f64::consts::{PI, TAU};

/// The highest angle, as a part of half the sample rate, that a pole of an analogue model is put at.
const HIGHEST: f64 = 0.9;

/// `H(z) = (b0 + b1/z + b2/z^2) / (1 + a1/z + a2/z^2)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Biquad {
    /// `b0`, `b1`, `b2`.
    pub zeros: [f64; 3],
    /// `a1`, `a2`.
    pub poles: [f64; 2],
}

/// Where a filter acts and how sharply.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Corner {
    /// Radians a sample, 0 to pi.
    angle: f64,
    /// The quality: how narrow.
    q: f64,
}

impl Corner {
    /// At `frequency` Hz where there are `sample_rate` samples a second: held to between 1 Hz and 0.98
    /// of half the sample rate.
    pub fn new(frequency: f64, q: f64, sample_rate: u32) -> Self {
        let rate = f64::from(sample_rate);
        let angle = (TAU * frequency / rate).clamp(TAU / rate.max(8.0), 0.98 * PI);
        Self { angle, q: q.max(0.05) }
    }
}

/// An analogue model: `(n2 s^2 + n1 s + n0) / (d2 s^2 + d1 s + d0)`, `s` in units of the corner.
#[derive(Debug, Clone, Copy)]
struct Model {
    top: [f64; 3],
    bottom: [f64; 3],
}

impl Model {
    /// The squared magnitude at `ratio` times the corner.
    fn power(&self, ratio: f64) -> f64 {
        let of = |[square, line, rest]: [f64; 3]| {
            let real = rest - square * ratio * ratio;
            real * real + line * line * ratio * ratio
        };
        of(self.top) / of(self.bottom)
    }
}

impl Biquad {
    /// What leaves everything as it is.
    pub const FLAT: Self = Self { zeros: [1.0, 0.0, 0.0], poles: [0.0, 0.0] };

    /// `gain` dB at the corner, nothing far from it: `(s^2 + s A/Q + 1) / (s^2 + s/(A Q) + 1)`, where
    /// `A^2` is the gain (R. Bristow-Johnson, Cookbook formulae for audio EQ biquad coefficients).
    pub fn bell(corner: Corner, gain: f64) -> Self {
        let a = 10.0_f64.powf(gain.abs() / 40.0);
        let model =
            Model { top: [1.0, a / corner.q, 1.0], bottom: [1.0, 1.0 / (a * corner.q), 1.0] };
        let boost = matched(&model, corner.angle);
        if gain < 0.0 { boost.inverse() } else { boost }
    }

    /// `gain` dB below the corner, half of it there (Bristow-Johnson's low shelf).
    pub fn low_shelf(corner: Corner, gain: f64) -> Self {
        let a = 10.0_f64.powf(gain.abs() / 40.0);
        let line = a.sqrt() / corner.q;
        let model = Model { top: [a, a * line, a * a], bottom: [a, line, 1.0] };
        let boost = matched(&model, corner.angle);
        if gain < 0.0 { boost.inverse() } else { boost }
    }

    /// `gain` dB above the corner, half of it there: what a low shelf leaves of that gain.
    pub fn high_shelf(corner: Corner, gain: f64) -> Self {
        let low = Self::low_shelf(corner, -gain);
        let factor = 10.0_f64.powf(gain / 20.0);
        Self { zeros: low.zeros.map(|zero| zero * factor), poles: low.poles }
    }

    /// Nothing at the corner, everything far from it. By the bilinear transform, whose zero lies on the
    /// circle and which leaves both ends of the band as they are.
    pub fn notch(corner: Corner) -> Self {
        let (sine, cosine) = corner.angle.sin_cos();
        let alpha = sine / (2.0 * corner.q);
        let norm = 1.0 / (1.0 + alpha);
        Self {
            zeros: [norm, -2.0 * cosine * norm, norm],
            poles: [-2.0 * cosine * norm, (1.0 - alpha) * norm],
        }
    }

    /// What lies below the corner, 12 dB an octave: `1 / (s^2 + s/Q + 1)`.
    pub fn low_pass(corner: Corner) -> Self {
        let model = Model { top: [0.0, 0.0, 1.0], bottom: [1.0, 1.0 / corner.q, 1.0] };
        matched(&model, corner.angle)
    }

    /// What lies above the corner, 12 dB an octave: `s^2 / (s^2 + s/Q + 1)`.
    pub fn high_pass(corner: Corner) -> Self {
        let poles = poles(1.0 / (2.0 * corner.q), corner.angle);
        let [low, high, _] = powers(1.0, poles);
        let at = split(corner.angle);
        let bottom = low * at[0] + high * at[1] - 4.0 * poles[1] * at[2];
        let zero = corner.q * bottom.sqrt() / (4.0 * at[1]);
        Self { zeros: [zero, -2.0 * zero, zero], poles }
    }

    /// What lies below, around and above the corner: three parts that add up to the whole. By the
    /// bilinear transform, so that they do so exactly.
    pub fn parts(corner: Corner) -> [Self; 3] {
        let g = (corner.angle / 2.0).tan();
        let k = 1.0 / corner.q;
        let norm = 1.0 / (1.0 + g * (g + k));
        let poles = [2.0 * (g * g - 1.0) * norm, (1.0 - g * k + g * g) * norm];
        let (low, band) = (g * g * norm, g * k * norm);
        [[low, 2.0 * low, low], [band, 0.0, -band], [norm, -2.0 * norm, norm]]
            .map(|zeros| Self { zeros, poles })
    }

    /// What lies below the corner, 6 dB an octave: `1 / (s + 1)` (M. Vicanek, Matched One-Pole Digital
    /// Shelving Filters, 2019).
    pub fn low_pass_once(corner: Corner) -> Self {
        let pole = -(-corner.angle).exp();
        let ratio = PI / corner.angle;
        let top = (1.0 - pole) / (1.0 + ratio * ratio).sqrt();
        let zeros = [f64::midpoint(1.0 + pole, top), f64::midpoint(1.0 + pole, -top), 0.0];
        Self { zeros, poles: [pole, 0.0] }
    }

    /// What lies above the corner, 6 dB an octave: `s / (s + 1)`.
    pub fn high_pass_once(corner: Corner) -> Self {
        let pole = -(-corner.angle).exp();
        let ratio = PI / corner.angle;
        let zero = (1.0 - pole) / 2.0 * ratio / (1.0 + ratio * ratio).sqrt();
        Self { zeros: [zero, -zero, 0.0], poles: [pole, 0.0] }
    }

    /// The filter that undoes this one.
    fn inverse(self) -> Self {
        let [b0, b1, b2] = self.zeros;
        let [a1, a2] = self.poles;
        Self { zeros: [1.0 / b0, a1 / b0, a2 / b0], poles: [b1 / b0, b2 / b0] }
    }

    /// The part of what rang that is left a sample later: the radius of the outer pole.
    pub fn decay(&self) -> f64 {
        let [once, twice] = self.poles;
        let apart = once * once - 4.0 * twice;
        if apart < 0.0 { twice.sqrt() } else { f64::midpoint(once.abs(), apart.sqrt()) }
    }

    /// The magnitude at `angle` radians a sample, as a factor.
    pub fn magnitude(&self, angle: f64) -> f64 {
        let [b0, b1, b2] = self.zeros;
        let [a1, a2] = self.poles;
        let of = |rest: f64, once: f64, twice: f64| {
            let real = rest + once * angle.cos() + twice * (2.0 * angle).cos();
            let imaginary = once * angle.sin() + twice * (2.0 * angle).sin();
            real * real + imaginary * imaginary
        };
        (of(b0, b1, b2) / of(1.0, a1, a2)).sqrt()
    }
}

/// Poles of an analogue pair with `damping`, 1 / 2Q, at `angle`, by their impulse response.
fn poles(damping: f64, angle: f64) -> [f64; 2] {
    let radius = (-damping * angle).exp();
    let turn = if damping <= 1.0 {
        ((1.0 - damping * damping).sqrt() * angle).cos()
    } else {
        ((damping * damping - 1.0).sqrt() * angle).cosh()
    };
    [-2.0 * radius * turn, radius * radius]
}

/// The squared magnitude of a polynomial in 1/z, by Vicanek's three functions of the frequency.
fn powers(rest: f64, [once, twice]: [f64; 2]) -> [f64; 3] {
    let (low, high) = (rest + once + twice, rest - once + twice);
    [low * low, high * high, -4.0 * rest * twice]
}

/// Those three functions at `angle`.
fn split(angle: f64) -> [f64; 3] {
    let high = (angle / 2.0).sin() * (angle / 2.0).sin();
    [1.0 - high, high, 4.0 * high * (1.0 - high)]
}

/// The filter that has a model's magnitude at 0, at its corner and at half the sample rate.
fn matched(model: &Model, angle: f64) -> Biquad {
    let [square, line, rest] = model.bottom;
    let at = (angle * (rest / square).sqrt()).min(HIGHEST * PI);
    let poles = poles(line / (2.0 * (square * rest).sqrt()), at);
    let bottom = powers(1.0, poles);
    let low = bottom[0] * model.power(0.0);
    let high = bottom[1] * model.power(PI / angle);
    let third = angle.min(HIGHEST * PI);
    let parts = split(third);
    let there: f64 = bottom.iter().zip(parts).map(|(power, part)| power * part).sum();
    let middle = (model.power(third / angle) * there - low * parts[0] - high * parts[1]) / parts[2];
    let mean = f64::midpoint(low.sqrt(), high.sqrt());
    let first = f64::midpoint(mean, (mean * mean + middle).max(0.0).sqrt());
    let zeros = [first, f64::midpoint(low.sqrt(), -high.sqrt()), -middle / (4.0 * first)];
    Biquad { zeros, poles }
}
