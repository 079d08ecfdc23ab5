//! Sharp consonants made softer: only what lies above a frequency, and only while it is loud.
//!
//! The high part is measured on its own and lowered by a shelf whose depth `g` follows its level: low, band
//! and high parts are put together again as `1`, the root of `g` and `g`. While nothing is too sharp, the
//! sound is what it was, bit for bit.

use signal::{Kind, Parameter};
use crate::automation::Automation;
use crate::dynamics::{Follower, GROUP, Highest, factors, forgotten_after, octaves, peaks};
use crate::filter::{Bank, Biquad, Corner, Section};
use crate::node::{Block, Node, Outcome, Processor, Setup};
use crate::quantum::{QUANTUM, Run, SILENCE};
use crate::tail::{Sounding, Tail};
use std::f64::consts::FRAC_1_SQRT_2;

pub(super) const NODE: Node = Node {
    id: "de_esser",
    label: "De-esser",
    help: "Softens sharp consonants: what lies above a frequency, while it is loud.",
    parameters: &[FREQUENCY, THRESHOLD, RATIO, RANGE, ATTACK, RELEASE],
    sides: &[],
    build: |setup| Box::new(DeEsser::new(setup)),
};

const FREQUENCY: Parameter = Parameter {
    id: "frequency",
    label: "Frequency",
    help: "Above what it listens and acts.",
    kind: Kind::Setting { least: 1000.0, most: 16_000.0, default: 5500.0, unit: "Hz" },
};

const THRESHOLD: Parameter = Parameter {
    id: "threshold",
    label: "Threshold",
    help: "The peak level of that part from which on it acts.",
    kind: Kind::Number { least: -80.0, most: 0.0, default: -30.0, unit: "dB" },
};

const RATIO: Parameter = Parameter {
    id: "ratio",
    label: "Ratio",
    help: "Decibels above the threshold for which one is let through.",
    kind: Kind::Setting { least: 1.0, most: 100.0, default: 4.0, unit: "" },
};

const RANGE: Parameter = Parameter {
    id: "range",
    label: "Range",
    help: "By how much it softens at most.",
    kind: Kind::Number { least: 0.0, most: 24.0, default: 12.0, unit: "dB" },
};

const ATTACK: Parameter = Parameter {
    id: "attack",
    label: "Attack",
    help: "How long it takes for 63 % of the way down.",
    kind: Kind::Setting { least: 0.1, most: 50.0, default: 1.0, unit: "ms" },
};

const RELEASE: Parameter = Parameter {
    id: "release",
    label: "Release",
    help: "How long it takes for 63 % of the way back.",
    kind: Kind::Setting { least: 5.0, most: 500.0, default: 40.0, unit: "ms" },
};

/// How long a peak counts, in seconds: half a cycle of 1 kHz.
const HOLD: f64 = 0.0005;

#[derive(Debug)]
struct DeEsser {
    sections: [Section; 2],
    banks: [Bank; 2],
    band: Vec<Run>,
    high: Vec<Run>,
    threshold: Automation,
    slope: f64,
    range: Automation,
    hold: Highest,
    follower: Follower,
    factor: f32,
    tail: Tail,
}

impl DeEsser {
    fn new(setup: &Setup<'_>) -> Self {
        let samples = |parameter| setup.fixed(parameter) / 1000.0 * f64::from(setup.sample_rate);
        let (attack, release) = (samples(&ATTACK), samples(&RELEASE));
        let corner = Corner::new(setup.fixed(&FREQUENCY), FRAC_1_SQRT_2, setup.sample_rate);
        let hold = (HOLD * f64::from(setup.sample_rate)).ceil() as usize / GROUP;
        let channels = setup.layout.channels();
        let [_, band, high] = Biquad::parts(corner);
        Self {
            sections: [Section::new(&band), Section::new(&high)],
            banks: [Bank::new(1, channels), Bank::new(1, channels)],
            band: vec![SILENCE; channels],
            high: vec![SILENCE; channels],
            threshold: setup.number(&THRESHOLD),
            slope: 1.0 - 1.0 / setup.fixed(&RATIO),
            range: setup.number(&RANGE),
            hold: Highest::new(hold),
            follower: Follower::new(attack, release, 0.0),
            factor: 1.0,
            tail: Tail::new(forgotten_after(attack.max(release)) + 8 * QUANTUM),
        }
    }
}

impl Processor for DeEsser {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        match self.tail.hear(block.silent) {
            Sounding::Yes => {}
            Sounding::Ends => self.reset(),
            Sounding::No => return Outcome::Silent,
        }
        let channels = &mut block.channels[..self.high.len()];
        let parts = [&mut self.band, &mut self.high];
        for ((part, section), bank) in parts.into_iter().zip(&self.sections).zip(&mut self.banks) {
            part.copy_from_slice(channels);
            bank.run(std::slice::from_ref(section), part);
        }
        let mut gains = peaks(&self.high);
        for (sample, gain) in (block.sample..).step_by(GROUP).zip(&mut gains) {
            let threshold = octaves(THRESHOLD.held(self.threshold.at(sample)));
            let range = octaves(RANGE.held(self.range.at(sample)));
            let over = (self.hold.next(*gain) - threshold).max(0.0);
            *gain = -self.follower.next((over * self.slope).min(range));
        }
        let factors = factors(&mut self.factor, &gains);
        for ((channel, band), high) in channels.iter_mut().zip(&self.band).zip(&self.high) {
            let parts = band.iter().zip(high).zip(&factors);
            for (sample, ((band, high), factor)) in channel.iter_mut().zip(parts) {
                *sample += high * (factor - 1.0) + band * (factor.sqrt() - 1.0);
            }
        }
        Outcome::Written
    }

    fn memory(&self) -> usize {
        self.tail.length()
    }

    fn reset(&mut self) {
        self.banks.iter_mut().for_each(Bank::reset);
        self.hold.reset();
        self.follower.reset();
        self.factor = 1.0;
        self.tail.reset();
    }
}
