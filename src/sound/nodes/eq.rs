//! The equalizer: two passes and four bands, each of any usual shape.
//!
//! What does not move is computed once; what moves is computed every [`STEP`] samples, and the filter
//! goes there in a straight line, sample by sample.

use signal::{Kind, Parameter};
use crate::automation::Automation;
use crate::filter::{Bank, Biquad, Corner, Section, high_pass, low_pass};
use crate::node::{Block, Node, Outcome, Processor, Setup};
use crate::quantum::QUANTUM;
use crate::tail::{Sounding, Tail};

pub(super) const NODE: Node = Node {
    id: "eq",
    label: "Equalizer",
    help: "Lifts and lowers parts of the spectrum: two passes and four bands of any shape.",
    parameters: &[
        HIGH_PASS,
        HIGH_PASS_SLOPE,
        LOW.shape,
        LOW.frequency,
        LOW.gain,
        LOW.q,
        LOW_MIDDLE.shape,
        LOW_MIDDLE.frequency,
        LOW_MIDDLE.gain,
        LOW_MIDDLE.q,
        HIGH_MIDDLE.shape,
        HIGH_MIDDLE.frequency,
        HIGH_MIDDLE.gain,
        HIGH_MIDDLE.q,
        HIGH.shape,
        HIGH.frequency,
        HIGH.gain,
        HIGH.q,
        LOW_PASS,
        LOW_PASS_SLOPE,
    ],
    sides: &[],
    build: |setup| Box::new(Equalizer::new(setup)),
};

/// Samples from one computed filter to the next while something moves.
const STEP: usize = 32;

const HIGH_PASS: Parameter = pass("high_pass", "High pass", LOWEST, "Below what it takes away; 10 Hz is off.");
const LOW_PASS: Parameter = pass("low_pass", "Low pass", HIGHEST, "Above what it takes away; 24 kHz is off.");
const HIGH_PASS_SLOPE: Parameter = slope("high_pass_slope", "High pass slope");
const LOW_PASS_SLOPE: Parameter = slope("low_pass_slope", "Low pass slope");

const LOW: Band = Band {
    shape: shape("low_shape", "Low shape", &["low-shelf", "bell", "notch", "high-shelf"]),
    frequency: frequency("low_frequency", "Low frequency", 120.0),
    gain: gain("low_gain", "Low gain"),
    q: quality("low_q", "Low Q"),
};

const LOW_MIDDLE: Band = Band {
    shape: shape("low_middle_shape", "Low middle shape", BELL_FIRST),
    frequency: frequency("low_middle_frequency", "Low middle frequency", 400.0),
    gain: gain("low_middle_gain", "Low middle gain"),
    q: quality("low_middle_q", "Low middle Q"),
};

const HIGH_MIDDLE: Band = Band {
    shape: shape("high_middle_shape", "High middle shape", BELL_FIRST),
    frequency: frequency("high_middle_frequency", "High middle frequency", 2500.0),
    gain: gain("high_middle_gain", "High middle gain"),
    q: quality("high_middle_q", "High middle Q"),
};

const HIGH: Band = Band {
    shape: shape("high_shape", "High shape", &["high-shelf", "bell", "notch", "low-shelf"]),
    frequency: frequency("high_frequency", "High frequency", 8000.0),
    gain: gain("high_gain", "High gain"),
    q: quality("high_q", "High Q"),
};

const BELL_FIRST: &[&str] = &["bell", "notch", "low-shelf", "high-shelf"];

/// The parameters of a band.
struct Band {
    shape: Parameter,
    frequency: Parameter,
    gain: Parameter,
    q: Parameter,
}

const LOWEST: f64 = 10.0;
const HIGHEST: f64 = 24_000.0;

const fn pass(
    id: &'static str,
    label: &'static str,
    default: f64,
    help: &'static str,
) -> Parameter {
    let kind = Kind::Number { least: LOWEST, most: HIGHEST, default, unit: "Hz" };
    Parameter { id, label, help, kind }
}

const fn frequency(id: &'static str, label: &'static str, default: f64) -> Parameter {
    let kind = Kind::Number { least: LOWEST, most: HIGHEST, default, unit: "Hz" };
    Parameter { id, label, help: "The frequency at which it acts.", kind }
}

const fn gain(id: &'static str, label: &'static str) -> Parameter {
    let kind = Kind::Number { least: -24.0, most: 24.0, default: 0.0, unit: "dB" };
    Parameter { id, label, help: "How much it lifts (above 0) or lowers (below).", kind }
}

