//! Steady noise made quieter: hiss, hum and air, by a gate in every band of the spectrum.
//!
//! The floor of each band is the least power of the last second, smoothed (R. Martin, Noise Power Spectral
//! Density Estimation Based on Optimal Smoothing and Minimum Statistics, IEEE TSAP 9(5), 2001, made
//! light); the gain is Wiener's, never below the reduction, smoothed over time so that it does not
//! twinkle. Windows lie on the grid of the film's samples.

use signal::{Decibels, Kind, Parameter};
use crate::node::{Block, Node, Outcome, Processor, Setup};
use crate::quantum::{QUANTUM, Run};
use crate::tail::{Sounding, Tail};
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex, num_complex::Complex32};
use std::sync::Arc;

pub(super) const NODE: Node = Node {
    id: "denoise",
    label: "Noise reduction",
    help: "Makes steady noise quieter: hiss, hum and air.",
    parameters: &[REDUCTION, SENSITIVITY],
    sides: &[],
    build: |setup| Box::new(Denoise::new(setup)),
};

const REDUCTION: Parameter = Parameter {
    id: "reduction",
    label: "Reduction",
    help: "How much quieter noise becomes at most.",
    kind: Kind::Setting { least: 0.0, most: 40.0, default: 12.0, unit: "dB" },
};

const SENSITIVITY: Parameter = Parameter {
    id: "sensitivity",
    label: "Sensitivity",
    help: "How far above the floor what is heard still counts as noise.",
    kind: Kind::Setting { least: -6.0, most: 18.0, default: 6.0, unit: "dB" },
};

/// Samples from one window to the next, and in a window, at up to 48 kHz.
const HOP: usize = 2 * QUANTUM;
const OVERLAP: usize = 4;
/// What is left of the smoothed power, and of the gain, a window later.
const POWER_KEPT: f32 = 0.8;
const GAIN_KEPT: f32 = 0.6;
/// By how much the mean of noise lies above the least of its smoothed powers in a second.
const BIAS: f32 = 2.0;
/// How long the least is looked for, in seconds.
const SEARCH: f64 = 0.6;

#[derive(Debug)]
struct Denoise {
    channels: Vec<Channel>,
    window: Vec<f32>,
    transform: Transform,
    least_gain: f32,
    over: f32,
    hop: usize,
    tail: Tail,
    /// Windows in half of what is searched.
    search: i64,
}

struct Transform {
    forward: Arc<dyn RealToComplex<f32>>,
    back: Arc<dyn ComplexToReal<f32>>,
    time: Vec<f32>,
    bins: Vec<Complex32>,
    scratch: Vec<Complex32>,
}

impl std::fmt::Debug for Transform {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Transform").field("length", &self.time.len()).finish_non_exhaustive()
    }
}

#[derive(Debug)]
struct Channel {
    /// The last window of input, and the sum of windows that go out.
    recent: Vec<f32>,
    sum: Vec<f32>,
    powers: Vec<f32>,
    gains: Vec<f32>,
    /// The least power of the search that runs, and of the one before.
    least: [Vec<f32>; 2],
}

impl Channel {
    fn new(length: usize) -> Self {
        let bins = length / 2 + 1;
        Self {
            recent: vec![0.0; length],
            sum: vec![0.0; length],
            powers: vec![0.0; bins],
            gains: vec![1.0; bins],
            least: [vec![f32::MAX; bins], vec![f32::MAX; bins]],
        }
    }

    fn reset(&mut self) {
        self.recent.fill(0.0);
        self.sum.fill(0.0);
        self.powers.fill(0.0);
        self.gains.fill(1.0);
        self.least.iter_mut().for_each(|least| least.fill(f32::MAX));
    }
}

impl Denoise {
    fn new(setup: &Setup<'_>) -> Self {
        let hop = HOP * (setup.sample_rate as usize).div_ceil(48_000).next_power_of_two();
        let length = hop * OVERLAP;
        let mut planner = RealFftPlanner::<f32>::new();
        let (forward, back) = (planner.plan_fft_forward(length), planner.plan_fft_inverse(length));
        let scratch = forward.get_scratch_len().max(back.get_scratch_len());
        let transform = Transform {
            forward,
            back,
            time: vec![0.0; length],
            bins: vec![Complex32::default(); length / 2 + 1],
            scratch: vec![Complex32::default(); scratch],
        };
        let search = (SEARCH * f64::from(setup.sample_rate) / hop as f64).ceil() as i64;
        let memory = hop * (2 * search as usize + 80) + 2 * length;
        let channel = |_| Channel::new(length);
        Self {
            channels: (0..setup.layout.channels()).map(channel).collect(),
            window: (0..length).map(|at| root_hann(at, length)).collect(),
            transform,
            least_gain: Decibels(-setup.fixed(&REDUCTION)).gain() as f32,
            over: (Decibels(setup.fixed(&SENSITIVITY)).gain() as f32).powi(2) * BIAS,
            hop,
            tail: Tail::new(memory),
            search,
        }
    }
}

