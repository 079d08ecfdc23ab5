//! One footstep, on the frame that it is spotted to.

use super::footsteps::{Foot, GROUND, LONGEST, Step};
use super::{Generate, Generator, SEED, SIDE, fixed_part, seed, strength};
use signal::chance::mix;
use signal::{Parameter, Samples};
use crate::node::Setup;
use crate::texture::{CELL, Event, Weave, Woven};

pub(super) const GENERATOR: Generator = Generator {
    id: "step",
    label: "Step",
    help: "One footstep, whose heel comes down at its first sample.",
    parameters: &[LEVEL, GROUND, FORCE, ROLL, HARDNESS, WEIGHT, LOOSE, SCUFF, WET, SIDE, SEED],
    channels: 2,
    build,
};

const LEVEL: Parameter =
    Parameter::setting("level", "Level", "About its peak.", [-120.0, 0.0, -18.0], "dB");

const FORCE: Parameter = Parameter::setting(
    "force",
    "Force",
    "How hard it comes down: 50 creeps, 100 walks, 200 stamps.",
    [5.0, 400.0, 100.0],
    "%",
);

const ROLL: Parameter =
    Parameter::setting("roll", "Roll", "From heel to toe.", [0.02, 0.6, 0.15], "s");

const HARDNESS: Parameter = Parameter::setting(
    "hardness",
    "Soles",
    "How hard the soles are: 0 is bare, 50 leather, 100 heels.",
    [0.0, 100.0, 55.0],
    "%",
);

const WEIGHT: Parameter =
    Parameter::setting("weight", "Weight", "Who walks.", [20.0, 130.0, 70.0], "kg");

const LOOSE: Parameter = fixed_part(
    "loose",
    "Loose",
    "How loud grains are that give way: grit, pebbles, snow.",
    -6.0,
);

const SCUFF: Parameter = fixed_part("scuff", "Scuff", "How loud the sole drags.", -20.0);

const WET: Parameter = fixed_part("wet", "Wet", "How loud it splashes.", -60.0);

fn build(setup: &Setup<'_>) -> Box<dyn Generate> {
    let fixed = |parameter| setup.fixed(parameter);
    let event = Event { at: 0.0, chance: mix(seed(setup)) };
    let level = 10.0_f64.powf(fixed(&LEVEL) / 20.0);
    let weight = (fixed(&WEIGHT) / 70.0).powf(0.7);
    let step = Step {
        event,
        side: fixed(&SIDE) / 100.0,
        force: fixed(&FORCE) / 100.0 * weight * event.between(2, 0.85, 1.15) * level,
        roll: fixed(&ROLL) * event.between(3, 0.85, 1.15),
        hardness: fixed(&HARDNESS) / 100.0,
        loose: strength(fixed(&LOOSE)),
        scuff: strength(fixed(&SCUFF)) * level,
        wet: strength(fixed(&WET)),
    };
    let rate = f64::from(setup.sample_rate);
    Box::new(Woven::new(One { foot: Foot::new(setup), step, rate }, 2))
}

#[derive(Debug)]
struct One {
    foot: Foot,
    step: Step,
    rate: f64,
}

impl Weave for One {
    fn weave(&mut self, from: i64, out: &mut Samples) {
        if from + (CELL as i64) <= 0 || from as f64 > LONGEST * self.rate {
            return;
        }
        self.foot.walk(&self.step, from, out);
    }
}