const fn quality(id: &'static str, label: &'static str) -> Parameter {
    let kind = Kind::Number { least: 0.1, most: 20.0, default: 0.707, unit: "" };
    Parameter { id, label, help: "How narrow it is: frequency over bandwidth.", kind }
}

const fn shape(
    id: &'static str,
    label: &'static str,
    options: &'static [&'static str],
) -> Parameter {
    let kind = Kind::Choice { options };
    Parameter { id, label, help: "What it does; a notch takes its frequency out whole.", kind }
}

const fn slope(id: &'static str, label: &'static str) -> Parameter {
    let kind = Kind::Choice { options: &["12", "6", "18", "24", "36", "48"] };
    Parameter { id, label, help: "How steep it is, in dB an octave.", kind }
}

/// The steepness of a pass, in 6 dB an octave, by the index of its choice.
const ORDERS: [usize; 6] = [2, 1, 3, 4, 6, 8];

/// What a part of the equalizer is, and what decides it: frequency, gain, Q.
#[derive(Debug)]
struct Part {
    shape: Shape,
    values: [Automation; 3],
}

#[derive(Debug, Clone, Copy)]
enum Shape {
    HighPass(usize),
    LowPass(usize),
    Bell,
    LowShelf,
    HighShelf,
    Notch,
}

impl Part {
    fn pass(setup: &Setup<'_>, slope: &Parameter, frequency: &Parameter) -> Option<Self> {
        let order = ORDERS[setup.choice(slope)];
        let make = if slope.id == HIGH_PASS_SLOPE.id { Shape::HighPass } else { Shape::LowPass };
        let none = || Automation::constant(0.0);
        let values = [setup.number(frequency), none(), none()];
        let off = match frequency.kind {
            Kind::Number { default, .. } => default,
            _ => 0.0,
        };
        (values[0].extremes() != (off, off)).then(|| Self { shape: make(order), values })
    }

    fn band(setup: &Setup<'_>, band: &Band) -> Option<Self> {
        let values = [&band.frequency, &band.gain, &band.q].map(|known| setup.number(known));
        let word = match band.shape.kind {
            Kind::Choice { options } => options[setup.choice(&band.shape)],
            _ => "",
        };
        let shape = match word {
            "notch" => Shape::Notch,
            _ if values[1].extremes() == (0.0, 0.0) => return None,
            "bell" => Shape::Bell,
            "low-shelf" => Shape::LowShelf,
            _ => Shape::HighShelf,
        };
        Some(Self { shape, values })
    }

    const fn sections(&self) -> usize {
        match self.shape {
            Shape::HighPass(order) | Shape::LowPass(order) => order.div_ceil(2),
            _ => 1,
        }
    }

    /// Its filters for frequency, gain and Q.
    fn filters(&self, [frequency, gain, q]: [f64; 3], rate: u32, mut each: impl FnMut(Biquad)) {
        let frequency = LOW.frequency.held(frequency);
        let corner = Corner::new(frequency, LOW.q.held(q), rate);
        let gain = LOW.gain.held(gain);
        match self.shape {
            Shape::HighPass(order) => high_pass(frequency, order, rate).for_each(each),
            Shape::LowPass(order) => low_pass(frequency, order, rate).for_each(each),
            Shape::Bell => each(Biquad::bell(corner, gain)),
            Shape::LowShelf => each(Biquad::low_shelf(corner, gain)),
            Shape::HighShelf => each(Biquad::high_shelf(corner, gain)),
            Shape::Notch => each(Biquad::notch(corner)),
        }
    }

    /// The part of what rang that is left a sample later, at worst.
    fn decay(&self, rate: u32) -> f64 {
        let ends = [0, 1, 2].map(|index: usize| self.values[index].extremes());
        let mut worst = 0.0_f64;
        for corner in 0..8_usize {
            let end = |index: usize| match corner >> index & 1 {
                0 => ends[index].0,
                _ => ends[index].1,
            };
            self.filters([end(0), end(1), end(2)], rate, |it| worst = worst.max(it.decay()));
        }
        worst
    }
}

#[derive(Debug)]
struct Equalizer {
    parts: Vec<Part>,
    /// The filters that hold until something moves.
    from: Designed,
    to: Designed,
    /// Nothing ever moves.
    is_fixed: bool,
    bank: Bank,
    tail: Tail,
    channels: usize,
    sample_rate: u32,
}

/// Filters, and the values that each part's were computed from.
#[derive(Debug, Clone)]
struct Designed {
    values: Vec<[f64; 3]>,
    sections: Vec<Section>,
}

