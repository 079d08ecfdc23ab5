//! What a room's tone is, learned from a recording in which people may speak.
//!
//! Pauses are found first: the frames that are about as quiet as the quietest. In each bin the middle power
//! of these is the room's: the power of a bin of noise is exponentially spread, so the mean is that over
//! `ln 2`. Lines that stand out and keep their phase are tones; the rest is smoothed over a twelfth of
//! an octave.

use super::cloud::Spectrum;
use realfft::num_complex::Complex32;
use realfft::{RealFftPlanner, RealToComplex};
use signal::Samples;
use std::f64::consts::TAU;
use std::sync::Arc;

/// Samples in a frame, and from one to the next.
pub(crate) const FRAME: usize = 8192;
const HOP: usize = FRAME / 4;

/// The part of the frames that is surely the room, and by how many dB a pause may be louder than those.
const QUIETEST: f64 = 0.1;
const PAUSE: f64 = 2.5;

/// Below this mean square a frame is digital silence, and says nothing.
const NOTHING: f64 = 1e-10;

/// A room's tone.
#[derive(Debug)]
pub(crate) struct Learned {
    /// Its noise.
    pub(crate) spectrum: Spectrum,
    /// Its hum.
    pub(crate) tones: Vec<Tone>,
}

/// A steady line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tone {
    /// In Hz.
    pub(crate) frequency: f64,
    /// Its height in each channel.
    pub(crate) heights: [f64; 2],
}

/// The frames of a recording in which nobody speaks, transformed.
struct Frames {
    /// Where each begins.
    starts: Vec<usize>,
    channels: [Vec<Vec<Complex32>>; 2],
    /// The sum of the squares of the window, and its sum.
    weight: f64,
    sum: f64,
}

/// Learns the tone of a recording; `None` where there is less than a second that is not digital silence.
pub(crate) fn learn(sound: &Samples, sample_rate: f64) -> Option<Learned> {
    let frames = Frames::of(sound);
    if ((frames.starts.len() * HOP) as f64) < sample_rate {
        return None;
    }
    let frames = frames.pauses();
    let mut spectrum = Spectrum::silence(FRAME, sample_rate);
    let tones = frames.tones(sample_rate);
    for (side, power) in spectrum.power.iter_mut().enumerate() {
        let mut floor: Vec<f64> = (0..=FRAME / 2).map(|bin| frames.floor(side, bin)).collect();
        for tone in &tones {
            bridge(&mut floor, (tone.frequency / spectrum.step).round() as usize);
        }
        for (bin, power) in power.iter_mut().enumerate() {
            *power = smooth(&floor, bin, spectrum.step) as f32;
        }
    }
    let likeness = frames.likeness(spectrum.step);
    spectrum.together.copy_from_slice(&likeness);
    Some(Learned { spectrum, tones })
}

impl Frames {
    fn of(sound: &Samples) -> Self {
        let forward: Arc<dyn RealToComplex<f32>> = RealFftPlanner::new().plan_fft_forward(FRAME);
        let angle = |index: usize| TAU * (index as f64 + 0.5) / FRAME as f64;
        let window: Vec<f32> =
            (0..FRAME).map(|index| (0.5 - 0.5 * angle(index).cos()) as f32).collect();
        let last = sound.channel_count().saturating_sub(1);
        let starts = (0..sound.length().saturating_sub(FRAME - 1)).step_by(HOP);
        let heard: Vec<usize> = starts.filter(|start| is_heard(sound, *start)).collect();
        let channels = [0, last].map(|channel| {
            let channel = sound.channels().get(channel).map_or(&[][..], Vec::as_slice);
            let one =
                |start: &usize| transform(&*forward, &window, &channel[*start..start + FRAME]);
            heard.iter().map(one).collect()
        });
        let weight = window.iter().map(|weight| f64::from(weight * weight)).sum();
        let sum = window.iter().map(|weight| f64::from(*weight)).sum();
        Self { starts: heard, channels, weight, sum }
    }

