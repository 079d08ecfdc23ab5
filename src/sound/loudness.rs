//! How loud a programme is (ITU-R BS.1770-5; EBU R 128, Tech 3341 and 3342).
//!
//! Filters, windows and true peaks are [those](super::nodes) of the meter that one looks at while a film
//! plays; here gates act on every single value. The range counts ten of them a second: Tech 3342 asks for
//! windows of 3 s that overlap by two thirds at least. Samples are heard in steps that begin with the first:
//! the lengths in which they come change no figure.

use super::filter::{Bank, Section};
use super::layout::of_count;
use super::nodes::{squares, weighting, weights_of};
use super::quantum::{QUANTUM, Run, SILENCE};
use super::range::ShortTerms;
use super::recent::{Looks, Means, lufs};
use super::true_peak::{TruePeak, highest};
use serde::Serialize;
use signal::Samples;
use timeline_format::mix::Layout;

/// A meter of a whole programme.
#[derive(Debug)]
pub struct Loudness {
    weighed: Weighed,
    peaks: Peaks,
    /// Samples that do not fill a step yet, and how many.
    waiting: Vec<Run>,
    filled: usize,
}

/// The least sample rate that is measured: the filters reach up to 1.7 kHz.
const LEAST_RATE: u32 = 4000;
/// Samples from which on loudness and peaks are worth a thread each.
const LONG: usize = 1 << 14;

/// What a meter found. A figure is absent where there was nothing to measure: silence, or too short.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Measured {
    /// Of the whole, gated, in LUFS.
    pub integrated: Option<f64>,
    /// The loudness range, in LU; it needs 3 seconds.
    pub range: Option<f64>,
    /// The highest true peak of any channel, at eight times the rate, in dBTP.
    pub true_peak: Option<f64>,
    /// The loudest 0.4 seconds, in LUFS.
    pub momentary: Option<f64>,
    /// The loudest 3 seconds, in LUFS.
    pub short_term: Option<f64>,
}

impl Loudness {
    /// A meter; `None` for a sample rate below 4000, which it cannot measure.
    pub fn new(layout: Layout, sample_rate: u32) -> Option<Self> {
        Self::of_channels(layout.channels(), sample_rate)
    }

    /// A meter of a file with so many channels; what is past the eighth is not heard.
    pub fn of_channels(channels: usize, sample_rate: u32) -> Option<Self> {
        let speakers = of_count(channels);
        let can = sample_rate >= LEAST_RATE && !speakers.is_empty();
        can.then(|| Self {
            weighed: Weighed::new(weights_of(speakers), sample_rate),
            peaks: Peaks { finders: vec![TruePeak::new(); speakers.len()], highest: 0.0 },
            waiting: vec![SILENCE; speakers.len()],
            filled: 0,
        })
    }

    /// Hears the next samples, in the order of the layout.
    pub fn hear(&mut self, samples: &Samples) {
        let steps = Steps { waiting: &self.waiting, filled: self.filled, samples };
        let (weighed, peaks) = (&mut self.weighed, &mut self.peaks);
        if samples.length() < LONG {
            steps.each(|runs| {
                weighed.hear(runs, QUANTUM);
                peaks.hear(runs);
            });
        } else {
            rayon::join(
                || steps.each(|runs| weighed.hear(runs, QUANTUM)),
                || steps.each(|runs| peaks.hear(runs)),
            );
        }
        self.keep_rest(samples);
    }

    /// Keeps what fills no step.
    fn keep_rest(&mut self, samples: &Samples) {
        let whole = self.filled + samples.length();
        let rest = whole % QUANTUM;
        let new = rest.min(samples.length());
        for (waiting, channel) in self.waiting.iter_mut().zip(samples.channels()) {
            waiting[rest - new..rest].copy_from_slice(&channel[channel.len() - new..]);
        }
        self.filled = rest;
    }

    /// What was found so far.
    pub fn measured(&self) -> Measured {
        let mut weighed = self.weighed.clone();
        weighed.hear(&self.waiting, self.filled);
        let waiting = self.waiting.iter().map(|run| highest(&run[..self.filled]));
        let peak = waiting.fold(self.peaks.highest, f32::max);
        let finite = |value: f64| Some(value).filter(|value| value.is_finite());
        Measured {
            integrated: finite(weighed.integrated()),
            range: weighed.short_terms.range(),
            true_peak: finite(20.0 * f64::from(peak).log10()),
            momentary: finite(lufs(weighed.momentary)),
            short_term: finite(lufs(weighed.short_term)),
        }
    }
}