impl Designed {
    fn new(parts: &[Part]) -> Self {
        let count = parts.iter().map(Part::sections).sum();
        let sections = vec![Section::new(&Biquad::FLAT); count];
        Self { values: vec![[f64::NAN; 3]; parts.len()], sections }
    }

    /// Goes to a sample of the film: only parts whose values are others there are computed.
    fn go(&mut self, parts: &[Part], sample: i64, sample_rate: u32) {
        let mut sections = self.sections.iter_mut();
        for (part, known) in parts.iter().zip(&mut self.values) {
            let values = [0, 1, 2].map(|index: usize| part.values[index].at(sample));
            let mut own = sections.by_ref().take(part.sections());
            if values == *known {
                own.for_each(drop);
                continue;
            }
            part.filters(values, sample_rate, |biquad| {
                if let Some(section) = own.next() {
                    *section = Section::new(&biquad);
                }
            });
            *known = values;
        }
    }

    /// Becomes the same as `other`.
    fn follow(&mut self, other: &Self) {
        self.values.copy_from_slice(&other.values);
        self.sections.copy_from_slice(&other.sections);
    }
}

impl Equalizer {
    fn new(setup: &Setup<'_>) -> Self {
        let passes = [(&HIGH_PASS_SLOPE, &HIGH_PASS), (&LOW_PASS_SLOPE, &LOW_PASS)];
        let passes = passes.map(|(slope, frequency)| Part::pass(setup, slope, frequency));
        let bands = [LOW, LOW_MIDDLE, HIGH_MIDDLE, HIGH].map(|band| Part::band(setup, &band));
        let parts: Vec<Part> = passes.into_iter().chain(bands).flatten().collect();
        let (channels, sample_rate) = (setup.layout.channels(), setup.sample_rate);
        let designed = Designed::new(&parts);
        let decay = parts.iter().map(|part| part.decay(sample_rate)).fold(0.0, f64::max);
        let mut equalizer = Self {
            is_fixed: parts.iter().all(|part| {
                part.values.iter().all(|value| value.extremes().0 == value.extremes().1)
            }),
            parts,
            bank: Bank::new(designed.sections.len(), channels),
            to: designed.clone(),
            from: designed,
            tail: Tail::new(exact_after(decay, sample_rate)),
            channels,
            sample_rate,
        };
        equalizer.from.go(&equalizer.parts, 0, sample_rate);
        equalizer
    }

    /// Goes through a step in which something moves.
    fn moving(&mut self, sample: i64, channels: &mut [[f32; QUANTUM]]) {
        self.from.go(&self.parts, sample, self.sample_rate);
        for from in (0..QUANTUM).step_by(STEP) {
            let end = sample + (from + STEP) as i64;
            self.to.follow(&self.from);
            self.to.go(&self.parts, end, self.sample_rate);
            let (before, behind) = (&self.from.sections, &self.to.sections);
            self.bank.move_over(before, behind, from..from + STEP, channels);
            std::mem::swap(&mut self.from, &mut self.to);
        }
    }
}

/// Samples after which a filter that keeps `decay` of itself a sample holds nothing of what it heard
/// before: 40 bits, and some more for the rounding; ten seconds at most.
fn exact_after(decay: f64, sample_rate: u32) -> usize {
    let samples = 36.0 / -decay.clamp(1e-9, 1.0 - 1e-9).ln();
    samples.min(10.0 * f64::from(sample_rate)).ceil() as usize + 2 * QUANTUM
}

impl Processor for Equalizer {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        if self.parts.is_empty() {
            return Outcome::Bypassed;
        }
        match self.tail.hear(block.silent) {
            Sounding::Yes => {}
            Sounding::Ends => self.bank.reset(),
            Sounding::No => return Outcome::Silent,
        }
        let channels = &mut block.channels[..self.channels];
        let is_steady = |part: &Part| part.values.iter().all(|it| it.steady(block.sample).is_some());
        if self.is_fixed {
            self.bank.run(&self.from.sections, channels);
        } else if self.parts.iter().all(is_steady) {
            self.from.go(&self.parts, block.sample, self.sample_rate);
            self.bank.run(&self.from.sections, channels);
        } else {
            self.moving(block.sample, channels);
        }
        Outcome::Written
    }

    fn memory(&self) -> usize {
        if self.parts.is_empty() { 0 } else { self.tail.length() }
    }

    fn reset(&mut self) {
        self.bank.reset();
        self.tail.reset();
    }
}
