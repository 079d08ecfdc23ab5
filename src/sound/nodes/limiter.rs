//! Nothing louder than a ceiling, peaks between samples included.
//!
//! Peaks are looked for at four times the rate (ITU-R BS.1770-5, annex 2, with an interpolator of our
//! own). The gain looks ahead: the least gain that the next samples need, released in a straight line
//! and averaged over the look-ahead, is never above what a sample needs. Gains are whole numbers, so
//! that a running sum is exact and what was heard long ago leaves no trace. A ceiling that moves holds
//! for each sample by its own moment.

use crate::signal::{Kind, Parameter};
use crate::sound::automation::{Automation, Level};
use crate::sound::kernel::kaiser_sinc;
use crate::sound::node::{Block, Node, Outcome, Processor, Setup};
use crate::sound::quantum::{QUANTUM, SILENCE};
use crate::sound::running::{Average, Least, ONE};

pub(super) const NODE: Node = Node {
    id: "limiter",
    label: "Limiter",
    help: "Lets no peak pass a ceiling, those between samples included.",
    parameters: &[CEILING, LOOK_AHEAD, RELEASE],
    sides: &[],
    build: |setup| Box::new(Limiter::new(setup)),
};

const CEILING: Parameter = Parameter {
    id: "ceiling",
    label: "Ceiling",
    help: "The highest true peak that is let through.",
    kind: Kind::Number { least: -24.0, most: 0.0, default: -1.0, unit: "dBTP" },
};

const LOOK_AHEAD: Parameter = Parameter {
    id: "look_ahead",
    label: "Look-ahead",
    help: "How long before a peak the gain begins to fall.",
    kind: Kind::Setting { least: 1.0, most: 10.0, default: 3.0, unit: "ms" },
};

const RELEASE: Parameter = Parameter {
    id: "release",
    label: "Release",
    help: "How long the gain takes to come back from half.",
    kind: Kind::Number { least: 10.0, most: 1000.0, default: 60.0, unit: "ms" },
};

const PHASES: usize = 4;
const TAPS: usize = 12;

#[derive(Debug)]
struct Limiter {
    ceiling: Automation,
    release: Automation,
    sample_rate: f64,
    channels: Vec<Channel>,
    interpolator: [[f32; TAPS]; PHASES - 1],
    least: Least,
    held: i64,
    average: Average,
    /// Where the newest of the recent samples lies.
    place: usize,
    /// Where the oldest of the delayed samples lies.
    slot: usize,
}

#[derive(Debug)]
struct Channel {
    /// The last samples, twice over, so that any [`TAPS`] of them are one slice.
    recent: [f32; TAPS * 2],
    delay: Vec<f32>,
}

impl Limiter {
    fn new(setup: &Setup<'_>) -> Self {
        let sample_rate = f64::from(setup.sample_rate);
        let ahead = samples(setup.fixed(&LOOK_AHEAD), sample_rate) as usize;
        let late = ahead - 1 + TAPS / 2;
        let channel = || Channel { recent: [0.0; TAPS * 2], delay: vec![0.0; late] };
        Self {
            ceiling: setup.number(&CEILING),
            release: setup.number(&RELEASE),
            sample_rate,
            channels: (0..setup.layout.channels()).map(|_| channel()).collect(),
            interpolator: interpolator(),
            least: Least::new(ahead + 1),
            held: ONE,
            average: Average::new(ahead),
            place: 0,
            slot: 0,
        }
    }

    /// Takes the next sample of every channel and gives the gain of the one that comes out, which may
    /// rise by `rise`, under a ceiling as it was [`TAPS`] / 2 samples ago.
    fn gain(&mut self, ceiling: f32, rise: i64) -> f32 {
        let least = self.least.next(self.needed(ceiling));
        self.held = least.min(self.held + rise);
        self.average.next(self.held)
    }

    /// What the gain may rise by in a sample with such a release, in milliseconds.
    fn rise(&self, release: f32) -> i64 {
        let release = samples(f64::from(release), self.sample_rate);
        (ONE / (2 * release)).max(1)
    }

    /// The gain that the sample [`TAPS`] / 2 ago and what lies between it and the next need.
    fn needed(&self, ceiling: f32) -> i64 {
        let peaks = self.channels.iter().map(|channel| {
            let window = &channel.recent[self.place + 1..=self.place + TAPS];
            let between = self.interpolator.iter().map(|taps| {
                taps.iter().zip(window).map(|(tap, sample)| tap * sample).sum::<f32>().abs()
            });
            between.fold(window[TAPS / 2 - 1].abs(), f32::max)
        });
        let peak = peaks.fold(0.0, f32::max);
        if peak <= ceiling {
            return ONE;
        }
        (f64::from(ceiling) / f64::from(peak) * ONE as f64) as i64
    }
}

/// A time in samples: at least one.
fn samples(milliseconds: f64, sample_rate: f64) -> i64 {
    (milliseconds / 1000.0 * sample_rate).round().max(1.0) as i64
}

/// The taps for the three points between two samples.
fn interpolator() -> [[f32; TAPS]; PHASES - 1] {
    std::array::from_fn(|phase| {
        let between = (phase + 1) as f64 / PHASES as f64;
        let half = (TAPS / 2) as f64;
        let tap = |tap| kaiser_sinc(tap as f64 - (half - 1.0) - between, half, 1.0, 5.0);
        let taps: [f64; TAPS] = std::array::from_fn(tap);
        let sum: f64 = taps.iter().sum();
        taps.map(|tap| (tap / sum) as f32)
    })
}

impl Processor for Limiter {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        let (mut ceilings, mut releases) = (SILENCE, SILENCE);
        let ceiling = self.ceiling.level(block.sample - (TAPS / 2) as i64, &mut ceilings);
        let release = self.release.values(block.sample, &mut releases);
        let mut rise = self.rise(release.at(0));
        for index in 0..QUANTUM {
            if let Level::Moving(releases) = release {
                rise = self.rise(releases[index]);
            }
            self.place = (self.place + 1) % TAPS;
            for (channel, run) in self.channels.iter_mut().zip(block.channels.iter_mut()) {
                let sample = if run[index].is_finite() { run[index] } else { 0.0 };
                channel.recent[self.place] = sample;
                channel.recent[self.place + TAPS] = sample;
                run[index] = std::mem::replace(&mut channel.delay[self.slot], sample);
            }
            self.slot = (self.slot + 1) % self.latency();
            let gain = self.gain(ceiling.at(index), rise);
            for run in block.channels.iter_mut().take(self.channels.len()) {
                run[index] *= gain;
            }
        }
        Outcome::Written
    }

    fn latency(&self) -> usize {
        self.average.length() - 1 + TAPS / 2
    }

    fn memory(&self) -> usize {
        (ONE / self.rise(self.release.most() as f32)) as usize + 2 * self.average.length() + 3 * TAPS
    }

    fn reset(&mut self) {
        for channel in &mut self.channels {
            channel.recent.fill(0.0);
            channel.delay.fill(0.0);
        }
        self.least.reset();
        self.average.reset();
        self.held = ONE;
    }
}
