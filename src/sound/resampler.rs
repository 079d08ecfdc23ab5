//! From one sample rate to another, the same samples whichever way one came to them.
//!
//! The transform works on blocks that lie on a grid fixed to the sound itself, and a block depends on
//! itself and the one before it alone: after a seek the block before is computed first. The filter is
//! symmetric and its delay, half a block, is a whole number of samples on both sides: taken out, an
//! impulse stays where it was.

use super::sources::SoundFile;
use rubato::audioadapter_buffers::direct::SequentialSliceOfVecs;
use rubato::{Fft, FixedSync, Resampler as _, WindowFunction};
use signal::Samples;

/// Input samples in a block, about: the longer, the nearer the passband comes to the top.
const BLOCK: usize = 2048;

/// A running conversion of one sound.
pub(super) struct Resampler {
    transform: Fft<f64>,
    input: Vec<Vec<f64>>,
    output: Vec<Vec<f64>>,
    scratch: Samples,
    /// The block that lies in `output`.
    ready: Option<i64>,
}

impl std::fmt::Debug for Resampler {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Resampler").field("ready", &self.ready).finish_non_exhaustive()
    }
}

impl Resampler {
    /// From `from` to `to` samples a second; `None` where a rate is 0.
    pub(super) fn new(from: u32, to: u32, channels: usize) -> Option<Self> {
        let unit = from / greatest_common_divisor(from, to).max(1);
        let pairs = BLOCK.div_ceil(unit.max(1) as usize).next_multiple_of(2);
        let chunk = pairs * unit as usize;
        let window = WindowFunction::BlackmanHarris2;
        let (from, to) = (from as usize, to as usize);
        let transform =
            Fft::new_custom(from, to, chunk, 1, channels, window, FixedSync::Both).ok()?;
        let (block_in, block_out) = (transform.fft_size_in(), transform.fft_size_out());
        Some(Self {
            input: vec![vec![0.0; block_in]; channels],
            output: vec![vec![0.0; block_out]; channels],
            scratch: Samples::silence(channels, block_in),
            transform,
            ready: None,
        })
    }

    /// Fills `out` with converted samples from `at` on, where sample 0 is that of `origin` in `file`.
    pub(super) fn read(
        &mut self,
        file: &mut dyn SoundFile,
        origin: i64,
        at: i64,
        out: &mut Samples,
    ) {
        let block = self.transform.fft_size_out() as i64;
        let (mut done, length) = (0, out.length());
        while done < length {
            let late = at + done as i64 + block / 2;
            self.prepare(file, origin, late.div_euclid(block));
            let from = late.rem_euclid(block) as usize;
            let count = (block as usize - from).min(length - done);
            for (to, ready) in out.channels_mut().iter_mut().zip(&self.output) {
                for (to, sample) in to[done..].iter_mut().zip(&ready[from..from + count]) {
                    *to = *sample as f32;
                }
            }
            done += count;
        }
    }

    fn prepare(&mut self, file: &mut dyn SoundFile, origin: i64, block: i64) {
        if self.ready == Some(block) {
            return;
        }
        if self.ready != Some(block - 1) {
            self.transform.reset();
            self.convert(file, origin, block - 1);
        }
        self.convert(file, origin, block);
        self.ready = Some(block);
    }

    fn convert(&mut self, file: &mut dyn SoundFile, origin: i64, block: i64) {
        let (block_in, block_out) = (self.transform.fft_size_in(), self.transform.fft_size_out());
        file.read(origin + block * block_in as i64, &mut self.scratch);
        for (input, read) in self.input.iter_mut().zip(self.scratch.channels()) {
            for (input, sample) in input.iter_mut().zip(read) {
                *input = if sample.is_finite() { f64::from(*sample) } else { 0.0 };
            }
        }
        let channels = self.input.len();
        let input = SequentialSliceOfVecs::new(&self.input, channels, block_in);
        let output = SequentialSliceOfVecs::new_mut(&mut self.output, channels, block_out);
        if let (Ok(input), Ok(mut output)) = (input, output) {
            let done = self.transform.process_into_buffer(&input, &mut output, None);
            debug_assert!(done.is_ok(), "the buffers have the sizes that the transform states");
        }
    }
}

fn greatest_common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}
