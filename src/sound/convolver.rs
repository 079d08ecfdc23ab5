//! Convolution with a long impulse response, in every step the same work, and late by nothing.
//!
//! The head is convolved in partitions of one step, the rest in partitions of [`LONG`] samples. They have
//! as long a time to be computed: the first step of it transforms what was heard, the last transforms
//! back, and the products are spread over those between. The channels take turns in that (W. G. Gardner, Efficient Convolution
//! without Input-Output Delay, JAES 43(3), 1995; F. Wefers, Partitioned Convolution Algorithms for
//! Real-Time Auralization, 2015, chapter 5). Partitions lie on the grid of the film's samples: what is
//! heard depends on nothing but the response's own length before it.

use super::quantum::{QUANTUM, Run};
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex, num_complex::Complex32};
use signal::wide;
use std::sync::Arc;

/// Steps in a long partition.
const STEPS: usize = 16;
/// Samples in a long partition.
const LONG: usize = STEPS * QUANTUM;
/// Samples that the head takes care of.
const HEAD: usize = 2 * LONG;

/// One channel's convolution.
#[derive(Debug)]
pub(super) struct Convolver {
    head: Stage,
    rest: Stage,
    /// The long partition that is being gathered, and the one that is being played.
    gathered: Vec<f32>,
    playing: Vec<f32>,
    length: usize,
    /// The step in which its long partitions begin.
    turn: i64,
}

impl Convolver {
    /// With `response`, for channel `index` of `channels`.
    pub(super) fn new(response: &[f32], (index, channels): (usize, usize)) -> Self {
        let (head, rest) = response.split_at(response.len().min(HEAD));
        Self {
            head: Stage::new(QUANTUM, head),
            rest: Stage::new(LONG, rest),
            gathered: vec![0.0; LONG],
            playing: vec![0.0; LONG],
            length: response.len(),
            turn: (index * STEPS / channels.max(1)) as i64,
        }
    }

    /// Samples after which what was heard is gone.
    pub(super) const fn memory(&self) -> usize {
        self.length + HEAD + LONG
    }

    /// Convolves the step at a sample of the film.
    pub(super) fn pass(&mut self, sample: i64, run: &mut Run) {
        let input = *run;
        self.head.take(&input);
        self.head.multiply(usize::MAX);
        self.head.give(run);
        if self.rest.partitions.is_empty() {
            return;
        }
        let step = sample.div_euclid(QUANTUM as i64) - self.turn;
        let step = step.rem_euclid(STEPS as i64) as usize;
        let range = step * QUANTUM..(step + 1) * QUANTUM;
        if step == 0 {
            self.rest.take(&self.gathered);
        }
        for (sample, tail) in run.iter_mut().zip(&self.playing[range.clone()]) {
            *sample += tail;
        }
        self.gathered[range].copy_from_slice(&input);
        if step == STEPS - 1 {
            self.rest.give(&mut self.playing);
        } else {
            self.rest.multiply((self.rest.partitions.len() * step).div_ceil(STEPS - 2));
        }
    }

    /// Forgets everything.
    pub(super) fn reset(&mut self) {
        self.head.reset();
        self.rest.reset();
        self.gathered.fill(0.0);
        self.playing.fill(0.0);
    }
}

/// Partitions of one length: spectra of a response, and of what was heard.
struct Stage {
    length: usize,
    partitions: Vec<Spectrum>,
    heard: Vec<Spectrum>,
    /// Where the newest spectrum of what was heard lies.
    newest: usize,
    /// Partitions that are in the sum already.
    done: usize,
    sum: Spectrum,
    /// The block before, and the newest.
    blocks: Vec<f32>,
    forward: Arc<dyn RealToComplex<f32>>,
    back: Arc<dyn ComplexToReal<f32>>,
    time: Vec<f32>,
    frequency: Vec<Complex32>,
    scratch: Vec<Complex32>,
}

impl std::fmt::Debug for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stage").field("length", &self.length).finish_non_exhaustive()
    }
}

/// Real and imaginary parts, each in a row.
#[derive(Debug, Clone)]
struct Spectrum {
    real: Vec<f32>,
    imaginary: Vec<f32>,
}

impl Spectrum {
    fn zero(length: usize) -> Self {
        Self { real: vec![0.0; length], imaginary: vec![0.0; length] }
    }