    /// The frames that are about as quiet as the quietest of them.
    fn pauses(self) -> Self {
        let levels: Vec<f64> = (0..self.starts.len()).map(|frame| self.level(frame)).collect();
        let mut sorted = levels.clone();
        sorted.sort_by(f64::total_cmp);
        let quietest = sorted[(sorted.len() as f64 * QUIETEST) as usize];
        let is_pause: Vec<bool> = levels.iter().map(|level| *level < quietest + PAUSE).collect();
        let kept = |frames: Vec<Vec<Complex32>>| {
            let pairs = frames.into_iter().zip(&is_pause);
            pairs.filter_map(|(frame, kept)| kept.then_some(frame)).collect()
        };
        let starts = self.starts.iter().zip(&is_pause);
        let starts = starts.filter_map(|(start, kept)| kept.then_some(*start)).collect();
        Self { starts, channels: self.channels.map(kept), ..self }
    }

    /// How loud a frame is: the mean of its levels in octaves, in dB, so that neither rumble nor hiss decides
    /// it alone.
    fn level(&self, frame: usize) -> f64 {
        let octave = |octave: u32| {
            let bins = (8 << octave)..(16 << octave).min(FRAME / 2);
            let powers = self.channels.iter().map(|frames| {
                frames[frame][bins.clone()].iter().map(|bin| f64::from(bin.norm_sqr())).sum::<f64>()
            });
            10.0 * (powers.sum::<f64>() + 1e-20).log10()
        };
        (0..8).map(octave).sum::<f64>() / 8.0
    }

    /// The mean square of the room within a bin of a channel.
    fn floor(&self, side: usize, bin: usize) -> f64 {
        let frames = &self.channels[side];
        let mut powers: Vec<f32> = frames.iter().map(|frame| frame[bin].norm_sqr()).collect();
        let place = powers.len() / 2;
        let (_, middle, _) = powers.select_nth_unstable_by(place, f32::total_cmp);
        let mean = f64::from(*middle) / std::f64::consts::LN_2;
        2.0 * mean / (FRAME as f64 * self.weight)
    }

    /// Lines that stand 10 dB out of what lies around them, and whose phase goes on as that of a sine.
    fn tones(&self, sample_rate: f64) -> Vec<Tone> {
        let step = sample_rate / FRAME as f64;
        let floor: Vec<f64> =
            (0..=FRAME / 2).map(|bin| self.floor(0, bin) + self.floor(1, bin)).collect();
        let is_peak = |bin: usize| {
            let around = floor[bin - 1].max(floor[bin + 1]);
            floor[bin] > around && floor[bin] > 10.0 * middle(&floor, bin)
        };
        let peaks = (4..FRAME / 2 - 4).filter(|bin| is_peak(*bin));
        peaks.filter_map(|bin| self.tone(bin, step)).collect()
    }

    fn tone(&self, bin: usize, step: f64) -> Option<Tone> {
        let side = usize::from(self.floor(1, bin) > self.floor(0, bin));
        let frames = &self.channels[side];
        let turn = HOP as f64 / FRAME as f64;
        let advance = |one: &Vec<Complex32>, next: &Vec<Complex32>| {
            let moved = f64::from((next[bin] * one[bin].conj()).arg()) / TAU;
            let off = moved - bin as f64 * turn;
            (off - off.round()) / turn
        };
        let next = self.starts.windows(2).enumerate().filter(|(_, pair)| pair[1] - pair[0] == HOP);
        let mut offs: Vec<f64> =
            next.map(|(place, _)| advance(&frames[place], &frames[place + 1])).collect();
        if offs.len() < 8 {
            return None;
        }
        offs.sort_by(f64::total_cmp);
        let at = |part: f64| offs[((offs.len() - 1) as f64 * part) as usize];
        let is_steady = at(0.9) - at(0.1) < 0.35 && at(0.5).abs() < 1.0;
        let frequency = (bin as f64 + at(0.5)) * step;
        let heights = [0, 1].map(|side| self.height(side, bin, at(0.5)));
        is_steady.then_some(Tone { frequency, heights })
    }

    /// The height of a sine that lies `off` bins from a bin.
    fn height(&self, side: usize, bin: usize, off: f64) -> f64 {
        let mut sizes: Vec<f32> =
            self.channels[side].iter().map(|frame| frame[bin].norm()).collect();
        sizes.sort_by(f32::total_cmp);
        let usual = f64::from(sizes[sizes.len() / 2]);
        2.0 * usual / (self.sum * hann(off))
    }

