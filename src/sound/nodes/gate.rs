//! Quiet passages made quieter: an expander, and at its steepest a gate.
//!
//! It opens above the threshold and closes only once the level has stayed below a second, lower one for
//! the hold. A level that stays between the two keeps whatever state it came with.

use signal::{Kind, Parameter};
use crate::dynamics::{
    Follower, GROUP, Highest, KEY, Row, factors, forgotten_after, is_idle, levels, octaves,
};
use crate::line::{Line, ride};
use crate::node::{Block, Node, Outcome, Processor, Setup};
use crate::quantum::QUANTUM;
use crate::tail::{Sounding, Tail};

pub(super) const NODE: Node = Node {
    id: "gate",
    label: "Gate",
    help: "Makes what is quieter than a threshold quieter still: an expander up to a gate.",
    parameters: &[THRESHOLD, RATIO, RANGE, HYSTERESIS, ATTACK, HOLD, RELEASE, LOOK_AHEAD],
    sides: &[KEY],
    build: |setup| Box::new(Gate::new(setup)),
};

const THRESHOLD: Parameter = Parameter {
    id: "threshold",
    label: "Threshold",
    help: "The peak level above which it is open.",
    kind: Kind::Setting { least: -100.0, most: 0.0, default: -45.0, unit: "dB" },
};

const RATIO: Parameter = Parameter {
    id: "ratio",
    label: "Ratio",
    help: "Decibels out for one below the threshold: 2 is gentle, 100 is a gate.",
    kind: Kind::Setting { least: 1.0, most: 100.0, default: 2.0, unit: "" },
};

const RANGE: Parameter = Parameter {
    id: "range",
    label: "Range",
    help: "By how much it makes quieter at most: room tone should not fall into holes.",
    kind: Kind::Setting { least: 0.0, most: 100.0, default: 12.0, unit: "dB" },
};

const HYSTERESIS: Parameter = Parameter {
    id: "hysteresis",
    label: "Hysteresis",
    help: "How far below the threshold the level must fall before it closes.",
    kind: Kind::Setting { least: 0.0, most: 24.0, default: 3.0, unit: "dB" },
};

const ATTACK: Parameter = Parameter {
    id: "attack",
    label: "Attack",
    help: "How long opening takes for 63 % of the way.",
    kind: Kind::Setting { least: 0.1, most: 100.0, default: 1.0, unit: "ms" },
};

const HOLD: Parameter = Parameter {
    id: "hold",
    label: "Hold",
    help: "How long it stays open after the level has fallen.",
    kind: Kind::Setting { least: 5.0, most: 2000.0, default: 80.0, unit: "ms" },
};

const RELEASE: Parameter = Parameter {
    id: "release",
    label: "Release",
    help: "How long closing takes for 63 % of the way.",
    kind: Kind::Setting { least: 5.0, most: 1000.0, default: 150.0, unit: "ms" },
};

const LOOK_AHEAD: Parameter = Parameter {
    id: "look_ahead",
    label: "Look-ahead",
    help: "How long before a sound it begins to open.",
    kind: Kind::Setting { least: 0.0, most: 20.0, default: 0.0, unit: "ms" },
};

#[derive(Debug)]
struct Gate {
    opens: f64,
    closes: f64,
    slope: f64,
    range: f64,
    is_open: bool,
    hold: Highest,
    follower: Follower,
    factor: f32,
    lines: Vec<Line>,
    late: usize,
    tail: Tail,
    /// What is still in the lines.
    held: Tail,
}

impl Gate {
    fn new(setup: &Setup<'_>) -> Self {
        let samples = |parameter| setup.fixed(parameter) / 1000.0 * f64::from(setup.sample_rate);
        let (attack, release, hold) = (samples(&ATTACK), samples(&RELEASE), samples(&HOLD));
        let late = samples(&LOOK_AHEAD).round() as usize;
        let opens = octaves(setup.fixed(&THRESHOLD));
        let range = octaves(setup.fixed(&RANGE));
        let follower = Follower::new(release, attack, range);
        let memory = forgotten_after(attack.max(release)) + hold.ceil() as usize + late + QUANTUM;
        Self {
            opens,
            closes: opens - octaves(setup.fixed(&HYSTERESIS)),
            slope: setup.fixed(&RATIO) - 1.0,
            range,
            is_open: false,
            hold: Highest::new((hold / GROUP as f64).ceil() as usize),
            factor: follower.rest(),
            follower,
            lines: vec![Line::new(late); setup.layout.channels()],
            late,
            tail: Tail::new(memory),
            held: Tail::new(late),
        }
    }

    /// The reduction that a level wants.
    fn reduction(&mut self, level: f64) -> f64 {
        self.is_open = level > self.opens || (self.is_open && level > self.closes);
        if self.is_open {
            return 0.0;
        }
        ((self.opens - level) * self.slope).min(self.range)
    }

    fn gains(&mut self, levels: &Row) -> Row {
        levels.map(|level| {
            let level = self.hold.next(level);
            let wanted = self.reduction(level);
            -self.follower.next(wanted)
        })
    }
}

impl Processor for Gate {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        let is_heard = self.held.hear(block.silent) == Sounding::Yes;
        match self.tail.hear(is_idle(block)) {
            Sounding::Yes => {}
            Sounding::Ends => self.reset(),
            Sounding::No => return Outcome::Silent,
        }
        let levels = levels(block);
        let gains = self.gains(&levels);
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
        self.is_open = false;
        self.factor = self.follower.rest();
        self.tail.reset();
        self.held.reset();
    }
}
