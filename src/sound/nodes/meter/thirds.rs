//! Levels of thirds of an octave (IEC 61260-1: base 10, `1000 * 10^(n / 10)` Hz, edges half a step away).

/// Bands from 25 Hz to 20 kHz.
pub const THIRDS: usize = 30;

/// The noise bandwidth of a Hann window, in bins: a sine fills so many bins' worth of power.
const SPREAD: f64 = 1.5;

/// The middle of a band, in Hz.
pub fn middle(band: usize) -> f64 {
    1000.0 * 10.0_f64.powf((band as f64 - 16.0) / 10.0)
}

/// The level of each band in dB of a full-scale sine: of spectra under a Hann window, in dB a bin, the
/// mean of their powers. Bins that lie in two bands are shared by their widths.
pub(super) fn thirds(spectra: &[Vec<f32>], sample_rate: u32) -> [f32; THIRDS] {
    let count = spectra.first().map_or(0, Vec::len);
    let width = f64::from(sample_rate) / (2.0 * count.saturating_sub(1).max(1) as f64);
    let power = |bin: usize| -> f64 {
        let powers = spectra.iter().map(|bins| 10.0_f64.powf(f64::from(bins[bin]) / 10.0));
        powers.sum::<f64>() / spectra.len() as f64
    };
    std::array::from_fn(|band| {
        let half = 10.0_f64.powf(0.05);
        let (low, high) = (middle(band) / half / width, middle(band) * half / width);
        let last = (high + 0.5).floor().min(count as f64 - 1.0);
        let bins = ((low + 0.5).floor().max(0.0) as usize)..=(last.max(0.0) as usize);
        let share = |bin: usize| {
            let (from, to) = (bin as f64 - 0.5, bin as f64 + 0.5);
            (to.min(high) - from.max(low)).max(0.0)
        };
        let sum: f64 = bins.filter(|bin| *bin < count).map(|bin| share(bin) * power(bin)).sum();
        (10.0 * (sum / SPREAD).max(1e-12).log10()) as f32
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_same_in_every_bin_rises_by_a_decibel_a_band() {
        let levels = thirds(&[vec![-60.0; 2049]], 48_000);
        for (band, level) in levels.iter().enumerate() {
            let width = middle(band) * (10.0_f64.powf(0.05) - 10.0_f64.powf(-0.05));
            let wanted = -60.0 + 10.0 * (width / (24_000.0 / 2048.0) / SPREAD).log10();
            assert!((f64::from(*level) - wanted).abs() < 0.01, "{band}: {level} {wanted}");
        }
        assert!((levels[20] - levels[19] - 1.0).abs() < 0.01);
        assert!((middle(16) - 1000.0).abs() < 1e-9 && middle(29) > 19_900.0);
    }

    #[test]
    fn a_band_beyond_what_the_rate_holds_is_silent() {
        let levels = thirds(&[vec![-20.0; 2049]], 8000);
        assert!(levels[20] > -20.0 && levels[29] <= -119.0, "{levels:?}");
    }
}