/// The root of a Hann window: squared, four of them in a row sum to 2.
fn root_hann(at: usize, length: usize) -> f32 {
    (std::f64::consts::PI * at as f64 / length as f64).sin() as f32
}

impl Channel {
    /// Takes a window's powers: what each band's gain becomes.
    fn judge(&mut self, bins: &mut [Complex32], least_gain: f32, over: f32) {
        let [now, before] = &mut self.least;
        let floors = now.iter_mut().zip(before);
        let states = self.powers.iter_mut().zip(&mut self.gains).zip(floors);
        for (bin, ((power, gain), (now, before))) in bins.iter_mut().zip(states) {
            let heard = bin.norm_sqr().min(1e30);
            *power = heard + (*power - heard) * POWER_KEPT;
            *now = now.min(*power);
            let floor = now.min(*before) * over;
            let wanted = (1.0 - floor / power.max(heard).max(1e-30)).max(least_gain);
            *gain = wanted + (*gain - wanted) * GAIN_KEPT;
            *bin *= *gain;
        }
    }

    /// Computes the window that ends with what was heard last.
    fn turn(&mut self, transform: &mut Transform, window: &[f32], gains: (f32, f32)) {
        let Transform { forward, back, time, bins, scratch } = transform;
        let windowed = self.recent.iter().zip(window);
        for (time, (sample, window)) in time.iter_mut().zip(windowed) {
            *time = sample * window;
        }
        let count = forward.get_scratch_len();
        let mut done = forward.process_with_scratch(time, bins, &mut scratch[..count]).is_ok();
        self.judge(bins, gains.0, gains.1);
        if let [first, .., last] = &mut bins[..] {
            (first.im, last.im) = (0.0, 0.0);
        }
        let count = back.get_scratch_len();
        done &= back.process_with_scratch(bins, time, &mut scratch[..count]).is_ok();
        debug_assert!(done, "the buffers have the sizes that the transforms state");
        let scale = 2.0 / (OVERLAP * time.len()) as f32;
        for (sum, (time, window)) in self.sum.iter_mut().zip(time.iter().zip(window)) {
            *sum += time * window * scale;
        }
    }

    /// Begins to look for the least anew.
    fn forget_floor(&mut self) {
        self.least.swap(0, 1);
        self.least[0].fill(f32::MAX);
    }
}

impl Processor for Denoise {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        match self.tail.hear(block.silent) {
            Sounding::Yes => {}
            Sounding::Ends => self.reset(),
            Sounding::No => return Outcome::Silent,
        }
        let quantum = block.sample.div_euclid(QUANTUM as i64);
        let steps = (self.hop / QUANTUM) as i64;
        let is_full = quantum.rem_euclid(steps) == steps - 1;
        let is_new = is_full && quantum.div_euclid(steps).rem_euclid(self.search) == 0;
        let length = self.window.len();
        let gains = (self.least_gain, self.over);
        for (channel, run) in self.channels.iter_mut().zip(block.channels.iter_mut()) {
            channel.recent.copy_within(QUANTUM.., 0);
            channel.recent[length - QUANTUM..].copy_from_slice(run);
            let out: &mut Run = run;
            out.copy_from_slice(&channel.sum[..QUANTUM]);
            channel.sum.copy_within(QUANTUM.., 0);
            channel.sum[length - QUANTUM..].fill(0.0);
            if is_new {
                channel.forget_floor();
            }
            if is_full {
                channel.turn(&mut self.transform, &self.window, gains);
            }
        }
        Outcome::Written
    }

    fn latency(&self) -> usize {
        self.window.len()
    }

    fn memory(&self) -> usize {
        self.tail.length()
    }

    fn reset(&mut self) {
        self.channels.iter_mut().for_each(Channel::reset);
        self.tail.reset();
    }
}
