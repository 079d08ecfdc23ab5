//! Cloth that moves: it rubs, it crumples, it swings.

use super::{Generate, Generator, SEED, gains, level, part, seed, strength};
use signal::{Parameter, Samples};
use crate::automation::Automation;
use crate::node::Setup;
use crate::texture::{
    Burst, CELL, Cloud, Event, Events, Spectrum, Weave, Woven, apply, peak, sides,
};

pub(super) const GENERATOR: Generator = Generator {
    id: "fabric",
    label: "Fabric",
    help: "Cloth that moves with somebody: draw its motion, or let it move by itself.",
    parameters: &[LEVEL, CLOTH, MOTION, RESTLESS, RUB, CRUMPLE, SEED],
    channels: 2,
    build,
};

const LEVEL: Parameter = level(-40.0);

const CLOTH: Parameter = Parameter::choice(
    "cloth",
    "Cloth",
    "What it is made of.",
    &["cotton", "nylon", "wool", "denim", "silk", "leather"],
);

const MOTION: Parameter = Parameter::number(
    "motion",
    "Motion",
    "How fast it moves: 0.2 is a shrug, 1 an arm that reaches, 2 a fight. Its level holds at 0.6.",
    [0.0, 3.0, 0.6],
    "m/s",
);

const RESTLESS: Parameter = Parameter::number(
    "restless",
    "Restless",
    "How far it moves by itself, in gestures: 0 follows the drawn motion alone.",
    [0.0, 100.0, 100.0],
    "%",
);

const RUB: Parameter = part("rub", "Rub", "How loud it rubs.", 0.0);

const CRUMPLE: Parameter = part("crumple", "Crumple", "How loud it crumples.", -3.0);

/// Samples in a frame of its noise: 21 ms at 48 kHz.
const FRAME: usize = 1024;

/// The most crumples in a second.
const CRUMPLES: f64 = 1200.0;

/// What a cloth sounds like.
#[derive(Debug, Clone, Copy)]
struct Cloth {
    /// The middle of its rub at rest and what a speed of 1 m/s adds, in Hz.
    rub: [f64; 2],
    /// The band of its crumples, in Hz.
    crumple: [f64; 2],
    /// Crumples in a second at 1 m/s.
    rate: f64,
    /// The distance of its threads, in metres: rubbed, they trill.
    threads: f64,
}

/// In the order of [`CLOTH`].
const CLOTHS: [Cloth; 6] = [
    Cloth { rub: [900.0, 2200.0], crumple: [1200.0, 6000.0], rate: 120.0, threads: 0.0007 },
    Cloth { rub: [2500.0, 4000.0], crumple: [2000.0, 9000.0], rate: 400.0, threads: 0.0004 },
    Cloth { rub: [400.0, 700.0], crumple: [800.0, 3000.0], rate: 40.0, threads: 0.0012 },
    Cloth { rub: [600.0, 900.0], crumple: [900.0, 4000.0], rate: 70.0, threads: 0.001 },
    Cloth { rub: [3000.0, 3500.0], crumple: [3000.0, 9000.0], rate: 60.0, threads: 0.0003 },
    Cloth { rub: [350.0, 500.0], crumple: [500.0, 2000.0], rate: 90.0, threads: 0.002 },
];

fn build(setup: &Setup<'_>) -> Box<dyn Generate> {
    let (rate, seed) = (f64::from(setup.sample_rate), seed(setup));
    let body = Body {
        rate,
        motion: setup.number(&MOTION),
        restless: setup.number(&RESTLESS),
        gestures: Events::new(seed ^ 0x6e57, 1.3, rate),
    };
    let fabric = Fabric {
        level: setup.number(&LEVEL),
        rub: setup.number(&RUB),
        crumple: setup.number(&CRUMPLE),
        cloth: CLOTHS[setup.choice(&CLOTH)],
        body,
        cloud: Cloud::new(seed, FRAME, rate),
        crumples: Events::new(seed, CRUMPLES, rate),
    };
    Box::new(Woven::new(fabric, 2))
}

#[derive(Debug)]
struct Fabric {
    level: Automation,
    rub: Automation,
    crumple: Automation,
    cloth: Cloth,
    body: Body,
    cloud: Cloud,
    crumples: Events,
}

/// What wears the cloth.
#[derive(Debug)]
struct Body {
    rate: f64,
    motion: Automation,
    restless: Automation,
    gestures: Events,
}

