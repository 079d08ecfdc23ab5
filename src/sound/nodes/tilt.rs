//! Darker or brighter as a whole: a straight line through the spectrum.
//!
//! Shelves of a gentle Q, one an octave and a half, each with its part of the gain, lie on one line in
//! decibels over octaves.

use signal::{Kind, Parameter};
use crate::automation::Automation;
use crate::filter::{Bank, Biquad, Corner, Section};
use crate::node::{Block, Node, Outcome, Processor, Setup};
use crate::quantum::QUANTUM;
use crate::tail::{Sounding, Tail};
use std::f64::consts::FRAC_1_SQRT_2;

pub(super) const NODE: Node = Node {
    id: "tilt",
    label: "Tilt",
    help: "Tips the whole spectrum: brighter above 0, darker below.",
    parameters: &[TILT, PIVOT],
    sides: &[],
    build: |setup| Box::new(Tilt::new(setup)),
};

const TILT: Parameter = Parameter {
    id: "tilt",
    label: "Tilt",
    help: "How much louder each octave is than the one below.",
    kind: Kind::Number { least: -3.0, most: 3.0, default: 0.0, unit: "dB/oct" },
};

const PIVOT: Parameter = Parameter {
    id: "pivot",
    label: "Pivot",
    help: "The frequency that stays as it is.",
    kind: Kind::Setting { least: 100.0, most: 8000.0, default: 1000.0, unit: "Hz" },
};

/// The shelves' frequencies are this far apart, in octaves.
const APART: f64 = 1.5;
const SHELVES: usize = 7;
/// The lowest shelf, in Hz.
const LOWEST: f64 = 28.0;
/// Samples from one computed filter to the next while the tilt moves.
const STEP: usize = 32;
/// Samples after which the lowest shelf has forgotten: 36 of its time constants, in seconds.
const MEMORY: f64 = 0.6;

#[derive(Debug)]
struct Tilt {
    tilt: Automation,
    pivot: f64,
    /// The tilt that the shelves were last computed for, and they.
    from: (f64, [Section; SHELVES]),
    bank: Bank,
    tail: Tail,
    channels: usize,
    sample_rate: u32,
}

impl Tilt {
    fn new(setup: &Setup<'_>) -> Self {
        let (channels, sample_rate) = (setup.layout.channels(), setup.sample_rate);
        let tilt = setup.number(&TILT);
        let pivot = setup.fixed(&PIVOT);
        Self {
            from: (tilt.at(0), sections(tilt.at(0), pivot, sample_rate)),
            tilt,
            pivot,
            bank: Bank::new(SHELVES, channels),
            tail: Tail::new((MEMORY * f64::from(sample_rate)) as usize + 2 * QUANTUM),
            channels,
            sample_rate,
        }
    }

    /// Goes to a sample of the film: the shelves there are computed where they are others.
    fn go(&mut self, sample: i64) {
        let tilt = TILT.held(self.tilt.at(sample));
        if tilt != self.from.0 {
            self.from = (tilt, sections(tilt, self.pivot, self.sample_rate));
        }
    }
}

/// The row of shelves for a tilt in dB an octave.
fn sections(tilt: f64, pivot: f64, sample_rate: u32) -> [Section; SHELVES] {
    let shelf = |index: usize| {
        let frequency = LOWEST * (APART * index as f64).exp2();
        let corner = Corner::new(frequency, FRAC_1_SQRT_2, sample_rate);
        let mut biquad = Biquad::high_shelf(corner, tilt * APART);
        if index == 0 {
            let below = (pivot / (LOWEST * (-APART / 2.0).exp2())).log2();
            let factor = 10.0_f64.powf(-tilt * below / 20.0);
            biquad.zeros = biquad.zeros.map(|zero| zero * factor);
        }
        Section::new(&biquad)
    };
    std::array::from_fn(shelf)
}

impl Processor for Tilt {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        if self.tilt.extremes() == (0.0, 0.0) {
            return Outcome::Bypassed;
        }
        match self.tail.hear(block.silent) {
            Sounding::Yes => {}
            Sounding::Ends => self.bank.reset(),
            Sounding::No => return Outcome::Silent,
        }
        let channels = &mut block.channels[..self.channels];
        self.go(block.sample);
        if self.tilt.steady(block.sample).is_some() {
            self.bank.run(&self.from.1, channels);
        } else {
            for from in (0..QUANTUM).step_by(STEP) {
                let before = self.from.1;
                self.go(block.sample + (from + STEP) as i64);
                self.bank.move_over(&before, &self.from.1, from..from + STEP, channels);
            }
        }
        Outcome::Written
    }

    fn memory(&self) -> usize {
        if self.tilt.extremes() == (0.0, 0.0) { 0 } else { self.tail.length() }
    }

    fn reset(&mut self) {
        self.bank.reset();
        self.tail.reset();
    }
}
