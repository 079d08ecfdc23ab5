//! Loud passages made quieter, so that the whole can be louder: feed-forward, with a soft knee.

use signal::{Kind, Parameter};
use crate::automation::Automation;
use crate::dynamics::{
    Follower, GROUP, Highest, KEY, Row, factors, forgotten_after, is_idle, levels, octaves,
};
use crate::line::{Line, ride};
use crate::node::{Block, Node, Outcome, Processor, Setup};
use crate::quantum::QUANTUM;
use crate::tail::{Sounding, Tail};

pub(super) const NODE: Node = Node {
    id: "compressor",
    label: "Compressor",
    help: "Makes what is louder than a threshold quieter, all channels alike.",
    parameters: &[THRESHOLD, RATIO, KNEE, ATTACK, RELEASE, LOOK_AHEAD, MAKE_UP],
    sides: &[KEY],
    build: |setup| Box::new(Compressor::new(setup)),
};

const THRESHOLD: Parameter = Parameter {
    id: "threshold",
    label: "Threshold",
    help: "The peak level from which on it acts.",
    kind: Kind::Number { least: -80.0, most: 0.0, default: -24.0, unit: "dB" },
};

const RATIO: Parameter = Parameter {
    id: "ratio",
    label: "Ratio",
    help: "Decibels above the threshold for which one is let through.",
    kind: Kind::Number { least: 1.0, most: 100.0, default: 2.5, unit: "" },
};

const KNEE: Parameter = Parameter {
    id: "knee",
    label: "Knee",
    help: "How wide, around the threshold, the way into it is.",
    kind: Kind::Number { least: 0.0, most: 24.0, default: 6.0, unit: "dB" },
};

const ATTACK: Parameter = Parameter {
    id: "attack",
    label: "Attack",
    help: "How long it takes for 63 % of the way down.",
    kind: Kind::Setting { least: 0.1, most: 250.0, default: 10.0, unit: "ms" },
};

const RELEASE: Parameter = Parameter {
    id: "release",
    label: "Release",
    help: "How long it takes for 63 % of the way back.",
    kind: Kind::Setting { least: 5.0, most: 1000.0, default: 120.0, unit: "ms" },
};

const LOOK_AHEAD: Parameter = Parameter {
    id: "look_ahead",
    label: "Look-ahead",
    help: "How long before a peak it begins to act.",
    kind: Kind::Setting { least: 0.0, most: 20.0, default: 0.0, unit: "ms" },
};

const MAKE_UP: Parameter = Parameter {
    id: "make_up",
    label: "Make-up",
    help: "How much louder it makes the whole afterwards.",
    kind: Kind::Number { least: -24.0, most: 36.0, default: 0.0, unit: "dB" },
};

/// How long a peak counts, in seconds: half a cycle of 100 Hz, so that a low tone has one level.
const HOLD: f64 = 0.005;

#[derive(Debug)]
struct Compressor {
    threshold: Automation,
    ratio: Automation,
    knee: Automation,
    make_up: Automation,
    hold: Highest,
    follower: Follower,
    factor: f32,
    lines: Vec<Line>,
    late: usize,
    tail: Tail,
    /// What is still in the lines.
    held: Tail,
}

/// The static curve: threshold, slope and knee, all in octaves.
#[derive(Debug, Clone, Copy)]
struct Curve {
    threshold: f64,
    slope: f64,
    knee: f64,
}

impl Curve {
    /// The reduction at a level (Giannoulis and others 2012, equation 4).
    fn reduction(&self, level: f64) -> f64 {
        let over = level - self.threshold;
        let inside = over + self.knee / 2.0;
        if inside <= 0.0 {
            0.0
        } else if inside < self.knee {
            self.slope * inside * inside / (2.0 * self.knee)
        } else {
            self.slope * over
        }
    }
}

impl Compressor {
    fn new(setup: &Setup<'_>) -> Self {
        let samples = |parameter| setup.fixed(parameter) / 1000.0 * f64::from(setup.sample_rate);
        let (attack, release) = (samples(&ATTACK), samples(&RELEASE));
        let late = samples(&LOOK_AHEAD).round() as usize;
        let hold = (HOLD * f64::from(setup.sample_rate)).ceil() as usize / GROUP;
        let memory = forgotten_after(attack.max(release)) + late + hold * GROUP + QUANTUM;
        Self {
            threshold: setup.number(&THRESHOLD),
            ratio: setup.number(&RATIO),
            knee: setup.number(&KNEE),
            make_up: setup.number(&MAKE_UP),
            hold: Highest::new(hold),
            follower: Follower::new(attack, release, 0.0),
            factor: 1.0,
            lines: vec![Line::new(late); setup.layout.channels()],
            late,
            tail: Tail::new(memory),
            held: Tail::new(late),
        }
    }

    fn curve(&self, sample: i64) -> (Curve, f64) {
        let curve = Curve {
            threshold: octaves(THRESHOLD.held(self.threshold.at(sample))),
            slope: 1.0 - 1.0 / RATIO.held(self.ratio.at(sample)),
            knee: octaves(KNEE.held(self.knee.at(sample))),
        };
        (curve, octaves(MAKE_UP.held(self.make_up.at(sample))))
    }

    fn is_steady(&self, sample: i64) -> bool {
        let values = [&self.threshold, &self.ratio, &self.knee, &self.make_up];
        values.iter().all(|value| value.steady(sample).is_some())
    }

    /// The gains at the ends of the groups, in octaves.
    fn gains(&mut self, levels: &Row, sample: i64) -> Row {
        let is_steady = self.is_steady(sample);
        let (mut curve, mut make_up) = self.curve(sample);
        let mut gains = *levels;
        for (index, gain) in gains.iter_mut().enumerate() {
            if !is_steady {
                (curve, make_up) = self.curve(sample + (index * GROUP) as i64);
            }
            let level = self.hold.next(*gain);
            *gain = make_up - self.follower.next(curve.reduction(level));
        }
        gains
    }
}

impl Processor for Compressor {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        let is_heard = self.held.hear(block.silent) == Sounding::Yes;
        match self.tail.hear(is_idle(block)) {
            Sounding::Yes => {}
            Sounding::Ends => self.reset(),
            Sounding::No => return Outcome::Silent,
        }
        let levels = levels(block);
        let gains = self.gains(&levels, block.sample);
        let factors = factors(&mut self.factor, &gains);
        if !is_heard {
            return Outcome::Silent;
        }
        ride(&mut self.lines, block.channels, &factors);
        Outcome::Written
    }

    fn latency(&self) -> usize {
        self.late
    }

    fn memory(&self) -> usize {
        self.tail.length()
    }

    fn reset(&mut self) {
        self.lines.iter_mut().for_each(Line::reset);
        self.hold.reset();
        self.follower.reset();
        self.factor = 1.0;
        self.tail.reset();
        self.held.reset();
    }
}
