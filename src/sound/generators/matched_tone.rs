//! The tone of a room that was recorded: for the holes in its dialogue.

use super::{Generate, Generator, SEED, gains, seed};
use signal::{Kind, Parameter, Samples};
use crate::automation::Automation;
use crate::node::Setup;
use crate::texture::learned::{FRAME, Learned};
use crate::texture::{CELL, Cloud, Weave, Woven, add_sine, apply};
use std::sync::Arc;

pub(super) const GENERATOR: Generator = Generator {
    id: "matched_tone",
    label: "Matched room tone",
    help: "The tone of the room that a recording was made in, learned from it: its noise and its hum, without what was said. It never repeats.",
    parameters: &[LIKE, FROM, TO, GAIN, SEED],
    channels: 2,
    build,
};

const LIKE: Parameter = Parameter {
    id: "like",
    label: "Like",
    help: "The media that it is learned from.",
    kind: Kind::Media,
};

const FROM: Parameter = Parameter::setting(
    "from",
    "From",
    "Where in the media learning begins; pauses are found by themselves.",
    [0.0, 36_000.0, 0.0],
    "s",
);

const TO: Parameter = Parameter::setting(
    "to",
    "To",
    "Where in the media learning ends; a minute behind the beginning at most.",
    [0.0, 36_000.0, 60.0],
    "s",
);

const GAIN: Parameter = Parameter::number(
    "gain",
    "Gain",
    "How much louder it is than the room was.",
    [-60.0, 24.0, 0.0],
    "dB",
);

/// The longest that is learned from, in seconds.
const LONGEST: f64 = 60.0;

fn build(setup: &Setup<'_>) -> Box<dyn Generate> {
    let rate = f64::from(setup.sample_rate);
    let tone = MatchedTone {
        rate,
        learned: learned(setup),
        gain: setup.number(&GAIN),
        cloud: Cloud::new(seed(setup), FRAME, rate),
        seed: seed(setup),
    };
    Box::new(Woven::new(tone, 2))
}

/// What the stretch of the recording tells of its room.
fn learned(setup: &Setup<'_>) -> Option<Arc<Learned>> {
    let (from, to) = (setup.fixed(&FROM), setup.fixed(&TO));
    setup.tone(&LIKE, [from, to.min(from + LONGEST)])
}

#[derive(Debug)]
struct MatchedTone {
    rate: f64,
    /// Absent where there is nothing to learn from: it is silent then.
    learned: Option<Arc<Learned>>,
    gain: Automation,
    cloud: Cloud,
    seed: u64,
}

impl Weave for MatchedTone {
    fn weave(&mut self, from: i64, out: &mut Samples) {
        let Some(learned) = &self.learned else { return };
        self.cloud.add(from, out, &mut |_, spectrum| spectrum.clone_from(&learned.spectrum));
        for (number, tone) in learned.tones.iter().enumerate() {
            let phase = (self.seed % 97) as f64 / 97.0 + 0.37 * number as f64;
            let turns = |seconds: f64| tone.frequency * seconds + phase;
            for (channel, height) in out.channels_mut().iter_mut().zip(tone.heights) {
                add_sine(from, self.rate, height, turns, channel);
            }
        }
        apply(&gains(&self.gain, from, CELL), out);
    }
}
