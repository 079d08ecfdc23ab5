//! Traffic on a road at a distance: vehicles that pass, and the ones beyond.

use super::{Generate, Generator, SEED, gains, level, seed};
use signal::{Parameter, Samples};
use crate::air::air;
use crate::automation::Automation;
use crate::node::Setup;
use crate::texture::{CELL, Cloud, Event, Events, Octaves, Spectrum, Wander, Weave, Woven, apply};
use std::f64::consts::{FRAC_PI_2, PI};

pub(super) const GENERATOR: Generator = Generator {
    id: "traffic",
    label: "Traffic",
    help: "A road: cars and lorries that pass from side to side, and the steady rush of those beyond.",
    parameters: &[LEVEL, FLOW, SPEED, DISTANCE, LORRIES, WET, WINDOW, SEED],
    channels: 2,
    build,
};

const LEVEL: Parameter = level(-42.0);

const FLOW: Parameter = Parameter::number(
    "flow",
    "Flow",
    "Vehicles that pass in an hour: 100 is a village, 1000 a street, 3000 a motorway.",
    [10.0, 6000.0, 600.0],
    "/h",
);

const SPEED: Parameter =
    Parameter::setting("speed", "Speed", "How fast they go.", [20.0, 130.0, 50.0], "km/h");

const DISTANCE: Parameter = Parameter::number(
    "distance",
    "Distance",
    "From the road to the listener: near, each car passes; far, all of them rush.",
    [4.0, 2000.0, 120.0],
    "m",
);

const LORRIES: Parameter =
    Parameter::number("lorries", "Lorries", "How many of them are lorries.", [0.0, 60.0, 6.0], "%");

const WET: Parameter = Parameter::number(
    "wet",
    "Wet",
    "How wet the road is: tyres hiss.",
    [0.0, 100.0, 0.0],
    "%",
);

const WINDOW: Parameter = Parameter::number(
    "window",
    "Window",
    "How far the window is closed that the road is heard through.",
    [0.0, 100.0, 0.0],
    "%",
);

/// Samples in a frame of its noise: 85 ms at 48 kHz.
const FRAME: usize = 4096;

/// A kind of vehicle's power by octaves from 63 Hz to 8 kHz: its tyres at 70 km/h in dB, what a tenfold
/// speed adds, its engine at 70 km/h, and what another 70 km/h add (Directive (EU) 2015/996 as amended by
/// 2021/1226, annex II, table F-1: categories 1 and 3).
type Kind = [[f64; 8]; 4];

const CAR: Kind = [
    [83.1, 89.2, 87.7, 93.1, 100.1, 96.7, 86.8, 76.2],
    [30.0, 41.5, 38.9, 25.7, 32.5, 37.2, 39.0, 40.0],
    [97.9, 92.5, 90.7, 87.2, 84.7, 88.0, 84.4, 77.1],
    [-1.3, 7.2, 7.7, 8.0, 8.0, 8.0, 8.0, 8.0],
];

const LORRY: Kind = [
    [91.7, 96.2, 98.2, 104.9, 105.1, 98.5, 91.1, 85.6],
    [30.0, 33.5, 31.3, 25.4, 31.8, 37.1, 38.6, 40.6],
    [108.8, 104.2, 103.5, 102.9, 102.6, 98.5, 93.8, 87.5],
    [0.0, 3.0, 4.6, 5.0, 5.0, 5.0, 5.0, 5.0],
];

/// What a closed window of 4 mm glass takes, in dB.
const GLASS: [f64; 8] = [16.0, 20.0, 22.0, 28.0, 33.0, 34.0, 29.0, 33.0];

/// How far along the road a vehicle is heard by itself, in metres at most.
const ALONG: f64 = 220.0;

/// The power of a vehicle in each octave, of 10^-12 W.
fn power(kind: &Kind, speed: f64, wet: f64) -> [f64; 8] {
    std::array::from_fn(|octave| {
        let tyres = kind[0][octave] + kind[1][octave] * (speed / 70.0).log10();
        let engine = kind[2][octave] + kind[3][octave] * (speed - 70.0) / 70.0;
        let hiss = wet * [0.0, 0.0, 0.0, 1.0, 3.0, 7.0, 10.0, 12.0][octave];
        10.0_f64.powf((tyres + hiss) / 10.0) + 10.0_f64.powf(engine / 10.0)
    })
}

fn build(setup: &Setup<'_>) -> Box<dyn Generate> {
    let (rate, seed) = (f64::from(setup.sample_rate), seed(setup));
    let road = Road {
        rate,
        speed: setup.fixed(&SPEED),
        flow: setup.number(&FLOW),
        distance: setup.number(&DISTANCE),
        lorries: setup.number(&LORRIES),
        wet: setup.number(&WET),
        window: setup.number(&WINDOW),
        vehicles: Events::new(seed, 6000.0 / 3600.0, rate),
        wander: Wander::new(seed),
        octaves: Octaves::new(FRAME, rate),
    };
    let traffic = Traffic { level: setup.number(&LEVEL), road, cloud: Cloud::new(seed, FRAME, rate) };
    Box::new(Woven::new(traffic, 2))
}