impl Body {
    /// The speed of the cloth at a sample, in m/s.
    fn speed(&self, sample: i64) -> f64 {
        let restless = self.restless.at(sample) / 100.0;
        let own = if restless > 0.0 { self.gestures_at(sample) } else { 0.0 };
        self.motion.at(sample) * (1.0 - restless + restless * own)
    }

    /// Gestures: each rises in a third of its time, and comes to rest.
    fn gestures_at(&self, sample: i64) -> f64 {
        let reach = (1.2 * self.rate) as i64;
        let one = |event: Event| {
            let length = event.between(1, 0.25, 1.1) * self.rate;
            let x = ((sample as f64 - event.at) / length).clamp(0.0, 1.0);
            let bell = (std::f64::consts::PI * x.powf(0.6)).sin().powi(2);
            bell * event.between(2, 0.3, 1.4)
        };
        self.gestures.between(sample - reach, sample + 1).map(one).sum()
    }
}

impl Weave for Fabric {
    fn weave(&mut self, from: i64, out: &mut Samples) {
        let Self { body, cloth, rub, cloud, .. } = self;
        cloud.add(from, out, &mut |centre, spectrum| {
            let strength = strength(rub.at(centre));
            paint(spectrum, *cloth, body.speed(centre), strength);
        });
        self.trill(from, out);
        self.crackle(from, out);
        apply(&gains(&self.level, from, CELL), out);
    }
}

impl Fabric {
    /// Threads pass over each other, so many a second: the rub is a little louder on each.
    fn trill(&self, from: i64, out: &mut Samples) {
        const RUN: usize = 128;
        for run in 0..CELL / RUN {
            let start = from + (run * RUN) as i64;
            let pitch = (self.body.speed(start) / self.cloth.threads * 0.05).clamp(0.0, 80.0);
            if pitch < 8.0 {
                continue;
            }
            let depth = 0.2 * ((pitch - 8.0) / 20.0).min(1.0);
            let turns = pitch.round() / self.body.rate;
            for index in run * RUN..(run + 1) * RUN {
                let turn = ((from + index as i64) as f64 * turns).fract();
                let factor = 1.0 + depth * (turn * std::f64::consts::TAU).sin();
                for channel in out.channels_mut() {
                    channel[index] *= factor as f32;
                }
            }
        }
    }

    /// Crumples: short clicks whose energies fall as a power of 1.5 of their number.
    fn crackle(&self, from: i64, out: &mut Samples) {
        let reach = (0.04 * self.body.rate) as i64;
        for event in self.crumples.between(from - reach, from + CELL as i64) {
            let sample = event.at as i64;
            let crumple = strength(self.crumple.at(sample));
            let speed = self.body.speed(sample);
            if crumple == 0.0 || !self.crumples.is_kept(&event, self.cloth.rate * speed) {
                continue;
            }
            let height = (0.05 * (event.draw(1) + 1e-3).powi(-1)).min(4.0).sqrt();
            let [low, high] = self.cloth.crumple;
            for (channel, share) in out.channels_mut().iter_mut().zip(sides(event.between(2, -0.5, 0.5))) {
                let burst = Burst {
                    at: sample,
                    attack: 0.0002,
                    decay: event.between(3, 0.0006, 0.003),
                    frequency: low * (high / low).powf(event.draw(4)),
                    q: 2.0,
                    level: 0.45 * crumple * height * speed.min(2.0).sqrt() * share,
                    chance: event.chance,
                };
                burst.add(from, self.body.rate, channel);
            }
        }
    }
}

/// The rub: a band that goes up with the speed, its amplitude as the speed to the power of 1.2.
fn paint(spectrum: &mut Spectrum, cloth: Cloth, speed: f64, strength: f64) {
    let middle = |speed: f64| cloth.rub[0] + cloth.rub[1] * speed;
    let band = |speed: f64| {
        let (middle, usual) = (middle(speed), middle(0.6));
        move |frequency: f64| peak(frequency, middle, 0.7).powi(2) * usual / middle
    };
    spectrum.paint(band(0.6));
    let usual = spectrum.leveling() * (strength * (speed / 0.6).powf(1.2)).powi(2);
    spectrum.paint(|frequency| usual * band(speed)(frequency));
    spectrum.together.fill(0.5);
}
