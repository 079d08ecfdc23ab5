//! Echoes: repeated, each darker than the one before, from side to side if wanted.

use signal::{Kind, Parameter};
use crate::automation::Automation;
use crate::blend::blend;
use crate::filter::{Bank, Biquad, Corner, Section};
use crate::kernel::kaiser_sinc;
use crate::layout::{Speaker, speakers};
use crate::node::{Block, Node, Outcome, Processor, Setup};
use crate::quantum::{QUANTUM, Run, SILENCE};
use crate::tail::{Sounding, Tail};

pub(super) const NODE: Node = Node {
    id: "delay",
    label: "Delay",
    help: "Echoes that repeat and grow darker, straight or from side to side.",
    parameters: &[TIME, FEEDBACK, MODE, HIGH_CUT, LOW_CUT, MIX],
    sides: &[],
    build: |setup| Box::new(Delay::new(setup)),
};

const TIME: Parameter = Parameter {
    id: "time",
    label: "Time",
    help: "From the sound to its echo, parts of a sample included.",
    kind: Kind::Setting { least: 5.0, most: 2000.0, default: 350.0, unit: "ms" },
};

const FEEDBACK: Parameter = Parameter {
    id: "feedback",
    label: "Feedback",
    help: "How much of each echo is repeated.",
    kind: Kind::Setting { least: 0.0, most: 95.0, default: 30.0, unit: "%" },
};

const MODE: Parameter = Parameter {
    id: "mode",
    label: "Mode",
    help: "Whether echoes stay on their side or go from one to the other.",
    kind: Kind::Choice { options: &["straight", "ping-pong"] },
};

const HIGH_CUT: Parameter = Parameter {
    id: "high_cut",
    label: "High cut",
    help: "Above what each echo loses brightness, at 12 dB an octave.",
    kind: Kind::Setting { least: 200.0, most: 20_000.0, default: 6000.0, unit: "Hz" },
};

const LOW_CUT: Parameter = Parameter {
    id: "low_cut",
    label: "Low cut",
    help: "Below what each echo loses body, at 12 dB an octave.",
    kind: Kind::Setting { least: 20.0, most: 2000.0, default: 80.0, unit: "Hz" },
};

const MIX: Parameter = Parameter {
    id: "mix",
    label: "Mix",
    help: "How much of what is heard are echoes; 100 on a bus that is sent to.",
    kind: Kind::Number { least: 0.0, most: 100.0, default: 25.0, unit: "%" },
};

/// Taps of the interpolator.
const TAPS: usize = 16;
/// Seconds to which what is remembered is held when it is asked for.
const LONGEST: f64 = 30.0;

#[derive(Debug)]
struct Delay {
    lines: Vec<Vec<f32>>,
    /// Where the next step is written, in every line.
    at: usize,
    /// Whole samples before, of the newest that the interpolator reads.
    back: usize,
    taps: [f32; TAPS],
    feedback: f32,
    mix: Automation,
    /// Whose echo each channel repeats.
    from: Vec<usize>,
    sections: [Section; 2],
    bank: Bank,
    echoes: Vec<Run>,
    tail: Tail,
    memory: usize,
}