    /// How far the channels are alike, in each bin, from its third of an octave.
    fn likeness(&self, step: f64) -> Vec<f32> {
        let [left, right] = &self.channels;
        let of_bin = |bin: usize| {
            let pairs = left.iter().zip(right).map(|(left, right)| (left[bin], right[bin]));
            pairs.fold([0.0_f64; 3], |[both, one, other], (left, right)| {
                [
                    both + f64::from((left * right.conj()).re),
                    one + f64::from(left.norm_sqr()),
                    other + f64::from(right.norm_sqr()),
                ]
            })
        };
        let sums: Vec<[f64; 3]> = (0..=FRAME / 2).map(of_bin).collect();
        (0..=FRAME / 2).map(|bin| likeness_around(&sums, bin, step)).collect()
    }
}

fn transform(forward: &dyn RealToComplex<f32>, window: &[f32], samples: &[f32]) -> Vec<Complex32> {
    let mut input: Vec<f32> =
        samples.iter().zip(window).map(|(one, weight)| one * weight).collect();
    let mut output = forward.make_output_vec();
    let made = forward.process(&mut input, &mut output);
    debug_assert!(made.is_ok(), "both have the length of the plan");
    output
}

fn is_heard(sound: &Samples, start: usize) -> bool {
    let square = |channel: &Vec<f32>| {
        let frame = &channel[start..start + FRAME];
        frame.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>() / FRAME as f64
    };
    sound.channels().iter().map(square).fold(0.0, f64::max) > NOTHING
}

/// The middle of the powers within a sixth of an octave of a bin.
fn middle(floor: &[f64], bin: usize) -> f64 {
    let (first, last) = around(bin, 1.0 / 6.0, floor.len(), 6);
    let mut near = floor[first..=last].to_vec();
    near.sort_by(f64::total_cmp);
    near[near.len() / 2]
}

/// The bins within so many octaves on either side, `least` of them at least.
fn around(bin: usize, octaves: f64, length: usize, least: usize) -> (usize, usize) {
    let factor = octaves.exp2();
    let first = ((bin as f64 / factor).floor() as usize).min(bin.saturating_sub(least));
    let last = ((bin as f64 * factor).ceil() as usize).max(bin + least);
    (first.max(1), last.min(length - 2))
}

/// The mean over a twelfth of an octave, a sixth below 200 Hz.
fn smooth(floor: &[f64], bin: usize, step: f64) -> f64 {
    if bin == 0 {
        return 0.0;
    }
    let octaves = if bin as f64 * step < 200.0 { 1.0 / 12.0 } else { 1.0 / 24.0 };
    let (first, last) = around(bin, octaves, floor.len(), 1);
    let near = &floor[first.min(last)..=last.max(first)];
    near.iter().sum::<f64>() / near.len() as f64
}

/// Takes a tone's bins out of the noise: a straight line over them.
fn bridge(floor: &mut [f64], bin: usize) {
    let (first, last) = (bin.saturating_sub(3).max(1), (bin + 3).min(floor.len() - 2));
    let (from, to) = (floor[first - 1], floor[last + 1]);
    let width = (last + 2 - first) as f64;
    for (place, power) in (1..).zip(&mut floor[first..=last]) {
        *power = power.min(from + (to - from) * f64::from(place) / width);
    }
}

/// The height of a Hann window's transform, `off` bins from its middle.
fn hann(off: f64) -> f64 {
    if off.abs() < 1e-9 {
        return 1.0;
    }
    let x = std::f64::consts::PI * off;
    (x.sin() / x / (1.0 - off * off)).abs().max(0.1)
}

fn likeness_around(sums: &[[f64; 3]], bin: usize, step: f64) -> f32 {
    let octaves = if bin as f64 * step < 200.0 { 1.0 / 3.0 } else { 1.0 / 6.0 };
    let (first, last) = around(bin.max(1), octaves, sums.len(), 2);
    let [both, one, other] = sums[first.min(last)..=last]
        .iter()
        .fold([0.0; 3], |sum, of_bin| [sum[0] + of_bin[0], sum[1] + of_bin[1], sum[2] + of_bin[2]]);
    (both / (one * other).sqrt().max(1e-30)).clamp(-1.0, 1.0) as f32
}
