//! Nothing louder than a ceiling, peaks between samples included.
//!
//! Peaks are looked for at eight times the rate, and held a tenth of a decibel below the ceiling: by so
//! much do meters differ on them. The gain looks ahead: the least gain that the next samples need, released in a straight line
//! and averaged over the look-ahead, is never above what a sample needs. Gains are whole numbers, so
//! that a running sum is exact and what was heard long ago leaves no trace. A ceiling that moves holds
//! for each sample by its own moment.

use signal::{Kind, Parameter};
use crate::automation::{Automation, Level};
use crate::line::{Line, ride};
use crate::node::{Block, Node, Outcome, Processor, Setup};
use crate::quantum::{Run, SILENCE};
use crate::running::{Average, Least, ONE};
use crate::tail::{Sounding, Tail};
use crate::true_peak::{LATE, TruePeak};

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

/// A tenth of a decibel.
const BELOW: f32 = 0.988_553;

#[derive(Debug)]
struct Limiter {
    ceiling: Automation,
    release: Automation,
    sample_rate: f64,
    peaks: Vec<TruePeak>,
    lines: Vec<Line>,
    least: Least,
    held: i64,
    average: Average,
    late: usize,
    /// For how many samples no gain was needed and none was held.
    calm: usize,
    /// After how many of them nothing else is left in the windows.
    forgets: usize,
    tail: Tail,
}

impl Limiter {
    fn new(setup: &Setup<'_>) -> Self {
        let sample_rate = f64::from(setup.sample_rate);
        let ahead = samples(setup.fixed(&LOOK_AHEAD), sample_rate) as usize;
        let release = setup.number(&RELEASE);
        let channels = setup.layout.channels();
        let late = ahead - 1 + LATE;
        let slowest = rise(release.most() as f32, sample_rate);
        Self {
            ceiling: setup.number(&CEILING),
            release,
            sample_rate,
            peaks: vec![TruePeak::new(); channels],
            lines: vec![Line::new(late); channels],
            least: Least::new(ahead + 1),
            held: ONE,
            average: Average::new(ahead),
            late,
            calm: 2 * ahead + 1,
            forgets: 2 * ahead + 1,
            tail: Tail::new((ONE / slowest) as usize + 2 * ahead + 3 * LATE),
        }
    }

    /// Whether no sample of a step can need a gain, as nothing of it passes `most`.
    fn is_below(&self, most: f32, sample: i64) -> bool {
        let mut ceilings = SILENCE;
        match self.ceiling.level(sample - LATE as i64, &mut ceilings) {
            Level::Steady(ceiling) => most <= ceiling * BELOW,
            Level::Moving(_) => false,
        }
    }

    /// The gains of the samples that come out, from the peaks that go in: each holds for the sample
    /// [`LATE`] ago and what lies between it and the next.
    fn gains(&mut self, peaks: &Run, sample: i64) -> Run {
        let (mut ceilings, mut releases) = (SILENCE, SILENCE);
        let ceilings = self.ceiling.level(sample - LATE as i64, &mut ceilings);
        let releases = self.release.values(sample, &mut releases);
        let mut step = rise(releases.at(0), self.sample_rate);
        std::array::from_fn(|index| {
            if let Level::Moving(releases) = releases {
                step = rise(releases[index], self.sample_rate);
            }
            let (peak, ceiling) = (peaks[index], ceilings.at(index) * BELOW);
            let needed = if peak <= ceiling {
                ONE
            } else {
                (f64::from(ceiling) / f64::from(peak) * ONE as f64) as i64
            };
            self.held = self.least.next(needed).min(self.held + step);
            self.calm = if needed.min(self.held) < ONE { 0 } else { self.calm + 1 };
            self.average.next(self.held)
        })
    }
}

/// A time in samples: at least one.
fn samples(milliseconds: f64, sample_rate: f64) -> i64 {
    (milliseconds / 1000.0 * sample_rate).round().max(1.0) as i64
}

/// What the gain may rise by in a sample with such a release, in milliseconds.
fn rise(release: f32, sample_rate: f64) -> i64 {
    (ONE / (2 * samples(f64::from(release), sample_rate))).max(1)
}

impl Processor for Limiter {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        match self.tail.hear(block.silent) {
            Sounding::Yes => {}
            Sounding::Ends => self.reset(),
            Sounding::No => return Outcome::Silent,
        }
        let mut peaks = SILENCE;
        let heard = self.peaks.iter_mut().zip(block.channels.iter());
        let most = heard.fold(0.0, |most: f32, (finder, run)| most.max(finder.hear(run)));
        if !self.is_below(most, block.sample) {
            self.peaks.iter().for_each(|finder| finder.raise(&mut peaks));
        } else if self.calm >= self.forgets {
            let runs = self.lines.iter_mut().zip(block.channels.iter_mut());
            runs.for_each(|(line, run)| line.pass(run));
            return Outcome::Written;
        }
        let gains = self.gains(&peaks, block.sample);
        ride(&mut self.lines, block.channels, &gains);
        Outcome::Written
    }

    fn latency(&self) -> usize {
        self.late
    }

    fn memory(&self) -> usize {
        self.tail.length()
    }

    fn reset(&mut self) {
        self.peaks.iter_mut().for_each(TruePeak::reset);
        self.lines.iter_mut().for_each(Line::reset);
        self.least.reset();
        self.average.reset();
        self.held = ONE;
        self.calm = self.forgets;
        self.tail.reset();
    }
}
