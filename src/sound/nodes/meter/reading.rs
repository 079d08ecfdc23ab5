//! What a meter shows: written by the render half, read by anybody, without a lock.

use super::loud::Loudness;
use super::thirds::{THIRDS, thirds};
use crate::quantum::{QUANTUM, Run};
use realfft::{RealFftPlanner, RealToComplex, num_complex::Complex32};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

/// Samples of each channel that are kept for others to look at.
const KEPT: usize = 8192;
/// Channels that are kept.
const CHANNELS: usize = 2;
/// Samples that a spectrum is of.
const WINDOW: usize = 4096;

/// The transform of a window, planned once.
static TRANSFORM: LazyLock<Arc<dyn RealToComplex<f32>>> =
    LazyLock::new(|| RealFftPlanner::new().plan_fft_forward(WINDOW));

/// What a meter shows.
#[derive(Debug, Clone, Default)]
pub struct Reading(Arc<Shown>);

#[derive(Debug)]
struct Shown {
    figures: [AtomicU32; FIGURES],
    rate: AtomicU32,
    /// Somebody wants to measure from now on.
    is_stale: AtomicBool,
    /// Samples written so far.
    written: AtomicU64,
    kept: Vec<AtomicU32>,
}

impl Default for Shown {
    fn default() -> Self {
        let silence = || AtomicU32::new(0.0_f32.to_bits());
        let nothing = || AtomicU32::new(f32::NEG_INFINITY.to_bits());
        let figure = |index: usize| if index < Figure::Momentary as usize { silence() } else { nothing() };
        Self {
            figures: std::array::from_fn(figure),
            rate: AtomicU32::new(48_000),
            is_stale: AtomicBool::new(false),
            written: AtomicU64::new(0),
            kept: (0..KEPT * CHANNELS).map(|_| silence()).collect(),
        }
    }
}

/// Those before [`Figure::Momentary`] are factors, whose bits have the order of the numbers.
#[derive(Debug, Clone, Copy)]
enum Figure {
    Highest,
    Rms,
    TruePeak,
    Momentary,
    ShortTerm,
    Integrated,
    Range,
    LoudestMomentary,
    LoudestShortTerm,
}

const FIGURES: usize = Figure::LoudestShortTerm as usize + 1;

impl Reading {
    /// The highest sample since this was asked last, as a factor of full scale: one asks, and keeps it.
    pub fn take_peak(&self) -> f32 {
        f32::from_bits(self.0.figures[Figure::Highest as usize].swap(0, Ordering::Relaxed))
    }

    /// The root of the mean square of the loudest channel over the last 0.3 seconds or so.
    pub fn rms(&self) -> f32 {
        self.figure(Figure::Rms)
    }

    /// The highest peak since the last seek or reset, those between samples included, as a factor of full scale.
    pub fn true_peak(&self) -> f32 {
        self.figure(Figure::TruePeak)
    }

    /// The loudness of the last 0.4 seconds in LUFS; minus infinity in silence.
    pub fn momentary(&self) -> f32 {
        self.figure(Figure::Momentary)
    }

    /// The loudness of the last 3 seconds in LUFS; minus infinity in silence.
    pub fn short_term(&self) -> f32 {
        self.figure(Figure::ShortTerm)
    }

    /// The highest momentary loudness since the last seek or reset in LUFS.
    pub fn loudest_momentary(&self) -> f32 {
        self.figure(Figure::LoudestMomentary)
    }

    /// The highest short-term loudness since the last seek or reset in LUFS.
    pub fn loudest_short_term(&self) -> f32 {
        self.figure(Figure::LoudestShortTerm)
    }

    /// The gated loudness since the last seek or reset in LUFS; minus infinity where nothing passed the gate.
    pub fn integrated(&self) -> f32 {
        self.figure(Figure::Integrated)
    }

    /// The loudness range since the last seek or reset in LU; minus infinity before 3 seconds.
    pub fn range(&self) -> f32 {
        self.figure(Figure::Range)
    }

    /// How alike left and right are over the last 4096 samples: 1 the same, 0 nothing alike, -1 upside
    /// down; 1 for silence and for one channel.
    pub fn correlation(&self) -> f32 {
        let [left, right] = [self.recent(0), self.recent(1)];
        let product = |one: &[f32], other: &[f32]| -> f64 {
            one.iter().zip(other).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
        };
        let size = (product(&left, &left) * product(&right, &right)).sqrt();
        if size > 0.0 { (product(&left, &right) / size) as f32 } else { 1.0 }
    }

