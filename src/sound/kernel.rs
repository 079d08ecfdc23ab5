//! The windowed sinc: what lies between samples.

use std::f64::consts::PI;

/// `sin(pi c x) / (pi x)` under a Kaiser window of half-width `half` and shape `beta`, for a cutoff of
/// `c` times the Nyquist frequency; 0 outside the window (Kaiser and Schafer, On the Use of the
/// I0-sinh Window for Spectrum Analysis, IEEE ASSP-28, 1980).
pub fn kaiser_sinc(x: f64, half: f64, cutoff: f64, beta: f64) -> f64 {
    let inside = 1.0 - (x / half) * (x / half);
    if inside <= 0.0 {
        return 0.0;
    }
    let window = bessel_i0(beta * inside.sqrt()) / bessel_i0(beta);
    let sinc = if x == 0.0 { cutoff } else { (PI * cutoff * x).sin() / (PI * x) };
    sinc * window
}

/// The modified Bessel function of the first kind, order 0 (Abramowitz and Stegun, 9.6.12).
fn bessel_i0(x: f64) -> f64 {
    let quarter = x * x / 4.0;
    let (mut sum, mut term, mut k) = (1.0, 1.0, 1.0);
    while term > sum * 1e-17 {
        term *= quarter / (k * k);
        sum += term;
        k += 1.0;
    }
    sum
}
