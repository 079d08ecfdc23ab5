//! A hand or a thing that is put down, picked up, knocked: one contact, on the frame that it is spotted to.

use super::{Generate, Generator, SEED, SIDE, fixed_part, seed, strength};
use signal::chance::mix;
use signal::{Parameter, Samples};
use crate::node::Setup;
use crate::texture::{Burst, CELL, Event, Ring, Weave, Woven, sides};

pub(super) const GENERATOR: Generator = Generator {
    id: "touch",
    label: "Touch",
    help: "A hand or a thing on something, at its first sample: a tap, a cup put down, a door handle.",
    parameters: &[LEVEL, MATERIAL, SIZE, HARDNESS, FORCE, SETTLE, RUB, SIDE, SEED],
    channels: 2,
    build,
};

const LEVEL: Parameter =
    Parameter::setting("level", "Level", "About its peak.", [-120.0, 0.0, -20.0], "dB");

const MATERIAL: Parameter = Parameter::choice(
    "material",
    "Material",
    "What is touched.",
    &["wood", "glass", "china", "metal", "plastic", "paper", "stone", "skin"],
);

const SIZE: Parameter = Parameter::setting(
    "size",
    "Size",
    "How large it is: 5 a cup, 20 a box, 100 a table or a door.",
    [1.0, 300.0, 20.0],
    "cm",
);

const HARDNESS: Parameter = Parameter::setting(
    "hardness",
    "Hardness",
    "How hard what touches it is: 0 a palm, 40 a finger tip, 100 a ring or a key.",
    [0.0, 100.0, 40.0],
    "%",
);

const FORCE: Parameter =
    Parameter::setting("force", "Force", "How hard.", [2.0, 400.0, 100.0], "%");

const SETTLE: Parameter = Parameter::setting(
    "settle",
    "Settle",
    "How often it comes down again before it lies still: 0 stays where it is.",
    [0.0, 12.0, 0.0],
    "",
);

const RUB: Parameter = fixed_part("rub", "Rub", "How loud skin or cloth rubs as it lands.", -14.0);

/// Seconds after which the last of it is gone.
const LONGEST: f64 = 4.0;

/// A material: its modes at 20 cm (Hz, height), how long the lowest rings in seconds to 1/e, how much
/// shorter the others do, and how much of it is noise.
#[derive(Debug)]
struct Stuff {
    modes: &'static [(f64, f64)],
    decay: f64,
    damping: f64,
    noise: f64,
}

/// In the order of [`MATERIAL`]. Modes lie as those of plates and bars do (N. H. Fletcher and T. D.
/// Rossing, The Physics of Musical Instruments, 2nd edition, chapters 2 and 3); decays follow the
/// materials' internal friction (R. P. Wildes and W. A. Richards, Recovering Material Properties from
/// Sound, 1988: what tells materials apart by ear).
const STUFFS: [Stuff; 8] = [
    Stuff { modes: &[(210.0, 1.0), (470.0, 0.7), (905.0, 0.5), (1480.0, 0.3), (2300.0, 0.15)], decay: 0.035, damping: 0.7, noise: 0.5 },
    Stuff { modes: &[(1180.0, 0.8), (2890.0, 0.7), (4740.0, 0.5), (7210.0, 0.35), (9900.0, 0.2)], decay: 0.22, damping: 0.45, noise: 0.25 },
    Stuff { modes: &[(820.0, 0.9), (1960.0, 0.7), (3370.0, 0.5), (5150.0, 0.35), (7400.0, 0.2)], decay: 0.09, damping: 0.5, noise: 0.3 },
    Stuff { modes: &[(390.0, 0.8), (1075.0, 0.9), (2107.0, 0.7), (3484.0, 0.5), (5205.0, 0.4), (7270.0, 0.25)], decay: 0.42, damping: 0.4, noise: 0.25 },
    Stuff { modes: &[(310.0, 1.0), (760.0, 0.6), (1390.0, 0.4), (2200.0, 0.2)], decay: 0.014, damping: 0.6, noise: 0.7 },
    Stuff { modes: &[(240.0, 0.3), (650.0, 0.2)], decay: 0.006, damping: 0.6, noise: 1.6 },
    Stuff { modes: &[(520.0, 0.5), (1310.0, 0.5), (2600.0, 0.4)], decay: 0.006, damping: 0.5, noise: 0.9 },
    Stuff { modes: &[(110.0, 0.6), (230.0, 0.3)], decay: 0.012, damping: 0.7, noise: 0.8 },
];

