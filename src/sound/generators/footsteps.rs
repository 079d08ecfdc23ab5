//! Footsteps: heel, roll and toe on what one walks on.

use super::{Generate, Generator, SEED, gains, part, seed, strength};
use signal::chance::mix;
use signal::{Parameter, Samples};
use crate::automation::Automation;
use crate::node::Setup;
use crate::texture::{Burst, CELL, Event, Ring, Weave, Woven, apply, sides};

pub(super) const GENERATOR: Generator = Generator {
    id: "footsteps",
    label: "Footsteps",
    help: "Somebody who walks: no two steps are the same. Every step stands on a beat of its cadence.",
    parameters: &[LEVEL, GROUND, CADENCE, HARDNESS, WEIGHT, LOOSE, SCUFF, WET, UNEVEN, SEED],
    channels: 2,
    build,
};

const LEVEL: Parameter =
    Parameter::number("level", "Level", "About the peak of a step.", [-120.0, 0.0, -18.0], "dB");

pub(super) const GROUND: Parameter = Parameter::choice(
    "ground",
    "Ground",
    "What one walks on.",
    &["wood", "concrete", "tile", "gravel", "snow", "leaves", "grass", "metal", "stage"],
);

const CADENCE: Parameter = Parameter::number(
    "cadence",
    "Cadence",
    "Steps in a minute: 100 strolls, 115 walks, 170 runs.",
    [10.0, 240.0, 112.0],
    "/min",
);

const HARDNESS: Parameter = Parameter::number(
    "hardness",
    "Soles",
    "How hard the soles are: 0 is bare, 50 leather, 100 heels.",
    [0.0, 100.0, 55.0],
    "%",
);

const WEIGHT: Parameter =
    Parameter::number("weight", "Weight", "Who walks.", [20.0, 130.0, 70.0], "kg");

const LOOSE: Parameter =
    part("loose", "Loose", "How loud grains are that give way: grit, pebbles, snow.", -6.0);

const SCUFF: Parameter = part("scuff", "Scuff", "How loud soles drag.", -20.0);

const WET: Parameter = part("wet", "Wet", "How loud it splashes.", -60.0);

const UNEVEN: Parameter = Parameter::number(
    "uneven",
    "Uneven",
    "How far steps differ in time and force.",
    [0.0, 100.0, 30.0],
    "%",
);

/// The longest that a step is heard, in seconds.
pub(super) const LONGEST: f64 = 1.4;

/// A ground: its modes (Hz, seconds to 1/e, height), how loud it knocks, and the band (Hz), sharpness,
/// number and length in seconds of grains that give way.
#[derive(Debug)]
pub(super) struct Ground {
    modes: &'static [(f64, f64, f64)],
    knock: f64,
    grains: ([f64; 2], f64, u64, f64),
}

/// In the order of [`GROUND`].
pub(super) const GROUNDS: [Ground; 9] = [
    Ground {
        modes: &[(98.0, 0.06, 1.0), (182.0, 0.05, 0.7), (322.0, 0.035, 0.5), (566.0, 0.02, 0.3)],
        knock: 0.5,
        grains: ([1500.0, 4000.0], 2.0, 6, 0.002),
    },
    Ground {
        modes: &[(140.0, 0.008, 0.8), (420.0, 0.006, 0.5), (1100.0, 0.004, 0.4)],
        knock: 0.8,
        grains: ([2000.0, 6000.0], 1.5, 24, 0.003),
    },
    Ground {
        modes: &[(240.0, 0.01, 0.5), (930.0, 0.015, 0.6), (1720.0, 0.015, 0.5), (2950.0, 0.012, 0.4)],
        knock: 1.0,
        grains: ([2500.0, 7000.0], 2.0, 8, 0.002),
    },
    Ground {
        modes: &[(85.0, 0.02, 0.5)],
        knock: 0.15,
        grains: ([2500.0, 5000.0], 8.0, 110, 0.006),
    },
    Ground {
        modes: &[(70.0, 0.02, 0.3)],
        knock: 0.05,
        grains: ([1200.0, 3200.0], 2.5, 220, 0.004),
    },
    Ground {
        modes: &[(75.0, 0.015, 0.3)],
        knock: 0.08,
        grains: ([4000.0, 9000.0], 2.0, 90, 0.005),
    },
    Ground {
        modes: &[(62.0, 0.025, 0.6)],
        knock: 0.1,
        grains: ([1800.0, 5200.0], 1.2, 36, 0.006),
    },
    Ground {
        modes: &[(210.0, 0.16, 0.8), (487.0, 0.2, 0.7), (843.0, 0.16, 0.5), (1630.0, 0.1, 0.4), (2870.0, 0.06, 0.3)],
        knock: 0.9,
        grains: ([2500.0, 6500.0], 4.0, 10, 0.002),
    },
    Ground {
        modes: &[(74.0, 0.12, 1.2), (118.0, 0.09, 0.9), (196.0, 0.05, 0.5), (388.0, 0.03, 0.3)],
        knock: 0.5,
        grains: ([1500.0, 4000.0], 2.0, 8, 0.002),
    },
];