    /// The level in dB of a full-scale sine at each of 2049 frequencies from 0 to half the sample rate,
    /// of a channel's (0 or 1) last 4096 samples, under a Hann window. Computed by whoever asks.
    pub fn spectrum(&self, channel: usize) -> Vec<f32> {
        let turn = std::f32::consts::TAU / WINDOW as f32;
        let window = |at: usize| 0.5 - 0.5 * (turn * at as f32).cos();
        let recent = self.recent(channel).into_iter().enumerate();
        let mut time: Vec<f32> = recent.map(|(at, sample)| sample * window(at)).collect();
        let mut bins = vec![Complex32::default(); WINDOW / 2 + 1];
        let done = TRANSFORM.process(&mut time, &mut bins);
        debug_assert!(done.is_ok(), "the buffers have the sizes that the transform states");
        bins.iter().map(|bin| 20.0 * (bin.norm() * 4.0 / WINDOW as f32).max(1e-10).log10()).collect()
    }

    /// The level in dB of a full-scale sine in each third of an octave from 25 Hz to 20 kHz, of both
    /// channels together.
    pub fn thirds(&self) -> [f32; THIRDS] {
        thirds(&[self.spectrum(0), self.spectrum(1)], self.sample_rate())
    }

    /// Measures from now on: forgets peaks, and the loudness of what was heard so far.
    pub fn reset(&self) {
        self.0.is_stale.store(true, Ordering::Relaxed);
        self.clear_figures();
    }

    /// Whether somebody wants to measure from now on; says so once.
    pub(super) fn take_stale(&self) -> bool {
        self.0.is_stale.load(Ordering::Relaxed) && self.0.is_stale.swap(false, Ordering::Relaxed)
    }

    /// Samples a second of what is measured.
    pub fn sample_rate(&self) -> u32 {
        self.0.rate.load(Ordering::Relaxed)
    }

    /// The last 4096 samples of a channel. Twice as many are kept: what is read is not written over
    /// meanwhile.
    fn recent(&self, channel: usize) -> Vec<f32> {
        let end = self.0.written.load(Ordering::Acquire) as usize;
        let row = &self.0.kept[channel.min(CHANNELS - 1) * KEPT..][..KEPT];
        let places = (0..WINDOW).map(|at| (end + KEPT - WINDOW + at) % KEPT);
        places.map(|place| f32::from_bits(row[place].load(Ordering::Relaxed))).collect()
    }

    fn figure(&self, figure: Figure) -> f32 {
        f32::from_bits(self.0.figures[figure as usize].load(Ordering::Relaxed))
    }

    fn set(&self, figure: Figure, value: f32) {
        self.0.figures[figure as usize].store(value.to_bits(), Ordering::Relaxed);
    }

    pub(super) fn tell_rate(&self, sample_rate: u32) {
        self.0.rate.store(sample_rate, Ordering::Relaxed);
    }

    pub(super) fn show_level(&self, peak: f32, rms: f32, true_peak: f32) {
        let highest = &self.0.figures[Figure::Highest as usize];
        highest.fetch_max(peak.to_bits(), Ordering::Relaxed);
        self.set(Figure::Rms, rms);
        self.set(Figure::TruePeak, true_peak);
    }

    pub(super) fn show_loudness(&self, loudness: Loudness) {
        self.set(Figure::Momentary, loudness.momentary as f32);
        self.set(Figure::ShortTerm, loudness.short_term as f32);
        self.set(Figure::Integrated, loudness.integrated as f32);
        self.set(Figure::Range, loudness.range as f32);
        self.raise(Figure::LoudestMomentary, loudness.momentary as f32);
        self.raise(Figure::LoudestShortTerm, loudness.short_term as f32);
    }

    fn raise(&self, figure: Figure, value: f32) {
        if value > self.figure(figure) {
            self.set(figure, value);
        }
    }

    /// Keeps a step's first two channels; one alone is both.
    pub(super) fn show_samples(&self, channels: &[Run]) {
        let written = self.0.written.load(Ordering::Relaxed);
        for (index, row) in self.0.kept.chunks_exact(KEPT).enumerate() {
            let Some(channel) = channels.get(index).or(channels.last()) else { return };
            let from = written as usize % KEPT;
            for (kept, sample) in row[from..from + QUANTUM].iter().zip(channel) {
                kept.store(sample.to_bits(), Ordering::Relaxed);
            }
        }
        self.0.written.store(written + QUANTUM as u64, Ordering::Release);
    }

    /// Says that nothing was heard yet.
    pub(super) fn clear_figures(&self) {
        for (index, figure) in self.0.figures.iter().enumerate() {
            let is_factor = index < Figure::Momentary as usize;
            let nothing = if is_factor { 0.0 } else { f32::NEG_INFINITY };
            figure.store(nothing.to_bits(), Ordering::Relaxed);
        }
    }

    pub(super) fn clear(&self) {
        self.clear_figures();
        self.0.kept.iter().for_each(|kept| kept.store(0, Ordering::Relaxed));
    }
}