fn build(setup: &Setup<'_>) -> Box<dyn Generate> {
    let fixed = |parameter| setup.fixed(parameter);
    let level = 10.0_f64.powf(fixed(&LEVEL) / 20.0);
    let touch = Touch {
        rate: f64::from(setup.sample_rate),
        event: Event { at: 0.0, chance: mix(seed(setup)) },
        stuff: &STUFFS[setup.choice(&MATERIAL)],
        pitch: (20.0 / fixed(&SIZE)).sqrt(),
        contact: 0.006 * 0.08_f64.powf(fixed(&HARDNESS) / 100.0),
        force: fixed(&FORCE) / 100.0 * level,
        rubbing: (fixed(&FORCE) / 100.0).min(1.5) * level,
        settle: fixed(&SETTLE) as u64,
        rub: strength(fixed(&RUB)),
        shares: sides(fixed(&SIDE) / 100.0),
    };
    Box::new(Woven::new(touch, 2))
}

#[derive(Debug)]
struct Touch {
    rate: f64,
    event: Event,
    stuff: &'static Stuff,
    /// Against a thing of 20 cm.
    pitch: f64,
    /// How long the contact lasts, in seconds.
    contact: f64,
    force: f64,
    /// How hard what lands rubs.
    rubbing: f64,
    settle: u64,
    rub: f64,
    shares: [f64; 2],
}

impl Weave for Touch {
    fn weave(&mut self, from: i64, out: &mut Samples) {
        if from + (CELL as i64) <= 0 || from as f64 > LONGEST * self.rate {
            return;
        }
        for (channel, share) in out.channels_mut().iter_mut().zip(self.shares) {
            let (mut at, mut force, mut gap) = (0.0, self.force * share, self.event.between(4, 0.06, 0.11));
            for number in 0..=self.settle {
                self.hit(number, at, force, from, channel);
                at += gap * self.rate;
                force *= self.event.between(10 + number, 0.45, 0.7);
                gap *= self.event.between(30 + number, 0.55, 0.8);
            }
            self.rub(share, from, channel);
        }
    }
}

impl Touch {
    /// One contact: the modes as far up as so short a push excites them, and its own noise.
    fn hit(&self, number: u64, at: f64, force: f64, from: i64, out: &mut [f32]) {
        let stuff = self.stuff;
        for (mode, (frequency, height)) in (0..).zip(stuff.modes) {
            let draw = |part: u64| self.event.draw(100 + 40 * number + 4 * mode + part);
            let frequency = frequency * self.pitch * (1.0 + 0.05 * (self.event.draw(60 + mode) - 0.5));
            let excited = 1.0 / (1.0 + (2.0 * frequency * self.contact).powi(2));
            let decay = stuff.decay * (1.0 + mode as f64).powf(-stuff.damping);
            let level = 0.6 * force * height * excited * (0.6 + 0.8 * draw(0));
            Ring { at, frequency, decay, level }.add(from, self.rate, out);
        }
        let burst = Burst {
            at: at as i64,
            attack: 0.3 * self.contact,
            decay: 0.8 * self.contact + 0.0008,
            frequency: (0.4 / self.contact).min(9000.0) * self.event.between(70 + number, 0.85, 1.2),
            q: 0.6,
            level: 0.4 * force * stuff.noise,
            chance: mix(self.event.chance ^ (number + 1)),
        };
        burst.add(from, self.rate, out);
    }

    fn rub(&self, share: f64, from: i64, out: &mut [f32]) {
        let rub = Burst {
            at: 0,
            attack: self.event.between(80, 0.015, 0.04),
            decay: self.event.between(81, 0.02, 0.05),
            frequency: self.event.between(82, 1400.0, 2800.0),
            q: 0.6,
            level: 0.3 * share * self.rub * self.rubbing,
            chance: mix(self.event.chance ^ 0x7b),
        };
        if rub.level > 0.0 {
            rub.add(from, self.rate, out);
        }
    }
}