fn build(setup: &Setup<'_>) -> Box<dyn Generate> {
    let steps = Footsteps {
        foot: Foot::new(setup),
        seed: seed(setup),
        level: setup.number(&LEVEL),
        cadence: setup.number(&CADENCE),
        shape: [&HARDNESS, &WEIGHT, &LOOSE, &SCUFF, &WET, &UNEVEN].map(|known| setup.number(known)),
    };
    Box::new(Woven::new(steps, 2))
}

#[derive(Debug)]
struct Footsteps {
    foot: Foot,
    seed: u64,
    level: Automation,
    cadence: Automation,
    /// Hardness, weight, loose, scuff, wet, uneven.
    shape: [Automation; 6],
}

/// What comes down, and on what.
#[derive(Debug)]
pub(super) struct Foot {
    rate: f64,
    ground: &'static Ground,
}

/// A step.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) event: Event,
    /// Where it is heard, from -1 left to 1 right.
    pub(super) side: f64,
    /// How hard, about 1.
    pub(super) force: f64,
    /// From heel to toe, in seconds.
    pub(super) roll: f64,
    pub(super) hardness: f64,
    pub(super) loose: f64,
    pub(super) scuff: f64,
    pub(super) wet: f64,
}

impl Weave for Footsteps {
    fn weave(&mut self, from: i64, out: &mut Samples) {
        let reach = (LONGEST * self.foot.rate) as i64;
        let first = self.beats(from - reach).floor() as i64 - 1;
        let last = self.beats(from + CELL as i64).ceil() as i64 + 1;
        for number in first..=last.min(first + 64) {
            self.foot.walk(&self.step(number), from, out);
        }
        apply(&gains(&self.level, from, CELL), out);
    }
}

impl Footsteps {
    /// How many beats there have been at a sample.
    fn beats(&self, sample: i64) -> f64 {
        self.cadence.area(sample) / 60.0 / self.foot.rate
    }

    /// The sample of a beat: beats only grow, so it is closed in on.
    fn sample_of(&self, beat: f64) -> f64 {
        let guess = (beat - self.beats(0)) * 60.0 * self.foot.rate / self.cadence.at(0);
        let (mut low, mut high) = (guess as i64 - 1, guess as i64 + 1);
        let mut reach = 1024;
        while self.beats(low) > beat {
            low -= reach;
            reach *= 2;
        }
        while self.beats(high) <= beat {
            high += reach;
            reach *= 2;
        }
        while high - low > 1 {
            let middle = low.midpoint(high);
            if self.beats(middle) <= beat { low = middle } else { high = middle }
        }
        low as f64
    }

    fn step(&self, number: i64) -> Step {
        let event = Event { at: 0.0, chance: mix(self.seed ^ mix(number as u64)) };
        let on = self.sample_of(number as f64);
        let [hardness, weight, loose, scuff, wet, uneven] =
            self.shape.each_ref().map(|value| value.at(on as i64));
        let uneven = uneven / 100.0;
        let beat = 60.0 / self.cadence.at(on as i64);
        let late = uneven * event.between(1, -0.08, 0.08) * beat * self.foot.rate;
        let foot = if number.rem_euclid(2) == 0 { -1.0 } else { 1.0 };
        let limp = 1.0 + 0.06 * uneven * foot;
        Step {
            event: Event { at: on + late, ..event },
            side: 0.12 * foot,
            force: limp * (weight / 70.0).powf(0.7) * (1.0 + uneven * event.between(2, -0.45, 0.45)),
            roll: (0.26 * beat).min(0.22) * event.between(3, 0.85, 1.15),
            hardness: hardness / 100.0,
            loose: strength(loose),
            scuff: strength(scuff),
            wet: strength(wet),
        }
    }
}

