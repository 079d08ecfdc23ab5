//! A spectrum that is painted anew only when what decides it has moved.

use super::cloud::Spectrum;

/// A painted spectrum and the values that it was painted for.
#[derive(Debug)]
pub(crate) struct Canvas<const N: usize> {
    of: Option<[f64; N]>,
    spectrum: Spectrum,
}

impl<const N: usize> Canvas<N> {
    /// Empty, for frames of so many samples.
    pub(crate) fn new(size: usize, sample_rate: f64) -> Self {
        Self { of: None, spectrum: Spectrum::silence(size, sample_rate) }
    }

    /// Puts the spectrum for `values` into `out`; `paint` is asked where they have moved, and finds what
    /// it painted last.
    pub(crate) fn show(
        &mut self,
        values: [f64; N],
        out: &mut Spectrum,
        paint: impl FnOnce(&mut Spectrum),
    ) {
        self.hold(values, paint);
        out.clone_from(&self.spectrum);
    }

    /// Adds the spectrum for `values` to `out`, at so many times its power.
    pub(crate) fn add(
        &mut self,
        values: [f64; N],
        factor: f64,
        out: &mut Spectrum,
        paint: impl FnOnce(&mut Spectrum),
    ) {
        self.hold(values, paint);
        let ours = self.spectrum.power.iter().flatten();
        for (to, from) in out.power.iter_mut().flatten().zip(ours) {
            *to += from * factor as f32;
        }
    }

    fn hold(&mut self, values: [f64; N], paint: impl FnOnce(&mut Spectrum)) {
        if self.of != Some(values) {
            paint(&mut self.spectrum);
            self.of = Some(values);
        }
    }
}