#[derive(Debug)]
struct Traffic {
    level: Automation,
    road: Road,
    cloud: Cloud,
}

impl Weave for Traffic {
    fn weave(&mut self, from: i64, out: &mut Samples) {
        let Self { road, cloud, .. } = self;
        cloud.add(from, out, &mut |centre, spectrum| road.paint(centre, spectrum));
        apply(&gains(&self.level, from, CELL), out);
    }
}

#[derive(Debug)]
struct Road {
    rate: f64,
    /// In km/h.
    speed: f64,
    flow: Automation,
    distance: Automation,
    lorries: Automation,
    wet: Automation,
    window: Automation,
    vehicles: Events,
    wander: Wander,
    octaves: Octaves,
}

impl Road {
    /// A frame: each vehicle within reach at its own place, and all the others together.
    ///
    /// Its mean is that of a line of sources: flow over speed, times `pi / d` (in place of `1 / r^2` each).
    fn paint(&self, centre: i64, spectrum: &mut Spectrum) {
        let away = self.distance.at(centre);
        let flow = self.flow.at(centre) / 3600.0;
        let metres = self.speed / 3.6;
        let wet = self.wet.at(centre) / 100.0;
        let share = self.lorries.at(centre) / 100.0;
        let kinds = [&CAR, &LORRY].map(|kind| power(kind, self.speed, wet));
        let usual: [f64; 8] =
            std::array::from_fn(|octave| (1.0 - share) * kinds[0][octave] + share * kinds[1][octave]);
        let window = self.window.at(centre) / 100.0;
        let heard = |distance: f64| heard(distance, window);
        let whole = flow / metres * PI / away;
        let beyond = flow / metres * 2.0 / away * (FRAC_PI_2 - (ALONG / away).atan());
        let drift = self.wander.layered(centre as f64 / self.rate, &[(0.02, 1.5), (0.1, 1.2)]);
        let rest = beyond * 10.0_f64.powf(0.1 * drift);
        let mean = product(&usual, &heard(1.3 * away.max(30.0)), 0.5 * whole);
        self.octaves.paint(spectrum, [mean, mean]);
        let level = spectrum.leveling();
        let steady = product(&usual, &heard(away.hypot(ALONG)), 0.5 * rest);
        let mut both = [steady, steady];
        self.add_passing(centre, away, &kinds, window, &mut both);
        self.octaves.paint(spectrum, both);
        spectrum.scale(level);
        spectrum.join_diffuse(0.17);
    }

    /// Adds what passes within [`ALONG`] on either side to the powers of left and right.
    fn add_passing(
        &self,
        centre: i64,
        away: f64,
        kinds: &[[f64; 8]; 2],
        window: f64,
        both: &mut [[f64; 8]; 2],
    ) {
        let reach = (ALONG / (self.speed / 3.6) * self.rate) as i64;
        for event in self.vehicles.between(centre - reach, centre + reach) {
            let Some((kind, along)) = self.vehicle(&event, centre) else { continue };
            let distance = away.hypot(along);
            let factor = 1.0 / (distance * distance);
            let heard = product(&kinds[kind], &heard(distance.max(30.0), window), factor);
            let place = (along / distance + 1.0) * 0.25 * PI;
            for (side, share) in both.iter_mut().zip([place.cos().powi(2), place.sin().powi(2)]) {
                for (sum, power) in side.iter_mut().zip(heard) {
                    *sum += share * power;
                }
            }
        }
    }

    /// What an event is: a car or a lorry, and how many metres right of the middle it is; `None` where
    /// nothing drives.
    fn vehicle(&self, event: &Event, centre: i64) -> Option<(usize, f64)> {
        let sample = event.at as i64;
        let kept = self.vehicles.is_kept(event, self.flow.at(sample) / 3600.0);
        let is_lorry = event.draw(1) < self.lorries.at(sample) / 100.0;
        let metres = self.speed / 3.6 * (centre as f64 - event.at) / self.rate;
        let direction = if event.draw(2) < 0.5 { -1.0 } else { 1.0 };
        kept.then_some((usize::from(is_lorry), direction * metres))
    }
}

/// What the air over a distance and a window leave of each octave's power.
fn heard(distance: f64, window: f64) -> [f64; 8] {
    std::array::from_fn(|octave| {
        let frequency = 62.5 * f64::from(1_u32 << octave);
        let air = air(frequency, distance, 10.0, 70.0);
        air * air * 10.0_f64.powf(-0.1 * window * GLASS[octave])
    })
}

fn product(one: &[f64; 8], other: &[f64; 8], factor: f64) -> [f64; 8] {
    std::array::from_fn(|octave| one[octave] * other[octave] * factor)
}