impl Foot {
    pub(super) fn new(setup: &Setup<'_>) -> Self {
        let ground = &GROUNDS[setup.choice(&GROUND)];
        Self { rate: f64::from(setup.sample_rate), ground }
    }

    /// Adds what is heard of a step in the cell from `from` on.
    pub(super) fn walk(&self, step: &Step, from: i64, out: &mut Samples) {
        let end = step.event.at + LONGEST * self.rate;
        if end < from as f64 || step.event.at > (from + CELL as i64) as f64 {
            return;
        }
        for (channel, share) in out.channels_mut().iter_mut().zip(sides(step.side)) {
            self.knock(step, 0.0, share, from, channel);
            self.knock(step, step.roll, 0.45 * share, from, channel);
            self.give_way(step, share, from, channel);
            self.drag(step, share, from, channel);
        }
    }

    /// The heel, and later the toe, on the ground: a pulse of 1 to 5 ms, the shorter the harder the sole (H.
    /// Hertz, 1881: a contact's time), and the ground's modes as far up as the pulse excites them.
    fn knock(&self, step: &Step, late: f64, share: f64, from: i64, out: &mut [f32]) {
        let at = step.event.at + late * self.rate;
        let contact = 0.005 * 0.2_f64.powf(step.hardness);
        let part = u64::from(late > 0.0);
        for (number, (frequency, decay, height)) in (0..).zip(self.ground.modes) {
            let spread = 1.0 + 0.06 * (step.event.draw(10 + number + 20 * part) - 0.5);
            let excited = 1.0 / (1.0 + (frequency * contact * 2.0).powi(2));
            let side = if step.event.draw(50 + number + 20 * part) < 0.5 { -1.0 } else { 1.0 };
            let level = 0.5 * side * share * step.force * height * excited;
            let ring = Ring { at, frequency: frequency * spread, decay: *decay, level };
            ring.add(from, self.rate, out);
        }
        let burst = Burst {
            at: at as i64,
            attack: 0.3 * contact,
            decay: contact,
            frequency: 0.35 / contact * step.event.between(5 + part, 0.8, 1.25),
            q: 0.7,
            level: 0.5 * share * step.force * self.ground.knock * (0.3 + step.hardness),
            chance: mix(step.event.chance ^ part),
        };
        burst.add(from, self.rate, out);
    }

    /// Grains that give way under the foot, from heel to toe (after P. R. Cook, Physically Informed Sonic
    /// Modeling, Computer Music J. 21(3), 1997: each with its own share of an energy that is used up).
    fn give_way(&self, step: &Step, share: f64, from: i64, out: &mut [f32]) {
        let ([low, high], q, count, length) = self.ground.grains;
        if step.loose == 0.0 {
            return;
        }
        let time = step.roll + 0.1;
        for number in 0..count {
            let draw = |part: u64| step.event.draw(100 + 8 * number + part);
            let x = draw(0);
            let press = (std::f64::consts::PI * x).sin().max(0.0) * (1.0 - 0.4 * x);
            let height = press * draw(1).powi(2);
            let burst = Burst {
                at: (step.event.at + (x * time) * self.rate) as i64,
                attack: 0.0004,
                decay: length * (0.4 + 1.2 * draw(2)),
                frequency: low * (high / low).powf(draw(3)),
                q,
                level: 1.1 * share * step.loose * step.force * height * (12.0 / count as f64).powf(0.35),
                chance: mix(step.event.chance ^ (number + 7)),
            };
            burst.add(from, self.rate, out);
        }
    }

    /// The sole that drags, and the water that splashes.
    fn drag(&self, step: &Step, share: f64, from: i64, out: &mut [f32]) {
        let scuff = Burst {
            at: (step.event.at + 0.6 * step.roll * self.rate) as i64,
            attack: 0.03,
            decay: 0.025,
            frequency: step.event.between(60, 2200.0, 4200.0),
            q: 0.8,
            level: 0.4 * share * step.scuff * step.event.draw(61),
            chance: mix(step.event.chance ^ 3),
        };
        let splash = Burst {
            at: step.event.at as i64,
            attack: 0.004,
            decay: 0.035,
            frequency: step.event.between(62, 1500.0, 3500.0),
            q: 0.6,
            level: 0.5 * share * step.wet * step.force,
            chance: mix(step.event.chance ^ 4),
        };
        for burst in [scuff, splash] {
            if burst.level > 0.0 {
                burst.add(from, self.rate, out);
            }
        }
    }
}
