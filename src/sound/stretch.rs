//! A stretch of sound, and what sounds under everything that is said in it.

use realfft::RealFftPlanner;
use signal::Samples;
use std::f64::consts::TAU;

/// Thirds of octaves from 50 Hz to 12.5 kHz.
pub const THIRDS: usize = 25;

/// Samples in a frame of the spectrum.
const FRAME: usize = 4096;

/// A stretch of sound; what its channels hold adds up by power, whatever they have in common.
#[derive(Debug)]
pub struct Stretch {
    channels: Vec<Vec<f32>>,
    sample_rate: f64,
}

/// -70 dBFS: below it, nothing sounds.
const QUIET: f32 = 3.162_278e-4;

impl Stretch {
    /// Of these samples.
    pub fn new(sound: &Samples, sample_rate: u32) -> Self {
        Self { channels: sound.channels().to_vec(), sample_rate: f64::from(sample_rate) }
    }

    fn length(&self) -> usize {
        self.channels.first().map_or(0, Vec::len)
    }

    /// Whether it is long enough to say something: a quarter of a second.
    pub fn is_long(&self) -> bool {
        self.length() as f64 >= 0.25 * self.sample_rate
    }

    /// Whether nothing sounds in it.
    pub fn is_dead(&self) -> bool {
        self.channels.iter().flatten().all(|sample| sample.abs() < QUIET)
    }

    /// The level of the room in thirds of octaves, in dB: that of the quietest frames.
    pub fn floor(&self) -> [f64; THIRDS] {
        let frames = self.frames(FRAME, FRAME / 4);
        std::array::from_fn(|third| {
            let mut levels: Vec<f64> =
                frames.iter().map(|frame| self.third(frame, third)).collect();
            levels.sort_by(f64::total_cmp);
            let quiet = levels.get(levels.len() / 5).copied().unwrap_or(0.0);
            10.0 * (quiet + 1e-14).log10()
        })
    }

    /// The power of a line beside what lies around it, in dB.
    pub fn line(&self, frequency: f64) -> f64 {
        let size = self.length();
        let frames = self.frames(size, size.max(1));
        let Some(power) = frames.first() else { return 0.0 };
        let step = self.sample_rate / size as f64;
        let width = (3.0 * step).max(1.5);
        let at = |low: f64, high: f64| {
            let (first, last) = ((low / step).round() as usize, (high / step).round() as usize);
            power.get(first..=last).unwrap_or(&[]).to_vec()
        };
        let peak = at(frequency - width, frequency + width).into_iter().fold(0.0, f64::max);
        let mut near = at(frequency - 18.0, frequency - 1.5 * width);
        near.extend(at(frequency + 1.5 * width, frequency + 18.0));
        near.sort_by(f64::total_cmp);
        let usual = near.get(near.len() / 2).copied().unwrap_or(0.0);
        10.0 * ((peak + 1e-16) / (usual + 1e-16)).log10()
    }

    /// The powers of frames under a Hann window, of all channels together.
    fn frames(&self, size: usize, hop: usize) -> Vec<Vec<f64>> {
        let mut frames: Vec<Vec<f64>> = Vec::new();
        for channel in &self.channels {
            let powers = frames_of(channel, size, hop);
            frames.resize_with(powers.len(), || vec![0.0; size / 2 + 1]);
            for (sums, powers) in frames.iter_mut().flatten().zip(powers.iter().flatten()) {
                *sums += powers;
            }
        }
        frames
    }

    /// The power of a frame within a third of an octave.
    fn third(&self, power: &[f64], third: usize) -> f64 {
        let middle = 50.0 * (third as f64 / 3.0).exp2();
        let step = self.sample_rate / FRAME as f64;
        let first = (middle * (-1.0_f64 / 6.0).exp2() / step).round() as usize;
        let last = (middle * (1.0_f64 / 6.0).exp2() / step).round() as usize;
        let near = power.get(first..=last.max(first)).unwrap_or(&[]);
        near.iter().sum::<f64>() / near.len().max(1) as f64
    }
}

/// The powers of frames of one channel under a Hann window.
fn frames_of(samples: &[f32], size: usize, hop: usize) -> Vec<Vec<f64>> {
    if size == 0 || samples.len() < size {
        return Vec::new();
    }
    let forward = RealFftPlanner::<f32>::new().plan_fft_forward(size);
    let mut bins = forward.make_output_vec();
    let angle = |index: usize| TAU * (index as f64 + 0.5) / size as f64;
    let window: Vec<f32> = (0..size).map(|index| (0.5 - 0.5 * angle(index).cos()) as f32).collect();
    let starts = (0..=samples.len() - size).step_by(hop);
    let one = |start: usize| {
        let samples = samples[start..start + size].iter().zip(&window);
        let mut input: Vec<f32> = samples.map(|(sample, weight)| sample * weight).collect();
        let made = forward.process(&mut input, &mut bins);
        debug_assert!(made.is_ok(), "both have the length of the plan");
        bins.iter().map(|bin| f64::from(bin.norm_sqr()) / size as f64).collect()
    };
    starts.map(one).collect()
}

/// What makes one floor louder than another, in dB: the mean over thirds from 100 Hz on.
pub fn louder(before: &[f64; THIRDS], after: &[f64; THIRDS]) -> f64 {
    let apart = before.iter().zip(after).skip(3).map(|(before, after)| after - before);
    apart.sum::<f64>() / (THIRDS - 3) as f64
}
