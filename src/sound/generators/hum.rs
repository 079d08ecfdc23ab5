//! Electrical hum: lamps, fridges, amplifiers, old wiring.

use super::{Generate, Generator, SEED, gains, part, seed, strength};
use signal::{Parameter, Samples};
use crate::automation::Automation;
use crate::node::Setup;
use crate::texture::{CELL, Wander, Weave, Woven, add_sine, apply};

pub(super) const GENERATOR: Generator = Generator {
    id: "hum",
    label: "Electrical hum",
    help: "Mains hum and buzz: the fundamental, its multiples up to a corner, and how they breathe.",
    parameters: &[LEVEL, MAINS, GROUND, BUZZ, EDGE, DRIFT, SEED],
    channels: 2,
    build,
};

const LEVEL: Parameter = Parameter::number(
    "level",
    "Level",
    "The level of its line at twice the mains, against full scale.",
    [-120.0, 0.0, -50.0],
    "dB",
);

const MAINS: Parameter =
    Parameter::setting("mains", "Mains", "The frequency of the mains.", [40.0, 70.0, 50.0], "Hz");

const GROUND: Parameter =
    part("ground", "Ground", "The line at the mains frequency itself: wiring, bad ground.", -6.0);

const BUZZ: Parameter =
    part("buzz", "Buzz", "The lines from three times the mains up: dimmers, neon, valves.", -12.0);

const EDGE: Parameter =
    Parameter::number("edge", "Edge", "Where the buzz begins to fall.", [200.0, 8000.0, 900.0], "Hz");

const DRIFT: Parameter =
    Parameter::number("drift", "Drift", "How far it breathes.", [0.0, 6.0, 0.6], "dB");

/// The highest multiple that sounds.
const HIGHEST: u32 = 60;

fn build(setup: &Setup<'_>) -> Box<dyn Generate> {
    let hum = Hum {
        rate: f64::from(setup.sample_rate),
        level: setup.number(&LEVEL),
        mains: setup.fixed(&MAINS),
        shape: [&GROUND, &BUZZ, &EDGE, &DRIFT].map(|known| setup.number(known)),
        wander: Wander::new(seed(setup)),
        other: Wander::new(!seed(setup)),
    };
    Box::new(Woven::new(hum, 2))
}

#[derive(Debug)]
struct Hum {
    rate: f64,
    level: Automation,
    mains: f64,
    /// Ground, buzz, edge, drift.
    shape: [Automation; 4],
    wander: Wander,
    other: Wander,
}

impl Weave for Hum {
    fn weave(&mut self, from: i64, out: &mut Samples) {
        let [ground, buzz, edge, drift] = self.shape.each_ref().map(|value| value.at(from));
        let mut sum = vec![0.0; CELL];
        for times in 1..=HIGHEST {
            let frequency = f64::from(times) * self.mains;
            let breath = 10.0_f64.powf(0.05 * drift * self.breath(times, from));
            let height = breath * line(times, frequency, [strength(ground), strength(buzz), edge]);
            if height < 1e-5 || frequency > 0.45 * self.rate {
                continue;
            }
            let turns = |seconds: f64| {
                let slow = self.mains * seconds + 0.1 * self.wander.at(0.04 * seconds);
                f64::from(times) * slow + 0.37 * f64::from(times * times % 13)
            };
            add_sine(from, self.rate, height, turns, &mut sum);
        }
        for channel in out.channels_mut() {
            channel.copy_from_slice(&sum);
        }
        apply(&gains(&self.level, from, CELL), out);
    }
}

impl Hum {
    fn breath(&self, times: u32, from: i64) -> f64 {
        self.other.at(0.3 * from as f64 / self.rate + 1000.0 * f64::from(times))
    }
}

/// How high the line of so many times the mains is, against that of twice.
fn line(times: u32, frequency: f64, [ground, buzz, edge]: [f64; 3]) -> f64 {
    match times {
        1 => ground,
        2 => 1.0,
        _ => {
            let even = if times.is_multiple_of(2) { 1.0 } else { 0.6 };
            buzz * even / (f64::from(times) / 3.0).sqrt() / (1.0 + (frequency / edge).powi(2))
        }
    }
}
