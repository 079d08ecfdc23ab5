//! Fire: flames that lap, gas that hisses, wood that cracks.

use super::{Generate, Generator, SEED, gains, level, part, seed, strength};
use signal::{Parameter, Samples};
use crate::automation::Automation;
use crate::node::Setup;
use crate::texture::{
    Burst, CELL, Canvas, Cloud, Events, Spectrum, Wander, Weave, Woven, apply, sides,
};

pub(super) const GENERATOR: Generator = Generator {
    id: "fire",
    label: "Fire",
    help: "A fire from a candle to a blaze: the roar of flames, hissing sap, crackling wood.",
    parameters: &[LEVEL, SIZE, ROAR, HISS, CRACKLE, SNAPS, SEED],
    channels: 2,
    build,
};

const LEVEL: Parameter = level(-38.0);

const SIZE: Parameter = Parameter::number(
    "size",
    "Size",
    "How wide the fire is: its flames flicker the slower the wider it is.",
    [0.02, 10.0, 0.6],
    "m",
);

const ROAR: Parameter = part("roar", "Roar", "How loud flames lap.", 0.0);

const HISS: Parameter = part("hiss", "Hiss", "How loud gas and sap hiss.", -8.0);

const CRACKLE: Parameter = part("crackle", "Crackle", "How loud wood cracks, against the flames.", 6.0);

const SNAPS: Parameter = Parameter::number(
    "snaps",
    "Snaps",
    "How many cracks there are in a second, on the whole.",
    [0.0, 60.0, 9.0],
    "/s",
);

/// Samples in a frame of its noise: 43 ms at 48 kHz.
const FRAME: usize = 2048;

fn build(setup: &Setup<'_>) -> Box<dyn Generate> {
    let (rate, seed) = (f64::from(setup.sample_rate), seed(setup));
    let fire = Fire {
        rate,
        level: setup.number(&LEVEL),
        size: setup.number(&SIZE),
        roar: setup.number(&ROAR),
        hiss: setup.number(&HISS),
        crackle: setup.number(&CRACKLE),
        snaps: setup.number(&SNAPS),
        wander: Wander::new(seed),
        other: Wander::new(!seed),
        cloud: Cloud::new(seed, FRAME, rate),
        flames: Canvas::new(FRAME, rate),
        gas: Canvas::new(FRAME, rate),
        cracks: Events::new(seed, 120.0, rate),
    };
    Box::new(Woven::new(fire, 2))
}

#[derive(Debug)]
struct Fire {
    rate: f64,
    level: Automation,
    size: Automation,
    roar: Automation,
    hiss: Automation,
    crackle: Automation,
    snaps: Automation,
    wander: Wander,
    other: Wander,
    cloud: Cloud,
    flames: Canvas<1>,
    gas: Canvas<0>,
    cracks: Events,
}

impl Weave for Fire {
    fn weave(&mut self, from: i64, out: &mut Samples) {
        self.burn(from, out);
        self.crack(from, out);
        apply(&gains(&self.level, from, CELL), out);
    }
}

/// How often flames of a width puff in a second: `1.5 / sqrt(d)` (B. M. Cetegen and T. A. Ahmed,
/// Experiments on the Periodic Instability of Buoyant Plumes and Pool Fires, Combustion and Flame 93,
/// 1993).
fn puffs(size: f64) -> f64 {
    1.5 / size.sqrt()
}

impl Fire {
    fn burn(&mut self, from: i64, out: &mut Samples) {
        let Self { rate, size, roar, hiss, wander, other, flames, gas, .. } = self;
        self.cloud.add(from, out, &mut |centre, spectrum| {
            let seconds = centre as f64 / *rate;
            let size = size.at(centre);
            flames.show([size], spectrum, |spectrum| lap(spectrum, size));
            let puff = puffs(size).min(12.0);
            let swing = wander.layered(seconds, &[(puff, 3.0), (0.3 * puff, 2.0), (0.05, 1.0)]);
            spectrum.scale(strength(roar.at(centre)).powi(2) * 10.0_f64.powf(0.1 * swing));
            let swing = other.layered(seconds, &[(2.0, 2.5), (0.4, 3.0)]);
            let share = strength(hiss.at(centre)).powi(2) * 10.0_f64.powf(0.1 * swing);
            gas.add([], share, spectrum, seethe);
        });
    }

    /// Cracks come in fits: now none, now many; the energy of each falls as a power of its number, as the
    /// energies of cracking things do.
    fn crack(&self, from: i64, out: &mut Samples) {
        let reach = (0.09 * self.rate) as i64;
        for event in self.cracks.between(from - reach, from + CELL as i64) {
            let sample = event.at as i64;
            let crackle = strength(self.crackle.at(sample));
            let fit = self.other.layered(event.at / self.rate, &[(0.7, 0.9), (0.12, 0.7)]).exp();
            let rate = 0.5 * self.snaps.at(sample) * fit;
            if crackle == 0.0 || !self.cracks.is_kept(&event, rate) {
                continue;
            }
            let height = (0.25 * (event.draw(1) + 5e-4).powf(-0.55)).min(14.0);
            let big = (height / 6.0).min(1.0);
            for (channel, share) in out.channels_mut().iter_mut().zip(sides(event.between(2, -0.6, 0.6))) {
                let burst = Burst {
                    at: sample,
                    attack: 0.00005,
                    decay: event.between(3, 0.0003, 0.002) + 0.006 * big * event.draw(5),
                    frequency: event.between(4, 1400.0, 6500.0) * (1.0 - 0.6 * big),
                    q: event.between(6, 0.8, 3.0),
                    level: 0.5 * crackle * height * share,
                    chance: event.chance,
                };
                burst.add(from, self.rate, channel);
            }
        }
    }
}

/// Flames: noise that falls from where they puff, faster above 500 Hz.
fn lap(spectrum: &mut Spectrum, size: f64) {
    let puff = puffs(size).clamp(4.0, 60.0);
    spectrum.paint(|frequency| {
        let frequency = frequency.max(1.0);
        let below = (frequency / (4.0 * puff)).min(1.0).powi(3);
        below / ((1.0 + (frequency / (12.0 * puff)).powf(1.6)) * (1.0 + (frequency / 700.0).powi(2)))
    });
    spectrum.scale(spectrum.leveling());
    spectrum.join(|frequency| 0.7 / (1.0 + (frequency / 300.0).powi(2)));
}

fn seethe(spectrum: &mut Spectrum) {
    spectrum.paint(|frequency| {
        let frequency = frequency.max(1.0);
        1.0 / ((1.0 + (3200.0 / frequency).powi(3)) * (1.0 + (frequency / 12_000.0).powi(4)))
    });
    spectrum.scale(spectrum.leveling());
}
