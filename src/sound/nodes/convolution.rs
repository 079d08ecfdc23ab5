//! A real room, from its recorded impulse response.

use signal::{Decibels, Kind, Parameter};
use crate::automation::Automation;
use crate::blend::blend;
use crate::convolver::Convolver;
use crate::line::Line;
use crate::node::{Block, Node, Outcome, Processor, Setup};
use crate::quantum::{Run, SILENCE};
use crate::tail::{Sounding, Tail};

pub(super) const NODE: Node = Node {
    id: "convolution",
    label: "Convolution",
    help: "A recorded room: every sample sets off the impulse response of a media.",
    parameters: &[IMPULSE, LEVELLING, GAIN, PRE_DELAY, MIX],
    sides: &[],
    build: |setup| Box::new(Convolution::new(setup)),
};

const IMPULSE: Parameter = Parameter {
    id: "impulse",
    label: "Impulse response",
    help: "The media that holds it: one channel for all, or one for each.",
    kind: Kind::Media,
};

const LEVELLING: Parameter = Parameter {
    id: "levelling",
    label: "Levelling",
    help: "Whether the response is brought to a power of 1, so that rooms can be exchanged.",
    kind: Kind::Choice { options: &["power", "as-is"] },
};

const GAIN: Parameter = Parameter {
    id: "gain",
    label: "Gain",
    help: "How much louder or quieter the room is made.",
    kind: Kind::Setting { least: -60.0, most: 24.0, default: 0.0, unit: "dB" },
};

const PRE_DELAY: Parameter = Parameter {
    id: "pre_delay",
    label: "Pre-delay",
    help: "From the sound to the room's first answer.",
    kind: Kind::Setting { least: 0.0, most: 250.0, default: 0.0, unit: "ms" },
};

const MIX: Parameter = Parameter {
    id: "mix",
    label: "Mix",
    help: "How much of what is heard is the room; 100 on a bus that is sent to.",
    kind: Kind::Setting { least: 0.0, most: 100.0, default: 25.0, unit: "%" },
};

/// The longest impulse response, in seconds.
const LONGEST: f64 = 20.0;

/// Rooms by convolution: what [`NODE`], the model of a room and what is heard through a wall share.
#[derive(Debug)]
pub(super) struct Convolution {
    channels: Vec<(Line, Convolver)>,
    mix: Automation,
    tail: Tail,
}

impl Convolution {
    fn new(setup: &Setup<'_>) -> Self {
        let Some(samples) = setup.media(&IMPULSE, LONGEST) else {
            return Self::nothing();
        };
        let mut responses = samples.channels().to_vec();
        responses.iter_mut().flatten().for_each(|sample| {
            *sample = if sample.is_finite() { *sample } else { 0.0 };
        });
        if setup.choice(&LEVELLING) == 0 {
            level(&mut responses);
        }
        let gain = Decibels(setup.fixed(&GAIN)).gain() as f32;
        responses.iter_mut().flatten().for_each(|sample| *sample *= gain);
        Self::with(setup, &responses, setup.fixed(&PRE_DELAY), Automation::constant(setup.fixed(&MIX)))
    }

    /// That lets everything through.
    pub(super) fn nothing() -> Self {
        Self { channels: Vec::new(), mix: Automation::constant(0.0), tail: Tail::new(0) }
    }

    /// With a response for each channel, or fewer, which are used in turn.
    pub(super) fn with(
        setup: &Setup<'_>,
        responses: &[Vec<f32>],
        pre_delay_ms: f64,
        mix: Automation,
    ) -> Self {
        let late = (pre_delay_ms / 1000.0 * f64::from(setup.sample_rate)).round() as usize;
        let count = setup.layout.channels();
        let channel = |index: usize| {
            let response = &responses[index % responses.len()];
            (Line::new(late), Convolver::new(response, (index, count)))
        };
        let channels: Vec<_> = (0..count).map(channel).collect();
        let memory = channels.iter().map(|(_, convolver)| convolver.memory()).max().unwrap_or(0);
        Self { channels, mix, tail: Tail::new(memory + late) }
    }
}

/// Brings the loudest of some responses to a power of 1.
pub(super) fn level(responses: &mut [Vec<f32>]) {
    let power = |response: &Vec<f32>| -> f64 {
        response.iter().map(|sample| f64::from(*sample) * f64::from(*sample)).sum()
    };
    let most = responses.iter().map(power).fold(0.0, f64::max);
    if most > 0.0 {
        let factor = (1.0 / most.sqrt()) as f32;
        responses.iter_mut().flatten().for_each(|sample| *sample *= factor);
    }
}

impl Processor for Convolution {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        if self.channels.is_empty() {
            return Outcome::Bypassed;
        }
        match self.tail.hear(block.silent) {
            Sounding::Yes => {}
            Sounding::Ends => self.reset(),
            Sounding::No => return Outcome::Silent,
        }
        let mut mixes = SILENCE;
        let mix = self.mix.values(block.sample, &mut mixes);
        for ((line, convolver), channel) in self.channels.iter_mut().zip(block.channels.iter_mut()) {
            let mut room: Run = *channel;
            line.pass(&mut room);
            convolver.pass(block.sample, &mut room);
            blend(channel, &room, mix);
        }
        Outcome::Written
    }

    fn memory(&self) -> usize {
        self.tail.length()
    }

    fn reset(&mut self) {
        for (line, convolver) in &mut self.channels {
            line.reset();
            convolver.reset();
        }
        self.tail.reset();
    }
}
