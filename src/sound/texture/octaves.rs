//! Spectra that are stated in octaves, as standards of noise state them.

use super::cloud::Spectrum;

/// Which octaves each bin lies between, and how far.
#[derive(Debug)]
pub(crate) struct Octaves {
    places: Vec<(u8, f32)>,
    /// The width of each octave's band, in Hz.
    widths: [f64; 8],
}

impl Octaves {
    /// From 63 Hz to 8 kHz, for frames of so many samples.
    pub(crate) fn new(size: usize, sample_rate: f64) -> Self {
        let place = |bin: usize| {
            let frequency = (bin as f64 * sample_rate / size as f64).max(1.0);
            let octave = (frequency / 62.5).log2().clamp(0.0, 7.0);
            (octave.min(6.0) as u8, (octave - octave.floor().min(6.0)) as f32)
        };
        let widths =
            std::array::from_fn(|octave| 62.5 * f64::from(1_u32 << octave) * 0.5_f64.sqrt());
        Self { places: (0..=size / 2).map(place).collect(), widths }
    }

    /// Paints the mean squares of each octave, of the left and the right channel: straight lines between
    /// their middles; below the lowest its density falls 12 dB an octave, above the highest it goes on.
    pub(crate) fn paint(&self, spectrum: &mut Spectrum, sides: [[f64; 8]; 2]) {
        let step = spectrum.step;
        for (powers, side) in spectrum.power.iter_mut().zip(sides) {
            let density: [f32; 8] =
                std::array::from_fn(|octave| (side[octave] / self.widths[octave] * step) as f32);
            for (bin, (power, (octave, part))) in powers.iter_mut().zip(&self.places).enumerate() {
                let low = density[usize::from(*octave)];
                let high = density[usize::from(*octave) + 1];
                let below = (bin as f64 * step / 40.0).min(1.0).powi(4) as f32;
                *power = (low + (high - low) * part) * below;
            }
        }
    }
}