impl Delay {
    fn new(setup: &Setup<'_>) -> Self {
        let rate = f64::from(setup.sample_rate);
        let channels = setup.layout.channels();
        let time = (setup.fixed(&TIME) / 1000.0 * rate).max((QUANTUM + TAPS) as f64);
        let back = time.floor() as usize - TAPS / 2 + 1;
        let feedback = setup.fixed(&FEEDBACK) / 100.0;
        let corner = |known| Corner::new(setup.fixed(known), 0.5, setup.sample_rate);
        let [_, _, high] = Biquad::parts(corner(&LOW_CUT));
        let [low, _, _] = Biquad::parts(corner(&HIGH_CUT));
        let repeats = if feedback > 0.0 { 1e-6_f64.ln() / feedback.ln() } else { 0.0 };
        let tail = (time * (repeats.ceil() + 1.0) + 0.3 * rate) as usize + 2 * QUANTUM;
        let length = (back + TAPS + 2 * QUANTUM).next_power_of_two();
        Self {
            lines: vec![vec![0.0; length]; channels],
            at: 0,
            back,
            taps: interpolator(time.fract()),
            feedback: feedback as f32,
            mix: setup.number(&MIX),
            from: sources(setup),
            sections: [Section::new(&low), Section::new(&high)],
            bank: Bank::new(2, channels),
            echoes: vec![SILENCE; channels],
            tail: Tail::new(tail),
            memory: tail.min((LONGEST * rate) as usize),
        }
    }

    /// Reads the part of a step whose echoes are written already.
    fn read(&mut self, range: std::ops::Range<usize>) {
        for (echo, line) in self.echoes.iter_mut().zip(&self.lines) {
            let mask = line.len() - 1;
            for (index, echo) in range.clone().zip(&mut echo[range.clone()]) {
                let newest = self.at + line.len() + index - self.back;
                let taps = self.taps.iter().enumerate();
                *echo = taps.map(|(before, tap)| line[(newest - before) & mask] * tap).sum();
            }
        }
    }
}

/// The taps for a delay of `part` of a sample.
fn interpolator(part: f64) -> [f32; TAPS] {
    let half = (TAPS / 2) as f64;
    let tap = |tap: usize| kaiser_sinc(tap as f64 - (half - 1.0) - part, half, 1.0, 6.0);
    let taps: [f64; TAPS] = std::array::from_fn(tap);
    let sum: f64 = taps.iter().sum();
    taps.map(|tap| (tap / sum) as f32)
}

/// Whose echo each channel repeats: its own, or that of its mirror image.
fn sources(setup: &Setup<'_>) -> Vec<usize> {
    let all = speakers(setup.layout);
    let mirrored = |speaker: &Speaker| match speaker {
        Speaker::Left => Speaker::Right,
        Speaker::Right => Speaker::Left,
        Speaker::LeftSurround => Speaker::RightSurround,
        Speaker::RightSurround => Speaker::LeftSurround,
        Speaker::LeftBack => Speaker::RightBack,
        Speaker::RightBack => Speaker::LeftBack,
        other => *other,
    };
    let is_crossed = setup.choice(&MODE) == 1;
    let source = |(index, speaker): (usize, &Speaker)| {
        let across = all.iter().position(|other| *other == mirrored(speaker));
        across.filter(|_| is_crossed).unwrap_or(index)
    };
    all.iter().enumerate().map(source).collect()
}

impl Processor for Delay {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        match self.tail.hear(block.silent) {
            Sounding::Yes => {}
            Sounding::Ends => self.reset(),
            Sounding::No => return Outcome::Silent,
        }
        self.read(0..QUANTUM);
        let mut mixes = SILENCE;
        let mix = self.mix.values(block.sample, &mut mixes);
        self.bank.run(&self.sections, &mut self.echoes);
        for (index, channel) in block.channels.iter_mut().enumerate().take(self.lines.len()) {
            let line = &mut self.lines[index];
            let mask = line.len() - 1;
            let repeated = &self.echoes[self.from[index]];
            for (place, (sample, echo)) in channel.iter().zip(repeated).enumerate() {
                line[(self.at + place) & mask] = sample + echo * self.feedback;
            }
            blend(channel, &self.echoes[index], mix);
        }
        self.at = (self.at + QUANTUM) & (self.lines[0].len() - 1);
        Outcome::Written
    }

    fn memory(&self) -> usize {
        self.memory
    }

    fn reset(&mut self) {
        self.lines.iter_mut().for_each(|line| line.fill(0.0));
        self.bank.reset();
        self.tail.reset();
        self.at = 0;
    }
}