    fn clear(&mut self) {
        self.real.fill(0.0);
        self.imaginary.fill(0.0);
    }

    fn set(&mut self, values: &[Complex32]) {
        let parts = self.real.iter_mut().zip(&mut self.imaginary);
        for ((real, imaginary), value) in parts.zip(values) {
            (*real, *imaginary) = (value.re, value.im);
        }
    }

    /// Adds the product of two.
    fn add_product(&mut self, one: &Self, other: &Self) {
        wide(
            #[inline(always)]
            || {
                let sums = self.real.iter_mut().zip(&mut self.imaginary);
                let ones = one.real.iter().zip(&one.imaginary);
                let others = other.real.iter().zip(&other.imaginary);
                for (((real, imaginary), (a, b)), (c, d)) in sums.zip(ones).zip(others) {
                    *real += a * c - b * d;
                    *imaginary += a * d + b * c;
                }
            },
        );
    }
}

impl Stage {
    fn new(length: usize, response: &[f32]) -> Self {
        let mut planner = RealFftPlanner::<f32>::new();
        let forward = planner.plan_fft_forward(2 * length);
        let back = planner.plan_fft_inverse(2 * length);
        let count = response.len().div_ceil(length);
        let scratch = forward.get_scratch_len().max(back.get_scratch_len());
        let bins = length + 1;
        let mut stage = Self {
            length,
            partitions: Vec::with_capacity(count),
            heard: vec![Spectrum::zero(bins); count],
            newest: 0,
            done: 0,
            sum: Spectrum::zero(bins),
            blocks: vec![0.0; 2 * length],
            time: vec![0.0; 2 * length],
            frequency: vec![Complex32::default(); bins],
            scratch: vec![Complex32::default(); scratch],
            forward,
            back,
        };
        for part in response.chunks(length) {
            stage.time.fill(0.0);
            let scale = 1.0 / (2 * length) as f32;
            stage.time.iter_mut().zip(part).for_each(|(to, from)| *to = from * scale);
            stage.transform();
            let mut partition = Spectrum::zero(bins);
            partition.set(&stage.frequency);
            stage.partitions.push(partition);
        }
        stage
    }

    fn transform(&mut self) {
        let Self { forward, time, frequency, scratch, .. } = self;
        let scratch = &mut scratch[..forward.get_scratch_len()];
        let done = forward.process_with_scratch(time, frequency, scratch);
        debug_assert!(done.is_ok(), "the buffers have the sizes that the transform states");
    }

    /// Takes the next block and begins a new sum.
    fn take(&mut self, block: &[f32]) {
        if self.partitions.is_empty() {
            return;
        }
        self.blocks.copy_within(self.length.., 0);
        self.blocks[self.length..].copy_from_slice(block);
        self.time.copy_from_slice(&self.blocks);
        self.transform();
        self.newest = (self.newest + self.heard.len() - 1) % self.heard.len();
        self.heard[self.newest].set(&self.frequency);
        self.sum.clear();
        self.done = 0;
    }

    /// Adds partitions to the sum, until so many are in it.
    fn multiply(&mut self, count: usize) {
        let end = count.min(self.partitions.len());
        for index in self.done..end {
            let heard = (self.newest + index) % self.heard.len();
            self.sum.add_product(&self.partitions[index], &self.heard[heard]);
        }
        self.done = end;
    }

    /// Gives the block that the sum is.
    fn give(&mut self, out: &mut [f32]) {
        if self.partitions.is_empty() {
            return out.fill(0.0);
        }
        let parts = self.sum.real.iter().zip(&self.sum.imaginary);
        for (value, (real, imaginary)) in self.frequency.iter_mut().zip(parts) {
            *value = Complex32::new(*real, *imaginary);
        }
        self.frequency[0].im = 0.0;
        self.frequency[self.length].im = 0.0;
        let Self { back, time, frequency, scratch, .. } = self;
        let scratch = &mut scratch[..back.get_scratch_len()];
        let done = back.process_with_scratch(frequency, time, scratch);
        debug_assert!(done.is_ok(), "the buffers have the sizes that the transform states");
        out.copy_from_slice(&self.time[self.length..]);
    }

    fn reset(&mut self) {
        self.heard.iter_mut().for_each(Spectrum::clear);
        self.sum.clear();
        self.blocks.fill(0.0);
        (self.newest, self.done) = (0, 0);
    }
}
