//! Quieter while something else is heard: music under dialogue.
//!
//! The key opens where its level passes the threshold and stays open for the hold. The gain is the
//! average, over the fade, of the wanted one: a straight line down and up again, of which nothing is left
//! once hold and fade have passed. The fade smooths what the document's keyframes do as well.
//!
//! With a look-ahead the sound is late by it and the key is not: it gives way before it has to. That
//! lateness is declared, and every other path waits for it: to the ear it costs nothing, for the film is
//! read ahead. What moves is taken at the key's moment.

mod key;

use signal::{Decibels, Kind, Parameter};
use crate::automation::{Automation, Level};
use crate::line::{Line, ride};
use crate::node::{Block, Node, Outcome, Processor, Setup, Side};
use crate::quantum::{QUANTUM, Run, SILENCE};
use crate::running::{Average, ONE};
use crate::tail::{Sounding, Tail};
use crate::watch::Gains;
use key::Key;

pub(super) const NODE: Node = Node {
    id: "duck",
    label: "Duck",
    help: "Makes the sound quieter while another, its key, is heard.",
    parameters: &[THRESHOLD, MEASURE, DEPTH, HOLD, FADE, LOOK_AHEAD],
    sides: &[KEY],
    build: |setup| Box::new(Duck::new(setup)),
};

const KEY: Side = Side { id: "key", label: "Key", help: "What the sound gives way to." };

const THRESHOLD: Parameter = Parameter {
    id: "threshold",
    label: "Threshold",
    help: "How loud the key must be to be heard as such: against full scale, or in LUFS.",
    kind: Kind::Number { least: -80.0, most: 0.0, default: -40.0, unit: "dB" },
};

const MEASURE: Parameter = Parameter {
    id: "measure",
    label: "Measure",
    help: "What of the key passes the threshold: its peaks, or its loudness over 0.4 s.",
    kind: Kind::Choice { options: &["peak", "loudness"] },
};

const DEPTH: Parameter = Parameter {
    id: "depth",
    label: "Depth",
    help: "By how much the sound gives way.",
    kind: Kind::Number { least: 0.0, most: 60.0, default: 9.0, unit: "dB" },
};

const HOLD: Parameter = Parameter {
    id: "hold",
    label: "Hold",
    help: "How long a pause of the key may be before the sound comes back.",
    kind: Kind::Number { least: 0.0, most: 5000.0, default: 400.0, unit: "ms" },
};

const FADE: Parameter = Parameter {
    id: "fade",
    label: "Fade",
    help: "How long the gain takes to fall, and to rise again.",
    kind: Kind::Setting { least: 1.0, most: 5000.0, default: 200.0, unit: "ms" },
};

const LOOK_AHEAD: Parameter = Parameter {
    id: "look_ahead",
    label: "Look-ahead",
    help: "How long before the key the sound begins to give way; all else waits for it.",
    kind: Kind::Setting { least: 0.0, most: 500.0, default: 0.0, unit: "ms" },
};

#[derive(Debug)]
struct Duck {
    key: Key,
    threshold: Automation,
    depth: Automation,
    hold: Automation,
    average: Average,
    sample_rate: f64,
    /// Samples since the key was last open, as far as that matters.
    quiet: usize,
    /// Samples by which the sound is late.
    ahead: usize,
    lines: Vec<Line>,
    tail: Tail,
    /// Who wants to know what gains it gives.
    watcher: Option<Gains>,
}

impl Duck {
    fn new(setup: &Setup<'_>) -> Self {
        let sample_rate = f64::from(setup.sample_rate);
        let fade = samples(setup.fixed(&FADE), sample_rate);
        let ahead = (setup.fixed(&LOOK_AHEAD) / 1000.0 * sample_rate).round() as usize;
        let mut duck = Self {
            key: Key::new(setup.choice(&MEASURE) == 1, setup.layout, setup.sample_rate),
            threshold: setup.number(&THRESHOLD),
            depth: setup.number(&DEPTH),
            hold: setup.number(&HOLD),
            average: Average::new(fade),
            sample_rate,
            quiet: 0,
            ahead,
            lines: vec![Line::new(ahead); setup.layout.channels()],
            tail: Tail::new(ahead),
            watcher: None,
        };
        duck.reset();
        duck
    }

    /// The gains over the step at `sample`; `None` where the key rests and nothing of it is left.
    fn gains(&mut self, key: &Run, sample: i64) -> Option<Run> {
        let mut thresholds = SILENCE;
        let thresholds = self.threshold.level(sample, &mut thresholds);
        let is_open = key.iter().enumerate().any(|(index, level)| *level > thresholds.at(index));
        let rests = !is_open && self.quiet >= self.forgets();
        (!rests).then(|| self.follow(key, thresholds, sample))
    }

    fn follow(&mut self, key: &Run, thresholds: Level<'_>, sample: i64) -> Run {
        let (mut depths, mut holds) = (SILENCE, SILENCE);
        let depths = self.depth.values(sample, &mut depths);
        let holds = self.hold.values(sample, &mut holds);
        let mut low = depth_gain(depths.at(0));
        std::array::from_fn(|index| {
            if let Level::Moving(depths) = depths {
                low = depth_gain(depths[index]);
            }
            let is_open = key[index] > thresholds.at(index);
            self.quiet = if is_open { 0 } else { self.quiet.saturating_add(1) };
            let is_held = self.quiet < samples(f64::from(holds.at(index)), self.sample_rate);
            self.average.next(if is_held { low } else { ONE })
        })
    }

    /// After how many samples of a closed key nothing is left of it.
    fn forgets(&self) -> usize {
        samples(self.hold.most(), self.sample_rate) + self.average.length() + QUANTUM
    }
}

/// A time in samples: at least one.
fn samples(milliseconds: f64, sample_rate: f64) -> usize {
    (milliseconds / 1000.0 * sample_rate).round().max(1.0) as usize
}

fn depth_gain(depth: f32) -> i64 {
    (Decibels(-f64::from(depth)).gain() * ONE as f64) as i64
}

impl Processor for Duck {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        let key = self.key.hear(block.side(0));
        let gains = self.gains(&key, block.sample);
        if let (Some(watcher), Some(gains)) = (&self.watcher, &gains) {
            watcher.leave(block.sample - self.ahead as i64, gains);
        }
        match self.tail.hear(block.silent) {
            Sounding::Yes => {}
            Sounding::Ends => {
                self.lines.iter_mut().for_each(Line::reset);
                return Outcome::Silent;
            }
            Sounding::No => return Outcome::Silent,
        }
        if gains.is_none() && self.ahead == 0 {
            return Outcome::Bypassed;
        }
        ride(&mut self.lines, block.channels, &gains.unwrap_or([1.0; QUANTUM]));
        Outcome::Written
    }

    fn latency(&self) -> usize {
        self.ahead
    }

    fn memory(&self) -> usize {
        self.forgets() + self.key.memory() + self.ahead
    }

    fn reset(&mut self) {
        self.key.reset();
        self.average.reset();
        self.lines.iter_mut().for_each(Line::reset);
        self.tail.reset();
        self.quiet = self.forgets();
    }

    fn watch(&mut self, gains: &Gains) -> bool {
        self.watcher = Some(gains.clone());
        true
    }
}
