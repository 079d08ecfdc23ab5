//! From the film's rate to a device's, in real time: no allocation once it is made.

use rubato::audioadapter_buffers::direct::SequentialSliceOfVecs;
use rubato::{Fft, FixedSync, Resampler as _, WindowFunction};

/// Samples of the film in a block, about: long enough for a filter that keeps 18 kHz, short enough to
/// answer within some milliseconds.
const BLOCK: usize = 512;

/// A running conversion of so many channels.
pub(super) struct Bridge {
    transform: Fft<f64>,
    input: Vec<Vec<f64>>,
    output: Vec<Vec<f64>>,
}

impl std::fmt::Debug for Bridge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "bridge of {} to {} samples", self.input_length(), self.output_length())
    }
}

impl Bridge {
    /// From `from` to `to` samples a second; `None` where they are one, or cannot be.
    pub(super) fn new(from: u32, to: u32, channels: usize) -> Option<Self> {
        if from == to || from == 0 || to == 0 {
            return None;
        }
        let window = WindowFunction::BlackmanHarris2;
        let (from, to) = (from as usize, to as usize);
        let transform =
            Fft::<f64>::new_custom(from, to, BLOCK, 1, channels, window, FixedSync::Both).ok()?;
        let input = vec![vec![0.0; transform.fft_size_in()]; channels];
        let output = vec![vec![0.0; transform.fft_size_out()]; channels];
        Some(Self { transform, input, output })
    }

    /// Samples that it takes at a time.
    pub(super) fn input_length(&self) -> usize {
        self.transform.fft_size_in()
    }

    /// Samples that it gives at a time.
    pub(super) fn output_length(&self) -> usize {
        self.transform.fft_size_out()
    }

    /// How much later what is given sounds, in samples of the film.
    pub(super) fn delay(&self) -> f64 {
        self.input_length() as f64 / 2.0
    }

    /// Converts a block; `block` holds what is taken, `ready` gets what is given.
    pub(super) fn convert(&mut self, block: &[Vec<f32>], ready: &mut [Vec<f32>]) {
        for (input, block) in self.input.iter_mut().zip(block) {
            for (input, sample) in input.iter_mut().zip(block) {
                *input = if sample.is_finite() { f64::from(*sample) } else { 0.0 };
            }
        }
        let (channels, from, to) = (self.input.len(), self.input_length(), self.output_length());
        let input = SequentialSliceOfVecs::new(&self.input, channels, from);
        let output = SequentialSliceOfVecs::new_mut(&mut self.output, channels, to);
        if let (Ok(input), Ok(mut output)) = (input, output) {
            let done = self.transform.process_into_buffer(&input, &mut output, None);
            debug_assert!(done.is_ok(), "the buffers have the sizes that the transform states");
        }
        for (ready, output) in ready.iter_mut().zip(&self.output) {
            for (ready, sample) in ready.iter_mut().zip(output) {
                *ready = *sample as f32;
            }
        }
    }
}