/// What waits and what comes, cut into steps.
struct Steps<'a> {
    waiting: &'a [Run],
    filled: usize,
    samples: &'a Samples,
}

impl Steps<'_> {
    fn each(&self, mut hear: impl FnMut(&[Run])) {
        let mut runs = self.waiting.to_vec();
        let (mut at, mut filled) = (0, self.filled);
        while at + QUANTUM - filled <= self.samples.length() {
            for (run, channel) in runs.iter_mut().zip(self.samples.channels()) {
                run[filled..].copy_from_slice(&channel[at..at + QUANTUM - filled]);
            }
            hear(&runs);
            at += QUANTUM - filled;
            filled = 0;
        }
    }
}

/// The loudness of what was heard; powers are mean squares of weighted samples.
#[derive(Debug, Clone)]
struct Weighed {
    sections: [Section; 2],
    bank: Bank,
    weights: Vec<f64>,
    weighted: Vec<Run>,
    looks: Looks,
    /// The highest powers of both windows.
    momentary: f64,
    short_term: f64,
    /// What gates act on: the powers of momentary loudness ten times a second, above the absolute gate.
    counted: Vec<f64>,
    short_terms: ShortTerms,
}

/// The gates: absolute, in LUFS, and relative, in LU (BS.1770-5, annex 1).
const ABSOLUTE_GATE: f64 = -70.0;
const RELATIVE_GATE: f64 = -10.0;

impl Weighed {
    fn new(weights: Vec<f64>, sample_rate: u32) -> Self {
        Self {
            sections: weighting(sample_rate),
            bank: Bank::new(2, weights.len()),
            weighted: vec![SILENCE; weights.len()],
            weights,
            looks: Looks::new(sample_rate),
            momentary: 0.0,
            short_term: 0.0,
            counted: Vec::new(),
            short_terms: ShortTerms::default(),
        }
    }

    /// Hears the first `count` samples of the next step.
    fn hear(&mut self, runs: &[Run], count: usize) {
        self.weighted.copy_from_slice(runs);
        self.bank.run(&self.sections, &mut self.weighted);
        let squares = squares(&self.weighted, &self.weights);
        let Self { looks, momentary, short_term, counted, short_terms, .. } = self;
        looks.hear(
            &squares[..count],
            |Means { momentary: now, short_term: longer, whole, count }| {
                let [is_momentary, is_short] = whole;
                if is_momentary {
                    *momentary = momentary.max(now);
                }
                if is_momentary && count && lufs(now) >= ABSOLUTE_GATE {
                    counted.push(now);
                }
                if is_short {
                    *short_term = short_term.max(longer);
                }
                if is_short && count {
                    short_terms.take(lufs(longer));
                }
            },
        );
    }

    fn integrated(&self) -> f64 {
        let mean = |powers: &[f64]| powers.iter().sum::<f64>() / powers.len() as f64;
        let gate = lufs(mean(&self.counted)) + RELATIVE_GATE;
        let kept: Vec<f64> =
            self.counted.iter().copied().filter(|power| lufs(*power) >= gate).collect();
        lufs(mean(&kept))
    }
}

/// The highest true peak of some channels.
#[derive(Debug)]
struct Peaks {
    finders: Vec<TruePeak>,
    highest: f32,
}

impl Peaks {
    /// Hears the next step; only what may pass the highest peak so far is looked at.
    fn hear(&mut self, runs: &[Run]) {
        for (finder, run) in self.finders.iter_mut().zip(runs) {
            if finder.hear(run) > self.highest {
                self.highest = finder.highest_above(self.highest).max(highest(run));
            }
        }
    }
}

impl std::fmt::Display for Measured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.integrated, self.range, self.true_peak) {
            (Some(integrated), Some(range), Some(peak)) => {
                write!(f, "{integrated:.1} LUFS, range {range:.1} LU, true peak {peak:.1} dBTP")
            }
            (Some(integrated), None, Some(peak)) => {
                write!(f, "{integrated:.1} LUFS, true peak {peak:.1} dBTP")
            }
            (_, _, Some(peak)) => {
                write!(f, "too quiet or too short for LUFS, true peak {peak:.1} dBTP")
            }
            _ => write!(f, "silence"),
        }
    }
}
