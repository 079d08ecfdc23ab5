//! Narrower or wider: the sides against the middle.

use signal::{Kind, Parameter};
use crate::automation::Automation;
use crate::filter::{Bank, Biquad, Corner, Section};
use crate::layout::{Speaker, speakers};
use crate::node::{Block, Node, Outcome, Processor, Setup};
use crate::quantum::{QUANTUM, Run};
use crate::tail::{Sounding, Tail};
use std::f64::consts::FRAC_1_SQRT_2;

pub(super) const NODE: Node = Node {
    id: "width",
    label: "Width",
    help: "Makes what differs between left and right quieter or louder.",
    parameters: &[WIDTH, MONO_BELOW],
    sides: &[],
    build: |setup| Box::new(Width::new(setup)),
};

const WIDTH: Parameter = Parameter {
    id: "width",
    label: "Width",
    help: "How loud the difference is: 0 is mono, 100 as it was, 200 twice as wide.",
    kind: Kind::Number { least: 0.0, most: 200.0, default: 100.0, unit: "%" },
};

const MONO_BELOW: Parameter = Parameter {
    id: "mono_below",
    label: "Mono below",
    help: "Below what left and right are made the same; 0 nowhere.",
    kind: Kind::Setting { least: 0.0, most: 500.0, default: 0.0, unit: "Hz" },
};

/// Pairs of loudspeakers that face each other.
const PAIRS: [(Speaker, Speaker); 3] = [
    (Speaker::Left, Speaker::Right),
    (Speaker::LeftSurround, Speaker::RightSurround),
    (Speaker::LeftBack, Speaker::RightBack),
];

#[derive(Debug)]
struct Width {
    width: Automation,
    /// The channels of each pair.
    pairs: Vec<(usize, usize)>,
    /// What takes the lows out of the difference.
    section: Option<Section>,
    bank: Bank,
    sides: Vec<Run>,
    tail: Tail,
}

impl Width {
    fn new(setup: &Setup<'_>) -> Self {
        let all = speakers(setup.layout);
        let place = |wanted: Speaker| all.iter().position(|speaker| *speaker == wanted);
        let pairs = PAIRS.iter().filter_map(|(left, right)| Some((place(*left)?, place(*right)?)));
        let pairs: Vec<(usize, usize)> = pairs.collect();
        let below = setup.fixed(&MONO_BELOW);
        let corner = Corner::new(below, FRAC_1_SQRT_2, setup.sample_rate);
        let is_filtered = below >= 10.0;
        let tail = if is_filtered { 0.9 * f64::from(setup.sample_rate) } else { 0.0 };
        Self {
            width: setup.number(&WIDTH),
            section: is_filtered.then(|| Section::new(&Biquad::high_pass(corner))),
            bank: Bank::new(1, pairs.len()),
            sides: vec![[0.0; QUANTUM]; pairs.len()],
            tail: Tail::new(tail as usize),
            pairs,
        }
    }

    /// The factors of the difference, halved.
    fn factors(&self, sample: i64) -> Run {
        let factor = |sample| (WIDTH.held(self.width.at(sample)) / 200.0) as f32;
        match self.width.steady(sample) {
            Some(_) => [factor(sample); QUANTUM],
            None => std::array::from_fn(|index| factor(sample + index as i64)),
        }
    }
}

impl Processor for Width {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        match self.tail.hear(block.silent) {
            Sounding::Yes => {}
            Sounding::Ends => self.reset(),
            Sounding::No => return Outcome::Silent,
        }
        let is_whole = self.width.steady(block.sample) == Some(100.0);
        if self.pairs.is_empty() || (is_whole && self.section.is_none()) {
            return Outcome::Bypassed;
        }
        let factors = self.factors(block.sample);
        for (side, (left, right)) in self.sides.iter_mut().zip(&self.pairs) {
            let channels = block.channels[*left].iter().zip(&block.channels[*right]);
            side.iter_mut().zip(channels).for_each(|(side, (left, right))| *side = left - right);
        }
        for (side, (left, right)) in self.sides.iter().zip(&self.pairs) {
            for (sample, side) in block.channels[*left].iter_mut().zip(side) {
                *sample -= side * 0.5;
            }
            for (sample, side) in block.channels[*right].iter_mut().zip(side) {
                *sample += side * 0.5;
            }
        }
        if let Some(section) = &self.section {
            self.bank.run(std::slice::from_ref(section), &mut self.sides);
        }
        for (side, (left, right)) in self.sides.iter().zip(&self.pairs) {
            for ((sample, side), factor) in block.channels[*left].iter_mut().zip(side).zip(&factors)
            {
                *sample += side * factor;
            }
            for ((sample, side), factor) in
                block.channels[*right].iter_mut().zip(side).zip(&factors)
            {
                *sample -= side * factor;
            }
        }
        Outcome::Written
    }

    fn memory(&self) -> usize {
        self.tail.length()
    }

    fn reset(&mut self) {
        self.bank.reset();
        self.tail.reset();
    }
}
