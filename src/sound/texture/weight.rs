//! How loud a spectrum is.

use super::cloud::Spectrum;
use std::f64::consts::TAU;

/// The power gain of K-weighting at a frequency (ITU-R BS.1770-5, annex 1, tables 1 and 2: the two
/// filters as they are at 48 kHz).
pub(super) fn k_weight(frequency: f64) -> f64 {
    const SHELF: ([f64; 3], [f64; 2]) = (
        [1.535_124_859_586_97, -2.691_696_189_406_38, 1.198_392_810_852_85],
        [-1.690_659_293_182_41, 0.732_480_774_215_85],
    );
    const PASS: ([f64; 3], [f64; 2]) =
        ([1.0, -2.0, 1.0], [-1.990_047_454_833_98, 0.990_072_250_366_21]);
    let angle = TAU * frequency.min(23_900.0) / 48_000.0;
    let square = |at: [f64; 3]| {
        let re = at[0] + at[1] * angle.cos() + at[2] * (2.0 * angle).cos();
        let im = at[1] * angle.sin() + at[2] * (2.0 * angle).sin();
        re * re + im * im
    };
    let gain = |(top, [one, two]): ([f64; 3], [f64; 2])| square(top) / square([1.0, one, two]);
    gain(SHELF) * gain(PASS)
}

impl Spectrum {
    /// The mean square of both channels together, K-weighted.
    fn weighted(&self) -> f64 {
        let both = self.power[0].iter().zip(&self.power[1]).zip(&*self.weights);
        both.map(|((left, right), weight)| f64::from((left + right) * weight)).sum()
    }

    /// The factor in power that makes it as loud as 0 LUFS, so that a gain in dB is a loudness in LUFS
    /// (BS.1770: loudness is `-0.691 + 10 lg` of the weighted mean squares of the channels); 1 for
    /// silence.
    pub(crate) fn leveling(&self) -> f64 {
        let weighted = self.weighted();
        if weighted > 0.0 { 10.0_f64.powf(0.0691) / weighted } else { 1.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_curve_of_the_standard() {
        let table =
            [(25.0, -10.39), (100.0, -1.13), (1000.0, 0.70), (2000.0, 3.07), (10_000.0, 4.04)];
        for (frequency, decibels) in table {
            let ours = 10.0 * k_weight(frequency).log10();
            assert!((ours - decibels).abs() < 0.01, "{frequency}: {ours}");
        }
    }
}
